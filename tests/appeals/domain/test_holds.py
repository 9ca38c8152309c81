"""The applicant is asked for what is missing: the reply clock stands still, and goes on by itself."""

from datetime import date, timedelta

import pytest

from agencies.enums import Role
from agencies.models import Agency, Officer
from appeals.domain.assignment import assign, begin_review
from appeals.domain.breaches import note_missed
from appeals.domain.closing import return_without_review, terminate
from appeals.domain.extensions import extend
from appeals.domain.forwarding import forward
from appeals.domain.history import faults
from appeals.domain.holds import hold, note_lapsed, resume
from appeals.domain.replies import Answer, prepare_reply, reply
from appeals.enums import (
    ClockKind,
    DueCause,
    EventKind,
    Kind,
    NoticeKind,
    Outcome,
    OwedBy,
    ReturnGround,
    Status,
    TerminationGround,
)
from appeals.errors import InvalidIntake, Refused
from appeals.models import Appeal, Breach, Clock, Hold, Notice, Term
from tests.factories import MONDAY, make_appeal, make_officer

DUE = date(2026, 2, 23)  # 15 working days after Monday 2 February 2026
DAY = timedelta(days=1)
ZONE = "Asia/Almaty"
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


@pytest.fixture
def held(appeal: Appeal, executor: Officer) -> Appeal:
    """Asked on Tuesday 3 February for what is missing, with five working days for it."""
    return hold(appeal, missing="The address of the house.", days=5, by=executor, at=MONDAY + DAY)


def clock(appeal: Appeal, kind: ClockKind) -> Clock:
    return appeal.clocks.filter(kind=kind).latest("pk")


def test_hold_stops_the_reply_clock_and_starts_the_applicants(held):
    reply, correction = clock(held, ClockKind.REPLY), clock(held, ClockKind.CORRECTION)

    assert (held.status, reply.is_held, reply.due_on) == (Status.ON_HOLD, True, DUE)
    assert (correction.owed_by, correction.starts_on, correction.due_on) == (
        OwedBy.APPLICANT,
        date(2026, 2, 3),
        date(2026, 2, 10),
    )
    assert held.events.latest("seq").words.text == "The address of the house."
    assert Notice.objects.filter(kind=NoticeKind.CORRECTION_NEEDED).count() == 1


def test_held_appeal_has_nothing_due_and_is_not_swept(held):
    held.refresh_from_db()

    assert held.next_due_on == date.max
    assert note_missed(zone=ZONE, on=DUE + DAY, at=MONDAY + 22 * DAY, limit=10) == 0


def test_resume_gives_back_the_working_days_it_stood_still(held):
    resumed = resume(held, correction="12 Abai street.", at=MONDAY + 7 * DAY)  # Monday 9 February

    reply = clock(held, ClockKind.REPLY)
    assert (resumed.status, reply.is_held) == (Status.ASSIGNED, False)
    assert reply.due_on == date(2026, 2, 27)  # four working days: 3, 4, 5, 6 February
    assert list(reply.changes.values_list("cause", "was", "became")) == [(DueCause.HELD, DUE, date(2026, 2, 27))]
    assert clock(held, ClockKind.CORRECTION).met_on == date(2026, 2, 9)
    assert resumed.next_due_on == date(2026, 2, 27)
    assert held.events.latest("seq").kind == EventKind.RESUMED


def test_resume_on_the_same_day_moves_nothing(held):
    resume(held, correction="12 Abai street.", at=MONDAY + DAY)

    assert clock(held, ClockKind.REPLY).due_on == DUE
    assert not clock(held, ClockKind.REPLY).changes.exists()


def test_resume_goes_back_to_where_the_appeal_was(appeal, executor):
    begin_review(appeal, by=executor, at=MONDAY)
    hold(appeal, missing="The address.", days=3, by=executor, at=MONDAY)

    assert resume(appeal, correction="12 Abai street.", at=MONDAY + DAY, by=executor).status == Status.IN_REVIEW


def test_hold_of_an_appeal_nobody_accepted_accepts_it(head):
    appeal = hold(make_appeal(), missing="The address.", days=3, by=head, at=MONDAY)

    assert clock(appeal, ClockKind.FORWARDING).cancelled_on == date(2026, 2, 2)
    assert [event.kind for event in appeal.events.all()] == ["registered", "routed", "accepted", "held"]


