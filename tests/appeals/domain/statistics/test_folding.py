from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import psycopg2
import pytest
from django.db import connection

from agencies.enums import Level
from appeals.domain.statistics.counting import counted
from appeals.domain.statistics.folding import FOLD, fold
from appeals.enums import Axis, ClockKind, Measure
from appeals.models import CountDelta, DayCount, MonthCount
from tests.appeals.domain.statistics.situations import place
from tests.factories import make_appeal


def cells(*, axis: Axis) -> dict[str, int]:
    return dict(DayCount.objects.filter(axis=axis, measure=Measure.REGISTERED).values_list("value", "n"))


def count_breaches(appeal, n: int, *, on: date = date(2026, 2, 9)) -> None:
    rows = [counted(appeal, Measure.BREACHED, appeal.agency, on=on, clock=ClockKind.REPLY) for _ in range(n)]
    CountDelta.objects.bulk_create(rows)


@pytest.mark.django_db
def test_fold_moves_every_act_into_one_cell_an_axis():
    appeal = make_appeal()

    assert fold(limit=10) == 1

    assert not CountDelta.objects.exists()
    kept = DayCount.objects.values_list("day", "level", "axis", "value", "measure", "n")
    assert set(kept) == {
        (date(2026, 2, 2), Level.LOCAL, axis, value, Measure.REGISTERED, 1)
        for axis, value in {
            Axis.TOTAL: "",
            Axis.AGENCY: str(appeal.agency_id),
            Axis.REGION: str(appeal.region_id),
            Axis.CHANNEL: str(appeal.channel_id),
            Axis.FORM: "electronic",
            Axis.KIND: "application",
            Axis.TOPIC: str(appeal.topic_id),
        }.items()
    }
    months = MonthCount.objects.values_list("month", "agency", "axis", "n")
    assert set(months) == {
        (date(2026, 2, 1), appeal.agency_id, axis, 1)
        for axis in (Axis.TOTAL, Axis.REGION, Axis.CHANNEL, Axis.FORM, Axis.KIND, Axis.TOPIC)
    }


@pytest.mark.django_db
def test_fold_adds_to_what_is_folded_already():
    make_appeal()
    fold(limit=10)
    make_appeal()
    make_appeal()

    assert fold(limit=10) == 2

    assert cells(axis=Axis.TOTAL) == {"": 3}
    assert MonthCount.objects.get(axis=Axis.TOTAL).n == 3


@pytest.mark.django_db
def test_fold_takes_no_more_than_its_limit_the_oldest_first():
    for _ in range(3):
        make_appeal()
    newest = CountDelta.objects.latest("pk")

    assert fold(limit=2) == 2
    assert CountDelta.objects.get() == newest
    assert [fold(limit=2), fold(limit=2)] == [1, 0]
    assert cells(axis=Axis.TOTAL) == {"": 3}


@pytest.mark.django_db
def test_fold_of_an_appeal_without_region_and_topic_counts_it_as_not_stated():
    make_appeal(**place(None, None))

    fold(limit=10)

    assert cells(axis=Axis.REGION) == cells(axis=Axis.TOPIC) == {"": 1}


@pytest.mark.django_db
def test_fold_counts_the_term_of_a_breach_and_no_days():
    count_breaches(make_appeal(), 4)

    fold(limit=10)

    broken = DayCount.objects.filter(measure=Measure.BREACHED)
    assert broken.get(axis=Axis.CLOCK).value == ClockKind.REPLY
    assert broken.get(axis=Axis.CLOCK).n == 4
    assert not DayCount.objects.filter(axis=Axis.DAYS).exists()


def test_fold_by_many_at_once_counts_every_act_once(own_database):
    appeals = [make_appeal(), make_appeal(**place("education.school", "KZ-75"))]
    for day in range(1, 21):
        for appeal in appeals:
            count_breaches(appeal, 5, on=date(2026, 2, day))
    together = Barrier(4)

    def work() -> int:
        try:
            together.wait(timeout=30)
            done = 0
            while taken := fold(limit=17):
                done += taken
            return done
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        folded = [future.result(timeout=60) for future in [pool.submit(work) for _ in range(4)]]
    folded.append(fold(limit=1000))

    assert sum(folded) == 202
    totals = DayCount.objects.filter(axis=Axis.TOTAL, measure=Measure.BREACHED)
    assert sorted(totals.values_list("n", flat=True)) == [10] * 20
    assert not CountDelta.objects.exists()


def test_fold_beside_one_that_is_not_done_takes_the_rest(own_database):
    for _ in range(3):
        make_appeal()
    with psycopg2.connect(**connection.get_connection_params()) as other, other.cursor() as cursor:
        cursor.execute("SELECT id FROM appeals_countdelta ORDER BY id LIMIT 2 FOR UPDATE")

        assert fold(limit=10) == 1


def test_fold_killed_in_the_middle_loses_nothing(own_database):
    make_appeal()
    other = psycopg2.connect(**connection.get_connection_params())
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        worker = cursor.fetchone()[0]
        cursor.execute(FOLD, [10])
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [worker])

    assert CountDelta.objects.count() == 1
    assert not DayCount.objects.exists()
    assert fold(limit=10) == 1
    assert cells(axis=Axis.TOTAL) == {"": 1}
    other.close()
