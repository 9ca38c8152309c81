"""Everything that happens by itself, how often and why."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

app = Celery("reception")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["appeals", "reception"])

app.conf.beat_schedule = {
    # name: what, how often; why so often
    "note missed clocks": {  # days end at midnight in each zone; asking costs a probe of one small index
        "task": "appeals.note_missed_clocks",
        "schedule": 30.0,
    },
    "note lapsed clocks": {  # the same for applicants: the next act is open to the body from the first minute
        "task": "appeals.note_lapsed_clocks",
        "schedule": 30.0,
    },
    "warn ahead": {  # due at midnight, and whenever an act or a decree moves a last day; nobody waits for the minute
        "task": "appeals.warn_ahead",
        "schedule": 300.0,
    },
    "owe digests": {  # working days start at different minutes; who was told today is not asked about again
        "task": "appeals.owe_digests",
        "schedule": 300.0,
    },
    "deliver notices": {  # a citizen who has just sent looks into the mailbox now
        "task": "appeals.deliver_notices",
        "schedule": 5.0,
    },
    "fold counts": {  # readers add what is not folded; folding keeps that little
        "task": "appeals.fold_counts",
        "schedule": 60.0,
    },
    "succeed bodies": {  # a body's last day is over at midnight; its successor begins the day with its cases
        "task": "appeals.succeed_bodies",
        "schedule": crontab(hour=0, minute=5),
    },
    "anchor histories": {  # one digest a day, soon after midnight in the capital
        "task": "appeals.anchor_histories",
        "schedule": crontab(hour=0, minute=15),
    },
    "keep house": {  # years of the calendar and, in December, the next series of numbers: long before they are needed
        "task": "appeals.keep_house",
        "schedule": crontab(hour=2, minute=30),
    },
    "purge drafts": {  # personal data nobody sent is kept 30 days
        "task": "reception.purge_drafts",
        "schedule": crontab(hour=3, minute=0),
    },
}
