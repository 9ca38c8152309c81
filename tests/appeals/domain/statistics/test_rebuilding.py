from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from threading import Event as Signal

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from appeals.domain.statistics.folding import fold
from appeals.domain.statistics.rebuilding import differences, rebuild
from appeals.enums import Axis, Measure
from appeals.models import CountDelta, DayCount, MonthCount
from tests.appeals.domain.statistics.situations import filled
from tests.factories import make_appeal


def kept() -> tuple[set, set]:
    days = DayCount.objects.values_list("day", "level", "axis", "value", "measure", "n")
    months = MonthCount.objects.values_list("month", "agency", "axis", "value", "measure", "n")
    return set(days), set(months)


@pytest.mark.django_db
def test_rebuild_after_folding_gives_the_same_figures():
    filled()
    acts = fold(limit=10_000)
    folded = kept()

    assert rebuild() == acts
    assert kept() == folded
    assert {measure for *_, measure, _n in folded[0]} == set(Measure)


@pytest.mark.django_db
def test_rebuild_counts_in_what_was_not_folded_yet_once():
    filled()
    fold(limit=20)

    rebuild()

    assert not CountDelta.objects.exists()
    assert differences() == []


@pytest.mark.django_db
def test_rebuild_mends_a_count_that_was_changed_by_hand():
    filled()
    fold(limit=10_000)
    folded = kept()
    DayCount.objects.filter(axis=Axis.REGION).update(n=99)
    MonthCount.objects.filter(axis=Axis.TOTAL).delete()

    rebuild()

    assert kept() == folded


@pytest.mark.django_db
def test_check_of_counts_that_agree_says_so():
    filled()
    fold(limit=20)
    said = StringIO()

    call_command("rebuild_counts", "--check", stdout=said)

    assert said.getvalue() == "every count agrees with the record\n"


@pytest.mark.django_db
def test_check_of_a_count_that_differs_names_it_and_changes_nothing():
    make_appeal()
    fold(limit=10)
    DayCount.objects.filter(axis=Axis.KIND).update(n=5)
    complaint = StringIO()

    with pytest.raises(CommandError, match="1 counts differ") as refused:
        call_command("rebuild_counts", "--check", stderr=complaint)

    assert refused.value.returncode == 1
    assert complaint.getvalue() == ("appeals_daycount 2026-02-02 local registered kind application: 5, on record 1\n")
    assert DayCount.objects.get(axis=Axis.KIND).n == 5


def test_rebuild_while_others_fold_and_register_counts_every_act_once(own_database):
    for _ in range(20):
        make_appeal()
    done = Signal()

    def folding() -> None:
        try:
            while not done.is_set():
                fold(limit=3)
        finally:
            connection.close()

    def registering() -> None:
        try:
            for _ in range(10):
                make_appeal()
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        folders = [pool.submit(folding) for _ in range(2)]
        registrar = pool.submit(registering)
        while not registrar.done():
            rebuild()
        done.set()
        for worker in [*folders, registrar]:
            worker.result(timeout=60)

    assert differences() == []
    fold(limit=1000)
    assert DayCount.objects.get(axis=Axis.TOTAL).n == 30
