from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from agencies.domain.atlas import Atlas
from agencies.domain.gaps import Report, check
from appeals.enums import Kind
from appeals.models import SpecialType

IN_WORDS = {
    "rule": "one living body",
    "no_place": "triage: no place was told, and the matter is decided where it is",
}


class Command(BaseCommand):
    help = "Ask the table of competence about every topic, place and kind; fail on gaps, ties and dead ends."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--on", type=date.fromisoformat, help="the day, YYYY-MM-DD; today if left out")

    def handle(self, *, on: date | None, **options: Any) -> None:
        day = on or timezone.localdate()
        report = check(Atlas.read(), kinds(), on=day)
        self.stdout.write("\n".join(_told(report, day)))
        if report.faults:
            raise CommandError(f"{len(report.faults)} faults in the table of competence.")


def kinds() -> dict[str, list[str]]:
    """Every kind of appeal, with its special types."""
    known: dict[str, list[str]] = {kind: [] for kind in Kind.values}
    for code, kind in SpecialType.objects.values_list("code", "kind"):
        known[kind].append(code)
    return known


def _told(report: Report, on: date) -> Iterator[str]:
    yield f"competence on {on}: {report.cells.total()} cells"
    for reason, n in report.cells.most_common():
        yield f"  {n:>9}  {IN_WORDS.get(reason, reason)}"
    yield from (f"{fault.kind:<8}  {fault.where}: {fault.told}" for fault in report.faults)
