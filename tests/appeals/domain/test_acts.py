"""What officers do with an appeal, and what is left of it in clocks, history and notices."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from agencies.enums import Role
from agencies.models import Agency
from appeals.domain.assignment import accept, assign, begin_review
from appeals.domain.closing import return_without_review, terminate
from appeals.domain.forwarding import forward
from appeals.domain.lifecycle import move
from appeals.domain.replies import Answer, prepare_reply, reply
from appeals.enums import (
    ClockKind,
    EventKind,
    Kind,
    NoticeKind,
    Outcome,
    ReturnGround,
    Status,
    TerminationGround,
)
from appeals.errors import IllegalMove, InvalidIntake, Refused
from appeals.models import NOTHING_DUE, Appeal, CountDelta, Notice, Reply
from tests.factories import MONDAY, make_appeal, make_officer, make_user

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
ANSWER = Answer(Outcome.SATISFIED, "Heating is restored.", "Law on local government, Art. 27", "Within three months…")


def kinds(appeal: Appeal) -> list[str]:
    return [event.kind for event in appeal.events.all()]


def clock(appeal: Appeal, kind: ClockKind):
    return appeal.clocks.filter(kind=kind).latest("pk")


@pytest.fixture
def appeal() -> Appeal:
    return make_appeal()


@pytest.fixture
def education() -> Agency:
    return Agency.objects.get(code="akimat.education.kz-79")


def test_accept_ends_the_duty_to_forward_and_leaves_the_reply_running(appeal):
    accepted = accept(appeal, by=make_officer(role=Role.REGISTRAR), at=MONDAY + DAY)

    assert clock(appeal, ClockKind.FORWARDING).cancelled_on == date(2026, 2, 3)
    assert accepted.next_due_on == clock(appeal, ClockKind.REPLY).due_on
    assert accepted.status == Status.REGISTERED


def test_accept_twice_is_refused_and_leaves_no_trace(appeal):
    registrar = make_officer(role=Role.REGISTRAR)
    accept(appeal, by=registrar, at=MONDAY)

    with pytest.raises(Refused, match="already accepted"):
        accept(appeal, by=registrar, at=MONDAY)

    assert kinds(appeal) == ["registered", "routed", "accepted"]


def test_assign_implies_acceptance(appeal):
    executor = make_officer()

    assigned = assign(appeal, executor, by=make_officer(role=Role.HEAD), at=MONDAY)

    assert (assigned.status, assigned.officer) == (Status.ASSIGNED, executor)
    assert kinds(appeal) == ["registered", "routed", "accepted", "assigned"]


def test_assign_to_somebody_of_another_body_is_refused_and_leaves_no_trace(appeal):
    with pytest.raises(Refused, match="works on appeals in this body"):
        assign(appeal, make_officer("ministry.health"), by=make_officer(role=Role.HEAD), at=MONDAY)

    assert kinds(appeal) == ["registered", "routed"]


def test_assign_again_to_the_same_officer_is_refused_and_leaves_no_trace(appeal):
    executor, head = make_officer(), make_officer(role=Role.HEAD)
    assign(appeal, executor, by=head, at=MONDAY)
    begin_review(appeal, by=executor, at=MONDAY)
    before = kinds(appeal)

    with pytest.raises(Refused, match="already with this officer"):
        assign(appeal, executor, by=head, at=MONDAY)

    appeal.refresh_from_db()
    assert (appeal.status, kinds(appeal)) == (Status.IN_REVIEW, before)


def test_pass_up_a_complaint_meets_its_clock_and_starts_twenty_days_at_the_superior():
    police = Agency.objects.get(code="police.territorial.kz-79")
    appeal = make_appeal(kind=Kind.COMPLAINT, complained_of=police)

    moved = forward(
        appeal,
        police.superior,
        by=make_officer(police, Role.REGISTRAR),
        at=MONDAY + DAY,
        reason="With the file",
    )

    assert clock(appeal, ClockKind.PASSING_UP).met_on == date(2026, 2, 3)
    assert moved.clocks.running().get(kind=ClockKind.REPLY).due_on == date(2026, 3, 3)


def test_a_complaint_is_neither_answered_nor_accepted_by_the_body_complained_of():
    police = Agency.objects.get(code="police.territorial.kz-79")
    appeal = make_appeal(kind=Kind.COMPLAINT, complained_of=police)

    with pytest.raises(Refused, match="passes the complaint up"):
        accept(appeal, by=make_officer(police, Role.HEAD), at=MONDAY)


def test_the_office_forwards_but_does_not_answer():
    appeal = make_appeal(topic=None)

    with pytest.raises(Refused, match="does not answer"):
        accept(appeal, by=make_officer("president.office", Role.REGISTRAR), at=MONDAY)


@pytest.fixture
def prepared(appeal) -> Appeal:
    executor = make_officer()
    assign(appeal, executor, by=make_officer(role=Role.HEAD), at=MONDAY)
    begin_review(appeal, by=executor, at=MONDAY)
    return prepare_reply(appeal, ANSWER, by=executor, at=MONDAY + DAY)


def test_reply_signed_by_the_head_closes_the_appeal_and_owes_the_answer(prepared):
    answered = reply(prepared, by=make_officer(role=Role.HEAD), at=MONDAY + 2 * DAY, seen=MONDAY + DAY)

    assert (answered.status, answered.closed_on) == (Status.ANSWERED, date(2026, 2, 4))
    assert answered.next_due_on == NOTHING_DUE
    assert not answered.clocks.running().exists()
    assert Notice.objects.filter(kind=NoticeKind.ANSWERED).count() == 1
    assert kinds(answered)[-2:] == ["reply_prepared", "answered"]


def test_reply_late_closes_the_appeal_and_the_breach_remains(prepared):
    answered = reply(prepared, by=make_officer(role=Role.HEAD), at=MONDAY + 30 * DAY, seen=MONDAY + DAY)

    assert answered.status == Status.ANSWERED
    breach = answered.breaches.get()
    assert (breach.kind, breach.officer) == (ClockKind.REPLY, prepared.officer)
    assert clock(answered, ClockKind.REPLY).met_on == date(2026, 3, 4)


def test_reply_prepared_before_the_appeal_was_given_to_a_colleague_can_be_signed(prepared):
    head, colleague = make_officer(role=Role.HEAD), make_officer()
    assign(prepared, colleague, by=head, at=MONDAY + DAY)

    answered = reply(prepared, by=head, at=MONDAY + DAY, seen=MONDAY + DAY)

    assert (answered.status, answered.officer) == (Status.ANSWERED, colleague)
    assert clock(answered, ClockKind.REPLY).met_on == date(2026, 2, 3)


def test_reply_by_the_executor_is_refused_and_leaves_no_trace(prepared):
    with pytest.raises(Refused, match="Your role"):
        reply(prepared, by=prepared.officer, at=MONDAY, seen=MONDAY + DAY)

    assert prepared.events.last().kind == EventKind.REPLY_PREPARED


def test_reply_prepared_again_in_the_same_words_leaves_one_line_and_what_the_head_read(prepared):
    lines = kinds(prepared)

    again = prepare_reply(prepared, ANSWER, by=prepared.officer, at=MONDAY + 2 * DAY)

    assert (kinds(again), Reply.objects.get().prepared_at) == (lines, MONDAY + DAY)
    reply(again, by=make_officer(role=Role.HEAD), at=MONDAY + 2 * DAY, seen=MONDAY + DAY)


def test_reply_prepared_by_a_colleague_in_the_same_words_is_hers(prepared):
    colleague = make_officer()
    assign(prepared, colleague, by=make_officer(role=Role.HEAD), at=MONDAY + DAY)

    prepare_reply(prepared, ANSWER, by=colleague, at=MONDAY + 2 * DAY)

    written = Reply.objects.get()
    assert (written.prepared_by, written.prepared_at) == (colleague, MONDAY + 2 * DAY)
    assert kinds(prepared)[-2:] == [EventKind.ASSIGNED, EventKind.REPLY_PREPARED]


def test_reply_changed_after_the_head_read_it_is_refused_and_stays_unsigned(prepared):
    prepare_reply(prepared, replace(ANSWER, text="Restored in part."), by=prepared.officer, at=MONDAY + 2 * DAY)

    with pytest.raises(Refused, match="changed after you opened it"):
        reply(prepared, by=make_officer(role=Role.HEAD), at=MONDAY + 3 * DAY, seen=MONDAY + DAY)

    prepared.refresh_from_db()
    assert (prepared.status, prepared.reply.signed_at) == (Status.IN_REVIEW, None)
    assert not Notice.objects.filter(kind=NoticeKind.ANSWERED).exists()


def test_reply_that_is_not_prepared_is_refused(appeal):
    with pytest.raises(Refused, match="no prepared reply"):
        reply(appeal, by=make_officer(role=Role.HEAD), at=MONDAY, seen=MONDAY)


@pytest.mark.parametrize("field", ["text", "law", "remedy"])
def test_prepare_reply_without_reasons_law_or_remedy_is_sent_back_to_the_field(appeal, field):
    executor = make_officer()
    assign(appeal, executor, by=make_officer(role=Role.HEAD), at=MONDAY)

    with pytest.raises(InvalidIntake) as refusal:
        prepare_reply(appeal, Answer(**{**vars(ANSWER), field: " "}), by=executor, at=MONDAY)

    assert refusal.value.field == field


def test_return_meets_the_forwarding_clock_and_tells_why(appeal):
    returned = return_without_review(
        appeal,
        ReturnGround.INSULTING,
        by=make_officer(role=Role.HEAD),
        at=MONDAY + DAY,
        reason="Insults throughout",
    )

    assert (returned.status, returned.closed_on) == (Status.RETURNED, date(2026, 2, 3))
    assert clock(returned, ClockKind.FORWARDING).met_on == date(2026, 2, 3)
    assert Notice.objects.filter(kind=NoticeKind.RETURNED).count() == 1


def test_terminate_needs_head_or_deputy(appeal):
    with pytest.raises(Refused, match="Your role"):
        terminate(appeal, TerminationGround.ANONYMOUS, by=make_officer(), at=MONDAY, reason="No name")

    ended = terminate(
        appeal, TerminationGround.ANONYMOUS, by=make_officer(role=Role.DEPUTY), at=MONDAY, reason="No name"
    )
    assert ended.status == Status.TERMINATED


def test_a_closed_appeal_is_closed_for_every_act(prepared, education):
    head = make_officer(role=Role.HEAD)
    reply(prepared, by=head, at=MONDAY + DAY, seen=MONDAY + DAY)

    for act in (
        lambda: accept(prepared, by=head, at=MONDAY + DAY),
        lambda: assign(prepared, make_officer(), by=head, at=MONDAY + DAY),
        lambda: forward(prepared, education, by=head, at=MONDAY + DAY, reason="Late thought"),
        lambda: reply(prepared, by=head, at=MONDAY + DAY, seen=MONDAY + DAY),
        lambda: terminate(prepared, TerminationGround.DECIDED, by=head, at=MONDAY + DAY, reason="Again"),
    ):
        with pytest.raises(Refused, match="closed"):
            act()


def test_begin_review_is_for_the_assigned_officer_only(appeal):
    executor = make_officer()
    assign(appeal, executor, by=make_officer(role=Role.HEAD), at=MONDAY)

    with pytest.raises(Refused, match="somebody else"):
        begin_review(appeal, by=make_officer(), at=MONDAY)
    assert begin_review(appeal, by=executor, at=MONDAY).status == Status.IN_REVIEW
    with pytest.raises(Refused, match="already begun"):
        begin_review(appeal, by=executor, at=MONDAY)


def test_illegal_move_is_told_in_words(appeal):
    with pytest.raises(IllegalMove, match="cannot become"):
        move(appeal, Status.IN_REVIEW)


def test_reply_before_the_day_the_appeal_counts_from_took_no_days(education):
    friday_evening = MONDAY + 4 * DAY + timedelta(hours=10)
    early = make_appeal(at=friday_evening)
    executor = make_officer()
    assign(early, executor, by=make_officer(role=Role.HEAD), at=friday_evening)
    prepare_reply(early, ANSWER, by=executor, at=friday_evening)

    saturday = friday_evening + timedelta(hours=12)
    answered = reply(early, by=make_officer(role=Role.HEAD), at=saturday, seen=friday_evening)

    assert answered.registered_on == date(2026, 2, 9)
    assert answered.closed_on == date(2026, 2, 7)
    assert CountDelta.objects.get(measure="answered").days == 0


def test_forward_leaves_an_unsigned_reply_behind(prepared, education):
    forward(prepared, education, by=make_officer(role=Role.HEAD), at=MONDAY + DAY, reason="A school after all")

    assert not Reply.objects.exists()
    with pytest.raises(Refused, match="no prepared reply"):
        reply(prepared, by=make_officer(education, Role.HEAD), at=MONDAY + DAY, seen=MONDAY + DAY)


@pytest.fixture
def complaint() -> Appeal:
    police = Agency.objects.get(code="police.territorial.kz-79")
    return make_appeal(kind=Kind.COMPLAINT, complained_of=police)


def test_pass_up_a_complaint_sideways_is_refused_and_leaves_no_trace(complaint, education):
    with pytest.raises(Refused, match="up to its superior"):
        forward(complaint, education, by=make_officer(complaint.agency, Role.REGISTRAR), at=MONDAY, reason="Theirs")

    assert kinds(complaint) == ["registered", "routed"]


def test_a_body_below_the_one_complained_of_may_not_answer(education):
    akimat = education.superior
    letter = make_appeal(kind=Kind.COMPLAINT, complained_of=akimat, holder=education)

    assert [clock.kind for clock in letter.clocks.running()] == [ClockKind.PASSING_UP]
    with pytest.raises(Refused, match="passes the complaint up"):
        accept(letter, by=make_officer(education, Role.HEAD), at=MONDAY)


def test_a_complaint_no_body_may_hear_ends_at_the_office_with_the_reason():
    akimat = Agency.objects.get(code="akimat.kz-79")
    unheard = make_appeal(kind=Kind.COMPLAINT, complained_of=akimat)
    registrar, head = make_officer("president.office", Role.REGISTRAR), make_officer("president.office", Role.HEAD)

    ended = terminate(unheard, TerminationGround.NO_SUPERIOR, by=registrar, at=MONDAY, reason="The way leads to court.")

    assert ended.status == Status.TERMINATED
    with pytest.raises(Refused, match="does not answer"):
        terminate(make_appeal(topic=None), TerminationGround.DECIDED, by=head, at=MONDAY, reason="No")


def test_assign_to_somebody_who_may_no_longer_sign_in_is_refused(appeal):
    gone = make_officer(user=make_user(is_active=False))

    with pytest.raises(Refused, match="works on appeals in this body"):
        assign(appeal, gone, by=make_officer(role=Role.HEAD), at=MONDAY)


def test_whoever_administers_the_software_sees_no_case(appeal):
    assert appeal in Appeal.objects.visible_to(make_officer(role=Role.HEAD))
    assert not Appeal.objects.visible_to(make_officer(role=Role.ADMINISTRATOR)).exists()
