"""What follows an answer: slips corrected, the decision carried out, the file shown."""

from datetime import date, timedelta

import pytest

from agencies.enums import Role
from agencies.models import Agency, Officer
from appeals.domain import queues
from appeals.domain.assignment import assign
from appeals.domain.breaches import note_missed
from appeals.domain.errata import correct_reply
from appeals.domain.execution import report_execution
from appeals.domain.file_access import ask_for_file, show_file
from appeals.domain.forwarding import forward
from appeals.domain.replies import Answer, prepare_reply, reply
from appeals.domain.succession import succeed
from appeals.enums import ClockKind, EventKind, NoticeKind, Outcome, Status
from appeals.errors import InvalidIntake, Refused
from appeals.models import NOTHING_DUE, Appeal, Breach, Erratum, Notice
from tests.factories import MONDAY, make_appeal, make_officer

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
PROMISE = Answer(Outcome.SATISFIED, "The pipe will be mended.", "Art. 27", "Three months…", needs_execution=True)


@pytest.fixture
def head() -> Officer:
    return make_officer(role=Role.HEAD)


@pytest.fixture
def executor() -> Officer:
    return make_officer()


def answered(executor: Officer, head: Officer, answer: Answer = PROMISE) -> Appeal:
    appeal = assign(make_appeal(), executor, by=head, at=MONDAY)
    prepare_reply(appeal, answer, by=executor, at=MONDAY)
    return reply(appeal, by=head, at=MONDAY, seen=MONDAY)


def trail(appeal: Appeal) -> list[str]:
    return [event.kind for event in appeal.events.all()]


def owed(appeal: Appeal, officer: Officer) -> bool:
    """Whether the list of what is still owed has the case."""
    return queues.standing(Appeal.objects.visible_to(officer), officer, queues.STILL_OWED).filter(pk=appeal.pk).exists()


def test_correct_reply_stands_beside_the_answer_as_often_as_needed(executor, head):
    appeal = answered(executor, head)

    correct_reply(appeal, text="Not 2062 but 2026.", by=head, at=MONDAY + DAY)
    correct_reply(appeal, text="Not house 1 but house 2.", by=make_officer(role=Role.DEPUTY), at=MONDAY + 2 * DAY)

    appeal.refresh_from_db()
    assert [erratum.text for erratum in appeal.reply.errata.all()] == ["Not 2062 but 2026.", "Not house 1 but house 2."]
    assert (appeal.reply.text, appeal.reply.outcome, appeal.status) == (PROMISE.text, "satisfied", Status.ANSWERED)
    assert Notice.objects.filter(kind=NoticeKind.REPLY_CORRECTED).count() == 2
    assert trail(appeal)[-2:] == ["reply_corrected"] * 2


def test_correct_reply_sent_twice_is_refused_the_second_time_and_tells_nobody_again(executor, head):
    appeal = answered(executor, head)
    correct_reply(appeal, text="2062 reads 2026.", by=head, at=MONDAY + DAY)

    with pytest.raises(InvalidIntake, match="already made") as refused:
        correct_reply(appeal, text="2062 reads 2026.", by=head, at=MONDAY + DAY)

    assert refused.value.field == "text"
    assert Erratum.objects.count() == Notice.objects.filter(kind=NoticeKind.REPLY_CORRECTED).count() == 1


def test_correct_reply_by_the_executor_or_another_body_or_before_it_is_sent_is_refused(executor, head):
    appeal = answered(executor, head)
    stranger = make_officer("akimat.education.kz-79", Role.HEAD)

    for act, why in (
        (lambda: correct_reply(appeal, text="x", by=executor, at=MONDAY), "Your role"),
        (lambda: correct_reply(appeal, text="x", by=stranger, at=MONDAY), "holding the appeal"),
        (lambda: correct_reply(make_appeal(), text="x", by=head, at=MONDAY), "No answer was sent"),
    ):
        with pytest.raises(Refused, match=why):
            act()
    with pytest.raises(InvalidIntake) as refusal:
        correct_reply(appeal, text=" ", by=head, at=MONDAY)
    assert refusal.value.field == "text"
    assert not Erratum.objects.exists()
    assert trail(appeal)[-1] == "answered"


