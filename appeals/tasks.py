"""Doors to the domain, one for each periodic job; the schedule is in config/celery.py."""

from collections.abc import Callable

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from agencies.domain.calendar import extend_calendar, local_dates
from appeals import mail
from appeals.domain import anchors, breaches, deliveries, digests, holds, numbering, succession, warnings
from appeals.domain.statistics import folding

BATCH = 500
ONE_BY_ONE = 50  # of what is dealt with row by row, so that no appeal stays locked for long


@shared_task(name="appeals.note_missed_clocks", ignore_result=True, soft_time_limit=240)
def note_missed_clocks() -> None:
    _in_every_zone(breaches.note_missed, limit=BATCH)


@shared_task(name="appeals.note_lapsed_clocks", ignore_result=True, soft_time_limit=240)
def note_lapsed_clocks() -> None:
    _in_every_zone(holds.note_lapsed, limit=ONE_BY_ONE)


@shared_task(name="appeals.warn_ahead", ignore_result=True, soft_time_limit=240)
def warn_ahead() -> None:
    _in_every_zone(warnings.warn_ahead, limit=BATCH)


@shared_task(name="appeals.owe_digests", ignore_result=True, soft_time_limit=240)
def owe_digests() -> None:
    _in_every_zone(digests.owe_digests, limit=BATCH)


@shared_task(name="appeals.deliver_notices", ignore_result=True, soft_time_limit=240)
def deliver_notices() -> None:
    for notice_id in deliveries.claim(at=timezone.now(), limit=50):
        deliveries.deliver(notice_id, send=mail.send, at=timezone.now())


@shared_task(name="appeals.fold_counts", ignore_result=True, soft_time_limit=240)
def fold_counts() -> None:
    while folding.fold(limit=10 * BATCH):
        pass


@shared_task(name="appeals.succeed_bodies", ignore_result=True, soft_time_limit=600)
def succeed_bodies() -> None:
    _in_every_zone(succession.succeed, limit=BATCH)


@shared_task(name="appeals.anchor_histories", ignore_result=True, soft_time_limit=600)
def anchor_histories() -> None:
    anchors.anchor(on=timezone.localdate(), folder=settings.ANCHOR_DIR)


@shared_task(name="appeals.keep_house", ignore_result=True, soft_time_limit=240)
def keep_house() -> None:
    today = timezone.localdate()
    extend_calendar(today)
    numbering.open_next_year(today)


def _in_every_zone(sweep: Callable[..., int], *, limit: int) -> None:
    """Let `sweep` deal with all there is, at most `limit` at a time, each zone by its own date."""
    now = timezone.now()
    for zone, today in local_dates(now):
        while sweep(zone=zone, on=today, at=now, limit=limit):
            pass
