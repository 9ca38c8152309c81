"""Ask a colleague for a part of the answer, and give it."""

from datetime import date
from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from agencies.models import Officer
from appeals.domain import clocks, co_execution
from appeals.domain.registration import LONGEST_TEXT
from appeals.domain.terms import local_date
from appeals.enums import ClockKind
from appeals.models import Appeal, CoExecution
from appeals.rules import WORKING, insist, refusal_to_answer_as_co_executor, refusal_to_ask_co_executor
from appeals.web.desk.assign import OfficerChoice
from appeals.web.desk.cases import act_page, desk, done, sent, taken, visible


class QuestionForm(forms.Form):
    to = OfficerChoice(
        label=gettext_lazy("Colleague"),
        queryset=Officer.objects.none(),
        empty_label=gettext_lazy("Choose an officer"),
        error_messages={
            "required": gettext_lazy("Choose an officer."),
            "invalid_choice": gettext_lazy("This person does not work on appeals in your body now. Choose another."),
        },
    )
    question = forms.CharField(
        label=gettext_lazy("What is asked"),
        help_text=gettext_lazy("The applicant does not read it."),
        max_length=3000,
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": gettext_lazy("Say what is asked.")},
    )
    days = forms.IntegerField(
        label=gettext_lazy("Working days for the answer"),
        initial=5,
        widget=forms.TextInput({"class": "govuk-input--width-2", "inputmode": "numeric"}),
        error_messages={
            "required": gettext_lazy("Enter the number of working days."),
            "invalid": gettext_lazy("Enter a number, such as 5."),
        },
    )

    def __init__(self, *args: object, appeal: Appeal, on: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        working = Officer.objects.in_office(on).filter(agency=appeal.agency, role__in=WORKING)
        others = working.exclude(pk=appeal.officer_id) if appeal.officer_id else working
        self.fields["to"].queryset = others.select_related("user").order_by("user__full_name")


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=gettext_lazy("Your part of the answer"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 10}),
        error_messages={"required": gettext_lazy("Write your part of the answer.")},
    )


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def ask_co_executor(request: HttpRequest, slug: str) -> HttpResponse:
    appeal, at = visible(request, slug), timezone.now()
    insist(refusal_to_ask_co_executor(request.officer, appeal))
    form = QuestionForm(sent(request), appeal=appeal, on=local_date(at, appeal.agency))
    act = partial(co_execution.ask_co_executor, appeal, by=request.officer, at=at)
    if form.is_valid() and taken(form, partial(act, **form.cleaned_data)):
        return done(request, appeal, _("Asked: %(officer)s.") % {"officer": form.cleaned_data["to"].user})
    return act_page(request, appeal, form, "ask_co_executor")


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def answer_as_co_executor(request: HttpRequest, slug: str) -> HttpResponse:
    appeal = visible(request, slug)
    clock = clocks.running_one(appeal, ClockKind.CO_EXECUTOR, officer=request.officer)
    insist(refusal_to_answer_as_co_executor(request.officer, appeal, clock))
    form = AnswerForm(sent(request))
    if form.is_valid():
        co_execution.answer_as_co_executor(appeal, **form.cleaned_data, by=request.officer, at=timezone.now())
        return done(request, appeal, _("Your part of the answer is entered."))
    return act_page(request, appeal, form, "answer_as_co_executor", asked=CoExecution.objects.get(clock=clock))
