"""Going up the tree of bodies or of regions, and on to successors; whoever runs in a circle is stopped."""

from collections.abc import Iterator
from datetime import date
from typing import TypeVar

from agencies.models import Agency, Region

Row = TypeVar("Row", Agency, Region)


def upwards(row: Row | None) -> Iterator[Row]:
    """`row` and what stands above it, the nearest first, each once."""
    seen: set[int] = set()
    while row is not None and row.pk not in seen:
        yield row
        seen.add(row.pk)
        row = row.superior


def is_or_is_below(agency: Agency, above: Agency) -> bool:
    return any(step.pk == above.pk for step in upwards(agency))


def successions(agency: Agency) -> Iterator[Agency]:
    """`agency` and who succeeds it, one after the other, each once."""
    seen: set[int] = set()
    step: Agency | None = agency
    while step is not None and step.pk not in seen:
        yield step
        seen.add(step.pk)
        step = step.successor


def living(agency: Agency, on: date) -> Agency | None:
    """`agency`, or who succeeded it, alive on the local date `on`."""
    return next((step for step in successions(agency) if step.is_alive(on)), None)
