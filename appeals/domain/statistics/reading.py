"""Figures for spans of days: what is folded and what is not folded yet, as of one moment, by one query."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Count, Q, Value

from agencies.enums import Level
from appeals.domain.statistics.cells import cells_of, with_parts
from appeals.domain.statistics.periods import Period
from appeals.enums import Axis, Measure
from appeals.models import Appeal, Breach

NOT_STATED = ""

NOT_FOLDED = "act AS (SELECT * FROM appeals_countdelta WHERE day BETWEEN %s AND %s)"
BY_DAY = """
    SELECT measure, axis, level, value, n
    FROM appeals_daycount
    WHERE measure = ANY(%s) AND axis = ANY(%s) AND day BETWEEN %s AND %s
"""
BODIES_BY_MONTH = """
    SELECT measure, 'agency', '', agency_id::text, n
    FROM appeals_monthcount
    WHERE measure = ANY(%s) AND axis = 'total' AND month = ANY(%s::date[])
"""
STILL_TO_FOLD = """
    SELECT measure, axis, level, value, n
    FROM cell
    WHERE measure = ANY(%s) AND axis = ANY(%s) AND day BETWEEN %s AND %s
"""
ANSWER = """
    SELECT %s, measure, axis, CASE axis WHEN 'total' THEN level ELSE '' END, value, sum(n)::bigint
    FROM ({sources}) AS source (measure, axis, level, value, n)
    GROUP BY 2, 3, 4, 5
"""
TOGETHER = "\nUNION ALL\n"


@dataclass(frozen=True)
class Question:
    """What is asked of the counts; the totals by level are always among the answers."""

    period: Period
    measures: Collection[Measure]
    axes: Collection[Axis] = ()


@dataclass(frozen=True)
class Figures:
    """Numbers by measure, axis and value; a value is an id or a code, `NOT_STATED` where the appeal states none."""

    levels: Counter[tuple[str, str]] = field(default_factory=Counter)
    cells: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def total(self, measure: Measure) -> int:
        return sum(n for (counted, _level), n in self.levels.items() if counted == measure)

    def at(self, measure: Measure, level: Level) -> int:
        """The number at the bodies of `level`."""
        return self.levels[measure, level]

    def of(self, measure: Measure, axis: Axis, value: str) -> int:
        return self.cells[measure, axis, value]

    def values(self, axis: Axis) -> set[str]:
        """Every value of `axis` that has a number in any measure."""
        return {value for (_measure, along, value), n in self.cells.items() if along == axis and n}


@dataclass(frozen=True)
class Open:
    """What one body holds now: open, past a term, and with a term that ends soon."""

    agency_id: int
    level: Level
    is_official: bool
    held: int
    overdue: int
    soon: int


def figures(questions: Sequence[Question]) -> list[Figures]:
    """The answers to `questions`, in their order."""
    first = min(question.period.first for question in questions)
    last = max(question.period.last for question in questions)
    parts: list[str] = []
    values: list[Any] = [first, last]
    for number, question in enumerate(questions):
        sources = _sources(question)
        parts.append(ANSWER.replace("{sources}", TOGETHER.join(sql for sql, _given in sources)))
        values += [number, *(value for _sql, given in sources for value in given)]
    answers = [Figures() for _question in questions]
    with connection.cursor() as cursor:
        cursor.execute(with_parts(NOT_FOLDED, cells_of("act", named="cell"), then=TOGETHER.join(parts)), values)
        for number, measure, axis, level, value, n in cursor.fetchall():
            if axis == Axis.TOTAL:
                answers[number].levels[measure, level] = n
            else:
                answers[number].cells[measure, axis, value] = n
    return answers


def open_now(*, on: date, soon: date) -> tuple[list[Open], int, int]:
    """Body by body what is open on the local date `on`; how many breaches are not explained, urgencies not settled.

    `soon` is the last day that counts as soon. One query.
    """
    body = ("agency_id", "agency__level", "agency__bound_by_code")
    held = Appeal.objects.open().order_by().values_list(*body)
    broken = Breach.objects.unexplained().order_by().values_list(*body)
    unsettled = Appeal.objects.open().filter(is_urgent=True, urgency__settled_at=None).order_by().values_list(*body)
    none = dict.fromkeys(("held", "overdue", "soon"), Value(0))
    rows = held.annotate(
        held=Count("pk"),
        overdue=Count("pk", filter=Q(next_due_on__lt=on)),
        soon=Count("pk", filter=Q(next_due_on__range=(on, soon))),
        unexplained=Value(0),
        unsettled=Value(0),
    ).union(
        broken.annotate(**none, unexplained=Count("pk"), unsettled=Value(0)),
        unsettled.annotate(**none, unexplained=Value(0), unsettled=Count("pk")),
        all=True,
    )
    found = list(rows)
    bodies = [Open(*row[:-2]) for row in found if not (row[-2] or row[-1])]
    return bodies, sum(row[-2] for row in found), sum(row[-1] for row in found)


def _sources(question: Question) -> list[tuple[str, list[Any]]]:
    """Bodies are read by the month where a month lies wholly in the period: a year has few rows that way."""
    period, measures = question.period, list(question.measures)
    axes = [Axis.TOTAL, *question.axes]
    daily = [axis for axis in axes if axis != Axis.AGENCY]
    sources = [
        (BY_DAY, [measures, daily, period.first, period.last]),
        (STILL_TO_FOLD, [measures, axes, period.first, period.last]),
    ]
    if Axis.AGENCY in axes:
        sources.append((BODIES_BY_MONTH, [measures, period.whole_months()]))
        sources += [(BY_DAY, [measures, [Axis.AGENCY], piece.first, piece.last]) for piece in period.rest()]
    return sources
