"""A breach annulled: what the term asks for is owed still, and nobody is late with it any more."""

from datetime import date

import pytest

from agencies.domain.calendar import calendar
from agencies.enums import Origin, Role
from agencies.models import Agency, CalendarDay, Officer
from appeals.domain.accountability import annul_breach
from appeals.domain.assignment import assign
from appeals.domain.breaches import note_missed
from appeals.domain.explanations import Code, afterwards
from appeals.domain.reclassification import Classes, reclassify
from appeals.domain.recomputing import recompute
from appeals.domain.replies import Answer, prepare_reply, reply
from appeals.domain.routing import OFFICE
from appeals.enums import ClockKind, Kind, Outcome
from appeals.models import NOTHING_DUE, Appeal, Breach, Clock
from reception.domain import tracking
from tests.appeals.domain.statistics.situations import DAY, WEEK, sweep
from tests.factories import MONDAY, make_appeal, make_officer

pytestmark = pytest.mark.django_db
LATER = MONDAY + 5 * WEEK  # the last day of the reply was 23 February 2026
ANSWER = Answer(Outcome.SATISFIED, "Done.", "Art. 89", "Within three months…")


@pytest.fixture
def head() -> Officer:
    return make_officer(role=Role.HEAD)


@pytest.fixture
def overseer() -> Officer:
    return make_officer(OFFICE, Role.OVERSIGHT)


@pytest.fixture
def late(head: Officer) -> Appeal:
    """Accepted, and not answered in time."""
    appeal = assign(make_appeal(), head, by=head, at=MONDAY)
    sweep(MONDAY + 4 * WEEK)
    return appeal


def overdue() -> list[Appeal]:
    return list(Appeal.objects.overdue(LATER.date()))


def annulled(appeal: Appeal, overseer: Officer) -> Clock:
    annul_breach(Breach.objects.standing().get(), reason="The post was on strike.", by=overseer, at=LATER)
    return appeal.clocks.get(kind=ClockKind.REPLY, cancelled_on=None)


def test_case_whose_only_breach_is_annulled_is_overdue_no_more_and_noted_no_more(late, overseer):
    assert overdue() == [late]

    clock = annulled(late, overseer)

    assert overdue() == []
    assert (clock.excused_on, clock.is_running) == (LATER.date(), True)
    assert Appeal.objects.get().next_due_on == NOTHING_DUE
    assert note_missed(zone=late.agency.zone, on=LATER.date(), at=LATER, limit=10) == 0
    assert [step.code for step in afterwards(clock)] == [Code.BROKEN, Code.EXCUSED, Code.COUNTS_AS_REFUSAL]


def test_case_with_another_broken_term_stays_overdue(overseer):
    appeal = make_appeal()
    sweep(MONDAY + 4 * WEEK)

    annul_breach(Breach.objects.get(kind=ClockKind.FORWARDING), reason="A strike.", by=overseer, at=LATER)

    assert overdue() == [appeal]
    assert Appeal.objects.get().next_due_on == date(2026, 2, 23)


def test_silence_still_counts_as_refusal_for_the_applicant(late, overseer):
    annulled(late, overseer)

    assert tracking.case(late.pk, on=LATER.date()).is_silent


def test_reply_after_the_annulment_is_no_new_breach(late, head, overseer):
    annulled(late, overseer)

    prepare_reply(late, ANSWER, by=head, at=LATER)
    reply(late, by=head, at=LATER, seen=LATER)

    assert not Breach.objects.standing().exists()


def test_case_of_another_kind_is_excused_as_before_and_an_annulment_excuses_the_term_in_its_place(late, head, overseer):
    to = Classes(Kind.COMPLAINT, "", late.topic, late.region, Agency.objects.get(code="akimat.education.kz-75"))
    reclassify(late, to, reason="It is one.", by=head, at=LATER)
    assert overdue() == [late]

    assert annulled(late, overseer).breached_on == Breach.objects.get().detected_on

    assert overdue() == []
    back = Classes(Kind.APPLICATION, "", late.topic, late.region, None)
    reclassify(late, back, reason="It is none.", by=head, at=LATER + DAY)
    assert overdue() == []


def test_calendar_that_moves_the_last_day_ahead_of_today_lets_that_day_decide_again(late, overseer):
    annulled(late, overseer)
    for n in range(25):
        day = date(2026, 2, 9).toordinal() + n
        if date.fromordinal(day).weekday() < 5:
            CalendarDay.objects.create(day=date.fromordinal(day), origin=Origin.DECREE, act="No. 1")

    recompute([late.pk], calendar(), at=LATER)

    clock = late.clocks.get(kind=ClockKind.REPLY)
    assert (clock.excused_on, clock.breached_on) == (None, None)
    assert Appeal.objects.get().next_due_on == clock.due_on > LATER.date()
