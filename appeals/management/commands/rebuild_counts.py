"""Make the counts anew from the record, or hold them against it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from appeals.domain.statistics import rebuilding

SHOWN = 20


class Command(BaseCommand):
    help = "Make the counts of days and months anew from what is on record; --check only compares."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; exit 1 where a count differs")

    def handle(self, *, check: bool, **options: Any) -> None:
        if not check:
            self.stdout.write(f"{rebuilding.rebuild()} acts counted anew")
            return
        differences = rebuilding.differences()
        for different in differences[:SHOWN]:
            cell = " ".join(str(part) or "(not stated)" for part in different.cell)
            self.stderr.write(f"{different.table} {cell}: {different.kept}, on record {different.recorded}")
        if differences:
            raise CommandError(f"{len(differences)} counts differ from the record")
        self.stdout.write("every count agrees with the record")
