"""A task for workers under test: the sweeps of a named day, in batches small enough to be shared and torn."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from celery import shared_task

from appeals.domain import breaches, warnings

ZONE = "Asia/Almaty"
BATCH = 7


@shared_task(name="chaos.sweep", ignore_result=True)
def sweep(on: str) -> None:
    """What the schedule does on the local date `on`, at ten in the morning."""
    day = date.fromisoformat(on)
    at = datetime.combine(day, time(10), ZoneInfo(ZONE))
    for verb in (warnings.warn_ahead, breaches.note_missed):
        while verb(zone=ZONE, on=day, at=at, limit=BATCH):
            pass
