"""Nobody is refused unheard: the notice, the third working day, the objection, the protocol, the waiver."""

from datetime import UTC, date, datetime, timedelta

import pytest

from agencies.enums import Role
from agencies.models import Agency, Officer
from appeals.domain import hearings, holds
from appeals.domain.assignment import assign
from appeals.domain.forwarding import forward
from appeals.domain.hearings import notify_hearing, object_, record_hearing, waive_hearing
from appeals.domain.replies import Answer, prepare_reply, reply
from appeals.enums import ClockKind, EventKind, HearingWay, Kind, NoticeKind, Outcome, Status, WaiverGround
from appeals.errors import InvalidIntake, Refused
from appeals.models import Appeal, Breach, Hearing, Notice, Term
from tests.factories import MONDAY, make_appeal, make_officer

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
REFUSAL = Answer(Outcome.REFUSED, "No pipe can be laid there.", "Law on local government, Art. 27", "Three months…")


def kinds(appeal: Appeal) -> list[str]:
    return [event.kind for event in appeal.events.all()]


@pytest.fixture
def head() -> Officer:
    return make_officer(role=Role.HEAD)


@pytest.fixture
def executor() -> Officer:
    return make_officer()


def ready(executor: Officer, head: Officer, outcome: Outcome = Outcome.REFUSED, **fields: object) -> Appeal:
    """An appeal whose answer with `outcome` waits for the signature."""
    appeal = assign(make_appeal(**fields), executor, by=head, at=MONDAY)
    return prepare_reply(appeal, Answer(**vars(REFUSAL) | {"outcome": outcome}), by=executor, at=MONDAY)


def notified(executor: Officer, head: Officer, way: HearingWay = HearingWay.WRITTEN) -> Appeal:
    appeal = ready(executor, head)
    return notify_hearing(appeal, decision="We mean to refuse.", way=way, by=executor, at=MONDAY)


def test_notify_hearing_gives_two_working_days_to_object_and_owes_the_notice(executor, head):
    appeal = notified(executor, head)

    clock = appeal.clocks.get(kind=ClockKind.OBJECTION)
    assert (clock.starts_on, clock.due_on, clock.owed_by) == (date(2026, 2, 2), date(2026, 2, 4), "applicant")
    hearing = appeal.hearings.get()
    assert (hearing.notified_on, hearing.decision, hearing.way) == (date(2026, 2, 2), "We mean to refuse.", "written")
    assert (hearing.agency, hearing.by) == (appeal.agency, executor)
    assert Notice.objects.filter(kind=NoticeKind.HEARING).count() == 1
    assert appeal.events.last().words.text == "We mean to refuse."


def test_notify_hearing_sent_twice_is_refused_the_second_time_and_tells_nobody_again(executor, head):
    appeal = notified(executor, head)
    before = kinds(appeal)

    with pytest.raises(InvalidIntake, match="already made known today") as refused:
        notify_hearing(appeal, decision="We mean to refuse.", way=HearingWay.WRITTEN, by=executor, at=MONDAY)

    assert refused.value.field == "decision"
    assert (appeal.hearings.count(), kinds(appeal)) == (1, before)
    assert Notice.objects.filter(kind=NoticeKind.HEARING).count() == 1


@pytest.mark.parametrize("kind", [Kind.APPLICATION, Kind.COMPLAINT])
@pytest.mark.parametrize("outcome", [Outcome.REFUSED, Outcome.PARTLY])
def test_reply_that_is_adverse_without_a_hearing_is_refused_and_stays_unsigned(executor, head, kind, outcome):
    about = {"topic": None, "complained_of": Agency.objects.get(code="akimat.education.kz-75")}
    complaint = about | {"kind": kind, "holder": head.agency}
    appeal = ready(executor, head, outcome, **complaint if kind == Kind.COMPLAINT else {})

    with pytest.raises(Refused, match="make the preliminary decision known, or record why"):
        reply(appeal, by=head, at=MONDAY + 10 * DAY, seen=MONDAY)

    appeal.refresh_from_db()
    assert (appeal.status, appeal.reply.signed_at) == (Status.IN_REVIEW, None)
    assert kinds(appeal)[-1] == "reply_prepared"


@pytest.mark.parametrize("outcome", [Outcome.SATISFIED, Outcome.EXPLAINED, Outcome.NOTED])
def test_reply_that_is_not_adverse_needs_no_hearing(executor, head, outcome):
    assert reply(ready(executor, head, outcome), by=head, at=MONDAY, seen=MONDAY).status == Status.ANSWERED


@pytest.mark.parametrize("kind", [Kind.REPORT, Kind.PROPOSAL, Kind.OPINION, Kind.INQUIRY])
def test_reply_in_the_simplified_procedure_needs_no_hearing(executor, head, kind):
    assert reply(ready(executor, head, kind=kind), by=head, at=MONDAY, seen=MONDAY).status == Status.ANSWERED


