"""Hand some of the questions of an appeal over to another body."""

from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from agencies.models import Topic
from appeals.domain import parts
from appeals.domain.registration import LONGEST_TEXT
from appeals.domain.terms import local_date
from appeals.models import Appeal
from appeals.rules import insist, refusal_to_forward_part
from appeals.web.desk.cases import act_page, desk, done, sent, taken, visible
from appeals.web.desk.fields import TopicField
from appeals.web.desk.forward import ForwardForm


class ForwardPartForm(ForwardForm):
    """Which questions go is marked in the applicant's own text; what is written besides follows it."""

    conditional = ("marked", "questions")
    marked = forms.TypedMultipleChoiceField(
        label=gettext_lazy("What of the text goes there"),
        help_text=gettext_lazy(
            "The other body reads what you mark here and write below, and nothing else of the text."
        ),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Mark passages of this text.")},
    )
    questions = forms.CharField(
        label=gettext_lazy("Questions in your words"),
        help_text=gettext_lazy("Only where a passage holds questions for several bodies."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 4}),
        required=False,
    )
    topic = TopicField(
        label=gettext_lazy("Topic of this part"),
        queryset=Topic.objects.none(),
        required=False,
        empty_label=gettext_lazy("That of the whole appeal"),
    )

    def __init__(self, *args: Any, appeal: Appeal, on: date, **kwargs: Any) -> None:
        super().__init__(*args, leaving=appeal.agency, on=on, **kwargs)
        self.passages = parts.passages(appeal.content.text)
        self.fields["marked"].choices = [
            (n, format_html('{}. <span lang="{}">{}</span>', n + 1, appeal.language, words))
            for n, words in enumerate(self.passages)
        ]
        self.fields["reason"].error_messages["required"] = _("Say why this part is forwarded.")
        topics = Topic.objects.alive(on).exclude(group=None).select_related("group")
        self.fields["topic"].queryset = topics.order_by("group__position", "position")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        quoted = [self.passages[n] for n in sorted(cleaned.get("marked") or [])]
        cleaned["questions"] = "\n\n".join(filter(None, [*quoted, cleaned.get("questions", "").strip()]))
        if not cleaned["questions"] and not {"marked", "questions"} & set(self.errors):
            self.add_error("marked", _("Mark the questions that go to the other body, or write them out."))
        return cleaned


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def forward_part(request: HttpRequest, slug: str) -> HttpResponse:
    appeal, at = visible(request, slug), timezone.now()
    on = local_date(at, appeal.agency)
    insist(refusal_to_forward_part(request.officer, appeal))
    ask = partial(ForwardPartForm, appeal=appeal, on=on)
    if "find" in request.POST:
        return _page(request, appeal, ask(initial=request.POST.dict() | {"marked": request.POST.getlist("marked")}))
    form = ask(sent(request), initial={"region": appeal.region_id})
    if form.is_valid():
        to = form.cleaned_data["to"]
        given = {name: form.cleaned_data[name] for name in ("questions", "reason", "topic")}
        has_part = parts.has_open_part(appeal, to)
        refusal = refusal_to_forward_part(request.officer, appeal, to, on=on, has_part=has_part)
        act = partial(parts.forward_part, appeal, to, by=request.officer, at=at)
        if refusal:
            form.add_error("to", refusal)
        elif taken(form, partial(act, **given)):
            return done(request, appeal, _("A part of the appeal is forwarded to: %(body)s.") % {"body": to})
    return _page(request, appeal, form)


def _page(request: HttpRequest, appeal: Appeal, form: ForwardPartForm) -> HttpResponse:
    form.look()
    return act_page(request, appeal, form, "forward_part")
