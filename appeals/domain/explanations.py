"""Why a last day is the day it is, step by step, in codes with dates and numbers; `telling` says them in words.

Pure but for `clocks_of`, which reads what the steps need. The steps before `due` suffice to count the
day again with nothing but the days of the week at hand.
"""

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import OuterRef

from agencies.domain.working_days import ONE_DAY, SATURDAY, WorkingCalendar, days, months_after
from agencies.models import Agency
from appeals.domain.arrays import told, typed
from appeals.domain.terms import after_hold, counted_as_received_on
from appeals.enums import ClockKind, DueCause, OwedBy, TermUnit
from appeals.models import Appeal, Clock, DueChange, Hold, Term

# those that start with the appeal itself: the day it is registered, or reaches the next body
OF_THE_APPEAL = (ClockKind.REGISTRATION, ClockKind.FORWARDING, ClockKind.PASSING_UP, ClockKind.REPLY)


class Code(StrEnum):
    RECEIVED = "received"
    REGISTERED = "registered"
    ARRIVED = "arrived"
    BEGUN = "begun"
    RULE = "rule"
    ASSUMED = "assumed"
    INTERNAL = "internal"
    GIVEN = "given"
    COUNTED_FROM = "counted_from"
    DAYS_OFF = "days_off"
    WORKED = "worked"
    ROLLED = "rolled"
    ENDS = "ends"
    STOOD_STILL = "stood_still"
    EXTENDED = "extended"
    CALENDAR_CHANGED = "calendar_changed"
    KEPT = "kept"
    DUE = "due"
    MET = "met"
    CANCELLED = "cancelled"
    STANDS_STILL = "stands_still"
    BROKEN = "broken"
    EXCUSED = "excused"
    COUNTS_AS_REFUSAL = "counts_as_refusal"
    GOES_ON_RECORD = "goes_on_record"
    MAY_BE_RETURNED = "may_be_returned"
    DECIDED_WITHOUT = "decided_without"


class Why(StrEnum):
    """Why the day of registration is the one it is (Art. 64(3)); empty where body or calendar changed since."""

    SAME_DAY = "same_day"
    AFTER_HOURS = "after_hours"
    DAY_OFF = "day_off"
    AFTER_HOURS_BEFORE_DAYS_OFF = "after_hours_before_days_off"
    UNKNOWN = ""


@dataclass(frozen=True)
class Step:
    """One step; `facts` are dates, numbers and codes, the same in every language."""

    code: Code
    facts: Mapping[str, Any]


def clocks_of(appeal: Appeal) -> list[Clock]:
    """The clocks of `appeal`, oldest first, each with its `moves` and `stood`; one query."""
    moves = DueChange.objects.filter(clock=OuterRef("pk"))
    stood = Hold.objects.filter(clock=OuterRef("pk"))
    rows = appeal.clocks.select_related("term", "agency", "officer__user").order_by("pk")
    clocks: list[Any] = list(
        rows.annotate(
            moves=told(moves, cause="cause", was="was", became="became", on="on"),
            stood=told(stood, held_on="held_on", resumed_on="resumed_on"),
        )
    )
    for clock in clocks:
        clock.moves = [DueChange(**typed(line, date, "was", "became", "on")) for line in clock.moves]
        clock.stood = [Hold(**typed(line, date, "held_on", "resumed_on")) for line in clock.stood]
    return clocks


def explain_all(clocks: Sequence[Clock], calendar: WorkingCalendar) -> Sequence[Clock]:
    """`clocks`, all those of one appeal as `clocks_of` gives them, each with its `steps`."""
    every: Sequence[Any] = clocks
    for clock in every:
        clock.steps = explain(
            clock, entered_by=clocks[0].agency, calendar=calendar, moves=clock.moves, stood=clock.stood
        )
    return clocks


def explain(
    clock: Clock,
    *,
    entered_by: Agency,
    calendar: WorkingCalendar,
    moves: Sequence[DueChange] = (),
    stood: Sequence[Hold] = (),
) -> list[Step]:
    """Every step of `clock` from receipt to its last day and what came, or comes, of it.

    `entered_by` is the body that registered the appeal, by whose hours its day was found; `moves`
    are those of the last day, oldest first, and `stood` says from when to when the clock stood still.
    """
    steps = to_due(clock, entered_by=entered_by, calendar=calendar, moves=moves, stood=stood)
    return [*steps, *afterwards(clock, stood)]


