"""The counter's door for periodic jobs; the schedule is in config/celery.py."""

from celery import shared_task
from django.utils import timezone

from reception.domain import drafts

BATCH = 200


@shared_task(name="reception.purge_drafts", ignore_result=True, soft_time_limit=240)
def purge_drafts() -> None:
    while drafts.purge(at=timezone.now(), limit=BATCH):
        pass
