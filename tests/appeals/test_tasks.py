"""The doors of the periodic jobs: each asks its verb in every zone, as of now, until nothing is left."""

from datetime import UTC, datetime

import pytest
import time_machine

from agencies.enums import Role
from agencies.models import CalendarYear
from appeals import tasks
from appeals.enums import ClockKind, NoticeKind
from appeals.models import Breach, Clock, Notice
from tests.factories import MONDAY, make_appeal, make_officer

pytestmark = pytest.mark.django_db


def told() -> set[str]:
    return set(Notice.objects.exclude(officer=None).values_list("kind", flat=True))


def test_every_sweep_finds_what_is_its_own():
    make_officer(role=Role.HEAD)
    make_appeal(at=MONDAY)

    with time_machine.travel(datetime(2026, 2, 5, 4, tzinfo=UTC), tick=False):
        tasks.warn_ahead()
        tasks.owe_digests()
        assert told() == {NoticeKind.WARNING, NoticeKind.DIGEST}
        tasks.note_missed_clocks()
        assert not Breach.objects.exists()

    with time_machine.travel(datetime(2026, 2, 5, 19, tzinfo=UTC), tick=False):  # the 6th in Astana
        tasks.note_missed_clocks()
        assert [breach.kind for breach in Breach.objects.all()] == [ClockKind.FORWARDING]


def test_note_lapsed_clocks_ends_what_the_applicant_did_not_do():
    appeal = make_appeal(at=MONDAY)
    appeal.clocks.filter(kind=ClockKind.FORWARDING).update(kind=ClockKind.OBJECTION, owed_by="applicant")

    with time_machine.travel(datetime(2026, 2, 5, 19, tzinfo=UTC), tick=False):
        tasks.note_lapsed_clocks()

    assert Clock.objects.get(kind=ClockKind.OBJECTION).cancelled_on


def test_keep_house_enters_the_years_to_come():
    with time_machine.travel(datetime(2028, 12, 1, 4, tzinfo=UTC), tick=False):
        tasks.keep_house()

    assert CalendarYear.objects.filter(year=2033).exists()
