"""Doors to the domain, one for each periodic job; the schedule is in config/celery.py."""

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from agencies.domain.calendar import local_dates
from appeals import mail
from appeals.domain import anchors, breaches, deliveries
from appeals.domain.statistics import folding

BATCH = 500


@shared_task(name="appeals.note_missed_clocks", ignore_result=True, soft_time_limit=240)
def note_missed_clocks() -> None:
    now = timezone.now()
    for zone, today in local_dates(now):
        while breaches.note_missed(zone=zone, on=today, at=now, limit=BATCH):
            pass


@shared_task(name="appeals.deliver_notices", ignore_result=True, soft_time_limit=240)
def deliver_notices() -> None:
    for notice_id in deliveries.claim(at=timezone.now(), limit=50):
        deliveries.deliver(notice_id, send=mail.send, at=timezone.now())


@shared_task(name="appeals.fold_counts", ignore_result=True, soft_time_limit=240)
def fold_counts() -> None:
    while folding.fold(limit=10 * BATCH):
        pass


@shared_task(name="appeals.anchor_histories", ignore_result=True, soft_time_limit=600)
def anchor_histories() -> None:
    anchors.anchor(on=timezone.localdate(), folder=settings.ANCHOR_DIR)
