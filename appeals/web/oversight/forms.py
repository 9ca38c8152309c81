"""What narrows the cases down, as it stands in the address."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from agencies.enums import Level
from appeals.domain.statistics.cases import BREACHES, IN_A_PERIOD, NOT_STATED, Chosen, Show
from appeals.domain.statistics.labels import Label
from appeals.domain.statistics.periods import Period, this_month
from appeals.enums import Axis, ClockKind

ANY = ("", _("All"))
NONE = (NOT_STATED, _("Not stated"))
CODES = {Axis.AGENCY: [ANY], Axis.REGION: [ANY, NONE], Axis.TOPIC: [ANY, NONE], Axis.CHANNEL: [ANY]}


class Day(forms.DateField):
    """A day as a browser's own input sends it."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    input_formats = ("%Y-%m-%d",)
    default_error_messages = {
        "required": _("Give the day."),
        "invalid": _("Give a day that exists, as year-month-day: 2026-02-28."),
    }


class Choice(forms.ChoiceField):
    default_error_messages = {"invalid_choice": _("Choose one from the list.")}


class CasesForm(forms.Form):
    """Which list, of which days, and codes; a body is chosen only by a link."""

    show = Choice(choices=Show.choices, widget=forms.HiddenInput)
    agency = Choice(label=_("Body"), widget=forms.HiddenInput, required=False)
    first = Day(label=_("From"))
    last = Day(label=_("To"))
    level = Choice(label=_("Level"), choices=[ANY, *Level.choices], required=False)
    region = Choice(label=_("Region"), required=False)
    topic = Choice(label=_("Topic"), required=False)
    channel = Choice(label=_("Channel"), required=False)
    term = Choice(label=_("Term"), choices=[ANY, *ClockKind.choices], required=False)

    def __init__(self, asked: QueryDict, *, labels: Sequence[Label], on: date) -> None:
        month = this_month(on)
        usual = {"show": Show.BREACHES.value, "first": month.first.isoformat(), "last": month.last.isoformat()}
        super().__init__(usual | asked.dict())
        self.bodies = {label.code: label.name for label in labels if label.axis == Axis.AGENCY}
        for axis, besides in CODES.items():
            known = [label for label in labels if label.axis == axis]
            offered = [label for label in known if label.is_offered or label.code == asked.get(axis)]
            cast(Choice, self.fields[axis]).choices = [*besides, *((label.code, label.name) for label in offered)]
        if self.data["show"] not in IN_A_PERIOD:
            del self.fields["first"], self.fields["last"]
        if self.data["show"] not in BREACHES:
            del self.fields["term"]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if "first" in given and "last" in given and given["last"] < given["first"]:
            self.add_error("last", _("The last day cannot lie before the first."))
        return given

    @property
    def is_narrowed(self) -> bool:
        return any(self.data.get(name) for name in ("agency", "level", "region", "topic", "channel", "term"))

    @property
    def show_chosen(self) -> Show:
        """The list that was asked for, or that of breaches."""
        return Show(self.cleaned_data.get("show", Show.BREACHES))

    @property
    def body(self) -> str:
        """The name of the body asked for."""
        return self.bodies.get(str(self.data.get("agency")), "")

    @property
    def chosen(self) -> Chosen:
        names = ("level", "agency", "region", "topic", "channel", "term")
        return Chosen(**{name: self.cleaned_data.get(name, "") for name in names})

    @property
    def period(self) -> Period | None:
        """The days asked for; none where the list is of what is open now."""
        if "first" not in self.fields:
            return None
        return Period(self.cleaned_data["first"], self.cleaned_data["last"])
