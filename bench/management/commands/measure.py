"""Measure the pages, the submission and the sweep at one size and at a tenth of it."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from agencies.models import Agency
from bench import databases
from bench.judging import aligned, faults, heading, row
from bench.measuring import Cost, Times, cost_of, times_of
from bench.situation import busiest, staged
from bench.subjects import Subject, subjects
from config.local.places import say


class Command(BaseCommand):
    help = "Queries, buffers and time of the main pages; exit code 1 where a gate is not passed."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--appeals", type=int, default=50_000)

    def handle(self, *args: Any, appeals: int, **options: Any) -> None:
        databases.drop_outdated()
        tenth, whole = databases.filled(appeals // 10), databases.filled(appeals)
        say("Measuring ...")
        with databases.clone_of(whole):
            body = busiest()
            measured, costs, times = at_full_size(body)
        with databases.clone_of(tenth):
            before = [cost_of(subject) for subject in subjects(staged(body))]
        results = list(zip(measured, costs, before, times, strict=True))
        rows = [row(*result) for result in results]
        say("\n".join(aligned([heading(appeals // 10), *rows])))
        found = [fault for subject, cost, less, _times in results for fault in faults(subject, cost, less)]
        say("\n".join(found) or "All gates passed.")
        sys.exit(1 if found else 0)


def at_full_size(body: Agency) -> tuple[list[Subject], list[Cost], list[Times]]:
    measured = subjects(staged(body))
    costs = [cost_of(subject) for subject in measured]
    return measured, costs, times_of(measured, costs)
