import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from agencies.domain.atlas import Atlas
from agencies.errors import DirectoryError
from appeals.domain.trial import MOST_MOVES, Move, Trial, a_year_before, facts, try_rules


class Command(BaseCommand):
    help = "Try a changed table of competence on the appeals of the last year: who would have got them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="with the columns of agencies/data/kz/competences.csv")
        parser.add_argument("--since", type=date.fromisoformat, help="YYYY-MM-DD; a year ago if left out")
        parser.add_argument("--on", type=date.fromisoformat, help="the day both tables are asked about; today")
        parser.add_argument("--json", action="store_true", help="codes, numbers and ISO dates, for machines")

    def handle(self, *, file: Path, since: date | None, on: date | None, **options: Any) -> None:
        day = on or timezone.localdate()
        first = since or a_year_before(day)
        if first > day:
            raise CommandError(f"No appeal lies between {first} and {day}: --since is after the day asked about.")
        standing = Atlas.read()
        try:
            with file.open("rb") as opened:
                changed = standing.with_rules_of(file.name, opened)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except DirectoryError as error:
            raise CommandError(str(error)) from error
        trial = try_rules(standing, changed, since=first, on=day)
        told = json.dumps(facts(trial), indent=2) if options["json"] else "\n".join(_told(trial))
        self.stdout.write(told)


def _told(trial: Trial) -> Iterator[str]:
    share = f" ({trial.elsewhere / trial.appeals:.1%})" if trial.appeals else ""
    yield f"{trial.since} to {trial.on}: {trial.appeals} appeals sent by competence"
    yield f"would have gone elsewhere: {trial.elsewhere}{share}"
    yield f"triage: {trial.triage_now} now, {trial.triage_then} with the changed table"
    for move in trial.moves[:MOST_MOVES]:
        yield from _move(move)
    if len(trial.moves) > MOST_MOVES:
        yield f"… and {len(trial.moves) - MOST_MOVES} more pairs of bodies"


def _move(move: Move) -> Iterator[str]:
    yield ""
    yield f"{move.appeals:>7}  {move.was.code}  {move.was.name_en}"
    yield f"{'':>5} →  {move.becomes.code}  {move.becomes.name_en}"
    yield f"{'':>9}{', '.join(f'{topic or chr(8211)} {n}' for topic, n in move.by_topic.most_common())}"
