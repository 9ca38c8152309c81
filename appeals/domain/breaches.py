"""Terms that ran out, put on record: by the sweep, or by the late act itself, whichever comes first."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from agencies.domain.calendar import calendar
from appeals.domain import ladder, notices
from appeals.domain.history import Line, record_all
from appeals.domain.statistics.counting import count_all, counted_breach
from appeals.enums import ClockKind, EventKind, NoticeKind
from appeals.models import Breach, Clock, Notice


@transaction.atomic
def note_missed(*, zone: str, on: date, at: datetime, limit: int) -> int:
    """Put at most `limit` clocks that ran out before the local date `on` on record; how many there were.

    Asks under the lock of clock and appeal, so a clock met in between is left alone; rows another
    worker holds are skipped. Running twice changes nothing, a missed run loses nothing.
    """
    late = (
        Clock.objects.missed(on)
        .in_zone(zone)
        .select_for_update(of=("self", "appeal"), skip_locked=True, no_key=True)
        .select_related("appeal__applicant", "agency")
        .order_by("due_on", "pk")
    )
    batch = list(late[:limit])
    note(batch, on=on, at=at)
    return len(batch)


def note(clocks: Sequence[Clock], *, on: date, at: datetime) -> None:
    """Put the breaches of `clocks` on record, with their events, counts and notices; appeals are locked."""
    if not clocks:
        return
    noted = Breach.objects.bulk_create(breach_of(clock, on=on) for clock in clocks)
    Clock.objects.filter(pk__in=[clock.pk for clock in clocks]).update(breached_on=on)
    for clock in clocks:
        clock.breached_on = on
    record_all([line_of(clock) for clock in clocks], at=at)
    count_all(map(counted_breach, noted))
    notices.owe_all(notices_of(clocks, on=on, at=at))


def breach_of(clock: Clock, *, on: date) -> Breach:
    """The breach of `clock`, found on the local date `on`; nothing is saved."""
    return Breach(
        clock=clock,
        appeal=clock.appeal,
        agency=clock.agency,
        officer_id=ladder.executor_id(clock),
        kind=clock.kind,
        is_official=clock.is_official,
        due_on=clock.due_on,
        detected_on=on,
    )


def line_of(clock: Clock) -> Line:
    """What the breach of `clock` leaves in the history."""
    data = {"clock": clock.kind, "agency": clock.agency.code, "due_on": clock.due_on.isoformat()}
    return Line(clock.appeal, EventKind.BREACHED, data)


def notices_of(clocks: Sequence[Clock], *, on: date, at: datetime) -> list[Notice]:
    """Whom the ladder tells of a breach; and the applicant, to whom silence counts as refusal (Art. 91(2))."""
    steps, staff, days = ladder.steps(), ladder.Staff(clocks, on), calendar()
    owed = [
        notice
        for clock in clocks
        for notice in ladder.owed(
            NoticeKind.BREACH,
            clock,
            [step for step in steps[clock.kind] if step.working_days < 0],
            staff,
            days,
            at=at,
        )
    ]
    owed += [
        notices.to_applicant(clock.appeal, NoticeKind.TERM_EXPIRED, at=at, about=f"{clock.pk}:{clock.due_on}")
        for clock in clocks
        if clock.kind == ClockKind.REPLY and clock.is_running
    ]
    return owed