def test_reply_under_the_law_of_2007_needs_no_hearing(executor, head):
    then = datetime(2021, 3, 1, 5, tzinfo=UTC)
    appeal = assign(make_appeal(at=then), executor, by=head, at=then)
    prepare_reply(appeal, REFUSAL, by=executor, at=then)

    assert reply(appeal, by=head, at=then + DAY, seen=then).status == Status.ANSWERED


@pytest.mark.parametrize("days", [0, 1, 2])
def test_reply_before_the_third_working_day_after_the_notice_is_refused_and_names_the_day(executor, head, days):
    appeal = notified(executor, head)

    with pytest.raises(Refused, match="can be signed from 5 February 2026 on"):
        reply(appeal, by=head, at=MONDAY + days * DAY, seen=MONDAY)

    appeal.refresh_from_db()
    assert appeal.reply.signed_at is None


def test_reply_on_the_third_working_day_after_the_notice_is_signed(executor, head):
    appeal = notified(executor, head)

    assert reply(appeal, by=head, at=MONDAY + 3 * DAY, seen=MONDAY).status == Status.ANSWERED
    assert not appeal.clocks.running().exists()
    assert not Breach.objects.exists()


def test_reply_after_a_notice_on_a_thursday_waits_over_the_weekend(executor, head):
    appeal = ready(executor, head)
    notify_hearing(appeal, decision="No.", way=HearingWay.WRITTEN, by=head, at=MONDAY + 3 * DAY)

    assert hearings.owed(appeal, on=date(2026, 2, 6)).signing_from == date(2026, 2, 10)


def test_reply_after_a_waiver_is_signed_at_once(executor, head):
    appeal = ready(executor, head)
    waive_hearing(appeal, ground=WaiverGround.ASKED, reason="By phone on Monday.", by=executor, at=MONDAY)

    assert reply(appeal, by=head, at=MONDAY, seen=MONDAY).status == Status.ANSWERED
    assert appeal.events.get(kind=EventKind.HEARING_WAIVED).data == {"waiver": "asked"}


def test_notify_hearing_again_begins_the_days_anew(executor, head):
    appeal = notified(executor, head)

    notify_hearing(appeal, decision="On second thoughts.", way=HearingWay.VIDEO, by=head, at=MONDAY + 2 * DAY)

    assert hearings.owed(appeal, on=date(2026, 2, 5)).signing_from == date(2026, 2, 9)
    assert appeal.clocks.running().get(kind=ClockKind.OBJECTION).due_on == date(2026, 2, 6)
    assert Notice.objects.filter(kind=NoticeKind.HEARING).count() == 2


def test_hearing_of_the_body_before_counts_for_nothing_after_forwarding(executor, head):
    appeal = notified(executor, head)
    education = Agency.objects.get(code="akimat.education.kz-79")

    moved = forward(appeal, education, by=head, at=MONDAY + DAY, reason="A school after all")

    assert appeal.clocks.get(kind=ClockKind.OBJECTION).cancelled_on == date(2026, 2, 3)
    assert hearings.owed(moved, on=date(2026, 3, 2)).signing_from is None
    with pytest.raises(Refused, match="no preliminary decision"):
        object_(moved, text="I do not agree.", at=MONDAY + DAY)


def test_hearing_where_the_law_asks_for_none_is_refused_and_leaves_no_trace(executor, head):
    appeal = ready(executor, head, kind=Kind.INQUIRY)

    for act in (
        lambda: notify_hearing(appeal, decision="No.", way=HearingWay.WRITTEN, by=executor, at=MONDAY),
        lambda: waive_hearing(appeal, ground=WaiverGround.URGENT, reason="Fire.", by=executor, at=MONDAY),
    ):
        with pytest.raises(Refused, match="no hearing before the answer"):
            act()
    assert not Hearing.objects.exists()
    assert kinds(appeal)[-1] == "reply_prepared"


def test_hearing_by_a_colleague_who_neither_has_the_appeal_nor_heads_the_body_is_refused(executor, head):
    appeal = notified(executor, head)
    colleague = make_officer()

    for act in (
        lambda: notify_hearing(appeal, decision="No.", way=HearingWay.WRITTEN, by=colleague, at=MONDAY),
        lambda: record_hearing(appeal, held_on=MONDAY.date(), protocol="", by=colleague, at=MONDAY),
        lambda: waive_hearing(appeal, ground=WaiverGround.URGENT, reason="Fire.", by=colleague, at=MONDAY),
    ):
        with pytest.raises(Refused, match="somebody else"):
            act()
    assert appeal.hearings.count() == 1


