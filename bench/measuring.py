"""Counts first, then times: medians of rounds in which the page, its floor and its queries take turns."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import Any

from django.db import transaction

from bench.statements import Statement, ask, bare_driver, rolled_back, taken_down
from bench.subjects import Subject

ROUNDS = 25


@dataclass(frozen=True)
class Cost:
    """What one run asks of the database: statements, and buffers of all its SELECTs."""

    statements: Sequence[Statement]
    queries_otherwise: int

    @property
    def queries(self) -> int:
        return len(self.statements)

    @property
    def buffers(self) -> int:
        return sum(statement.buffers for statement in self.statements)


@dataclass(frozen=True)
class Times:
    """Medians in milliseconds; `bare` where there is a floor, `queries` by the bare driver."""

    whole: float
    queries: float
    bare: float | None = None


def cost_of(subject: Subject) -> Cost:
    return Cost(statements_of(subject, subject.run), len(statements_of(subject, subject.other)))


def statements_of(subject: Subject, run: Callable[[], Any]) -> list[Statement]:
    """After a first run, in which templates are compiled and sessions come into the cache."""
    with undone(subject):
        run()
    with undone(subject), taken_down() as taken:
        run()
    return taken


def times_of(subjects: Sequence[Subject], costs: Sequence[Cost]) -> list[Times]:
    """In the order of `subjects`."""
    taken: list[dict[str, list[float]]] = [defaultdict(list) for _ in subjects]
    with bare_driver() as driver:
        for _ in range(ROUNDS):
            for subject, cost, measured in zip(subjects, costs, taken, strict=True):
                for what, seconds in one_round(subject, cost.statements, driver):
                    measured[what].append(seconds * 1000)
    return [Times(**{what: median(values) for what, values in measured.items()}) for measured in taken]


def one_round(subject: Subject, statements: Sequence[Statement], driver: Any) -> Iterator[tuple[str, float]]:
    with undone(subject):
        yield "whole", timed(subject.run)
    with undone_by(driver, subject):
        yield "queries", timed(lambda: ask(driver, statements))
    if subject.bare:
        yield "bare", timed(subject.bare)


def timed(run: Callable[[], Any]) -> float:
    started = perf_counter()
    run()
    return perf_counter() - started


@contextmanager
def undone(subject: Subject) -> Iterator[None]:
    """A page runs as it does for people; what writes runs in a transaction that is rolled back."""
    if subject.is_page:
        yield
        return
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def undone_by(driver: Any, subject: Subject) -> Iterator[None]:
    """As `undone`, for the bare driver."""
    if subject.is_page:
        yield
        return
    with rolled_back(driver):
        yield
