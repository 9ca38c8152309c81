"""After a change of the working calendar the running terms of open appeals get their last days anew.

A clock keeps its term and the day it started; what an official decided about it stands. Closed
appeals and ended clocks never move.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import override

from agencies.domain.working_days import WorkingCalendar
from appeals.domain import clocks, notices, terms
from appeals.domain.accountability import annul
from appeals.domain.history import record
from appeals.enums import OPEN, ClockKind, DueCause, EventKind, NoticeKind
from appeals.models import Appeal, Clock, Extension, Hold

BATCH = 500  # appeals


@dataclass(frozen=True)
class Move:
    """The last day of `clock` that the calendar moves from `was`; `undone`: its breach was none after all."""

    clock: Clock
    was: date
    becomes: date
    undone: bool


def batches() -> Iterator[list[int]]:
    """The ids of all open appeals, some hundred at a time."""
    rows, last = Appeal.objects.open().order_by("pk").values_list("pk", flat=True), 0
    while ids := list(rows.filter(pk__gt=last)[:BATCH]):
        yield ids
        last = ids[-1]


def foreseen(appeals: Sequence[int], calendar: WorkingCalendar, *, at: datetime) -> list[Move]:
    """What would move among the appeals with these ids; three queries, nothing is changed."""
    running = (
        Clock.objects.running()
        .filter(appeal__in=appeals, appeal__status__in=OPEN)
        .select_related("appeal", "agency", "term")
        .prefetch_related("holds", Prefetch("extensions", Extension.objects.filter(is_granted=True)))
        .order_by("appeal_id", "pk")
    )
    moves = (_move(clock, calendar, at) for clock in running)
    return [move for move in moves if move.becomes != move.was]


def recompute(appeals: Sequence[int], calendar: WorkingCalendar, *, at: datetime) -> list[Move]:
    """Move what moves among the appeals with these ids, each under its lock; what was done.

    A breach whose last day is not over after all is annulled, and its clock runs on. Run again,
    after an end in the middle too, it does only what is left.
    """
    touched = dict.fromkeys(move.clock.appeal_id for move in foreseen(appeals, calendar, at=at))
    return [move for appeal_id in touched for move in _recompute(appeal_id, calendar, at)]


def last_day(clock: Clock, calendar: WorkingCalendar) -> date:
    """The last day of `clock` by its term, and by what was decided about it since, in their order.

    A hold gives back as many working days as `calendar` has between its days; one in progress
    nothing yet. An extension ends on the day the head decided, or on the next working day.
    """
    due = _by_term(clock, calendar)
    # on one day, the hold: nothing is extended while the applicant is asked
    steps: list[tuple[date, int, Hold | Extension]] = [
        *((hold.resumed_on, 0, hold) for hold in clock.holds.all() if hold.resumed_on),
        *((granted.decided_on, 1, granted) for granted in clock.extensions.all() if granted.decided_on),
    ]
    for on, _order, step in sorted(steps, key=lambda step: step[:2]):
        if isinstance(step, Hold):
            due = terms.after_hold(clock.term, due, step.held_on, on, calendar)
        else:
            due = max(due, calendar.rolled(step.until))
    return due


def _by_term(clock: Clock, calendar: WorkingCalendar) -> date:
    if clock.given_days is not None:
        return calendar.after(clock.starts_on, clock.given_days)
    return terms.due_on(clock.term, clock.starts_on, calendar)


def _move(clock: Clock, calendar: WorkingCalendar, at: datetime) -> Move:
    becomes = last_day(clock, calendar)
    undone = clock.breached_on is not None and becomes >= terms.local_date(at, clock.agency)
    return Move(clock, clock.due_on, becomes, undone)


@transaction.atomic
def _recompute(appeal_id: int, calendar: WorkingCalendar, at: datetime) -> list[Move]:
    appeal = Appeal.objects.locked(Appeal(pk=appeal_id))
    moves = foreseen([appeal_id], calendar, at=at)
    if not moves:
        return []
    on = terms.local_date(at, appeal.agency)
    for move in moves:
        move.clock.appeal = appeal
        clocks.set_due(move.clock, move.becomes, DueCause.CALENDAR, on=on)
        if move.undone:
            _rearm(move.clock, at)
    told = [
        {"clock": move.clock.kind, "was": move.was.isoformat(), "became": move.becomes.isoformat()} for move in moves
    ]
    event = record(appeal, EventKind.DUE_MOVED, at=at, moves=told)
    if any(move.clock.kind == ClockKind.REPLY and move.becomes > move.was for move in moves):
        notices.owe(appeal, NoticeKind.DUE_MOVED, at=at, about=event.seq)
    return moves


def _rearm(clock: Clock, at: datetime) -> None:
    """The breach counts no more, with a reason in the applicant's language; missed again, it is a new one."""
    for breach in clock.breaches.filter(annulled_on=None).select_related("agency"):
        breach.appeal = clock.appeal
        with override(clock.appeal.language):
            reason = _("The working calendar was changed, and the term had not run out after all.")
        annul(breach, reason, at=at)
    clock.breached_on = clock.excused_on = None
    clock.save(update_fields=["breached_on", "excused_on"])
    clocks.refresh(clock.appeal)
