"""Sweeps under fire: whatever befalls workers and database, each step of the ladder is told once, nothing is lost."""

import signal
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from functools import partial
from pathlib import Path

import psycopg2
import pytest
from django.db import connection

from agencies.enums import Role
from agencies.models import Officer, Unit
from appeals.domain import clocks, history
from appeals.domain.assignment import assign
from appeals.domain.closing import terminate
from appeals.domain.extensions import extend
from appeals.domain.holds import hold
from appeals.enums import ClockKind, EventKind, NoticeKind, TerminationGround
from appeals.models import Appeal, Breach, Clock, CountDelta, Event, Notice
from tests.factories import MONDAY, make_appeal, make_officer
from tests.workers import Celery, until

GATE = 4711
EACH = 12  # appeals of each sort
TELLING = (NoticeKind.WARNING, NoticeKind.BREACH)
Told = Counter[tuple[str, str]]

# On which day which steps of the ladder are due, to whom: of appeals in nobody's hands, then of those in work.
WAITING = {
    date(2026, 2, 4): [("forwarding 1", "registrar")],
    date(2026, 2, 5): [("forwarding 0", "head")],
    date(2026, 2, 6): [("forwarding -1", "head"), ("forwarding -1", "oversight")],
    date(2026, 2, 18): [("reply 3", "registrar")],
    date(2026, 2, 20): [("reply 1", "head")],
    date(2026, 2, 23): [("reply 0", "head")],
    date(2026, 2, 24): [("reply -1", "head"), ("reply -1", "oversight")],
}
IN_WORK = {
    date(2026, 2, 18): [("reply 3", "executor")],
    date(2026, 2, 20): [("reply 1", "unit_head")],
    date(2026, 2, 23): [("reply 0", "head")],
    date(2026, 2, 24): [("reply -1", "head"), ("reply -1", "oversight")],
}
DAYS = list(WAITING)

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
        cursor.execute("DROP TRIGGER IF EXISTS gate ON appeals_notice")
        cursor.execute("DROP FUNCTION IF EXISTS stop_at_the_gate")
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
def celery(own_database: str, tmp_path: Path) -> Celery:
    """Appeals in nobody's hands and in work; and others whose terms must leave no trace."""
    registrar, head = make_officer(role=Role.REGISTRAR), make_officer(role=Role.HEAD)
    make_officer("president.office", Role.OVERSIGHT)
    unit = Unit.objects.create(agency=head.agency, name_kk="Бөлім", name_ru="Отдел", name_en="Unit")
    executor = make_officer(unit=unit)
    make_officer(role=Role.UNIT_HEAD, unit=unit)
    for _ in range(EACH):
        make_appeal()
        assign(make_appeal(), executor, by=registrar, at=MONDAY)
    leave_no_trace(executor, head)
    return Celery(own_database, tmp_path)


def leave_no_trace(executor: Officer, head: Officer) -> None:
    """One closed, one waiting for its applicant, one extended far beyond the days of the tests."""
    closed, held, extended = (assign(make_appeal(), executor, by=head, at=MONDAY) for _ in range(3))
    terminate(closed, TerminationGround.DECIDED, by=head, at=MONDAY, reason="Decided.")
    hold(held, missing="The contract.", days=3, by=executor, at=MONDAY)
    extend(extended, until=date(2026, 3, 31), reason="A check on site.", by=head, at=MONDAY)
    for appeal in (closed, extended):
        clocks.meet(appeal, [ClockKind.TERMINATION_NOTICE, ClockKind.EXTENSION_NOTICE], on=MONDAY.date(), at=MONDAY)


def told() -> Told:
    """How often which step was told to whom of each appeal, by the notices that are there."""
    kinds = {str(pk): kind for pk, kind in Clock.objects.values_list("pk", "kind")}
    rows = Notice.objects.filter(kind__in=TELLING).values_list("key", "appeal__number", "officer__role")
    return Counter((number, f"{kinds[key.split(':')[1]]} {key.split(':')[3]} to {role}") for key, number, role in rows)


def due_by(day: date) -> Told:
    """What must have been told by `day`, each once."""
    expected: Told = Counter()
    for number, officer in Appeal.objects.order_by("pk").values_list("number", "officer")[: 2 * EACH]:
        table = IN_WORK if officer else WAITING
        expected.update((number, f"{step} to {who}") for on in table if on <= day for step, who in table[on])
    return expected