def to_due(
    clock: Clock,
    *,
    entered_by: Agency,
    calendar: WorkingCalendar,
    moves: Sequence[DueChange] = (),
    stood: Sequence[Hold] = (),
) -> list[Step]:
    """The steps up to the last day, which is the last of them."""
    return list(_to_due(clock, entered_by, calendar, moves, stood))


def afterwards(clock: Clock, stood: Sequence[Hold] = ()) -> list[Step]:
    """What came of `clock`; while it runs, what follows if its last day passes."""
    return list(_afterwards(clock, stood))


def _to_due(
    clock: Clock, entered_by: Agency, calendar: WorkingCalendar, moves: Sequence[DueChange], stood: Sequence[Hold]
) -> Iterator[Step]:
    yield from _beginning(clock, entered_by, calendar)
    yield from _rule(clock, calendar)
    position = yield from _counted(clock, calendar)
    if any(move.cause != DueCause.CALENDAR for move in moves):
        yield Step(Code.ENDS, {"day": position})
    for move in moves:
        if move.cause == DueCause.HELD:
            position = yield from _given_back(clock.term, position, stood[0], calendar)
        else:
            code = Code.EXTENDED if move.cause == DueCause.EXTENDED else Code.CALENDAR_CHANGED
            yield Step(code, {"on": move.on, "was": move.was, "day": move.became})
            position = move.became
    if position != clock.due_on:
        yield Step(Code.KEPT, {"counted": position, "day": clock.due_on})
    yield Step(Code.DUE, {"day": clock.due_on})


def _beginning(clock: Clock, entered_by: Agency, calendar: WorkingCalendar) -> Iterator[Step]:
    if clock.kind not in OF_THE_APPEAL:
        yield Step(Code.BEGUN, {"clock": clock.kind, "day": clock.starts_on})
        return
    appeal = clock.appeal
    local = appeal.received_at.astimezone(ZoneInfo(entered_by.zone))
    why = _why(appeal, entered_by, calendar)
    yield Step(Code.RECEIVED, {"at": local})
    yield Step(
        Code.REGISTERED, {"day": appeal.registered_on, "why": why, "day_ends": entered_by.day_ends.isoformat("minutes")}
    )
    if clock.starts_on != appeal.registered_on:
        yield Step(Code.ARRIVED, {"day": clock.starts_on})


def _why(appeal: Appeal, entered_by: Agency, calendar: WorkingCalendar) -> Why:
    received_on = appeal.received_at.astimezone(ZoneInfo(entered_by.zone)).date()
    if counted_as_received_on(appeal.received_at, entered_by, calendar) != appeal.registered_on:
        return Why.UNKNOWN
    if received_on == appeal.registered_on:
        return Why.SAME_DAY
    if not calendar.is_working(received_on):
        return Why.DAY_OFF
    return Why.AFTER_HOURS if appeal.registered_on == received_on + ONE_DAY else Why.AFTER_HOURS_BEFORE_DAYS_OFF


def _rule(clock: Clock, calendar: WorkingCalendar) -> Iterator[Step]:
    term = clock.term
    # the register begins with the calendar: a rule that begins with both is older than either
    is_older = term.valid_from is None or term.valid_from <= calendar.first
    rule = {
        "clock": clock.kind,
        "length": term.length,
        "unit": term.unit,
        "is_longest": clock.given_days is not None,
        "basis": term.basis,
        "in_force_since": None if is_older else term.valid_from,
        "in_force_until": term.valid_to,
        "verified": term.verified,
    }
    yield Step(Code.RULE, rule)
    if not term.verified:
        yield Step(Code.ASSUMED, {"note": term.note})
    if not clock.is_official:
        yield Step(Code.INTERNAL, {})


