"""What a sweep asks of the database, how long it takes, and how much memory it needs and keeps."""

import gc
import resource
import sys
import tracemalloc
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

from django.db import connection, transaction

from bench.measuring import timed
from bench.statements import Statement, ask, bare_driver, rolled_back, taken_down
from bench.sweeps.subjects import Sweep

ROUNDS = 5
MEGABYTE = 1_000_000
PEAK_UNIT = 1 if sys.platform == "darwin" else 1024  # in which the system counts
CHECK = Statement("SET CONSTRAINTS ALL IMMEDIATE", 0)
# Of every table and index what this database's processes touched so far; a table's own part has its TOAST in it.
TOUCHED = """
SELECT relname, heap_blks_read + heap_blks_hit + coalesce(toast_blks_read + toast_blks_hit, 0)
    + coalesce(tidx_blks_read + tidx_blks_hit, 0) FROM pg_statio_user_tables
UNION ALL SELECT indexrelname, idx_blks_read + idx_blks_hit FROM pg_statio_user_indexes
UNION ALL SELECT relname, blks_read + blks_hit FROM pg_statio_user_sequences
"""


@dataclass(frozen=True)
class Cost:
    """The statements for all clocks; how many a batch takes, and a smaller one; buffers by relation.

    Where clocks are dealt with one by one a smaller batch is not asked for.
    """

    statements: Sequence[Statement]
    queries_a_batch: float
    queries_a_small_batch: float | None
    touched: Mapping[str, int]

    @property
    def queries(self) -> int:
        return len(self.statements)

    @property
    def buffers(self) -> int:
        return sum(self.touched.values())


@dataclass(frozen=True)
class Times:
    """Medians in milliseconds: the sweep; its statements, and those that find the clocks, by the bare driver."""

    whole: float
    queries: float
    finding: float


@dataclass(frozen=True)
class Memory:
    """In megabytes after each batch: the most it needed, what it left behind, the process at its largest."""

    needed: Sequence[float]
    kept: Sequence[float]
    resident: Sequence[float]


def cost_of(sweep: Sweep) -> Cost:
    """In a database nobody else uses: what it touches is the difference of the server's own counters."""
    before = touched_so_far()
    with undone(), taken_down(explained=False) as taken:
        swept(sweep, limit=sweep.batch)
    touched = {relation: number - before.get(relation, 0) for relation, number in touched_so_far().items()}
    in_small_batches = None if sweep.one_by_one else queries_a_batch(sweep, sweep.small_batch)
    return Cost(taken, len(taken) * sweep.batch / sweep.clocks, in_small_batches, touched)


def queries_a_batch(sweep: Sweep, limit: int) -> float:
    with undone(), taken_down(explained=False) as taken:
        swept(sweep, limit=limit)
    return len(taken) * limit / sweep.clocks


def times_of(sweep: Sweep, cost: Cost) -> Times:
    taken: dict[str, list[float]] = defaultdict(list)
    finding = finding_statements(sweep)
    with bare_driver() as driver:
        for _ in range(ROUNDS):
            for what, seconds in one_round(sweep, cost, finding, driver):
                taken[what].append(seconds * 1000)
    return Times(**{what: median(values) for what, values in taken.items()})


def one_round(sweep: Sweep, cost: Cost, finding: Sequence[Statement], driver: Any) -> Iterator[tuple[str, float]]:
    with undone():
        yield "whole", timed(lambda: swept(sweep, limit=sweep.batch))
    with rolled_back(driver):
        yield "queries", timed(lambda: ask(driver, [*cost.statements, CHECK]))
    with rolled_back(driver):
        yield "finding", timed(lambda: ask(driver, finding))


def memory_of(sweep: Sweep, *, on: date, batches: int) -> Memory:
    """Batch after batch, committed."""
    needed, kept, resident = [], [], []
    gc.collect()
    tracemalloc.start()
    for _ in range(batches):
        tracemalloc.reset_peak()
        insist_on(sweep.run(on=on, limit=sweep.batch), sweep.batch)
        _, peak = tracemalloc.get_traced_memory()
        gc.collect()
        current, _ = tracemalloc.get_traced_memory()
        needed.append(peak / MEGABYTE)
        kept.append(current / MEGABYTE)
        resident.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * PEAK_UNIT / MEGABYTE)
    tracemalloc.stop()
    return Memory(needed, kept, resident)


def swept(sweep: Sweep, *, limit: int) -> None:
    """All clocks that are due, and the foreign keys, which otherwise wait for the commit."""
    for _ in range(sweep.clocks // limit):
        insist_on(sweep.run(on=sweep.on, limit=limit), limit)
    connection.check_constraints()


def insist_on(swept: int, expected: int) -> None:
    if swept != expected:
        raise ValueError(f"The sweep found {swept} clocks, not {expected}.")


def finding_statements(sweep: Sweep) -> list[Statement]:
    """What finds and locks all clocks in one batch: one statement, or one for each step of the ladder."""
    with undone(), taken_down(explained=False) as taken:
        swept(sweep, limit=sweep.clocks)
    return [statement for statement in taken if " FOR " in statement.sql]


def touched_so_far() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute(TOUCHED)
        return dict(cursor.fetchall())


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
