"""What a correction changed in a case, was and became, in words."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.domain.wording import long_date
from appeals.enums import Kind, TermUnit


def of_classes(data: Mapping[str, Any], called: Callable[[str], str]) -> list[str]:
    """A sentence for each class that changed, and for the last day; `called` names what a field of `data` means."""
    labels = {
        "kind": _("Kind"),
        "special_type": _("Special type"),
        "topic": _("Topic"),
        "region": _("Region"),
        "district": _("District or city"),
        "complained_of": _("Complained of"),
        "due_on": _("Last day"),
    }
    told: list[str] = []
    for field, label in labels.items():
        if field in data:
            was, became = (_said(data, called, field, suffix) or _("not stated") for suffix in ("_was", ""))
            told.append(f"{label}: {was} → {became}.")
    return told


def of_contacts(data: Mapping[str, Any]) -> str:
    """Which contacts, and never what is in them."""
    names = {"email": _("E-mail"), "phone": _("Phone"), "address": _("Address")}
    return ", ".join(names[field] for field in data["fields"]) + "."


def length_of(n: int, unit: str) -> str:
    """`15 working days`."""
    if unit == TermUnit.WORKING_DAYS:
        return ngettext("%(n)s working day", "%(n)s working days", n) % {"n": n}
    if unit == TermUnit.CALENDAR_DAYS:
        return ngettext("%(n)s calendar day", "%(n)s calendar days", n) % {"n": n}
    return ngettext("%(n)s month", "%(n)s months", n) % {"n": n}


def _said(data: Mapping[str, Any], called: Callable[[str], str], field: str, suffix: str) -> str:
    if field == "kind":
        return str(Kind(data[field + suffix]).label)
    if field != "due_on":
        return called(field + suffix)
    if f"due_on{suffix}" not in data:
        return ""
    due = long_date(date.fromisoformat(data[f"due_on{suffix}"]))
    return f"{due} ({length_of(data[f'length{suffix}'], data[f'unit{suffix}'])})"
