"""How long the law gives, and the day it ends. Pure but for the choice of the row."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from agencies.domain.working_days import WorkingCalendar, months_after
from agencies.models import Agency
from appeals.enums import ClockKind, TermUnit
from appeals.errors import NoTerm
from appeals.models import Appeal, Term


def in_force(on: date) -> list[Term]:
    """Every term of the law on the local date `on`."""
    return list(Term.objects.alive(on))


def chosen(rows: list[Term], clock: ClockKind, appeal: Appeal) -> Term:
    """Of the terms in force the one for this clock of this appeal: special type before kind before any."""
    fitting = [
        row
        for row in rows
        if row.clock == clock and row.kind in ("", appeal.kind) and row.special_type in ("", appeal.special_type)
    ]
    if not fitting:
        raise NoTerm(f"No term of law for the clock {clock} of a {appeal.kind}.")
    return max(fitting, key=lambda row: (bool(row.special_type), bool(row.kind)))


def due_on(term: Term, starts_on: date, calendar: WorkingCalendar) -> date:
    """The last day of `term` when it starts on `starts_on`; acting on that day is in time.

    Working days are counted from the next one (Art. 76(2)), or from the starting day itself
    where the law of the time did so. An end of calendar days or months on a day off moves on
    to the next working day (Art. 76(5)).
    """
    length = term.length - term.first_day_counts
    if term.unit == TermUnit.WORKING_DAYS:
        return calendar.after(calendar.rolled(starts_on) if term.first_day_counts else starts_on, length)
    end = months_after(starts_on, length) if term.unit == TermUnit.MONTHS else starts_on + timedelta(days=length)
    return calendar.rolled(end) if term.rolls else end


def local_date(at: datetime, agency: Agency) -> date:
    """The date of the instant `at` where `agency` stands."""
    return at.astimezone(ZoneInfo(agency.zone)).date()


def counted_as_received_on(at: datetime, agency: Agency, calendar: WorkingCalendar) -> date:
    """The working day the instant counts for: after hours or on a day off, the next one (Art. 64(3))."""
    local = at.astimezone(ZoneInfo(agency.zone))
    after_hours = local.time() > agency.day_ends
    return calendar.rolled(local.date() + timedelta(days=after_hours))
