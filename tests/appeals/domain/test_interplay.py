"""Acts that meet each other: what one leaves, the next must find right."""

from datetime import UTC, date, datetime, timedelta

import pytest

from agencies.domain.calendar import calendar
from agencies.enums import Origin, Role
from agencies.models import Agency, CalendarDay, Officer
from appeals.domain.assignment import assign
from appeals.domain.breaches import note_missed
from appeals.domain.closing import strike_off
from appeals.domain.co_execution import answer_as_co_executor, ask_co_executor
from appeals.domain.deliveries import worded
from appeals.domain.extensions import ask_extension, extend
from appeals.domain.file_access import ask_for_file, show_file
from appeals.domain.forwarding import forward
from appeals.domain.hearings import notify_hearing, object_
from appeals.domain.holds import hold, note_lapsed, resume
from appeals.domain.recomputing import recompute
from appeals.domain.withdrawal import withdraw
from appeals.domain.wording import history_of, names_in, told_to_applicant
from appeals.enums import ClockKind, EventKind, HearingWay, NoticeKind
from appeals.models import Appeal, Breach, Clock, Notice, Term
from reception.domain import tracking
from tests.factories import MONDAY, make_appeal, make_officer

pytestmark = pytest.mark.django_db

DUE = date(2026, 2, 23)  # 15 working days after Monday 2 February 2026
DAY = timedelta(days=1)
ZONE = "Asia/Almaty"
ELSEWHERE = "akimat.education.kz-79"


@pytest.fixture
def head() -> Officer:
    return make_officer(role=Role.HEAD)


@pytest.fixture
def executor() -> Officer:
    return make_officer()


@pytest.fixture
def appeal(head: Officer, executor: Officer) -> Appeal:
    return assign(make_appeal(), executor, by=head, at=MONDAY)


def clock(appeal: Appeal, kind: ClockKind) -> Clock:
    return appeal.clocks.filter(kind=kind).latest("pk")


def sweep(at: datetime) -> int:
    return note_missed(zone=ZONE, on=at.date(), at=at, limit=100)


# breaches name who was late


@pytest.mark.parametrize("is_swept", [False, True])
def test_breach_of_an_inner_term_names_the_colleague_who_was_asked(appeal, executor, is_swept):
    colleague = make_officer()
    ask_co_executor(appeal, to=colleague, question="Well?", days=1, by=executor, at=MONDAY)

    if is_swept:
        sweep(MONDAY + 2 * DAY)
    else:
        answer_as_co_executor(appeal, answer="Sorry.", by=colleague, at=MONDAY + 2 * DAY)

    assert Breach.objects.get().officer == colleague
    assert not Breach.objects.visible_to(executor).exists()


# a term that stands still is not over


def test_applicant_who_is_asked_is_not_told_of_silence_nor_of_a_delay(appeal, executor):
    hold(appeal, missing="The address.", days=10, by=executor, at=MONDAY + 18 * DAY)  # Friday 20 February

    case = tracking.case(appeal.pk, on=DUE + 4 * DAY)

    assert (case.is_silent, case.countdown.state) == (False, "held")


# the term for telling an extension ends with the extended one


@pytest.mark.parametrize("how", ["withdrawn", "struck off", "forwarded"])
def test_telling_of_an_extension_is_owed_no_more_once_the_extended_term_is_gone(appeal, executor, head, how):
    extend(appeal, until=date(2026, 3, 20), reason="A check.", by=head, at=MONDAY)

    if how == "withdrawn":
        withdraw(appeal, at=MONDAY + DAY)
    elif how == "struck off":
        strike_off(appeal, reason="Scanned twice.", by=head, at=MONDAY + DAY)
    else:
        forward(appeal, Agency.objects.get(code=ELSEWHERE), by=executor, at=MONDAY + DAY, reason="Theirs.")

    assert clock(appeal, ClockKind.EXTENSION_NOTICE).cancelled_on == date(2026, 2, 3)
    sweep(MONDAY + 9 * DAY)
    assert not Breach.objects.filter(kind=ClockKind.EXTENSION_NOTICE).exists()


def test_next_body_that_extends_has_its_own_term_for_telling_it(appeal, executor, head):
    extend(appeal, until=date(2026, 3, 20), reason="A check.", by=head, at=MONDAY)
    to = Agency.objects.get(code=ELSEWHERE)
    forwarded = forward(appeal, to, by=executor, at=MONDAY + DAY, reason="Theirs.")

    extend(forwarded, until=date(2026, 3, 27), reason="A check.", by=make_officer(to, Role.HEAD), at=MONDAY + 2 * DAY)

    telling = clock(appeal, ClockKind.EXTENSION_NOTICE)
    assert (telling.agency, telling.due_on) == (to, date(2026, 2, 9))


