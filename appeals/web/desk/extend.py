"""Ask for an extension, extend the term, or refuse what was asked."""

from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from agencies.domain.wording import long_date
from agencies.web.inputs import DayMonthYearInput
from appeals.domain import clocks, extensions
from appeals.domain.terms import local_date
from appeals.enums import ClockKind
from appeals.models import Appeal, Clock, Extension
from appeals.rules import insist, refusal_to_ask_extension, refusal_to_extend, refusal_to_refuse_extension
from appeals.web.desk.cases import act_page, desk, done, sent, taken, visible

LONGEST_REASON = 3000  # characters


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": gettext_lazy("Give the reason.")},
    )


class ExtensionForm(ReasonForm):
    until = forms.DateField(
        label=gettext_lazy("New last day"),
        help_text=gettext_lazy("Where it falls on a day off, the term ends on the next working day."),
        widget=DayMonthYearInput,
        error_messages={
            "required": gettext_lazy("Enter the new last day."),
            "invalid": gettext_lazy("Enter a real date, such as 21 11 2026."),
        },
    )
    field_order = ("until", "reason")


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def ask_extension(request: HttpRequest, slug: str) -> HttpResponse:
    appeal, on, reply, asked = _running(request, slug)
    insist(refusal_to_ask_extension(request.officer, appeal, reply, on=on, asked=asked is not None))
    form = ExtensionForm(sent(request))
    act = partial(extensions.ask_extension, appeal, by=request.officer, at=timezone.now())
    if form.is_valid() and taken(form, partial(act, **form.cleaned_data)):
        return done(request, appeal, _("The extension is asked for; the head will be told."))
    return act_page(request, appeal, form, "ask_extension", **_bounds(reply, on))


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def extend(request: HttpRequest, slug: str) -> HttpResponse:
    appeal, on, reply, asked = _running(request, slug)
    insist(refusal_to_extend(request.officer, appeal, reply, on=on))
    form = ExtensionForm(sent(request), initial={"until": asked.until, "reason": asked.reason} if asked else None)
    act = partial(extensions.extend, appeal, by=request.officer, at=timezone.now())
    if form.is_valid() and taken(form, partial(act, **form.cleaned_data)):
        until = appeal.clocks.running().get(kind=ClockKind.REPLY).due_on
        said = _("The term is extended until %(day)s. The applicant will be told.") % {"day": long_date(until)}
        return done(request, appeal, said)
    return act_page(request, appeal, form, "extend", asked=asked, **_bounds(reply, on))


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def refuse_extension(request: HttpRequest, slug: str) -> HttpResponse:
    appeal, _on, _reply, asked = _running(request, slug)
    insist(refusal_to_refuse_extension(request.officer, appeal, asked=asked is not None))
    form = ReasonForm(sent(request))
    if form.is_valid():
        extensions.refuse_extension(appeal, **form.cleaned_data, by=request.officer, at=timezone.now())
        return done(request, appeal, _("The extension is refused; the term stays as it is."))
    return act_page(request, appeal, form, "refuse_extension", asked=asked)


def _running(request: HttpRequest, slug: str) -> tuple[Appeal, date, Clock | None, Extension | None]:
    """The appeal, today where its body stands, its reply clock and the extension that awaits a decision."""
    appeal = visible(request, slug)
    reply = clocks.reply_clock(appeal)
    return appeal, local_date(timezone.now(), appeal.agency), reply, extensions.asked_for(reply)


def _bounds(reply: Clock | None, on: date) -> dict[str, Any]:
    """From when to when the new last day may lie."""
    return {"due_on": reply.due_on, "latest": extensions.latest(reply, on)} if reply else {}
