"""Measure the pages and the submission, then the sweeps, at one size and at a tenth of it."""

import sys
from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from agencies.models import Agency
from bench import databases
from bench.judging import aligned, faults, heading, row
from bench.likeness import judging as judging_likeness
from bench.likeness import making
from bench.likeness import measuring as measuring_likeness
from bench.measuring import Cost, Times, cost_of, times_of
from bench.situation import busiest, staged
from bench.subjects import Subject, subjects
from bench.sweeps import judging, measuring, specimens
from bench.sweeps.subjects import SWEEPS
from config.local.places import say

BATCHES, BATCHES_AT_TENTH = 20, 2
TABLES = ("pages", "sweeps", "likeness")


class Command(BaseCommand):
    help = "Queries, buffers and time of pages, sweeps and the look for like texts; exit code 1 where a gate fails."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--appeals", type=int, default=50_000, help="for the pages (50 000)")
        parser.add_argument("--swept", type=int, default=500_000, help="appeals for the sweeps (500 000)")
        parser.add_argument("--signatures", type=int, default=500_000, help="for the look for like texts (500 000)")
        parser.add_argument("--only", choices=TABLES, help="leave the other tables out")

    def handle(self, *args: Any, appeals: int, swept: int, signatures: int, only: str | None, **options: Any) -> None:
        databases.drop_outdated()
        found: list[str] = []
        if only in (None, "pages"):
            found += measure_pages(appeals)
        if only in (None, "sweeps"):
            found += measure_sweeps(swept)
        if only in (None, "likeness"):
            found += measure_likeness(signatures)
        say("\n".join(found) or "All gates passed.")
        sys.exit(1 if found else 0)


def measure_pages(appeals: int) -> list[str]:
    """Print the table of the pages; the gates they did not pass."""
    tenth, whole = databases.filled(appeals // 10), databases.filled(appeals)
    say("Measuring pages ...")
    with databases.clone_of(whole):
        body = busiest()
        measured, costs, times = at_full_size(body)
    with databases.clone_of(tenth):
        before = [cost_of(subject) for subject in subjects(staged(body))]
    results = list(zip(measured, costs, before, times, strict=True))
    print_table(heading(appeals // 10), [row(*result) for result in results])
    return [fault for subject, cost, less, _times in results for fault in faults(subject, cost, less)]


def at_full_size(body: Agency) -> tuple[list[Subject], list[Cost], list[Times]]:
    measured = subjects(staged(body))
    costs = [cost_of(subject) for subject in measured]
    return measured, costs, times_of(measured, costs)


def measure_sweeps(appeals: int) -> list[str]:
    """Print the two tables of the sweeps; the gates they did not pass."""
    tenth = databases.multiplied(appeals // 10, specimens.make)
    whole = databases.multiplied(appeals, specimens.make)
    say("Measuring sweeps ...")
    rows, memories, found = [], [], []
    for sweep in SWEEPS:
        with databases.clone_of(tenth):
            before = measuring.cost_of(sweep)
            memory_before = measuring.memory_of(sweep, on=sweep.on, batches=BATCHES_AT_TENTH)
        with databases.clone_of(whole):
            cost = measuring.cost_of(sweep)
            times = measuring.times_of(sweep, cost)
            memory = measuring.memory_of(sweep, on=sweep.backlog_on, batches=BATCHES)
        rows.append(judging.row(sweep, cost, before, times))
        memories.append(judging.row_of_memory(sweep, memory, memory_before))
        found += judging.faults(sweep, cost, before)
        found += judging.faults_in_time(sweep.name, times)
        found += judging.faults_in_memory(sweep.name, memory, memory_before)
    print_table(judging.heading(appeals // 10), rows)
    print_table(judging.heading_of_memory(appeals // 10), memories)
    return found


def measure_likeness(signatures: int) -> list[str]:
    """Print the table of the look for like texts; the gates it did not pass."""
    tenth, whole = (databases.planted(n, making.make) for n in (signatures // 10, signatures))
    say("Measuring the look for like texts ...")
    with databases.connected_to(tenth):
        before = measuring_likeness.looks(signatures // 10)
    with databases.connected_to(whole):
        seen = measuring_likeness.looks(signatures)
    signing = measuring_likeness.signing()
    print_table(judging_likeness.heading(signatures // 10), [judging_likeness.row(seen, before, signing)])
    return list(judging_likeness.faults(seen, before))


def print_table(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    say("\n".join(aligned([heading, *rows])) + "\n")
