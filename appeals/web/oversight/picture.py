"""What the page of breaches shows, gathered by four queries."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from agencies.domain.calendar import calendar
from appeals.domain.queues import SOON
from appeals.domain.statistics.labels import Label, labels
from appeals.domain.statistics.periods import Period
from appeals.domain.statistics.reading import Figures, Open, Question, figures, open_now
from appeals.enums import Axis, Measure

WORST = 20  # bodies shown at first
A_PAGE = 100  # bodies, where all are asked for
AXES = (Axis.AGENCY, Axis.REGION, Axis.TOPIC, Axis.CHANNEL, Axis.CLOCK, Axis.CAUSE)
COUNTED = (Measure.BREACHED, Measure.BREACHED_INTERNALLY, Measure.REGISTERED)


@dataclass(frozen=True)
class Picture:
    """The figures of a period and of the one before, what is open now, and what everything is called."""

    period: Period
    now: Figures
    before: Figures
    held: list[Open]
    unexplained: int
    unsettled: int
    bodies: list[str]
    known: int  # bodies that have a number
    named: dict[tuple[Axis, str], Label]

    def along(self, axis: Axis) -> list[Label]:
        """What is offered on `axis` and whatever has a number, most breaches first, then as the names go."""
        known = {value: label for (along, value), label in self.named.items() if along == axis}
        counted = self.now.values(axis)
        rows = [label for value, label in known.items() if label.is_offered or value in counted]
        return sorted(rows, key=lambda row: (-self.now.of(Measure.BREACHED, axis, row.value), row.name))


def taken(period: Period, *, on: date, first: int | None = None) -> Picture:
    """The picture of `period` as of the local date `on`: with the worst bodies, or a page of all from place `first`."""
    now, before = figures(
        [Question(period, COUNTED, AXES), Question(period.before(), [Measure.BREACHED], [Axis.AGENCY])]
    )
    held, unexplained, unsettled = open_now(on=on, soon=calendar().after(on, SOON))
    ranked, bad = _worst_first(now, held)
    bodies = ranked[: min(bad, WORST)] if first is None else ranked[first : first + A_PAGE]
    found = labels(on=period.last, agencies=Q(pk__in=[int(body) for body in bodies]))
    named = {(label.axis, label.value): label for label in found}
    return Picture(period, now, before, held, unexplained, unsettled, bodies, len(ranked), named)


def _worst_first(now: Figures, held: Collection[Open]) -> tuple[list[str], int]:
    """By breaches, then by what is overdue, then by the breaches for every appeal registered; how many have any."""
    overdue = {str(body.agency_id): body.overdue for body in held if body.is_official}

    def badness(body: str) -> tuple[int, int, float]:
        broken = now.of(Measure.BREACHED, Axis.AGENCY, body)
        registered = now.of(Measure.REGISTERED, Axis.AGENCY, body)
        return broken, overdue.get(body, 0), broken / registered if registered else 0

    known = sorted(now.values(Axis.AGENCY) | overdue.keys(), key=int)
    ranked = sorted(known, key=badness, reverse=True)
    return ranked, sum(any(badness(body)) for body in ranked)
