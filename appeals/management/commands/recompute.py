"""Give the running terms of open appeals their last days anew after a change of the working calendar."""

from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation

from agencies.domain.calendar import calendar
from appeals.domain import numbering, recomputing
from appeals.domain.recomputing import Move
from appeals.models import Appeal

COLUMNS = "{:<18} {:<28} {:<18} {:<10} {:<10} {}"


class Command(BaseCommand):
    help = "Move the last days of running terms after a change of the calendar; --dry-run only shows which."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="change nothing")
        parser.add_argument("--appeal", metavar="NUMBER", help="only this appeal")

    def handle(self, *, dry_run: bool, appeal: str | None, **options: Any) -> None:
        days, at = calendar(), timezone.now()
        act = recomputing.foreseen if dry_run else recomputing.recompute
        chosen = [_only(appeal)] if appeal else recomputing.batches()
        with translation.override("en"):
            self._tell((move for ids in chosen for move in act(ids, days, at=at)), dry_run=dry_run)

    def _tell(self, moves: Iterable[Move], *, dry_run: bool) -> None:
        moved, appeals, undone = 0, set(), 0
        for each in moves:
            if not appeals:
                self.stdout.write(COLUMNS.format("number", "body", "term", "was", "becomes", "breach"))
            self.stdout.write(_row(each))
            appeals.add(each.clock.appeal_id)
            moved += 1
            undone += each.undone
        move, annul = ("to move", "to annul") if dry_run else ("moved", "annulled")
        self.stdout.write(f"terms {move}: {moved}, of appeals: {len(appeals)}; breaches {annul}: {undone}")


def _row(move: Move) -> str:
    clock = move.clock
    breach = "annulled" if move.undone else "stays" if clock.breached_on else ""
    told = (clock.appeal.number, clock.agency.code, clock.kind, str(move.was), str(move.becomes), breach)
    return COLUMNS.format(*told).rstrip()


def _only(number: str) -> list[int]:
    found = Appeal.objects.filter(number=numbering.parsed(number)).values_list("pk", flat=True)
    if not found:
        raise CommandError(f"There is no appeal {number}.")
    return list(found)
