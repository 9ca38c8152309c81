"""Register an appeal that came on paper, by phone, in person or by another door of the body."""

import secrets
from datetime import datetime
from itertools import chain
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from agencies.models import Agency, Channel, Officer, Region, Topic
from agencies.web.inputs import DayMonthYearInput
from appeals.domain import applicants, entering, numbering, uploads
from appeals.domain.registration import LONGEST_TEXT, Intake, Upload, register
from appeals.domain.terms import local_date
from appeals.enums import ApplicantType, Kind
from appeals.errors import InvalidIntake, Refused, Unconfirmed
from appeals.models import SpecialType
from appeals.rules import insist, refusal_to_register
from appeals.web.desk.bodies import BodyField
from appeals.web.desk.cases import desk, sent, taken
from appeals.web.desk.fields import DistrictField, ScansField, SeveralFiles, SpecialTypeField, TopicField

CONFIRMED = ("is_late", "is_unreachable")
DETAILS = ("name", "idn", "phone", "email", "address")


class RegisterForm(forms.Form):
    """What is to be confirmed, `CONFIRMED`, is asked for only where there is a doubt."""

    token = forms.CharField(max_length=40, widget=forms.HiddenInput)
    channel = forms.ModelChoiceField(
        label=gettext_lazy("How did it come in?"),
        queryset=Channel.objects.none(),
        empty_label=gettext_lazy("Choose a channel"),
        error_messages={"required": gettext_lazy("Choose how the appeal came in.")},
    )
    received_on = forms.DateField(
        label=gettext_lazy("Day of receipt"),
        widget=DayMonthYearInput,
        error_messages={
            "required": gettext_lazy("Enter the day of receipt."),
            "invalid": gettext_lazy("Enter a real date, such as 21 11 2026."),
        },
    )
    received_time = forms.TimeField(
        label=gettext_lazy("Time of receipt"),
        help_text=gettext_lazy("Local time, such as 14:30. After working hours the next working day counts."),
        widget=forms.TimeInput({"class": "govuk-input--width-5"}, format="%H:%M"),
        error_messages={
            "required": gettext_lazy("Enter the time of receipt."),
            "invalid": gettext_lazy("Enter a time, such as 14:30."),
        },
    )
    kind = forms.TypedChoiceField(
        label=gettext_lazy("Kind"),
        choices=Kind.choices,
        coerce=Kind,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the kind of the appeal.")},
    )
    special_type = SpecialTypeField(
        label=gettext_lazy("Special type"),
        help_text=gettext_lazy("Only where a special law gives the appeal a term of its own."),
        queryset=SpecialType.objects.none(),
        required=False,
        empty_label=gettext_lazy("None"),
    )
    about_us = forms.BooleanField(
        label=gettext_lazy("The complaint is against this body"),
        help_text=gettext_lazy("Only for a complaint: it is passed up to the superior within three working days."),
        required=False,
    )
    complained_of = BodyField(
        label=gettext_lazy("Body complained of"),
        help_text=gettext_lazy("For a complaint against another body: its code, its name or words of its name."),
        required=False,
        max_length=255,
    )
    region = forms.ModelChoiceField(
        label=gettext_lazy("Region"),
        queryset=Region.objects.none(),
        required=False,
        empty_label=gettext_lazy("Not stated"),
    )
    district = DistrictField()
    topic = TopicField(
        label=gettext_lazy("Topic"),
        queryset=Topic.objects.none(),
        required=False,
        empty_label=gettext_lazy("Not stated"),
    )
    text = forms.CharField(
        label=gettext_lazy("Text of the appeal"),
        help_text=gettext_lazy("As it was written or said."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 10}),
        error_messages={"required": gettext_lazy("Write what the appeal is about.")},
    )
    scans = ScansField(
        label=gettext_lazy("Scans of the letter"),
        help_text=gettext_lazy("Up to 5 files, 10 MB each: PDF, DOCX, XLSX, ODT, JPG, PNG or TXT."),
        required=False,
        max_length=255,
        allow_empty_file=True,
        widget=SeveralFiles({"accept": ",".join(chain.from_iterable(uploads.EXTENSIONS.values()))}),
        error_messages={"max_length": gettext_lazy("The name of the file is too long. Give it a shorter one.")},
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the appeal"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the language; the answer is given in it.")},
    )
    applicant_type = forms.TypedChoiceField(
        label=gettext_lazy("Who appeals?"),
        choices=ApplicantType.choices,
        coerce=ApplicantType,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose who appeals.")},
    )
    name = forms.CharField(
        label=gettext_lazy("Full name, or name of the firm"),
        max_length=255,
        error_messages={"required": gettext_lazy("Give the name of the applicant.")},
    )
    idn = forms.CharField(
        label=gettext_lazy("IIN or BIN"),
        required=False,
        max_length=40,
        widget=forms.TextInput({"class": "govuk-input--width-20", "inputmode": "numeric"}),
    )
    phone = forms.CharField(
        label=gettext_lazy("Phone"),
        required=False,
        max_length=40,
        widget=forms.TextInput({"class": "govuk-input--width-20", "inputmode": "tel"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        required=False,
        max_length=254,
        error_messages={"invalid": gettext_lazy("Enter an e-mail address, such as name@example.kz.")},
    )
    consent = forms.BooleanField(
        label=gettext_lazy("The applicant agreed that messages sent to this e-mail count as delivered"), required=False
    )
    address = forms.CharField(label=gettext_lazy("Address"), required=False, max_length=500)
    is_late = forms.BooleanField(
        label=gettext_lazy("The day of receipt is right: register it late"), required=False, widget=forms.HiddenInput
    )
    is_unreachable = forms.BooleanField(
        label=gettext_lazy("The applicant gave neither an address nor an e-mail"),
        required=False,
        widget=forms.HiddenInput,
    )

    def __init__(self, *args: Any, officer: Officer, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.holder = officer.agency
        self.at = at
        today = local_date(at, officer.agency)
        for name in CONFIRMED:
            if self.data.get(name):
                self.fields[name].widget = forms.CheckboxInput()
        self.fields["channel"].queryset = entering.channels(officer.agency)
        self.fields["complained_of"].bodies = Agency.objects.alive(today)
        self.fields["special_type"].queryset = SpecialType.objects.order_by("kind", "position")
        self.fields["region"].queryset = Region.objects.first_level().alive(today)
        self.fields["district"].offer(today)
        self.fields["topic"].queryset = (
            Topic.objects.alive(today)
            .exclude(group=None)
            .select_related("group")
            .order_by("group__position", "position")
        )

    def clean_phone(self) -> str:
        try:
            return applicants.phone(self.cleaned_data["phone"])
        except InvalidIntake as fault:
            raise ValidationError(str(fault)) from fault

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("idn") and "applicant_type" in cleaned:
            try:
                cleaned["idn"] = applicants.idn(cleaned["idn"], cleaned["applicant_type"])
            except InvalidIntake as fault:
                self.add_error(fault.field, str(fault))
        day, time = cleaned.get("received_on"), cleaned.get("received_time")
        if day and time is not None:
            cleaned["received_at"] = entering.instant(day, time, self.holder)
            taken(self, lambda: entering.check_day(cleaned["received_at"], self.holder, at=self.at))
        taken(self, lambda: applicants.insist_agreed(email=cleaned.get("email", ""), consent=cleaned["consent"]))
        special = cleaned.get("special_type")
        if special and "kind" in cleaned and special.kind != cleaned["kind"]:
            self.add_error("special_type", _("This special type belongs to another kind of appeal."))
        if "kind" in cleaned and "complained_of" in cleaned:
            self._check_complaint(cleaned["kind"], cleaned["complained_of"], is_about_holder=cleaned["about_us"])
        return cleaned

    def _check_complaint(self, kind: Kind, body: Agency | None, *, is_about_holder: bool) -> None:
        """A complaint names one body, nothing else names any."""
        if kind != Kind.COMPLAINT:
            if is_about_holder:
                self.add_error("about_us", _("Only a complaint can be against this body. Clear the tick."))
            if body:
                self.add_error("complained_of", _("Only a complaint names a body complained of."))
        elif is_about_holder and body and body != self.holder:
            self.add_error("complained_of", _("The complaint is against this body or another one, not both."))
        elif not is_about_holder and not body:
            self.add_error("complained_of", _("Name the body complained of, or tick that it is this body."))

    def ask(self, doubts: dict[str, str]) -> None:
        """Put each of the `doubts` to the registrar, with what follows, to be confirmed."""
        for name, told in doubts.items():
            self.fields[name].widget = forms.CheckboxInput()
            self.add_error(name, told)

    def begin_anew(self) -> None:
        """Keep what was typed and let it be sent as another appeal, should it be one."""
        self.data = self.data.copy()
        self.data["token"] = secrets.token_urlsafe(18)
        self.add_error(
            None,
            _("This page has already registered an appeal with another content. If this is a new one, send it again."),
        )

    def intake(self, holder: Agency, key: str) -> Intake:
        told = self.cleaned_data
        return Intake(
            key=key,
            kind=told["kind"],
            text=told["text"],
            language=told["language"],
            channel=told["channel"],
            form=told["channel"].form,
            applicant_type=told["applicant_type"],
            details={field: told[field] for field in DETAILS if told[field]} | _consent(told),
            received_at=told["received_at"],
            topic=told["topic"],
            region=told["region"],
            district=told["district"],
            special_type=told["special_type"].code if told["special_type"] else "",
            complained_of=holder if told["about_us"] else told["complained_of"],
            holder=holder,
            uploads=[Upload.of(file) for file in told["scans"]],
            is_late=told["is_late"],
            is_unreachable=told["is_unreachable"],
        )


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def register_appeal(request: HttpRequest) -> HttpResponse:
    """One token a page: a double click, or a page sent again, registers once."""
    officer, at = request.officer, timezone.now()
    insist(refusal_to_register(officer))
    form = RegisterForm(sent(request), request.FILES or None, officer=officer, at=at, initial=_blank(officer, at))
    if form.is_valid():
        intake = form.intake(officer.agency, entering.key(officer, form.cleaned_data["token"]))
        try:
            appeal = register(intake, at=at, by=officer)
        except Unconfirmed as asked:
            form.ask(asked.doubts)
        except InvalidIntake as fault:
            form.add_error(fault.field if fault.field in form.fields else None, str(fault))
        except Refused:
            form.begin_anew()
        else:
            return redirect("desk:coupon", numbering.slug(appeal.number))
    if form.errors and request.FILES:
        form.add_error("scans", _("Choose the files again: they are not kept while the form is being corrected."))
    return render(request, "desk/register.html", {"form": form}, status=422 if form.errors else 200)


def _consent(told: dict[str, Any]) -> dict[str, str]:
    return {"consent": "yes"} if told["email"] else {}


def _blank(officer: Officer, at: datetime) -> dict[str, Any]:
    local = at.astimezone(ZoneInfo(officer.agency.zone))
    return {
        "token": secrets.token_urlsafe(18),
        "received_on": local.date(),
        "received_time": local.time(),
        "language": "kk",
        "applicant_type": ApplicantType.PERSON,
        "region": officer.agency.region_id,
    }
