from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from agencies.domain.calendar import seed_calendar
from agencies.domain.directory import Diff, load
from agencies.errors import DirectoryError

LISTED = 40


class Command(BaseCommand):
    help = "Bring the directory of the state in line with agencies/data/kz, and seed the calendar."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=settings.BASE_DIR / "agencies" / "data" / "kz")
        mode = parser.add_mutually_exclusive_group()
        mode.add_argument("--dry-run", action="store_true", help="show the difference and stop")
        mode.add_argument("--yes", action="store_true", help="add and change without asking")
        mode.add_argument("--add-only", action="store_true", help="add what is new; show the rest, leave it as it is")

    def handle(self, *, folder: Path, dry_run: bool, yes: bool, add_only: bool, **options: Any) -> None:
        try:
            diff = load(folder, apply=False)
            self._say(options["verbosity"], *_told(diff))
            if dry_run:
                return
            if diff and not (yes or add_only) and input("Apply? [y/N] ").lower() not in ("y", "yes"):
                raise CommandError("Nothing was changed.")
            if diff:
                load(folder, apply=True, add_only=add_only)
        except DirectoryError as error:
            raise CommandError(str(error)) from error
        self._say(options["verbosity"], f"calendar: {seed_calendar()} days entered")

    def _say(self, verbosity: int, *lines: str) -> None:
        if verbosity:
            self.stdout.write("\n".join(lines))


def _told(diff: Diff) -> list[str]:
    changes = [f"~ {c.table} {c.key}: {c.field} {c.old!r} -> {c.new!r}" for c in diff.changed]
    lines = [
        *(f"+ {table} {key}" for table, key in diff.added),
        *(f"? {table} {key}: in the database only, left as it is" for table, key in diff.missing),
    ]
    more = [f"… and {len(lines) - LISTED} more"] if len(lines) > LISTED else []
    counts = f"{len(diff.added)} new, {len(diff.changed)} changed fields, {len(diff.missing)} left alone"
    return [*changes, *lines[:LISTED], *more, counts]
