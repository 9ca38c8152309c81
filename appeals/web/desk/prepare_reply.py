"""Write the answer and lay it before the head."""

from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from appeals.domain import hearings, replies
from appeals.domain.registration import LONGEST_TEXT
from appeals.domain.routing import superior_instance
from appeals.domain.terms import local_date
from appeals.domain.wording import standard_remedy
from appeals.enums import Outcome
from appeals.models import Appeal, Reply
from appeals.rules import insist, refusal_to_prepare_reply, refusal_unless_heard
from appeals.web.desk.cases import act_page, desk, done, sent, taken, visible


class ReplyForm(forms.Form):
    outcome = forms.TypedChoiceField(
        label=gettext_lazy("Outcome"),
        choices=Outcome.choices,
        coerce=Outcome,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the outcome.")},
    )
    text = forms.CharField(
        label=gettext_lazy("Answer and reasons"),
        help_text=gettext_lazy("What was found, what is decided and why; in the language of the appeal."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 12}),
        error_messages={"required": gettext_lazy("Write the answer and its reasons.")},
    )
    law = forms.CharField(
        label=gettext_lazy("Law relied on"),
        max_length=3000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": gettext_lazy("Name the law the answer relies on.")},
    )
    remedy = forms.CharField(
        label=gettext_lazy("How to complain further"),
        help_text=gettext_lazy("Without it the applicant has six months instead of three."),
        max_length=3000,
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": gettext_lazy("Say how the applicant can complain further.")},
    )
    needs_execution = forms.BooleanField(
        label=gettext_lazy("Something is still to be done"),
        help_text=gettext_lazy(
            "Where the appeal is satisfied, wholly or partly. To be carried out within five working days of the answer."
        ),
        required=False,
    )


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def prepare_reply(request: HttpRequest, slug: str) -> HttpResponse:
    appeal, at = visible(request, slug, "agency__superior__superior"), timezone.now()
    insist(refusal_to_prepare_reply(request.officer, appeal))
    form = ReplyForm(sent(request), initial=None if request.method == "POST" else _prefilled(appeal))
    on = local_date(at, appeal.agency)
    act = partial(replies.prepare_reply, appeal, by=request.officer, at=at)
    if form.is_valid() and taken(form, lambda: act(replies.Answer(**form.cleaned_data))):
        unheard = refusal_unless_heard(form.cleaned_data["outcome"], hearings.owed(appeal, on=on), on=on)
        told = _("The reply is prepared and waits for the signature.")
        return done(request, appeal, f"{told} {unheard}".strip())
    unheard = refusal_unless_heard(Outcome.REFUSED, hearings.owed(appeal, on=on), on=on)
    return act_page(request, appeal, form, "prepare_reply", unheard=unheard)


def _prefilled(appeal: Appeal) -> dict[str, Any]:
    written = Reply.objects.filter(appeal=appeal).values(*ReplyForm.base_fields).first()
    if written:
        return written
    superior = superior_instance(appeal.agency, local_date(timezone.now(), appeal.agency))
    return {"remedy": standard_remedy(appeal.agency, superior, appeal.language)}
