"""Hear the applicant before an adverse answer: notice, objection, protocol, or why none is needed."""

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from agencies.web.inputs import DayMonthYearInput
from appeals.domain import hearings
from appeals.domain.registration import LONGEST_TEXT
from appeals.domain.terms import local_date
from appeals.enums import HearingWay, WaiverGround
from appeals.rules import (
    insist,
    refusal_to_notify_hearing,
    refusal_to_object,
    refusal_to_record_hearing,
    refusal_to_waive_hearing,
)
from appeals.web.desk.cases import act_page, desk, done, sent, taken, visible


class NoticeForm(forms.Form):
    decision = forms.CharField(
        label=gettext_lazy("Preliminary decision"),
        help_text=gettext_lazy("What you mean to decide and why; the applicant will read it."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 10}),
        error_messages={"required": gettext_lazy("Write the preliminary decision; the applicant will read it.")},
    )
    way = forms.TypedChoiceField(
        label=gettext_lazy("How the applicant is heard"),
        help_text=gettext_lazy("For an oral hearing, say in the decision when and where, or under which link."),
        choices=HearingWay.choices,
        coerce=HearingWay,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how the applicant is heard.")},
    )


class ObjectionForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Objection of the applicant"),
        help_text=gettext_lazy("As it was written or said."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 8}),
        error_messages={"required": gettext_lazy("Write the objection.")},
    )


class ProtocolForm(forms.Form):
    held_on = forms.DateField(
        label=gettext_lazy("Day of the hearing"),
        widget=DayMonthYearInput,
        error_messages={
            "required": gettext_lazy("Enter the day of the hearing."),
            "invalid": gettext_lazy("Enter a real date, such as 21 11 2026."),
        },
    )
    protocol = forms.CharField(
        label=gettext_lazy("Protocol"),
        help_text=gettext_lazy("Who took part and what was said. A hearing in writing needs none."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 10}),
        required=False,
    )


class WaiverForm(forms.Form):
    ground = forms.TypedChoiceField(
        label=gettext_lazy("Ground"),
        choices=WaiverGround.choices,
        coerce=WaiverGround,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the ground.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("The applicant will read it."),
        max_length=3000,
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": gettext_lazy("Give the reason; the applicant will read it.")},
    )


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def notify_hearing(request: HttpRequest, slug: str) -> HttpResponse:
    appeal, at = visible(request, slug), timezone.now()
    is_needed = hearings.is_needed(appeal, on=local_date(at, appeal.agency))
    insist(refusal_to_notify_hearing(request.officer, appeal, is_needed=is_needed))
    form = NoticeForm(sent(request))
    act = partial(hearings.notify_hearing, appeal, by=request.officer, at=at)
    if form.is_valid() and taken(form, partial(act, **form.cleaned_data)):
        return done(request, appeal, _("The applicant will be told of the preliminary decision."))
    return act_page(request, appeal, form, "notify_hearing")


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def object_(request: HttpRequest, slug: str) -> HttpResponse:
    appeal = visible(request, slug)
    hearing = hearings.latest(appeal)
    insist(refusal_to_object(request.officer, appeal, is_awaited=hearings.can_be_objected_to(hearing)))
    form = ObjectionForm(sent(request))
    if form.is_valid():
        hearings.object_(appeal, **form.cleaned_data, by=request.officer, at=timezone.now())
        return done(request, appeal, _("The objection is entered."))
    return act_page(request, appeal, form, "object", hearing=hearing)


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def record_hearing(request: HttpRequest, slug: str) -> HttpResponse:
    appeal, at = visible(request, slug), timezone.now()
    hearing = hearings.latest(appeal)
    insist(refusal_to_record_hearing(request.officer, appeal, is_awaited=hearings.can_be_recorded(hearing)))
    form = ProtocolForm(sent(request))
    act = partial(hearings.record_hearing, appeal, by=request.officer, at=at)
    if form.is_valid() and taken(form, partial(act, **form.cleaned_data)):
        return done(request, appeal, _("The hearing is on record."))
    return act_page(request, appeal, form, "record_hearing", hearing=hearing)


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def waive_hearing(request: HttpRequest, slug: str) -> HttpResponse:
    appeal, at = visible(request, slug), timezone.now()
    is_needed = hearings.is_needed(appeal, on=local_date(at, appeal.agency))
    insist(refusal_to_waive_hearing(request.officer, appeal, is_needed=is_needed))
    form = WaiverForm(sent(request))
    act = partial(hearings.waive_hearing, appeal, by=request.officer, at=at)
    if form.is_valid() and taken(form, partial(act, **form.cleaned_data)):
        return done(request, appeal, _("It is on record why no hearing is needed."))
    return act_page(request, appeal, form, "waive_hearing")