def test_hold_where_the_term_does_not_stop_leaves_the_reply_clock_running(head):
    Term.objects.filter(clock=ClockKind.REPLY).update(stops_for_correction=False)

    appeal = hold(make_appeal(), missing="The address.", days=3, by=head, at=MONDAY)

    assert not clock(appeal, ClockKind.REPLY).is_held
    resume(appeal, correction="12 Abai street.", at=MONDAY + 4 * DAY)
    assert clock(appeal, ClockKind.REPLY).due_on == DUE


@pytest.fixture
def held_complaint(head: Officer, executor: Officer) -> Appeal:
    """Its twenty days run on while the applicant has until Tuesday 10 February."""
    school = Agency.objects.get(code="akimat.education.kz-75")
    complaint = make_appeal(kind=Kind.COMPLAINT, complained_of=school, holder=head.agency)
    assign(complaint, executor, by=head, at=MONDAY)
    return hold(complaint, missing="The refusal complained of.", days=5, by=executor, at=MONDAY + DAY)


def test_review_meanwhile_of_what_does_not_stop_is_answered_and_ends_the_applicants_term(
    held_complaint, executor, head
):
    reviewed = begin_review(held_complaint, by=executor, at=MONDAY + 2 * DAY)

    assert (reviewed.status, reviewed.holds.get().resumed_on) == (Status.IN_REVIEW, date(2026, 2, 4))
    assert clock(held_complaint, ClockKind.CORRECTION).is_running
    prepare_reply(held_complaint, ANSWER, by=executor, at=MONDAY + 2 * DAY)
    answered = reply(held_complaint, by=head, at=MONDAY + 3 * DAY, seen=MONDAY + 2 * DAY)
    assert answered.status == Status.ANSWERED
    assert clock(held_complaint, ClockKind.CORRECTION).cancelled_on == date(2026, 2, 5)
    assert clock(held_complaint, ClockKind.REPLY).met_on == date(2026, 2, 5)
    assert note_lapsed(zone=ZONE, on=date(2026, 2, 20), at=MONDAY + 18 * DAY, limit=10) == 0
    assert not Breach.objects.exists()


def test_review_meanwhile_still_takes_the_correction(held_complaint, executor):
    begin_review(held_complaint, by=executor, at=MONDAY + 2 * DAY)

    resumed = resume(held_complaint, correction="Here it is.", at=MONDAY + 3 * DAY)

    assert resumed.status == Status.IN_REVIEW
    assert clock(held_complaint, ClockKind.CORRECTION).met_on == date(2026, 2, 5)


def test_correction_that_does_not_come_after_the_review_began_opens_no_return(held_complaint, executor):
    begin_review(held_complaint, by=executor, at=MONDAY + 2 * DAY)

    note_lapsed(zone=ZONE, on=date(2026, 2, 11), at=MONDAY + 9 * DAY, limit=10)

    assert held_complaint.events.latest("seq").kind == EventKind.LAPSED
    assert not held_complaint.clocks.filter(kind=ClockKind.RETURN).exists()


def test_assign_meanwhile_of_what_does_not_stop_is_possible_and_of_what_stands_still_refused(
    held_complaint, held, head, executor
):
    assert assign(held_complaint, executor, by=head, at=MONDAY + 2 * DAY).status == Status.ASSIGNED
    before = held.events.count()

    for act in (
        lambda: assign(held, executor, by=head, at=MONDAY + 2 * DAY),
        lambda: begin_review(held, by=executor, at=MONDAY + 2 * DAY),
    ):
        with pytest.raises(Refused, match="End the wait first"):
            act()
    assert (held.events.count(), held.holds.get().resumed_on) == (before, None)


def test_hold_twice_is_refused_and_changes_nothing(held, executor):
    resume(held, correction="12 Abai street.", at=MONDAY + 2 * DAY)

    with pytest.raises(Refused, match="already asked for a correction once"):
        hold(held, missing="The flat.", days=3, by=executor, at=MONDAY + 3 * DAY)

    assert Hold.objects.count() == 1


def test_hold_after_the_term_ended_is_refused(appeal, executor):
    with pytest.raises(Refused, match="ended on 23 February 2026"):
        hold(appeal, missing="The address.", days=3, by=executor, at=MONDAY + 22 * DAY)

    assert not Hold.objects.exists()


@pytest.mark.parametrize(("missing", "days", "field"), [("  ", 3, "missing"), ("x", 0, "days"), ("x", 11, "days")])
def test_hold_with_bad_input_is_refused_at_its_field(appeal, executor, missing, days, field):
    with pytest.raises(InvalidIntake) as refused:
        hold(appeal, missing=missing, days=days, by=executor, at=MONDAY)

    assert refused.value.field == field
    appeal.refresh_from_db()
    assert (appeal.status, Hold.objects.count()) == (Status.ASSIGNED, 0)


