"""The sweeps that are measured, a line each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from appeals.domain import breaches, holds, warnings
from appeals.tasks import BATCH
from bench.sweeps.specimens import DAY, DUE, DUE_NEAR_ON, THREE_DAYS_BEFORE, ZONE, morning

FAR = DAY + timedelta(days=60)  # by then every term in the database has run out


@dataclass(frozen=True)
class Sweep:
    """`verb` deals with at most `limit` clocks and says with how many; on the local date `on` it finds `clocks`.

    On `backlog_on` there are many batches more, in the larger database. The statements of a batch do
    not depend on its size, unless it deals with its clocks `one_by_one`.
    """

    name: str
    verb: Callable[..., int]
    on: date = DAY
    backlog_on: date = FAR
    clocks: int = DUE
    batch: int = BATCH
    one_by_one: bool = False

    @property
    def small_batch(self) -> int:
        return self.batch // 5

    def run(self, *, on: date, limit: int) -> int:
        """One batch, at ten in the morning."""
        return self.verb(zone=ZONE, on=on, at=morning(on), limit=limit)


SWEEPS = (
    Sweep("missed terms", breaches.note_missed),
    Sweep("warnings", warnings.warn_ahead, on=THREE_DAYS_BEFORE, backlog_on=DUE_NEAR_ON),
    Sweep("lapsed corrections", holds.note_lapsed, clocks=100, batch=50, one_by_one=True),
)
