"""Colleagues give their part of an answer; who is named first leads."""

from datetime import date, timedelta

import pytest

from agencies.enums import Role
from agencies.models import Agency, Officer
from appeals.domain import queues
from appeals.domain.assignment import assign
from appeals.domain.co_execution import answer_as_co_executor, ask_co_executor
from appeals.domain.forwarding import forward
from appeals.domain.wording import history_of, names_in, told_to_applicant
from appeals.enums import ClockKind, NoticeKind
from appeals.errors import InvalidIntake, Refused
from appeals.models import Appeal, Breach, CoExecution, Notice
from tests.factories import MONDAY, make_appeal, make_officer, make_user

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def leader() -> Officer:
    return make_officer()


@pytest.fixture
def colleague() -> Officer:
    return make_officer()


@pytest.fixture
def appeal(leader: Officer) -> Appeal:
    return assign(make_appeal(), leader, by=make_officer(role=Role.HEAD), at=MONDAY)


def asked_of(officer: Officer) -> list[Appeal]:
    return list(queues.standing(Appeal.objects.visible_to(officer), officer, queues.ASKED_OF_ME))


def test_ask_co_executor_sets_her_an_internal_term_and_tells_her_alone(appeal, leader, colleague):
    ask_co_executor(appeal, to=colleague, question="What does the meter say?", days=3, by=leader, at=MONDAY)

    clock = appeal.clocks.get(kind=ClockKind.CO_EXECUTOR)
    assert (clock.officer, clock.due_on, clock.is_official) == (colleague, date(2026, 2, 5), False)
    part = CoExecution.objects.get()
    assert (part.clock, part.officer, part.asked_by, part.question) == (
        clock, colleague, leader, "What does the meter say?",
    )  # fmt: skip
    assert Notice.objects.get(kind=NoticeKind.CO_EXECUTOR_ASKED).officer == colleague
    assert (asked_of(colleague), asked_of(leader)) == ([appeal], [])
    events = history_of(appeal)
    told = told_to_applicant(events, names_in(event.data for event in events))
    assert len(told) == len(events) - 1


def test_answer_as_co_executor_ends_her_term_and_no_other(appeal, leader, colleague):
    other = make_officer()
    for to in (colleague, other):
        ask_co_executor(appeal, to=to, question="Well?", days=3, by=leader, at=MONDAY)

    answer_as_co_executor(appeal, answer="Forty-two.", by=colleague, at=MONDAY + DAY)

    part = CoExecution.objects.get(officer=colleague)
    assert (part.answer, part.answered_at, part.clock.met_on) == ("Forty-two.", MONDAY + DAY, date(2026, 2, 3))
    assert CoExecution.objects.get(officer=other).clock.is_running
    assert (asked_of(colleague), asked_of(other)) == ([], [appeal])


def test_answer_as_co_executor_late_leaves_an_internal_breach(appeal, leader, colleague):
    ask_co_executor(appeal, to=colleague, question="Well?", days=1, by=leader, at=MONDAY)

    answer_as_co_executor(appeal, answer="Sorry.", by=colleague, at=MONDAY + 2 * DAY)

    breach = Breach.objects.get()
    assert (breach.kind, breach.is_official) == (ClockKind.CO_EXECUTOR, False)


def test_answer_as_co_executor_by_who_was_not_asked_is_refused(appeal, leader, colleague):
    ask_co_executor(appeal, to=colleague, question="Well?", days=1, by=leader, at=MONDAY)

    with pytest.raises(Refused, match="Nothing is asked of you"):
        answer_as_co_executor(appeal, answer="Me, too.", by=leader, at=MONDAY)
    with pytest.raises(InvalidIntake) as refusal:
        answer_as_co_executor(appeal, answer=" ", by=colleague, at=MONDAY)

    assert refusal.value.field == "answer"
    assert CoExecution.objects.get().answered_at is None


@pytest.mark.parametrize("days", [0, 11])
def test_ask_co_executor_for_too_many_or_too_few_days_is_sent_back_to_the_field(appeal, leader, colleague, days):
    with pytest.raises(InvalidIntake, match="between 1 and 10") as refusal:
        ask_co_executor(appeal, to=colleague, question="Well?", days=days, by=leader, at=MONDAY)

    assert refusal.value.field == "days"
    assert not CoExecution.objects.exists()


def test_ask_co_executor_past_the_last_day_of_the_answer_is_sent_back_to_the_field(appeal, leader, colleague):
    with pytest.raises(InvalidIntake, match="last day for the answer itself"):
        ask_co_executor(appeal, to=colleague, question="Well?", days=10, by=leader, at=MONDAY + 14 * DAY)

    assert not appeal.clocks.filter(kind=ClockKind.CO_EXECUTOR).exists()


def test_ask_co_executor_twice_or_without_a_question_is_sent_back_to_the_field(appeal, leader, colleague):
    with pytest.raises(InvalidIntake) as refusal:
        ask_co_executor(appeal, to=colleague, question=" ", days=2, by=leader, at=MONDAY)
    assert refusal.value.field == "question"

    ask_co_executor(appeal, to=colleague, question="Well?", days=2, by=leader, at=MONDAY)
    with pytest.raises(InvalidIntake) as refusal:
        ask_co_executor(appeal, to=colleague, question="Well?", days=2, by=leader, at=MONDAY)
    assert refusal.value.field == "to"
    assert CoExecution.objects.count() == 1


def test_ask_co_executor_of_the_wrong_person_is_refused_and_leaves_no_trace(appeal, leader):
    gone = make_officer(user=make_user(is_active=False))
    left = make_officer(valid_to=date(2026, 1, 31))

    for to, why in (
        (make_officer("akimat.education.kz-79"), "works on appeals in this body"),
        (make_officer(role=Role.REGISTRAR), "works on appeals in this body"),
        (gone, "works on appeals in this body"),
        (left, "no longer in office"),
        (leader, "ask somebody else"),
    ):
        with pytest.raises(Refused, match=why):
            ask_co_executor(appeal, to=to, question="Well?", days=2, by=leader, at=MONDAY)
    assert not CoExecution.objects.exists()


def test_ask_co_executor_by_a_colleague_is_refused_and_by_a_unit_head_is_not(appeal, colleague):
    with pytest.raises(Refused, match="somebody else"):
        ask_co_executor(appeal, to=make_officer(), question="Well?", days=2, by=colleague, at=MONDAY)

    unit_head = make_officer(role=Role.UNIT_HEAD)
    ask_co_executor(appeal, to=colleague, question="Well?", days=2, by=unit_head, at=MONDAY)
    assert CoExecution.objects.get().asked_by == unit_head


def test_what_is_asked_of_a_colleague_ends_when_the_appeal_leaves_the_body(appeal, leader, colleague):
    ask_co_executor(appeal, to=colleague, question="Well?", days=2, by=leader, at=MONDAY)

    forward(appeal, Agency.objects.get(code="akimat.education.kz-79"), by=leader, at=MONDAY, reason="A school")

    assert appeal.clocks.get(kind=ClockKind.CO_EXECUTOR).cancelled_on == date(2026, 2, 2)
    assert asked_of(colleague) == []
    with pytest.raises(Refused, match="holding the appeal"):
        answer_as_co_executor(appeal, answer="Well…", by=colleague, at=MONDAY)
