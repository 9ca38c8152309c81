"""What the tests of the case share."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.models import Channel, Region, Topic
from tests.factories import MONDAY


@pytest.fixture
def rows_read() -> Callable[..., Iterator[CaptureQueriesContext]]:
    """Counts statements that touch rows; marks of a transaction's beginning and end are none."""

    @contextmanager
    def counted() -> Iterator[list[str]]:
        statements: list[str] = []
        with CaptureQueriesContext(connection) as captured:
            yield statements
        marks = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")
        statements += [q["sql"] for q in captured if not q["sql"].startswith(marks)]

    return counted


@pytest.fixture
def letter(db: None) -> Iterator[dict[str, Any]]:
    """What a registrar types at 11:00 of a letter that came on 2 February 2026 at 10:00."""
    typed = {
        "token": "t" * 24,
        "channel": Channel.objects.get(code="letter").pk,
        "received_on_day": "2",
        "received_on_month": "2",
        "received_on_year": "2026",
        "received_time": "10:00",
        "kind": "application",
        "region": Region.objects.get(code="KZ-79").pk,
        "topic": Topic.objects.get(code="housing.utilities").pk,
        "text": "Үйімізде жылу жоқ.",
        "language": "kk",
        "applicant_type": "person",
        "name": "Сынақ Азамат",
        "address": "Шымкент, Сынақ көшесі, 1",
    }
    with time_machine.travel(MONDAY + timedelta(hours=1)):
        yield typed
