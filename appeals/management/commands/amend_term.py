"""Change one term of the law from a day ahead, or only say what that would mean."""

from argparse import ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation

from agencies.domain.working_days import ONE_DAY
from appeals.domain import amending
from appeals.domain.amending import Amendment
from appeals.enums import CapFrom, ClockKind, Kind, TermUnit
from appeals.errors import InvalidTerm
from appeals.models import Term

OPTION_FOR = {"valid_from": "from"}  # where it is not the name of the column


class Command(BaseCommand):
    help = "Let a term of the law read otherwise from a day ahead; --dry-run only says what that would mean."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--clock", required=True, choices=ClockKind.values)
        parser.add_argument("--kind", default="", choices=Kind.values, help="the row of one kind of appeal")
        parser.add_argument("--special", default="", metavar="TYPE", help="the row of one special type")
        parser.add_argument(
            "--from", dest="valid_from", required=True, type=_day, metavar="DATE", help="first day of the new wording"
        )
        parser.add_argument("--dry-run", action="store_true", help="change nothing")
        wording = parser.add_argument_group("the new wording; what is left out stays as it is")
        wording.add_argument("--length", type=int, metavar="DAYS")
        wording.add_argument("--unit", choices=TermUnit.values)
        wording.add_argument("--first-day-counts", type=_yes, metavar="yes|no")
        wording.add_argument("--rolls", type=_yes, metavar="yes|no")
        wording.add_argument("--extension-cap", type=int, metavar="N", help="the longest extension")
        wording.add_argument("--extension-unit", choices=TermUnit.values)
        wording.add_argument("--extension-from", choices=CapFrom.values)
        wording.add_argument("--no-extension", action="store_true", help="the term can no longer be extended")
        wording.add_argument("--stops-for-correction", type=_yes, metavar="yes|no")
        wording.add_argument("--basis", metavar="TEXT")
        wording.add_argument("--verified", type=_yes, metavar="yes|no")
        wording.add_argument("--note", metavar="TEXT")

    def handle(self, *, clock: str, kind: str, special: str, valid_from: date, dry_run: bool, **options: Any) -> None:
        with translation.override("en"):
            self._amend(_present(clock, kind, special, valid_from), valid_from, options, dry_run=dry_run)

    def _amend(self, term: Term, valid_from: date, options: dict[str, Any], *, dry_run: bool) -> None:
        changes = {name: options[name] for name in amending.WORDING if options[name] is not None}
        if options["no_extension"]:
            changes |= amending.NO_EXTENSION
        on = timezone.localdate()
        try:
            if dry_run:
                told = amending.amendment(term, valid_from=valid_from, on=on, **changes)
            else:
                told = amending.amend(term, valid_from=valid_from, by=None, on=on, **changes)
        except InvalidTerm as refusal:
            option = OPTION_FOR.get(refusal.field, refusal.field.replace("_", "-"))
            raise CommandError(f"--{option}: {refusal}" if option else str(refusal)) from refusal
        self._tell(term, told)
        self.stdout.write("Nothing was changed." if dry_run else "Done.")

    def _tell(self, term: Term, told: Amendment) -> None:
        for row in (told.ended, told.begun):
            if row:
                self.stdout.write(f"{row.valid_from or ''} – {row.valid_to or ''}: {row} ({row.basis})")
        for name in amending.differences(term, told.begun or term):
            self.stdout.write(f"    {name}: {getattr(term, name)} → {getattr(told.begun, name)}")
        self.stdout.write(f"open appeals that run under the present wording and keep it: {told.running}")
        self.stdout.write(f"of these already registered for the first day of the new one, or later: {told.early}")


def _present(clock: str, kind: str, special: str, valid_from: date) -> Term:
    """The row in force the day before, or the last one."""
    rows = Term.objects.filter(clock=clock, kind=kind, special_type=special)
    term = rows.alive(valid_from - ONE_DAY).first() or rows.order_by("valid_from").last()
    if term is None:
        raise CommandError("There is no such term. A new one is entered in the administration.")
    return term


def _day(given: str) -> date:
    try:
        return date.fromisoformat(given)
    except ValueError as fault:
        raise ArgumentTypeError(f"{given} is no date; write it as 2027-07-01") from fault


def _yes(given: str) -> bool:
    if given not in ("yes", "no"):
        raise ArgumentTypeError("write yes or no")
    return given == "yes"
