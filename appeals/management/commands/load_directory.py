from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from agencies.domain.calendar import local_dates, seed_calendar
from agencies.domain.directory import Diff, load
from agencies.errors import DirectoryError
from appeals.domain.succession import Estate, planned, succeed

LISTED = 40
AT_ONCE = 500  # appeals a transaction
WHY = {"": "", "no_successor": ": nobody succeeded it", "conflict": ": its successor would judge itself"}


class Command(BaseCommand):
    help = (
        "Bring the directory of the state in line with agencies/data/kz, hand open appeals of bodies that ceased "
        "to their successors, and seed the calendar."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=settings.BASE_DIR / "agencies" / "data" / "kz")
        mode = parser.add_mutually_exclusive_group()
        mode.add_argument("--dry-run", action="store_true", help="show the difference, and what would move; stop")
        mode.add_argument("--yes", action="store_true", help="add and change without asking")
        mode.add_argument("--add-only", action="store_true", help="add what is new; show the rest, leave it as it is")

    def handle(self, *, folder: Path, dry_run: bool, yes: bool, add_only: bool, **options: Any) -> None:
        now = timezone.now()
        try:
            diff, estates = _foreseen(folder, now, add_only=add_only)
            self._say(options["verbosity"], *_told(diff), *_moving(estates))
            if dry_run:
                return
            if (diff or estates) and not (yes or add_only) and input("Apply? [y/N] ").lower() not in ("y", "yes"):
                raise CommandError("Nothing was changed.")
            if diff:
                load(folder, apply=True, add_only=add_only)
        except DirectoryError as error:
            raise CommandError(str(error)) from error
        self._say(options["verbosity"], f"appeals: {_hand_over(now)} handed over")
        self._say(options["verbosity"], f"calendar: {seed_calendar()} days entered")

    def _say(self, verbosity: int, *lines: str) -> None:
        if verbosity:
            self.stdout.write("\n".join(lines))


@transaction.atomic
def _foreseen(folder: Path, at: datetime, *, add_only: bool) -> tuple[Diff, list[Estate]]:
    """The difference, and what it would do to open appeals: tried and taken back."""
    diff = load(folder, apply=False)
    if diff:
        load(folder, apply=True, add_only=add_only)
    estates = planned(at=at)
    transaction.set_rollback(True)
    return diff, estates


def _hand_over(at: datetime) -> int:
    n = 0
    for zone, today in local_dates(at):
        while done := succeed(zone=zone, on=today, at=at, limit=AT_ONCE):
            n += done
    return n


def _moving(estates: Iterable[Estate]) -> list[str]:
    lines = [
        f"> {estate.appeals} open appeals of {estate.left.code} -> {estate.heir.agency.code}{WHY[estate.heir.why]}"
        for estate in estates
    ]
    return lines or ["no open appeals to hand over"]


def _told(diff: Diff) -> list[str]:
    changes = [f"~ {c.table} {c.key}: {c.field} {c.old!r} -> {c.new!r}" for c in diff.changed]
    lines = [
        *(f"+ {table} {key}" for table, key in diff.added),
        *(f"? {table} {key}: in the database only, left as it is" for table, key in diff.missing),
    ]
    more = [f"… and {len(lines) - LISTED} more"] if len(lines) > LISTED else []
    counts = f"{len(diff.added)} new, {len(diff.changed)} changed fields, {len(diff.missing)} left alone"
    return [*changes, *lines[:LISTED], *more, counts]
