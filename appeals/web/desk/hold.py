"""Ask the applicant for what is missing, and enter what came."""

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from appeals.domain import clocks, holds
from appeals.domain.registration import LONGEST_TEXT
from appeals.domain.terms import local_date
from appeals.rules import insist, refusal_to_hold, refusal_to_resume
from appeals.web.desk.cases import act_page, desk, done, sent, taken, visible


class HoldForm(forms.Form):
    missing = forms.CharField(
        label=gettext_lazy("What is missing"),
        help_text=gettext_lazy("The applicant will read it: say plainly what to send, and why it is needed."),
        max_length=3000,
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": gettext_lazy("Say what is missing; the applicant will read it.")},
    )
    days = forms.IntegerField(
        label=gettext_lazy("Working days for the correction"),
        initial=5,
        widget=forms.TextInput({"class": "govuk-input--width-2", "inputmode": "numeric"}),
        error_messages={
            "required": gettext_lazy("Enter the number of working days."),
            "invalid": gettext_lazy("Enter a number, such as 5."),
        },
    )


class CorrectionForm(forms.Form):
    correction = forms.CharField(
        label=gettext_lazy("What the applicant supplied"),
        help_text=gettext_lazy("As it was written or said."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 8}),
        error_messages={"required": gettext_lazy("Write what was missing.")},
    )


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def hold(request: HttpRequest, slug: str) -> HttpResponse:
    appeal, at = visible(request, slug), timezone.now()
    reply = clocks.reply_clock(appeal)
    on, was_held = local_date(at, appeal.agency), appeal.holds.exists()
    insist(refusal_to_hold(request.officer, appeal, reply, on=on, was_held=was_held))
    form = HoldForm(sent(request))
    act = partial(holds.hold, appeal, by=request.officer, at=at)
    if form.is_valid() and taken(form, partial(act, **form.cleaned_data)):
        return done(request, appeal, _("The applicant will be asked."))
    return act_page(request, appeal, form, "hold", stops=reply is not None and reply.term.stops_for_correction)


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def resume(request: HttpRequest, slug: str) -> HttpResponse:
    appeal = visible(request, slug)
    insist(refusal_to_resume(request.officer, appeal, is_awaited=holds.is_awaited(appeal)))
    form = CorrectionForm(sent(request))
    if form.is_valid():
        holds.resume(appeal, **form.cleaned_data, by=request.officer, at=timezone.now())
        return done(request, appeal, _("The correction is entered; the term goes on."))
    return act_page(request, appeal, form, "resume")