def test_hold_by_somebody_else_is_refused(appeal):
    with pytest.raises(Refused, match="assigned to somebody else"):
        hold(appeal, missing="The address.", days=3, by=make_officer(), at=MONDAY)


def test_nothing_is_prepared_while_the_applicant_is_asked(held, executor):
    with pytest.raises(Refused, match="End the wait first"):
        prepare_reply(held, ANSWER, by=executor, at=MONDAY + DAY)


def test_lapse_goes_on_with_the_reply_and_opens_the_return(held):
    assert note_lapsed(zone=ZONE, on=date(2026, 2, 10), at=MONDAY + 8 * DAY, limit=10) == 0  # its last day is in time
    assert note_lapsed(zone=ZONE, on=date(2026, 2, 11), at=MONDAY + 9 * DAY, limit=10) == 1

    held.refresh_from_db()
    reply, returning = clock(held, ClockKind.REPLY), clock(held, ClockKind.RETURN)
    assert (held.status, reply.is_held) == (Status.ASSIGNED, False)
    assert reply.due_on == date(2026, 3, 3)  # six working days: 3 to 10 February
    assert (returning.owed_by, returning.due_on) == (OwedBy.BODY, date(2026, 2, 13))
    assert held.next_due_on == date(2026, 2, 13)
    assert not Breach.objects.exists()
    assert Notice.objects.filter(kind=NoticeKind.CORRECTION_LAPSED).count() == 1
    assert held.events.latest("seq").data == {"clock": "correction", "due_on": "2026-02-10"}


def test_lapse_twice_changes_nothing(held):
    lapsed = [note_lapsed(zone=ZONE, on=date(2026, 2, 11), at=MONDAY + 9 * DAY, limit=10) for _ in range(2)]

    assert lapsed == [1, 0]
    assert held.events.filter(kind=EventKind.LAPSED).count() == 1


def test_return_after_a_lapse_meets_its_term(held, head):
    note_lapsed(zone=ZONE, on=date(2026, 2, 11), at=MONDAY + 9 * DAY, limit=10)

    returned = return_without_review(
        held, ReturnGround.NOT_CORRECTED, by=head, at=MONDAY + 11 * DAY, reason="No address was given."
    )

    assert returned.status == Status.RETURNED
    assert clock(held, ClockKind.RETURN).met_on == date(2026, 2, 13)
    assert not Breach.objects.exists()


def test_return_later_than_three_working_days_after_a_lapse_is_a_breach(held, head):
    note_lapsed(zone=ZONE, on=date(2026, 2, 11), at=MONDAY + 9 * DAY, limit=10)

    return_without_review(held, ReturnGround.NOT_CORRECTED, by=head, at=MONDAY + 14 * DAY, reason="No address.")

    assert Breach.objects.get().kind == ClockKind.RETURN


@pytest.mark.parametrize("is_asked", [False, True])
def test_return_as_not_corrected_before_the_time_is_over_is_refused(appeal, executor, head, is_asked):
    if is_asked:
        hold(appeal, missing="The address.", days=3, by=executor, at=MONDAY)

    with pytest.raises(Refused, match="time for the correction is over"):
        return_without_review(appeal, ReturnGround.NOT_CORRECTED, by=head, at=MONDAY, reason="No address.")


def test_return_for_insults_past_the_third_day_of_an_accepted_appeal_is_a_breach(appeal, head):
    return_without_review(appeal, ReturnGround.INSULTING, by=head, at=MONDAY + 4 * DAY, reason="Insults.")

    assert (Breach.objects.get().kind, clock(appeal, ClockKind.RETURN).due_on) == (ClockKind.RETURN, date(2026, 2, 5))


def test_correction_after_its_time_is_taken_until_the_appeal_is_returned(held, head):
    note_lapsed(zone=ZONE, on=date(2026, 2, 11), at=MONDAY + 9 * DAY, limit=10)

    resume(held, correction="12 Abai street.", at=MONDAY + 10 * DAY)

    assert clock(held, ClockKind.RETURN).cancelled_on == date(2026, 2, 12)
    with pytest.raises(Refused, match="No correction is awaited"):
        resume(held, correction="Again.", at=MONDAY + 10 * DAY)


