"""Dates and terms as sentences for citizens."""

from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.domain.wording import long_date, long_day, moment
from agencies.domain.working_days import WorkingCalendar
from appeals.domain.wording import basis_of
from appeals.enums import ClockKind, TermUnit
from appeals.models import Clock
from reception.domain.tracking import Case


def due(clock: Clock, *, received_at: datetime, registered_on: date, days: WorkingCalendar) -> list[str]:
    """How the last day of `clock` comes about, step by step."""
    told = [
        _("Received: %(moment)s.") % {"moment": moment(received_at)},
        _("Counts as received: %(day)s.") % {"day": long_day(registered_on)},
    ]
    if clock.starts_on != registered_on:
        told.append(_("Reached the body: %(day)s.") % {"day": long_day(clock.starts_on)})
    told.append(_("Term: %(term)s (%(basis)s).") % {"term": _length(clock), "basis": basis_of(clock.term)})
    if clock.term.unit == TermUnit.WORKING_DAYS:
        first = clock.starts_on if clock.term.first_day_counts else days.after(clock.starts_on, 1)
        told.append(_("Counted from: %(day)s.") % {"day": long_day(first)})
        if off := days.days_off(clock.starts_on, clock.due_on):
            told.append(_("Days off besides weekends: %(days)s.") % {"days": "; ".join(map(long_date, off))})
    told.append(_("Last day: %(day)s.") % {"day": long_day(clock.due_on)})
    return told


def promise(clock: Clock) -> str:
    """What the holder has to do by the last day of `clock`."""
    if clock.kind == ClockKind.REPLY:
        return _("The body has to answer by this day.")
    if clock.kind == ClockKind.PASSING_UP:
        return _(
            "By this day the body has to pass the complaint to the one above it. "
            "That one then has its own term to decide, and you will be told both."
        )
    return _(
        "By this day the appeal is passed on to the body that has to answer. "
        "That body then has its own term, and you will be told both."
    )


def _length(clock: Clock) -> str:
    n = clock.term.length
    if clock.term.unit == TermUnit.WORKING_DAYS:
        return ngettext("%(n)s working day", "%(n)s working days", n) % {"n": n}
    if clock.term.unit == TermUnit.CALENDAR_DAYS:
        return ngettext("%(n)s calendar day", "%(n)s calendar days", n) % {"n": n}
    return ngettext("%(n)s month", "%(n)s months", n) % {"n": n}


def of_case(case: Case) -> list[str]:
    """The same for the term that matters in `case`."""
    if case.clock is None:
        return []
    appeal = case.appeal
    return due(case.clock, received_at=appeal.received_at, registered_on=appeal.registered_on, days=case.calendar)