def test_reply_that_promises_something_starts_the_five_days_and_is_listed(executor, head):
    appeal = answered(executor, head)

    clock = appeal.clocks.running().get()
    assert (clock.kind, clock.starts_on, clock.due_on) == (ClockKind.EXECUTION, date(2026, 2, 2), date(2026, 2, 9))
    assert owed(appeal, executor)
    assert appeal.next_due_on == clock.due_on


def test_reply_that_promises_nothing_owes_nothing_afterwards(executor, head):
    appeal = answered(executor, head, Answer(**vars(PROMISE) | {"needs_execution": False}))

    assert not appeal.clocks.running().exists()
    assert not owed(appeal, executor)
    with pytest.raises(Refused, match="Nothing is to be carried out"):
        report_execution(appeal, text="Done.", by=executor, at=MONDAY)


@pytest.mark.parametrize("outcome", [Outcome.REFUSED, Outcome.EXPLAINED, Outcome.NOTED])
def test_prepare_reply_that_grants_nothing_and_promises_something_is_sent_back_to_the_field(executor, head, outcome):
    appeal = assign(make_appeal(), executor, by=head, at=MONDAY)

    with pytest.raises(InvalidIntake) as refusal:
        prepare_reply(appeal, Answer(**vars(PROMISE) | {"outcome": outcome}), by=executor, at=MONDAY)

    assert refusal.value.field == "needs_execution"
    assert trail(appeal)[-1] == "assigned"


def test_report_execution_meets_the_clock_and_tells_the_applicant(executor, head):
    appeal = report_execution(answered(executor, head), text="The pipe is mended.", by=executor, at=MONDAY + DAY)

    assert appeal.clocks.get(kind=ClockKind.EXECUTION).met_on == date(2026, 2, 3)
    assert appeal.next_due_on == NOTHING_DUE
    assert Notice.objects.filter(kind=NoticeKind.EXECUTED).count() == 1
    assert appeal.events.last().words.text == "The pipe is mended."
    assert not owed(appeal, executor)
    assert not Breach.objects.exists()


def test_report_execution_late_leaves_a_breach(executor, head):
    appeal = report_execution(answered(executor, head), text="At last.", by=head, at=MONDAY + 8 * DAY)

    assert Breach.objects.get().kind == ClockKind.EXECUTION
    assert trail(appeal)[-2:] == ["breached", "executed"]


def test_report_execution_by_a_colleague_or_without_words_is_refused_and_changes_nothing(executor, head):
    appeal = answered(executor, head)

    with pytest.raises(Refused, match="somebody else"):
        report_execution(appeal, text="Done.", by=make_officer(), at=MONDAY)
    with pytest.raises(InvalidIntake) as refusal:
        report_execution(appeal, text=" ", by=executor, at=MONDAY)

    assert refusal.value.field == "text"
    assert appeal.clocks.running().get().kind == ClockKind.EXECUTION
    assert trail(appeal)[-1] == "answered"


def test_ask_for_file_starts_the_three_days_of_the_holder_once(head):
    appeal = ask_for_file(make_appeal(), at=MONDAY)

    clock = appeal.clocks.get(kind=ClockKind.FILE_ACCESS)
    assert (clock.agency, clock.due_on) == (appeal.agency, date(2026, 2, 5))
    event = appeal.events.last()
    assert (event.kind, event.by, event.data) == (EventKind.FILE_ASKED, None, {"agency": appeal.agency.code})
    with pytest.raises(Refused, match="already asked for"):
        ask_for_file(appeal, at=MONDAY, by=head)


def test_ask_for_file_entered_by_an_executor_or_another_body_is_refused(executor):
    appeal = make_appeal()

    for by, why in ((executor, "Your role"), (make_officer("akimat.education.kz-79", Role.HEAD), "holding the appeal")):
        with pytest.raises(Refused, match=why):
            ask_for_file(appeal, at=MONDAY, by=by)
    assert not appeal.clocks.filter(kind=ClockKind.FILE_ACCESS).exists()


def test_show_file_meets_the_clock_and_it_can_be_asked_for_again(executor):
    appeal = ask_for_file(make_appeal(), at=MONDAY)

    show_file(appeal, how="Room 12, Tuesday at ten.", by=executor, at=MONDAY + DAY)
    ask_for_file(appeal, at=MONDAY + 2 * DAY)
    show_file(appeal, how="By e-mail.", by=executor, at=MONDAY + 3 * DAY)

    assert [clock.met_on.day for clock in appeal.clocks.filter(kind=ClockKind.FILE_ACCESS)] == [3, 5]
    assert Notice.objects.filter(kind=NoticeKind.FILE_SHOWN).count() == 2
    assert appeal.events.last().words.text == "By e-mail."


