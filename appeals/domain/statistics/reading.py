"""Figures for a span of days: what is folded, and what is not folded yet, by one query each time."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import connection
from django.db.models import Count, Q

from agencies.enums import Level
from appeals.domain.statistics.cells import CELLS, with_parts
from appeals.domain.statistics.periods import Period
from appeals.enums import Axis, Measure
from appeals.models import Appeal

NOT_STATED = ""

BY_DAY = """
SELECT measure, axis, level, value, n
FROM appeals_daycount
WHERE measure = ANY(%(measures)s) AND axis = ANY(%(axes)s) AND day BETWEEN %(first)s AND %(last)s
"""
BODIES_BY_MONTH = """
SELECT measure, 'agency', '', agency_id::text, n
FROM appeals_monthcount
WHERE measure = ANY(%(measures)s) AND axis = 'total' AND month = ANY(%(months)s::date[])
"""
NOT_FOLDED = """
SELECT measure, axis, level, value, 1
FROM cell
WHERE axis = ANY(%(axes)s) AND day BETWEEN %(first)s AND %(last)s
"""
UNFOLDED_ACTS = "act AS (SELECT * FROM appeals_countdelta WHERE measure = ANY(%(measures)s))"


@dataclass(frozen=True)
class Figures:
    """Numbers by measure, axis and value; the value is an id or a code, `NOT_STATED` where the act states none."""

    cells: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    levels: Counter[tuple[str, str]] = field(default_factory=Counter)

    def total(self, measure: Measure) -> int:
        return sum(n for (counted, _level), n in self.levels.items() if counted == measure)

    def at(self, measure: Measure, level: Level) -> int:
        return self.levels[measure, level]

    def of(self, measure: Measure, axis: Axis, value: str) -> int:
        return self.cells[measure, axis, value]

    def by(self, measure: Measure, axis: Axis) -> dict[str, int]:
        """Every value of `axis` that has a number."""
        return {value: n for (counted, along, value), n in self.cells.items() if (counted, along) == (measure, axis)}


@dataclass(frozen=True)
class Question:
    """What is asked of the counts; the total is always among the answers."""

    period: Period
    measures: Collection[Measure]
    axes: Collection[Axis] = ()


def figures(questions: Sequence[Question]) -> list[Figures]:
    """The answers to `questions`, in their order, as of one moment, by one query."""
    parts, values = [], []
    for number, question in enumerate(questions):
        sql, given = _asked(number, question)
        parts.append(sql)
        values += given
    with connection.cursor() as cursor:
        cursor.execute("\nUNION ALL\n".join(parts), values)
        rows = cursor.fetchall()
    answers = [Figures() for _question in questions]
    for number, measure, axis, level, value, n in rows:
        if axis == Axis.TOTAL:
            answers[number].levels[measure, level] += n
        else:
            answers[number].cells[measure, axis, value] += n
    return answers
