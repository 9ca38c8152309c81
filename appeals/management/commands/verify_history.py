"""Check the chain of every history, or of one."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from appeals.domain import anchors, history, numbering
from appeals.models import Event


class Command(BaseCommand):
    help = "Verify that no line of history was changed, removed or added by hand."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--appeal", metavar="NUMBER", help="only this appeal")

    def handle(self, *, appeal: str | None, **options: Any) -> None:
        events = Event.objects.select_related("appeal", "words").order_by("appeal_id", "seq")
        if appeal:
            events = events.filter(appeal__number=numbering.parsed(appeal))
            if not events.exists():
                raise CommandError(f"There is no appeal {appeal}.")
        faults = 0
        for event, fault in history.faults(events.iterator()):
            faults += 1
            self.stderr.write(f"{event.appeal.number} line {event.seq}: {fault}")
        days = [] if appeal else anchors.broken()
        for day in days:
            self.stderr.write(f"anchor of {day}: does not fit")
        if faults or days:
            raise CommandError(f"{faults} broken lines, {len(days)} broken anchors")
        self.stdout.write(f"{events.count()} lines verified")
