"""What cannot wait: the duty officer's list, and the acts by which it is marked and settled."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from appeals.domain import alarms, urgent_queue
from appeals.enums import Alarm, Danger
from appeals.models import Appeal
from appeals.rules import insist, refusal_to_mark_urgent, refusal_to_settle_urgency, refusal_to_watch
from appeals.web.desk.cases import act_page, desk, done, sent, visible


class MarkUrgentForm(forms.Form):
    danger = forms.TypedChoiceField(
        label=gettext_lazy("What is the danger?"),
        choices=Danger.choices,
        coerce=Danger,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the danger.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("The duty officers read it."),
        max_length=3000,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": gettext_lazy("Give the reason.")},
    )


class SettleUrgencyForm(forms.Form):
    alarm = forms.TypedChoiceField(
        label=gettext_lazy("What did you find?"),
        choices=Alarm.choices,
        coerce=Alarm,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say what you found.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Whom you called, what was done. Only officials read it."),
        max_length=3000,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": gettext_lazy("Give the reason.")},
    )


@desk
@require_safe
def urgent(request: HttpRequest) -> HttpResponse:
    """Everything urgent that the reader may know of, with the telephone where one was given; the look is journalled."""
    insist(refusal_to_watch(request.officer))
    at = timezone.now()
    rows = urgent_queue.with_phones(urgent_queue.lines(request.officer, at=at), by=request.officer, at=at)
    return render(request, "desk/urgent.html", {"urgent": rows, "has_phones": True})


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def mark_urgent(request: HttpRequest, slug: str) -> HttpResponse:
    appeal = visible(request, slug)
    insist(refusal_to_mark_urgent(request.officer, appeal))
    form = MarkUrgentForm(sent(request))
    if form.is_valid():
        alarms.mark_urgent(appeal, **form.cleaned_data, by=request.officer, at=timezone.now())
        return done(request, appeal, _("The appeal is urgent. The duty officers are told at once."))
    return act_page(request, appeal, form, "mark_urgent")


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def settle_urgency(request: HttpRequest, slug: str) -> HttpResponse:
    appeal = visible(request, slug, "urgency")
    is_settled = _is_settled(appeal)
    insist(refusal_to_settle_urgency(request.officer, appeal, is_settled=is_settled))
    form = SettleUrgencyForm(sent(request))
    if form.is_valid():
        alarms.settle_urgency(appeal, **form.cleaned_data, by=request.officer, at=timezone.now())
        return done(request, appeal, _("What you found is on record."))
    return act_page(request, appeal, form, "settle_urgency", urgency=appeal.urgency)


def _is_settled(appeal: Appeal) -> bool:
    raised = getattr(appeal, "urgency", None)
    return raised is not None and raised.settled_at is not None
