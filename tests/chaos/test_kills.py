"""Workers die in the middle of their work; nothing is lost and nothing happens twice."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import psycopg2
import pytest
from django.db import connection

from agencies.enums import Role
from appeals.domain import history
from appeals.enums import NoticeKind
from appeals.models import Breach, Clock, CountDelta, Event, Notice
from tests.factories import MONDAY, make_appeal, make_officer
from tests.workers import Celery, until

APPEALS = 40
GATE = 4711

STOP_AT_THE_GATE = f"""
CREATE FUNCTION stop_at_the_gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared({GATE});
    RETURN NULL;
END $$;
CREATE TRIGGER gate BEFORE INSERT ON appeals_notice FOR EACH STATEMENT EXECUTE FUNCTION stop_at_the_gate();
"""


@contextmanager
def gate_closed(database: str) -> Iterator[None]:
    """Whoever is about to write a notice waits inside its transaction, everything before it written."""
    with connection.cursor() as cursor:
        cursor.execute(STOP_AT_THE_GATE)
    keeper = psycopg2.connect(**{**connection.get_connection_params(), "dbname": database, "cursor_factory": None})
    keeper.autocommit = True
    try:
        keeper.cursor().execute("SELECT pg_advisory_lock(%s)", [GATE])
        yield
    finally:
        keeper.close()


def somebody_waits_at_the_gate() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
        return cursor.fetchone()[0] > 0


@pytest.fixture
def celery(own_database, tmp_path: Path) -> Celery:
    """Twenty times two clocks of Shymkent's utilities have run out, and it has a head."""
    make_officer(role=Role.HEAD)
    for n in range(APPEALS):
        make_appeal(at=MONDAY + timedelta(minutes=n))
    return Celery(own_database, tmp_path)


def all_noted() -> bool:
    return not Clock.objects.running().filter(breached_on=None).exists()


def nothing_is_lost_or_doubled() -> None:
    assert Breach.objects.count() == 2 * APPEALS
    assert Notice.objects.filter(kind=NoticeKind.BREACH).count() == 2 * APPEALS
    assert Notice.objects.filter(kind=NoticeKind.TERM_EXPIRED).count() == APPEALS
    assert Event.objects.filter(kind="breached").count() == 2 * APPEALS
    assert CountDelta.objects.filter(measure="breached").count() == 2 * APPEALS
    events = Event.objects.select_related("appeal", "words").order_by("appeal_id", "seq")
    assert not list(history.faults(events))


def test_note_missed_by_a_worker_killed_in_mid_batch_is_done_whole_by_the_next(own_database, celery):
    with celery.worker() as worker:
        with gate_closed(own_database):
            celery.send("appeals.note_missed_clocks")
            until(somebody_waits_at_the_gate)
            worker.send_signal(signal.SIGKILL)
            worker.wait()
        assert not Breach.objects.exists()

    with celery.worker():
        celery.send("appeals.note_missed_clocks")
        until(all_noted)

    nothing_is_lost_or_doubled()


def test_note_missed_by_two_workers_at_once_shares_the_work(celery):
    with celery.worker(), celery.worker():
        for _ in range(4):
            celery.send("appeals.note_missed_clocks")
        until(all_noted)

    nothing_is_lost_or_doubled()