def is_told_by(day: date) -> bool:
    return told() == due_by(day)


def nothing_is_lost_or_doubled() -> None:
    late = Clock.objects.running().filter(appeal__in=Appeal.objects.order_by("pk")[: 2 * EACH])
    assert told() == due_by(DAYS[-1])
    assert sorted(Breach.objects.values_list("clock", flat=True)) == sorted(late.values_list("pk", flat=True))
    assert Notice.objects.filter(kind=NoticeKind.TERM_EXPIRED).count() == 2 * EACH
    assert Event.objects.filter(kind=EventKind.BREACHED).count() == late.count() == 3 * EACH
    assert CountDelta.objects.filter(measure="breached").count() == 3 * EACH
    events = Event.objects.select_related("appeal", "words").order_by("appeal_id", "seq")
    assert not list(history.faults(events))


def sweep(celery: Celery, *days: date, times: int = 1) -> None:
    """Let the workers sweep day after day, each so many times."""
    for day in days:
        for _ in range(times):
            celery.send("chaos.sweep", day.isoformat())
        until(partial(is_told_by, day))


def sweeping(celery: Celery) -> AbstractContextManager[subprocess.Popen[bytes]]:
    return celery.worker("--include", "tests.chaos.sweeps")


def test_sweep_by_two_workers_at_once_shares_the_work(celery):
    with sweeping(celery), sweeping(celery):
        sweep(celery, *DAYS, times=4)
        until(celery.is_idle)

    nothing_is_lost_or_doubled()


def test_sweep_by_workers_killed_in_mid_batch_is_done_whole_by_the_next(own_database, celery):
    with sweeping(celery) as worker:
        sweep(celery, *DAYS[:3])
        kill(worker, own_database, celery, DAYS[3])
    with sweeping(celery) as worker:
        sweep(celery, *DAYS[3:6])
        kill(worker, own_database, celery, DAYS[6])
    with sweeping(celery):
        sweep(celery, DAYS[6])

    nothing_is_lost_or_doubled()


def kill(worker: subprocess.Popen[bytes], database: str, celery: Celery, day: date) -> None:
    """Kill `worker` in the middle of its first batch of `day`; nothing of the batch is left."""
    before = told(), Breach.objects.count()
    with gate_closed(database):
        celery.send("chaos.sweep", day.isoformat())
        until(somebody_waits_at_the_gate)
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    assert (told(), Breach.objects.count()) == before


def test_sweep_after_days_without_a_run_loses_nothing(celery):
    skipped = (DAYS[0], DAYS[2], DAYS[4])  # a step ahead, the day of a breach, a step ahead

    with sweeping(celery):
        sweep(celery, *(day for day in DAYS if day not in skipped))
        until(celery.is_idle)

    nothing_is_lost_or_doubled()


def test_sweep_twice_a_day_tells_once(celery):
    with sweeping(celery):
        for day in DAYS:
            sweep(celery, day)
            sweep(celery, day)
        until(celery.is_idle)

    nothing_is_lost_or_doubled()


def test_sweep_by_a_worker_under_which_the_database_was_restarted_goes_on(own_database, celery, restart_database):
    with sweeping(celery) as worker:
        for day in DAYS:
            if day in (DAYS[3], DAYS[6]):  # of the first steps ahead of a reply, and of its breach
                tear(own_database, celery, restart_database, day)
            sweep(celery, day)
        until(celery.is_idle)
        assert worker.poll() is None

    nothing_is_lost_or_doubled()


def tear(database: str, celery: Celery, restart_database: Callable[[], None], day: date) -> None:
    """Restart the database in the middle of the first batch of `day`."""
    before = told(), Breach.objects.count()
    with gate_closed(database):
        celery.send("chaos.sweep", day.isoformat())
        until(somebody_waits_at_the_gate)
        connection.close()
        restart_database()
    until(celery.is_idle)
    assert (told(), Breach.objects.count()) == before


def test_the_door_of_the_schedule_notes_what_ran_out_however_long_ago(celery):
    with celery.worker():
        celery.send("appeals.note_missed_clocks")
        until(lambda: Breach.objects.count() >= 3 * EACH)
        until(celery.is_idle)

    assert Breach.objects.count() == Breach.objects.values("clock").distinct().count()
    assert not Clock.objects.missed(DAYS[-1]).exists()
