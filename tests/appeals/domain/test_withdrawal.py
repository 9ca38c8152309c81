"""The applicant takes the appeal back, any time before the decision (Art. 64(9))."""

from datetime import timedelta

import pytest

from agencies.enums import Role
from agencies.models import Agency, Officer
from appeals.domain.assignment import assign, begin_review
from appeals.domain.breaches import note_missed
from appeals.domain.history import faults
from appeals.domain.holds import hold
from appeals.domain.parts import forward_part
from appeals.domain.replies import Answer, prepare_reply, reply
from appeals.domain.routing import office
from appeals.domain.statistics.folding import fold
from appeals.domain.statistics.rebuilding import differences
from appeals.domain.withdrawal import withdraw
from appeals.enums import ClockKind, EventKind, Kind, Measure, NoticeKind, Outcome, Status
from appeals.errors import InvalidIntake, Refused
from appeals.models import NOTHING_DUE, Appeal, CountDelta
from tests.factories import MONDAY, make_appeal, make_officer

DAY = timedelta(days=1)
STATEMENT = "Written statement of 3 February, No. 17."
ANSWER = Answer(Outcome.SATISFIED, "Done.", "Art. 89", "Within three months…")


@pytest.fixture
def head(db: None) -> Officer:
    return make_officer(role=Role.HEAD)


@pytest.fixture
def executor(db: None) -> Officer:
    return make_officer()


@pytest.fixture
def appeal(head: Officer, executor: Officer) -> Appeal:
    return assign(make_appeal(), executor, by=head, at=MONDAY)


def test_withdraw_by_the_applicant_closes_the_appeal_and_cancels_every_clock(appeal):
    withdraw(appeal, at=MONDAY + DAY)

    appeal.refresh_from_db()
    assert (appeal.status, appeal.closed_on) == (Status.WITHDRAWN, (MONDAY + DAY).date())
    assert appeal.next_due_on == NOTHING_DUE
    reply_clock = appeal.clocks.get(kind=ClockKind.REPLY)
    assert (reply_clock.met_on, reply_clock.cancelled_on) == (None, appeal.closed_on)
    assert not appeal.clocks.running().exists()


def test_withdraw_leaves_one_line_one_message_and_one_count(appeal):
    before = appeal.events.count()

    withdraw(appeal, at=MONDAY + DAY, reason="The heating is back.")

    line = appeal.events.last()
    assert (appeal.events.count(), line.kind, line.by) == (before + 1, EventKind.WITHDRAWN, None)
    assert line.words.text == "The heating is back."
    assert appeal.notices.filter(kind=NoticeKind.WITHDRAWN, officer=None).count() == 1
    assert CountDelta.objects.filter(measure=Measure.CLOSED).count() == 1
    assert list(faults(appeal.events.select_related("appeal", "words").order_by("seq"))) == []
    fold(limit=100)
    assert differences() == []


def test_withdraw_by_an_officer_names_who_entered_which_statement(appeal, executor):
    withdraw(appeal, by=executor, at=MONDAY + DAY, reason=STATEMENT)

    line = appeal.events.last()
    assert (line.by, line.words.text) == (executor, STATEMENT)


def test_withdraw_by_an_officer_without_naming_the_statement_is_refused_and_changes_nothing(appeal, executor):
    with pytest.raises(InvalidIntake, match="written statement") as refused:
        withdraw(appeal, by=executor, at=MONDAY, reason=" ")

    appeal.refresh_from_db()
    assert (refused.value.field, appeal.status) == ("reason", Status.ASSIGNED)


def test_withdraw_while_the_applicant_is_asked_for_a_correction_ends_the_wait(appeal, executor):
    hold(appeal, missing="Your address.", days=5, by=executor, at=MONDAY)

    withdraw(appeal, at=MONDAY + DAY)

    assert appeal.holds.get().resumed_on == (MONDAY + DAY).date()
    assert not appeal.clocks.running().exists()


def test_withdraw_after_a_reply_was_prepared_and_before_it_is_signed_is_possible(appeal, executor):
    prepare_reply(appeal, ANSWER, by=executor, at=MONDAY)

    assert withdraw(appeal, at=MONDAY).status == Status.WITHDRAWN


def test_withdraw_late_leaves_the_breach_on_record(appeal):
    late = MONDAY + timedelta(days=40)
    note_missed(zone=appeal.agency.zone, on=late.date(), at=late, limit=10)

    withdraw(appeal, at=late)

    breach = appeal.breaches.get()
    assert (breach.kind, breach.annulled_on) == (ClockKind.REPLY, None)


def test_withdraw_after_the_answer_is_refused_and_changes_nothing(appeal, executor, head):
    begin_review(appeal, by=executor, at=MONDAY)
    prepare_reply(appeal, ANSWER, by=executor, at=MONDAY)
    reply(appeal, by=head, at=MONDAY, seen=MONDAY)
    before = appeal.events.count()

    with pytest.raises(Refused, match="closed"):
        withdraw(appeal, at=MONDAY + DAY)

    assert appeal.events.count() == before


def test_withdraw_twice_is_refused(appeal):
    withdraw(appeal, at=MONDAY)

    with pytest.raises(Refused, match="closed"):
        withdraw(appeal, at=MONDAY)


def test_withdraw_by_another_body_is_refused(appeal):
    with pytest.raises(Refused, match="holding"):
        withdraw(appeal, by=make_officer("akimat.education.kz-75", Role.HEAD), at=MONDAY, reason=STATEMENT)


def test_withdraw_by_an_executor_who_has_something_else_is_refused(appeal):
    with pytest.raises(Refused, match="assigned to her"):
        withdraw(appeal, by=make_officer(), at=MONDAY, reason=STATEMENT)


def test_withdraw_from_the_office_is_possible(db):
    appeal = make_appeal(topic=None)
    clerk = make_officer(office(), Role.REGISTRAR)

    assert withdraw(appeal, by=clerk, at=MONDAY, reason=STATEMENT).status == Status.WITHDRAWN


def test_withdraw_a_complaint_from_the_body_complained_of_is_possible(head):
    appeal = make_appeal(kind=Kind.COMPLAINT, topic=None, complained_of=head.agency)

    assert withdraw(appeal, by=head, at=MONDAY, reason=STATEMENT).status == Status.WITHDRAWN


def test_withdraw_leaves_the_parts_with_other_bodies_alone(appeal, head):
    other = Agency.objects.get(code="akimat.education.kz-75")
    part = forward_part(appeal, other, questions="The school?", reason="Theirs.", by=head, at=MONDAY)

    withdraw(appeal, at=MONDAY)

    part.refresh_from_db()
    assert part.is_open


def test_withdraw_bars_no_new_appeal(appeal):
    withdraw(appeal, at=MONDAY)

    assert make_appeal().is_open
