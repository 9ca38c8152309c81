"""Hand some of the questions of an appeal over to another body."""

from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from agencies.models import Agency, Topic
from appeals.domain import parts
from appeals.domain.registration import LONGEST_TEXT
from appeals.domain.terms import local_date
from appeals.models import Appeal
from appeals.rules import insist, refusal_to_forward_part
from appeals.web.desk.cases import act_page, desk, done, sent, taken, visible
from appeals.web.desk.forward import ForwardForm
from appeals.web.desk.register import TopicField


class ForwardPartForm(ForwardForm):
    questions = forms.CharField(
        label=gettext_lazy("Questions that go there"),
        help_text=gettext_lazy("In the words of the applicant: this is all the other body reads of the text."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 8}),
        error_messages={"required": gettext_lazy("Write out the questions that go to the other body.")},
    )
    topic = TopicField(
        label=gettext_lazy("Topic of this part"),
        queryset=Topic.objects.none(),
        required=False,
        empty_label=gettext_lazy("That of the whole appeal"),
    )

    def __init__(self, *args: Any, leaving: Agency, on: date, **kwargs: Any) -> None:
        super().__init__(*args, leaving=leaving, on=on, **kwargs)
        self.fields["reason"].error_messages["required"] = _("Say why this part is forwarded.")
        topics = Topic.objects.alive(on).exclude(group=None).select_related("group")
        self.fields["topic"].queryset = topics.order_by("group__position", "position")


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def forward_part(request: HttpRequest, slug: str) -> HttpResponse:
    appeal, at = visible(request, slug, "content"), timezone.now()
    on = local_date(at, appeal.agency)
    insist(refusal_to_forward_part(request.officer, appeal))
    if "find" in request.POST:
        return _page(request, appeal, ForwardPartForm(initial=request.POST.dict(), leaving=appeal.agency, on=on))
    form = ForwardPartForm(sent(request), leaving=appeal.agency, on=on, initial={"region": appeal.region_id})
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
    return act_page(request, appeal, form, "forward_part", text=appeal.content.text)