def test_show_file_is_owed_by_the_body_that_was_asked_even_after_it_forwarded_the_appeal(executor, head):
    appeal = ask_for_file(make_appeal(), at=MONDAY)
    education = Agency.objects.get(code="akimat.education.kz-79")
    forward(appeal, education, by=head, at=MONDAY + DAY, reason="A school")

    assert owed(appeal, executor)
    with pytest.raises(Refused, match="another body"):
        show_file(appeal, how="Here.", by=make_officer(education, Role.HEAD), at=MONDAY + DAY)

    show_file(appeal, how="Here.", by=executor, at=MONDAY + DAY)
    assert appeal.clocks.get(kind=ClockKind.FILE_ACCESS).met_on == date(2026, 2, 3)
    assert not owed(appeal, executor)


def test_ask_for_file_of_the_next_holder_runs_beside_what_the_one_before_still_owes(executor, head):
    appeal = ask_for_file(make_appeal(), at=MONDAY)
    education = Agency.objects.get(code="akimat.education.kz-79")
    forward(appeal, education, by=head, at=MONDAY + DAY, reason="A school")

    ask_for_file(appeal, at=MONDAY + DAY)

    with pytest.raises(Refused, match="already asked for"):
        ask_for_file(appeal, at=MONDAY + DAY)
    asked = appeal.clocks.filter(kind=ClockKind.FILE_ACCESS)
    assert [(clock.agency, clock.due_on.day) for clock in asked] == [(executor.agency, 5), (education, 6)]
    show_file(appeal, how="Here.", by=make_officer(education, Role.HEAD), at=MONDAY + 2 * DAY)
    show_file(appeal, how="There.", by=executor, at=MONDAY + 3 * DAY)
    assert [clock.met_on.day for clock in asked.all()] == [5, 4]


def test_file_asked_of_a_body_and_of_its_successor_is_owed_once_by_the_earlier_last_day(executor, head):
    appeal = ask_for_file(make_appeal(), at=MONDAY)
    education = Agency.objects.get(code="akimat.education.kz-79")
    forward(appeal, education, by=head, at=MONDAY + DAY, reason="A school")
    ask_for_file(appeal, at=MONDAY + DAY)
    Agency.objects.filter(pk=executor.agency_id).update(valid_to=MONDAY.date(), successor=education)

    succeed(zone=education.zone, on=date(2026, 2, 3), at=MONDAY + DAY, limit=10)

    owed = appeal.clocks.running().get(kind=ClockKind.FILE_ACCESS)
    assert (owed.agency, owed.due_on) == (education, date(2026, 2, 5))


def test_show_file_of_a_closed_case_too_and_late_leaves_a_breach(executor, head):
    appeal = ask_for_file(answered(executor, head), at=MONDAY + DAY)
    later = MONDAY + 20 * DAY
    note_missed(zone=appeal.agency.zone, on=later.date(), at=later, limit=10)

    show_file(appeal, how="Room 12.", by=executor, at=later)

    assert set(Breach.objects.values_list("kind", flat=True)) == {ClockKind.FILE_ACCESS, ClockKind.EXECUTION}
    assert appeal.clocks.get(kind=ClockKind.FILE_ACCESS).met_on == later.date()


def test_show_file_that_nobody_asked_for_or_without_words_is_refused(executor):
    appeal = make_appeal()
    with pytest.raises(Refused, match="has not asked"):
        show_file(appeal, how="Here.", by=executor, at=MONDAY)

    ask_for_file(appeal, at=MONDAY)
    with pytest.raises(InvalidIntake) as refusal:
        show_file(appeal, how=" ", by=executor, at=MONDAY)
    with pytest.raises(Refused, match="Your role"):
        show_file(appeal, how="Here.", by=make_officer(role=Role.CONTROLLER), at=MONDAY)
    assert refusal.value.field == "how"
    assert appeal.clocks.running().filter(kind=ClockKind.FILE_ACCESS).exists()
