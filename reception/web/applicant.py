"""Who writes: a person or a firm, the name, the number, and where an answer reaches them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from appeals.domain import applicants
from appeals.enums import ApplicantType
from appeals.errors import InvalidIntake
from reception.domain import emergency
from reception.domain.drafts import Answers
from reception.enums import Step
from reception.web.asking import Question, ask
from reception.web.inputs import ExplainedRadios, PlainText
from reception.web.private import private

NO_NAME = "no_name"
TYPES = {
    ApplicantType.PERSON: _("You write for yourself, your family or other people."),
    ApplicantType.FIRM: _("You write for a company, an association or another organisation."),
    NO_NAME: _("Nobody can write to you then. With the number and the key you see here what becomes of your appeal."),
}


class TypeQuestion(Question):
    """Only what is urgent can be sent without a name."""

    applicant_type = forms.ChoiceField(
        label=_("For whom do you write?"),
        choices=ApplicantType.choices,
        widget=ExplainedRadios(TYPES),
        error_messages={"required": _("Choose for whom you write.")},
    )

    def __init__(self, data: Any = None, *, answers: Answers) -> None:
        super().__init__(data, answers=answers)
        if emergency.may_be_anonymous(answers):
            self.offer("applicant_type", [*ApplicantType.choices, (NO_NAME, _("I cannot give my name"))])
        if answers.get(emergency.ANONYMOUS):
            self.initial["applicant_type"] = NO_NAME

    def given(self) -> Answers:
        if self.cleaned_data["applicant_type"] == NO_NAME:
            return {"applicant_type": ApplicantType.PERSON.value, emergency.ANONYMOUS: "yes"}
        return super().given()


class NameQuestion(Question):
    """The labels are those of a person, or of a firm."""

    name = PlainText(
        label=_("Surname, first name, patronymic"),
        help_text=_("As in your identity document; the patronymic if you have one."),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": _("Write your name.")},
    )
    idn = forms.CharField(
        label=_("IIN"),
        help_text=_("12 digits, if you have one. You can send an appeal without it."),
        max_length=40,
        required=False,
        widget=forms.TextInput({"inputmode": "numeric", "class": "govuk-input--width-20", "autocomplete": "off"}),
    )

    def __init__(self, data: Any = None, *, answers: Answers) -> None:
        super().__init__(data, answers=answers)
        self.applicant_type = answers.get("applicant_type", ApplicantType.PERSON)
        if self.applicant_type == ApplicantType.FIRM:
            name, idn = self.fields["name"], self.fields["idn"]
            name.label, name.help_text = _("Name of the organisation"), _("As it is registered.")
            name.widget.attrs["autocomplete"] = "organization"
            idn.label = _("BIN")

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean_idn(self) -> str:
        try:
            return applicants.idn(self.cleaned_data["idn"], self.applicant_type)
        except InvalidIntake as fault:
            raise ValidationError(str(fault)) from fault


class ContactsQuestion(Question):
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("We write to it when the appeal is registered, passed on and answered."),
        required=False,
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={"invalid": _("Write the e-mail like this: name@example.kz.")},
    )
    phone = forms.CharField(
        label=_("Telephone"),
        help_text=_("For example, +7 701 000 00 00."),
        required=False,
        max_length=40,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "tel", "class": "govuk-input--width-20"}),
    )
    address = forms.CharField(
        label=_("Postal address"),
        help_text=_("Postcode, region, town or village, street, house, flat."),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 3, "autocomplete": "street-address"}),
    )
    consent = forms.BooleanField(
        label=_("I agree that messages sent to this e-mail or telephone count as delivered to me"), required=False
    )

    def __init__(self, data: Any = None, *, answers: Answers) -> None:
        super().__init__(data, answers=answers)
        self.initial["consent"] = bool(answers.get("consent"))

    def clean_phone(self) -> str:
        try:
            return applicants.phone(self.cleaned_data["phone"])
        except InvalidIntake as fault:
            raise ValidationError(str(fault)) from fault

    def clean(self) -> Answers:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        try:
            applicants.insist_reachable(**cleaned)
        except InvalidIntake as fault:
            self.add_error(fault.field, str(fault))
        return cleaned

    def given(self) -> Answers:
        return self.cleaned_data | {"consent": "yes" if self.cleaned_data["consent"] else ""}


@private
@require_http_methods(["GET", "POST"])
def applicant(request: HttpRequest) -> HttpResponse:
    return ask(request, Step.TYPE, TypeQuestion)


@private
@require_http_methods(["GET", "POST"])
def name(request: HttpRequest) -> HttpResponse:
    return ask(request, Step.NAME, NameQuestion, "reception/questions.html", title=_("Your name"))


@private
@require_http_methods(["GET", "POST"])
def contacts(request: HttpRequest) -> HttpResponse:
    said = {
        "title": _("How to reach you"),
        "intro": _("Give an e-mail or a postal address: one of the two is needed, so that the answer can reach you."),
    }
    return ask(request, Step.CONTACTS, ContactsQuestion, "reception/questions.html", **said)
