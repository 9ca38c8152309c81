"""How acts are counted: each leaves a small row, which a job folds away."""

from collections.abc import Iterable
from datetime import date

from agencies.domain.working_days import WorkingCalendar
from agencies.models import Agency
from appeals.enums import BreachCause, ClockKind, Measure
from appeals.models import Appeal, Breach, CountDelta


def count(appeal: Appeal, measure: Measure, agency: Agency, *, on: date, days: int | None = None) -> None:
    """Count one act of `agency` on the local date `on`; `days` are working days to the answer."""
    count_all([counted(appeal, measure, agency, on=on, days=days)])


def count_all(deltas: Iterable[CountDelta]) -> None:
    CountDelta.objects.bulk_create(deltas)


def counted(
    appeal: Appeal,
    measure: Measure,
    agency: Agency,
    *,
    on: date,
    clock: ClockKind | str = "",
    cause: BreachCause | str = "",
    days: int | None = None,
    n: int = 1,
) -> CountDelta:
    """The row for one act, or with `n` -1 for one taken back; nothing is saved."""
    return CountDelta(
        day=on,
        measure=measure,
        level=agency.level,
        agency=agency,
        region_id=appeal.region_id,
        channel_id=appeal.channel_id,
        topic_id=appeal.topic_id,
        form=appeal.form,
        kind=appeal.kind,
        clock=clock,
        cause=cause,
        days=days,
        n=n,
    )


def counted_breach(breach: Breach, *, n: int = 1) -> CountDelta:
    """The row for `breach` with the cause that stands now; nothing is saved."""
    measure = Measure.BREACHED if breach.is_official else Measure.BREACHED_INTERNALLY
    on, clock, cause = breach.detected_on, breach.kind, breach.cause
    return counted(breach.appeal, measure, breach.agency, on=on, clock=clock, cause=cause, n=n)


def days_to_answer(appeal: Appeal, *, on: date, calendar: WorkingCalendar) -> int:
    """Working days from registration to the answer on the local date `on`; before the day it counts from, none."""
    return max(0, calendar.between(appeal.registered_on, on))
