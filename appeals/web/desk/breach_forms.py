"""What is asked of who answers for a breach, and of who judges it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Officer
from agencies.web.inputs import DayMonthYearInput
from appeals.enums import BreachCause, MeasureKind, Verdict
from appeals.models import Breach
from appeals.web.desk.assign import OfficerChoice

LONGEST = 3000  # characters
LONGEST_NUMBER = 60  # characters


class BreachForm(forms.Form):
    """One of several on a page: its ids begin with the act."""

    act = ""

    def __init__(self, data: Any = None, *, breach: Breach) -> None:
        super().__init__(data, auto_id=f"{self.act}_%s")


class ExplainForm(BreachForm):
    act = "explain"
    cause = forms.TypedChoiceField(
        label=_("Cause"),
        choices=BreachCause.choices,
        coerce=BreachCause,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the cause.")},
    )
    text = forms.CharField(
        label=_("What led to it"),
        help_text=_("The President's Office will read it: what happened, and what was done so that it does not again."),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": _("Write what led to the breach.")},
    )


class ReviewForm(BreachForm):
    act = "review"
    verdict = forms.TypedChoiceField(
        label=_("Review"),
        choices=Verdict.choices,
        coerce=Verdict,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you make of the explanation.")},
    )
    text = forms.CharField(
        label=_("Comment"),
        help_text=_("The body will read it."),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 4}),
    )


class MeasureForm(BreachForm):
    act = "measure"
    kind = forms.TypedChoiceField(
        label=_("Measure"),
        choices=MeasureKind.choices,
        coerce=MeasureKind,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the measure.")},
    )
    officer = OfficerChoice(
        label=_("Who was answerable"),
        queryset=Officer.objects.none(),
        required=False,
        empty_label=_("Nobody by name"),
        error_messages={"invalid_choice": _("Choose somebody of the body whose term was broken.")},
    )
    taken_on = forms.DateField(
        label=_("Date of the order or of the measure"),
        widget=DayMonthYearInput,
        error_messages={"required": _("Give the date of the order."), "invalid": _("There is no such date.")},
    )
    order_number = forms.CharField(
        label=_("Number of the order"),
        help_text=_("A penalty is imposed by an order; other measures may have none."),
        required=False,
        max_length=LONGEST_NUMBER,
    )

    def __init__(self, data: Any = None, *, breach: Breach) -> None:
        super().__init__(data, breach=breach)
        of_the_body = Officer.objects.filter(agency=breach.agency_id).select_related("user")
        self.fields["officer"].queryset = of_the_body.order_by("user__full_name", "pk")
        self.fields["officer"].initial = breach.officer_id


class AnnulForm(BreachForm):
    act = "annul"
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The applicant will read it. The breach stays in the register, marked, and counts no more."),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("Say why the breach is annulled; the applicant will read it.")},
    )
