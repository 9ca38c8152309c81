"""After the answer: correct a slip in it, report what was carried out."""

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from appeals.domain import clocks, errata, execution
from appeals.enums import ClockKind
from appeals.models import Reply
from appeals.rules import insist, refusal_to_correct_reply, refusal_to_report_execution
from appeals.web.desk.cases import act_page, desk, done, sent, taken, visible

LONGEST = 3000  # characters


class ErratumForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Correction"),
        help_text=gettext_lazy("What it said, and what it says now; the applicant will read it."),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": gettext_lazy("Write what it said and what it says now.")},
    )


class ExecutionForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("What was done"),
        help_text=gettext_lazy("The applicant will read it: what, where and when."),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": gettext_lazy("Write what was done; the applicant will read it.")},
    )


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def correct_reply(request: HttpRequest, slug: str) -> HttpResponse:
    appeal = visible(request, slug)
    insist(refusal_to_correct_reply(request.officer, appeal))
    form = ErratumForm(sent(request))
    act = partial(errata.correct_reply, appeal, by=request.officer, at=timezone.now())
    if form.is_valid() and taken(form, partial(act, **form.cleaned_data)):
        return done(request, appeal, _("The answer is corrected. The applicant will be told."))
    written = Reply.objects.select_related("prepared_by__user", "signed_by__user").get(appeal=appeal)
    return act_page(request, appeal, form, "correct_reply", reply=written)


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def report_execution(request: HttpRequest, slug: str) -> HttpResponse:
    appeal = visible(request, slug)
    running = clocks.running_one(appeal, ClockKind.EXECUTION)
    insist(refusal_to_report_execution(request.officer, appeal, running))
    form = ExecutionForm(sent(request))
    if form.is_valid():
        execution.report_execution(appeal, **form.cleaned_data, by=request.officer, at=timezone.now())
        return done(request, appeal, _("The decision is carried out. The applicant will be told."))
    return act_page(request, appeal, form, "report_execution", clock=running)
