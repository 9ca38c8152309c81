"""How long the law gives, and the day it ends. Pure but for the choice of the row."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from agencies.domain.working_days import ONE_DAY, WorkingCalendar, months_after
from agencies.models import Agency
from appeals.enums import CapFrom, ClockKind, TermUnit
from appeals.errors import NoTerm
from appeals.models import Appeal, Term


def in_force(on: date) -> list[Term]:
    """Every term of the law on the local date `on`."""
    return list(Term.objects.alive(on))


def chosen(rows: list[Term], clock: ClockKind, appeal: Appeal) -> Term:
    """Of the terms in force the one for this clock of this appeal: special type before kind before any."""
    found = found_for(rows, clock, kind=appeal.kind, special_type=appeal.special_type)
    if found is None:
        told = _(
            "The register of terms has no entry for this day: %(clock)s. "
            "Nothing was done; an administrator must enter it first."
        )
        raise NoTerm(told % {"clock": clock.label})
    return found


def found_for(rows: list[Term], clock: ClockKind, *, kind: str, special_type: str = "") -> Term | None:
    """The same for an appeal that need not exist; none where the law of the day knows no such term."""
    fitting = [
        row for row in rows if row.clock == clock and row.kind in ("", kind) and row.special_type in ("", special_type)
    ]
    return max(fitting, key=lambda row: (bool(row.special_type), bool(row.kind)), default=None)


def due_on(term: Term, starts_on: date, calendar: WorkingCalendar) -> date:
    """The last day of `term` when it starts on `starts_on`; acting on that day is in time.

    Working days are counted from the next one (Art. 76(2)), or from the starting day itself
    where the law of the time did so. An end of calendar days or months on a day off moves on
    to the next working day (Art. 76(5)).
    """
    length = term.length - term.first_day_counts
    if term.unit == TermUnit.WORKING_DAYS:
        first = calendar.rolled(starts_on) if term.first_day_counts or not length else starts_on
        return calendar.after(first, length)
    if term.unit == TermUnit.MONTHS:
        end = months_after(starts_on, term.length) - timedelta(days=term.first_day_counts)
    else:
        end = starts_on + timedelta(days=length)
    return calendar.rolled(end) if term.rolls else end


def first_counted(term: Term, starts_on: date) -> date:
    """The first day that counts of `term` when it starts on `starts_on`, be it worked or not."""
    return starts_on if term.first_day_counts else starts_on + ONE_DAY


def after_hold(term: Term, due_on: date, held_on: date, resumed_on: date, calendar: WorkingCalendar) -> date:
    """The last day of `term` after it stood still from `held_on` up to, not including, `resumed_on`.

    Working days are given back for working days, calendar days for any others.
    """
    if term.unit == TermUnit.WORKING_DAYS:
        return calendar.after(due_on, calendar.between(held_on - ONE_DAY, resumed_on - ONE_DAY))
    return calendar.rolled(due_on + (resumed_on - held_on)) if term.rolls else due_on + (resumed_on - held_on)


def latest_extension(term: Term, due_on: date, *, decided_on: date) -> date:
    """The furthest day to which an extension decided on `decided_on` may move `due_on` (Art. 76(3))."""
    cap = term.extension_cap or 0
    begun = decided_on if term.extension_from == CapFrom.DECISION else due_on
    if term.extension_unit == TermUnit.MONTHS:
        return months_after(begun, cap)
    return begun + timedelta(days=cap)


def local_date(at: datetime, agency: Agency) -> date:
    """The date of the instant `at` where `agency` stands."""
    return at.astimezone(ZoneInfo(agency.zone)).date()


def counted_as_received_on(at: datetime, agency: Agency, calendar: WorkingCalendar) -> date:
    """The working day the instant counts for: after hours or on a day off, the next one (Art. 64(3))."""
    local = at.astimezone(ZoneInfo(agency.zone))
    after_hours = local.time() > agency.day_ends
    return calendar.rolled(local.date() + timedelta(days=after_hours))
