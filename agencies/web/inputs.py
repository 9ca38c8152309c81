"""Inputs that Django does not have."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class DayMonthYearInput(forms.MultiWidget):
    """A date in three boxes, for a `DateField`; what was typed comes back as it was typed.

    A link or a program may give the date whole instead, as `2026-02-28`.
    """

    template_name = "django/forms/widgets/day_month_year.html"
    use_fieldset = True
    labels = (_("Day"), _("Month"), _("Year"))

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        short, long = (
            "govuk-input govuk-date-input__input govuk-input--width-2",
            "govuk-input govuk-input--width-4",
        )
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {
            name: forms.TextInput({"class": css, "inputmode": "numeric"})
            for name, css in (("day", short), ("month", short), ("year", long))
        }
        super().__init__(boxes, attrs)

    def decompress(self, value: date | str | None) -> list[str]:
        if isinstance(value, date):
            return [str(value.day), str(value.month), str(value.year)]
        if not value:
            return ["", "", ""]
        parts = value.split("\n" if "\n" in value else "-", 2)
        return parts[::-1] if len(parts) == len(self.labels) else ["", "", value]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        if name in data:
            return data[name]
        day, month, year = ((part or "").strip() for part in super().value_from_datadict(data, files, name))
        if not (day or month or year):
            return ""
        # No box can hold a line break, so what is no date can still be taken apart again.
        return ("-" if (year + month + day).isdigit() else "\n").join((year, month, day))

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for part, label in zip(context["widget"]["subwidgets"], self.labels, strict=True):
            part["label"] = label
        return context