def test_review_without_the_correction_ends_the_term_to_return(held, executor):
    note_lapsed(zone=ZONE, on=date(2026, 2, 11), at=MONDAY + 9 * DAY, limit=10)

    reviewed = begin_review(held, by=executor, at=MONDAY + 9 * DAY)

    assert (reviewed.status, clock(held, ClockKind.RETURN).cancelled_on) == (Status.IN_REVIEW, date(2026, 2, 11))
    assert note_missed(zone=ZONE, on=date(2026, 2, 20), at=MONDAY + 18 * DAY, limit=10) == 0
    with pytest.raises(Refused, match="already begun"):
        begin_review(held, by=executor, at=MONDAY + 9 * DAY)


def test_review_that_had_begun_goes_on_without_the_correction(appeal, executor):
    begin_review(appeal, by=executor, at=MONDAY)
    hold(appeal, missing="The address.", days=3, by=executor, at=MONDAY)
    note_lapsed(zone=ZONE, on=date(2026, 2, 6), at=MONDAY + 4 * DAY, limit=10)

    assert begin_review(appeal, by=executor, at=MONDAY + 4 * DAY).status == Status.IN_REVIEW
    assert not clock(appeal, ClockKind.RETURN).is_running


def test_preparing_the_reply_without_the_correction_ends_the_term_to_return(held, executor):
    note_lapsed(zone=ZONE, on=date(2026, 2, 11), at=MONDAY + 9 * DAY, limit=10)

    prepare_reply(held, ANSWER, by=executor, at=MONDAY + 10 * DAY)

    assert not clock(held, ClockKind.RETURN).is_running
    assert not Breach.objects.exists()


def test_preparing_the_same_reply_again_without_the_correction_ends_the_term_to_return(appeal, executor):
    prepare_reply(appeal, ANSWER, by=executor, at=MONDAY)
    hold(appeal, missing="The address.", days=3, by=executor, at=MONDAY)
    note_lapsed(zone=ZONE, on=date(2026, 2, 6), at=MONDAY + 4 * DAY, limit=10)

    prepare_reply(appeal, ANSWER, by=executor, at=MONDAY + 4 * DAY)

    assert not clock(appeal, ClockKind.RETURN).is_running
    assert [event.kind for event in appeal.events.all()][-1] == EventKind.REPLY_PREPARED


def test_resume_of_what_was_never_held_is_refused(appeal, executor):
    with pytest.raises(Refused, match="No correction is awaited"):
        resume(appeal, correction="12 Abai street.", at=MONDAY, by=executor)


def test_resume_with_nothing_written_is_refused_at_its_field(held):
    with pytest.raises(InvalidIntake) as refused:
        resume(held, correction=" ", at=MONDAY + 2 * DAY)

    assert refused.value.field == "correction"


def test_forward_ends_the_wait_and_all_that_was_owed_here(held, executor):
    to = Agency.objects.get(code="akimat.education.kz-79")

    forwarded = forward(held, to, by=executor, at=MONDAY + 3 * DAY, reason="Theirs.")

    assert forwarded.status == Status.REGISTERED
    assert clock(held, ClockKind.CORRECTION).cancelled_on == date(2026, 2, 5)
    assert Hold.objects.get().resumed_on == date(2026, 2, 5)
    assert clock(held, ClockKind.REPLY).agency == to
    assert not held.clocks.filter(is_held=True).exists()


def test_terminate_while_held_is_possible_and_starts_the_term_to_tell_it(held, head):
    terminate(held, TerminationGround.ANONYMOUS, by=head, at=MONDAY + 3 * DAY, reason="Nobody.")

    telling = clock(held, ClockKind.TERMINATION_NOTICE)
    assert (telling.starts_on, telling.due_on) == (date(2026, 2, 5), date(2026, 2, 10))
    assert clock(held, ClockKind.REPLY).met_on == date(2026, 2, 5)


def test_extension_after_a_hold_keeps_both(held, head):
    resume(held, correction="12 Abai street.", at=MONDAY + 7 * DAY)

    extend(held, until=date(2026, 3, 20), reason="A check.", by=head, at=MONDAY + 7 * DAY)

    reply = clock(held, ClockKind.REPLY)
    assert list(reply.changes.values_list("cause", "became")) == [
        (DueCause.HELD, date(2026, 2, 27)),
        (DueCause.EXTENDED, date(2026, 3, 20)),
    ]
    assert not list(faults(held.events.select_related("appeal", "words").order_by("seq")))