def _counted(clock: Clock, calendar: WorkingCalendar) -> Generator[Step, None, date]:
    """The count itself; returns the day it ends on."""
    term, starts_on = clock.term, clock.starts_on
    if clock.given_days is not None:
        yield Step(Code.GIVEN, {"length": clock.given_days, "unit": TermUnit.WORKING_DAYS})
        return (yield from _worked_through(clock.given_days, starts_on, calendar, day_itself=False))
    if term.unit == TermUnit.WORKING_DAYS:
        return (yield from _worked_through(term.length, starts_on, calendar, day_itself=term.first_day_counts))
    first = starts_on if term.first_day_counts else starts_on + ONE_DAY
    yield Step(Code.COUNTED_FROM, {"day": first, "first_day_counts": term.first_day_counts, "unit": term.unit})
    if term.unit == TermUnit.MONTHS:
        end = months_after(starts_on, term.length) - timedelta(days=term.first_day_counts)
    else:
        end = first + timedelta(days=term.length - 1)
    return (yield from _rolled(term, end, calendar))


def _worked_through(
    n: int, starts_on: date, calendar: WorkingCalendar, *, day_itself: bool
) -> Generator[Step, None, date]:
    """The count of `n` working days; of none, it ends on the starting day, or on the first working one after it."""
    day_itself = day_itself or not n
    first = calendar.rolled(starts_on) if day_itself else calendar.after(starts_on, 1)
    yield Step(Code.COUNTED_FROM, {"day": first, "first_day_counts": day_itself, "unit": TermUnit.WORKING_DAYS})
    end = calendar.after(first, max(n - 1, 0))
    yield from _uncounted(starts_on, end, calendar)
    return end


def _rolled(term: Term, end: date, calendar: WorkingCalendar) -> Generator[Step, None, date]:
    if not term.rolls or calendar.is_working(end):
        return end
    day = calendar.rolled(end)
    yield Step(Code.ROLLED, {"was": end, "day": day})
    return day


def _uncounted(start: date, end: date, calendar: WorkingCalendar) -> Iterator[Step]:
    """Where the count differs from Monday to Friday."""
    if off := calendar.days_off(start, end):
        yield Step(Code.DAYS_OFF, {"days": off})
    if worked := [day for day in days(start, end) if day.weekday() >= SATURDAY and calendar.is_working(day)]:
        yield Step(Code.WORKED, {"days": worked})


def _given_back(term: Term, position: date, stood: Hold, calendar: WorkingCalendar) -> Generator[Step, None, date]:
    resumed_on = stood.resumed_on or stood.held_on
    is_working = term.unit == TermUnit.WORKING_DAYS
    n = calendar.between(stood.held_on - ONE_DAY, resumed_on - ONE_DAY)
    n = n if is_working else (resumed_on - stood.held_on).days
    yield Step(
        Code.STOOD_STILL,
        {
            "since": stood.held_on,
            "until": resumed_on - ONE_DAY,
            "given_back": n,
            "unit": TermUnit.WORKING_DAYS if is_working else TermUnit.CALENDAR_DAYS,
        },
    )
    if not is_working:
        return (yield from _rolled(term, position + timedelta(days=n), calendar))
    became = after_hold(term, position, stood.held_on, resumed_on, calendar)
    yield from _uncounted(position + ONE_DAY, became, calendar)
    return became


def _afterwards(clock: Clock, stood: Sequence[Hold]) -> Iterator[Step]:
    if clock.met_on:
        yield Step(Code.MET, {"day": clock.met_on, "is_late": clock.met_on > clock.due_on})
    if clock.cancelled_on:
        yield Step(Code.CANCELLED, {"day": clock.cancelled_on})
    if clock.breached_on:
        yield Step(Code.BROKEN, {"day": clock.breached_on})
    if clock.excused_on:
        yield Step(Code.EXCUSED, {"day": clock.excused_on})
    if not clock.is_running:
        return
    if clock.is_held:
        yield Step(Code.STANDS_STILL, {"since": stood[0].held_on})
        return
    if clock.kind == ClockKind.REPLY:
        yield Step(Code.COUNTS_AS_REFUSAL, {})
    if clock.owed_by == OwedBy.APPLICANT:
        yield Step(Code.MAY_BE_RETURNED if clock.kind == ClockKind.CORRECTION else Code.DECIDED_WITHOUT, {})
    elif not clock.breached_on:
        yield Step(Code.GOES_ON_RECORD, {})
