"""Whom to call when waiting for an answer is too long."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.utils.translation import get_language

from appeals.domain import arrays
from appeals.models import Helpline

FIELDS = ("number", "position", "dangers", "name_kk", "name_ru", "name_en")


@dataclass(frozen=True)
class Line:
    """A number, and who answers there, in the reader's language."""

    number: str
    name: str


def lines(danger: str) -> list[Line]:
    """The numbers to call in `danger`, in their order; one query."""
    return fitting(_active().values(*FIELDS), danger)


def told() -> ArraySubquery:
    """Every number in use, for the query that reads something else."""
    return arrays.told(_active(), **{name: name for name in FIELDS})


def fitting(told: Iterable[Mapping[str, Any]], danger: str) -> list[Line]:
    """Of the rows `told` those to call in `danger`; what names no danger is for every one."""
    called = f"name_{(get_language() or 'kk')[:2]}"
    rows = sorted(told, key=lambda row: (row["position"], row["number"]))
    return [
        Line(row["number"], row[called] or row["name_kk"])
        for row in rows
        if not row["dangers"] or danger in row["dangers"]
    ]


def _active() -> Any:
    return Helpline.objects.filter(is_active=True)