# who may decide is asked


def test_extension_asked_for_where_there_is_no_head_is_told_to_the_deputy(executor):
    deputy = make_officer(role=Role.DEPUTY)
    appeal = assign(make_appeal(), executor, by=deputy, at=MONDAY)

    ask_extension(appeal, until=date(2026, 3, 20), reason="A check.", by=executor, at=MONDAY)

    assert Notice.objects.get(kind=NoticeKind.EXTENSION_ASKED).officer == deputy


# a letter names the body that did what it tells


def forwarded_to(code: str, appeal: Appeal, executor: Officer) -> Agency:
    to = Agency.objects.get(code=code)
    forward(appeal, to, by=executor, at=MONDAY + DAY, reason="Theirs.")
    return to


@pytest.mark.parametrize("kind", [NoticeKind.FILE_SHOWN, NoticeKind.EXTENDED])
def test_letter_sent_after_forwarding_names_the_body_that_acted(appeal, executor, head, kind):
    ask_for_file(appeal, at=MONDAY)
    extend(appeal, until=date(2026, 3, 20), reason="A check.", by=head, at=MONDAY)
    to = forwarded_to(ELSEWHERE, appeal, executor)
    show_file(appeal, how="Room 5.", by=executor, at=MONDAY + 2 * DAY)

    body = worded(Notice.objects.get(kind=kind), at=MONDAY + 3 * DAY).body

    assert head.agency.named("kk") in body
    assert to.named("kk") not in body


# days do not depend on when a sweep ran, nor on a wait before the count began


def test_lapse_noted_days_late_moves_the_terms_no_further_than_one_noted_in_time(appeal, executor):
    hold(appeal, missing="The address.", days=5, by=executor, at=MONDAY + DAY)  # until Tuesday 10 February

    assert note_lapsed(zone=ZONE, on=date(2026, 2, 16), at=MONDAY + 14 * DAY, limit=10) == 1

    assert clock(appeal, ClockKind.REPLY).due_on == date(2026, 3, 3)
    returning = clock(appeal, ClockKind.RETURN)
    assert (returning.starts_on, returning.due_on) == (date(2026, 2, 10), date(2026, 2, 13))
    assert appeal.holds.get().resumed_on == date(2026, 2, 11)


def test_hold_before_the_first_counted_day_gives_back_only_days_that_count(appeal, executor):
    hold(appeal, missing="The address.", days=5, by=executor, at=MONDAY)  # counted from Tuesday

    resume(appeal, correction="12 Abai street.", at=MONDAY + 3 * DAY)

    assert clock(appeal, ClockKind.REPLY).due_on == date(2026, 2, 25)  # Tuesday and Wednesday


def test_hold_and_correction_before_the_count_begins_move_nothing(executor, head):
    friday_evening = datetime(2026, 2, 6, 15, tzinfo=UTC)  # 20:00: registered on Monday
    appeal = assign(make_appeal(friday_evening), executor, by=head, at=friday_evening)
    hold(appeal, missing="The address.", days=5, by=executor, at=friday_evening)

    resume(appeal, correction="12 Abai street.", at=friday_evening + DAY)

    reply = clock(appeal, ClockKind.REPLY)
    assert (reply.due_on, reply.is_held) == (date(2026, 3, 2), False)
    assert not reply.changes.exists()


# the applicant reads nothing of inner terms


def test_applicant_reads_nothing_of_an_inner_term_that_the_calendar_moves(appeal, executor):
    ask_co_executor(appeal, to=make_officer(), question="Well?", days=3, by=executor, at=MONDAY)
    CalendarDay.objects.create(day=date(2026, 2, 4), is_working=False, origin=Origin.DECREE, act="No. 1")

    recompute([appeal.pk], calendar(), at=MONDAY)

    events = history_of(appeal)
    moved = next(event for event in events if event.kind == EventKind.DUE_MOVED)
    assert {move["clock"] for move in moved.data["moves"]} == {ClockKind.CO_EXECUTOR, ClockKind.REPLY}
    told = told_to_applicant([moved], names_in([moved.data]))
    assert "co-executor" not in told[0].text
    assert "Reply" in told[0].text


# the law may know no term


def test_objection_is_taken_where_the_law_sets_no_term_for_it(appeal, head):
    Term.objects.filter(clock=ClockKind.OBJECTION).update(valid_to=date(2026, 1, 31))
    notify_hearing(appeal, decision="We mean to refuse.", way=HearingWay.WRITTEN, by=head, at=MONDAY)

    object_(appeal, text="Look again.", at=MONDAY + DAY)

    assert appeal.hearings.get().objection == "Look again."
