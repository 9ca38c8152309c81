"""Officers are told ahead of terms that run out soon, as far ahead as the ladder says."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from agencies.domain.calendar import calendar
from agencies.domain.working_days import ONE_DAY, WorkingCalendar
from appeals.domain import ladder, notices
from appeals.enums import NoticeKind, OwedBy
from appeals.models import Clock, LadderStep

Ahead = Mapping[str, Sequence[tuple[LadderStep, date]]]


@transaction.atomic
def warn_ahead(*, zone: str, on: date, at: datetime, limit: int) -> int:
    """Owe officers the warnings of at most `limit` terms that came near by the local date `on`; how many there were.

    Nothing on a day off. Asks under the lock of clock and appeal how many steps of its ladder a clock
    has taken: running twice changes nothing, and what a missed run left is told by the next, each step once.
    """
    days = calendar()
    if not days.is_working(on):
        return 0
    ahead, batch = steps_ahead(on, days), list[Clock]()
    for newly_near in _ranges(ahead, on):
        if len(batch) < limit:
            batch += _locked(zone).filter(newly_near)[: limit - len(batch)]
    if batch:
        _warn(batch, ahead, days, on=on, at=at)
    return len(batch)


def steps_ahead(on: date, days: WorkingCalendar) -> Ahead:
    """The steps each kind of clock takes before its end, each with the furthest last day that makes it due on `on`."""
    return {
        kind: [(step, furthest(step.working_days, on, days)) for step in steps if step.working_days >= 0]
        for kind, steps in ladder.steps().items()
    }


def furthest(working_days: int, on: date, days: WorkingCalendar) -> date:
    """The furthest last day that is at most `working_days` working days ahead on the working day `on`.

    A term that ends on a day off is told of on the working day before.
    """
    return days.after(on, working_days) if working_days else days.after(on, 1) - ONE_DAY


def _ranges(ahead: Ahead, on: date) -> list[Q]:
    """For each step those that took the steps before it, and whose end is near enough: a range of an index each.

    Asked for together, the database would look through everything that is open for the last few.
    """
    kinds: dict[tuple[int, date], list[str]] = defaultdict(list)
    for kind, steps in ahead.items():
        for taken, (_step, last) in enumerate(steps):
            kinds[taken, last].append(kind)
    return [Q(kind__in=of, warned=taken, due_on__range=(on, last)) for (taken, last), of in kinds.items()]


def _locked(zone: str) -> QuerySet[Clock]:
    """What may be warned of in `zone`, in the order of the index, free rows only, and nobody else's from now on."""
    return (
        Clock.objects.ticking()
        .filter(owed_by=OwedBy.BODY)
        .in_zone(zone)
        .select_for_update(of=("self", "appeal"), skip_locked=True, no_key=True)
        .select_related("appeal")
        .order_by("kind", "warned", "due_on", "pk")
    )


def _warn(batch: Sequence[Clock], ahead: Ahead, days: WorkingCalendar, *, on: date, at: datetime) -> None:
    staff, owed = ladder.Staff(batch, on), []
    reached: dict[int, list[int]] = defaultdict(list)
    for clock in batch:
        due = [step for step, last in ahead[clock.kind] if clock.due_on <= last]
        owed += ladder.owed(NoticeKind.WARNING, clock, due[clock.warned :], staff, days, at=at)
        reached[len(due)].append(clock.pk)
    for how_many, ids in reached.items():
        Clock.objects.filter(pk__in=ids).update(warned=how_many)
    notices.owe_all(owed)
