"""The sweeps that are measured, a line each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from appeals.domain import breaches, holds
from appeals.tasks import BATCH
from bench.sweeps.specimens import DAY, ZONE, morning

FAR = timedelta(days=60)  # by then every term in the database has run out


@dataclass(frozen=True)
class Sweep:
    """`verb` deals with at most `limit` clocks and says with how many; on the local date `on` there are `DUE`.

    The statements of a batch do not depend on its size, unless it deals with its clocks `one_by_one`.
    """

    name: str
    verb: Callable[..., int]
    on: date = DAY
    batch: int = BATCH
    one_by_one: bool = False

    @property
    def small_batch(self) -> int:
        return self.batch // 5

    def run(self, *, limit: int, later: timedelta = timedelta()) -> int:
        """One batch, at ten in the morning, `later` than the sweep's own day."""
        on = self.on + later
        return self.verb(zone=ZONE, on=on, at=morning(on), limit=limit)


SWEEPS = (
    Sweep("missed terms", breaches.note_missed),
    Sweep("lapsed corrections", holds.note_lapsed, batch=50, one_by_one=True),
)