def test_hearing_while_the_applicant_is_asked_for_a_correction_is_refused(executor, head):
    appeal = holds.hold(ready(executor, head), missing="The address.", days=3, by=head, at=MONDAY)

    with pytest.raises(Refused, match="asked for a correction"):
        notify_hearing(appeal, decision="No.", way=HearingWay.WRITTEN, by=executor, at=MONDAY)


def test_object_in_time_meets_the_clock_and_keeps_the_words(executor, head):
    appeal = object_(notified(executor, head), text="There is a pipe next door.", at=MONDAY + 2 * DAY)

    hearing = appeal.hearings.get()
    assert (hearing.objection, hearing.objected_on) == ("There is a pipe next door.", date(2026, 2, 4))
    assert appeal.clocks.get(kind=ClockKind.OBJECTION).met_on == date(2026, 2, 4)
    event = appeal.events.last()
    assert (event.kind, event.by, event.data) == (EventKind.OBJECTED, None, {"is_late": False})


def test_object_after_its_time_is_taken_until_the_answer_is_signed_and_is_no_breach(executor, head):
    appeal = notified(executor, head)
    later = MONDAY + 7 * DAY
    holds.note_lapsed(zone=appeal.agency.zone, on=later.date(), at=later, limit=10)

    object_(appeal, text="Only now.", by=make_officer(role=Role.REGISTRAR), at=later)

    assert appeal.events.last().data == {"is_late": True}
    assert appeal.clocks.get(kind=ClockKind.OBJECTION).cancelled_on == later.date()
    assert not Breach.objects.exists()


def test_object_twice_or_after_signing_is_refused_and_changes_nothing(executor, head):
    appeal = object_(notified(executor, head), text="No!", at=MONDAY)
    with pytest.raises(Refused, match="no preliminary decision to object to"):
        object_(appeal, text="And again", at=MONDAY)

    reply(appeal, by=head, at=MONDAY + 3 * DAY, seen=MONDAY)
    with pytest.raises(Refused, match="closed"):
        object_(appeal, text="Too late", at=MONDAY + 3 * DAY)
    assert appeal.hearings.get().objection == "No!"


@pytest.mark.parametrize("way", [HearingWay.IN_PERSON, HearingWay.VIDEO])
def test_record_hearing_held_orally_needs_a_protocol(executor, head, way):
    appeal = notified(executor, head, way)

    with pytest.raises(InvalidIntake) as refusal:
        record_hearing(appeal, held_on=date(2026, 2, 3), protocol=" ", by=executor, at=MONDAY + DAY)
    assert refusal.value.field == "protocol"

    record_hearing(appeal, held_on=date(2026, 2, 3), protocol="She spoke.", by=executor, at=MONDAY + DAY)
    hearing = appeal.hearings.get()
    assert (hearing.held_on, hearing.protocol) == (date(2026, 2, 3), "She spoke.")
    with pytest.raises(Refused, match="still to be recorded"):
        record_hearing(appeal, held_on=date(2026, 2, 3), protocol="Again.", by=executor, at=MONDAY + DAY)


def test_record_hearing_in_writing_needs_no_protocol(executor, head):
    appeal = record_hearing(notified(executor, head), held_on=date(2026, 2, 2), protocol="", by=executor, at=MONDAY)

    assert appeal.hearings.get().held_on == date(2026, 2, 2)


@pytest.mark.parametrize(("held_on", "why"), [(date(2026, 2, 1), "made known"), (date(2026, 2, 4), "future")])
def test_record_hearing_on_an_impossible_day_is_sent_back_to_the_field(executor, head, held_on, why):
    appeal = notified(executor, head)

    with pytest.raises(InvalidIntake, match=why) as refusal:
        record_hearing(appeal, held_on=held_on, protocol="x", by=executor, at=MONDAY + DAY)

    assert refusal.value.field == "held_on"
    assert appeal.hearings.get().held_on is None


def test_hearing_acts_with_nothing_written_are_sent_back_to_the_field(executor, head):
    appeal = notified(executor, head)

    for field, act in (
        ("decision", lambda: notify_hearing(appeal, decision=" ", way=HearingWay.WRITTEN, by=executor, at=MONDAY)),
        ("text", lambda: object_(appeal, text=" ", at=MONDAY)),
        ("reason", lambda: waive_hearing(appeal, ground=WaiverGround.URGENT, reason=" ", by=executor, at=MONDAY)),
    ):
        with pytest.raises(InvalidIntake) as refusal:
            act()
        assert refusal.value.field == field
    assert (appeal.hearings.count(), kinds(appeal)[-1]) == (1, "hearing_notified")


def test_the_days_before_signing_come_from_the_law_of_the_day(executor, head):
    Term.objects.filter(clock=ClockKind.HEARING).update(length=5)

    assert hearings.owed(notified(executor, head), on=date(2026, 2, 3)).signing_from == date(2026, 2, 9)
