"""The term for the answer extended: asked in time, decided by the head, never past the cap, told to the applicant."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agencies.domain.calendar import calendar
from agencies.domain.working_days import WorkingCalendar
from agencies.enums import Role
from agencies.models import Agency, Officer
from appeals.domain import clocks
from appeals.domain.assignment import assign
from appeals.domain.breaches import note_missed
from appeals.domain.extensions import ask_extension, extend, latest, refuse_extension
from appeals.domain.forwarding import forward
from appeals.domain.terms import latest_extension
from appeals.enums import CapFrom, ClockKind, DueCause, EventKind, Kind, NoticeKind, TermUnit
from appeals.errors import InvalidIntake, Refused
from appeals.models import Appeal, Clock, DueChange, Extension, Notice, Term
from appeals.rules.waiting import refusal_of_last_day
from tests.factories import MONDAY, make_appeal, make_officer

pytestmark = pytest.mark.django_db

DUE = date(2026, 2, 23)  # 15 working days after Monday 2 February 2026
DAY = timedelta(days=1)
MARCH = date(2026, 3, 20)
CAP = date(2026, 4, 2)  # two months from the decision of 2 February
ON_THE_LAST_DAY = MONDAY + 21 * DAY
AFTER_THE_LAST_DAY = MONDAY + 22 * DAY


@pytest.fixture(scope="module")
def shipped(django_db_setup: None, django_db_blocker) -> WorkingCalendar:
    with django_db_blocker.unblock():
        return calendar()


@pytest.fixture
def head() -> Officer:
    return make_officer(role=Role.HEAD)


@pytest.fixture
def executor() -> Officer:
    return make_officer()


@pytest.fixture
def appeal(head: Officer, executor: Officer) -> Appeal:
    return assign(make_appeal(), executor, by=head, at=MONDAY)


def reply_clock(appeal: Appeal) -> Clock:
    return appeal.clocks.get(kind=ClockKind.REPLY, cancelled_on=None)


def nothing_moved(appeal: Appeal) -> None:
    appeal.refresh_from_db()
    assert (reply_clock(appeal).due_on, appeal.next_due_on) == (DUE, DUE)
    assert not DueChange.objects.exists()
    assert not appeal.clocks.filter(kind=ClockKind.EXTENSION_NOTICE).exists()
    assert not Notice.objects.filter(kind=NoticeKind.EXTENDED).exists()
    assert not appeal.events.filter(kind=EventKind.EXTENDED).exists()


def test_extend_by_the_head_moves_the_last_day_and_tells_the_applicant(appeal, head):
    extend(appeal, until=MARCH, reason="A check on site is needed.", by=head, at=MONDAY)

    clock = reply_clock(appeal)
    assert (clock.due_on, clock.breached_on) == (MARCH, None)
    assert list(clock.changes.values_list("cause", "was", "became")) == [(DueCause.EXTENDED, DUE, MARCH)]
    event = appeal.events.get(kind=EventKind.EXTENDED)
    assert event.data == {"was": "2026-02-23", "became": "2026-03-20"}
    assert event.words.text == "A check on site is needed."
    assert Notice.objects.filter(kind=NoticeKind.EXTENDED, officer=None).count() == 1


def test_extend_starts_three_working_days_to_tell_the_applicant(appeal, head):
    extend(appeal, until=MARCH, reason="A check.", by=head, at=MONDAY)

    telling = appeal.clocks.get(kind=ClockKind.EXTENSION_NOTICE)
    assert (telling.starts_on, telling.due_on) == (date(2026, 2, 2), date(2026, 2, 5))
    appeal.refresh_from_db()
    assert appeal.next_due_on == telling.due_on


def test_extend_to_a_day_off_ends_on_the_next_working_day(appeal, head):
    extend(appeal, until=date(2026, 3, 8), reason="A check.", by=head, at=MONDAY)  # Sunday and holiday; 9 March is off

    assert reply_clock(appeal).due_on == date(2026, 3, 10)


def test_ask_and_extend_decides_what_was_asked(appeal, executor, head):
    asked = ask_extension(appeal, until=MARCH, reason="Waiting for the power company.", by=executor, at=MONDAY)
    assert reply_clock(appeal).due_on == DUE
    assert Notice.objects.get(kind=NoticeKind.EXTENSION_ASKED).officer == head

    extend(appeal, until=MARCH, reason="Granted.", by=head, at=MONDAY + DAY)

    asked.refresh_from_db()
    assert (asked.is_granted, asked.decided_by, asked.decided_on) == (True, head, date(2026, 2, 3))
    assert reply_clock(appeal).due_on == MARCH
    assert Extension.objects.count() == 1


def test_refuse_extension_leaves_the_term_as_it_was(appeal, executor, head):
    ask_extension(appeal, until=MARCH, reason="Much to do.", by=executor, at=MONDAY)

    refuse_extension(appeal, reason="The matter is simple.", by=head, at=MONDAY)

    assert Extension.objects.get().is_granted is False
    nothing_moved(appeal)
    assert appeal.events.latest("seq").kind == EventKind.EXTENSION_REFUSED


def test_ask_again_while_one_is_undecided_is_refused(appeal, executor):
    ask_extension(appeal, until=MARCH, reason="Much to do.", by=executor, at=MONDAY)

    with pytest.raises(Refused, match="already asked"):
        ask_extension(appeal, until=MARCH, reason="Still.", by=executor, at=MONDAY)

    assert Extension.objects.count() == 1


def test_extend_on_the_last_day_is_in_time(appeal, head):
    extend(appeal, until=MARCH, reason="A check.", by=head, at=ON_THE_LAST_DAY)

    assert reply_clock(appeal).due_on == MARCH


@pytest.mark.parametrize("is_swept", [False, True])
def test_extend_after_expiry_is_refused_and_changes_nothing(appeal, head, is_swept):
    if is_swept:
        note_missed(zone="Asia/Almaty", on=date(2026, 2, 24), at=AFTER_THE_LAST_DAY, limit=10)

    with pytest.raises(Refused, match="ended on 23 February 2026; it could be extended only before that"):
        extend(appeal, until=MARCH, reason="A check.", by=head, at=AFTER_THE_LAST_DAY)

    nothing_moved(appeal)


def test_ask_after_expiry_is_refused(appeal, executor):
    with pytest.raises(Refused, match="ended on 23 February 2026"):
        ask_extension(appeal, until=MARCH, reason="A check.", by=executor, at=AFTER_THE_LAST_DAY)

    assert not Extension.objects.exists()


def test_what_was_asked_in_time_cannot_be_granted_after_expiry(appeal, executor, head):
    ask_extension(appeal, until=MARCH, reason="A check.", by=executor, at=ON_THE_LAST_DAY)

    with pytest.raises(Refused, match="ended on 23 February 2026"):
        extend(appeal, until=MARCH, reason="A check.", by=head, at=AFTER_THE_LAST_DAY)

    nothing_moved(appeal)


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.HEAD, Role.DEPUTY)])
def test_extend_by_anybody_but_head_and_deputy_is_refused(appeal, role):
    with pytest.raises(Refused, match="role"):
        extend(appeal, until=MARCH, reason="A check.", by=make_officer(role=role), at=MONDAY)

    nothing_moved(appeal)


def test_extend_by_the_head_of_another_body_is_refused(appeal):
    with pytest.raises(Refused, match="holding the appeal"):
        extend(appeal, until=MARCH, reason="A check.", by=make_officer("akimat.education.kz-79", Role.HEAD), at=MONDAY)

    nothing_moved(appeal)


def test_extend_to_the_cap_is_possible_and_past_it_refused(appeal, head):
    with pytest.raises(InvalidIntake, match="until 2 April 2026 at most") as refused:
        extend(appeal, until=CAP + DAY, reason="A check.", by=head, at=MONDAY)
    assert refused.value.field == "until"
    nothing_moved(appeal)

    extend(appeal, until=CAP, reason="A check.", by=head, at=MONDAY)

    assert reply_clock(appeal).due_on == CAP


@pytest.mark.parametrize("until", [DUE, DUE - DAY, date(2020, 1, 1)])
def test_extend_never_shortens(appeal, head, until):
    with pytest.raises(InvalidIntake, match="must lie after the present one"):
        extend(appeal, until=until, reason="Sooner.", by=head, at=MONDAY)

    nothing_moved(appeal)


def test_extend_again_counts_the_cap_from_the_first_decision(appeal, head):
    extend(appeal, until=MARCH, reason="A check.", by=head, at=MONDAY)
    later = MONDAY + 30 * DAY

    with pytest.raises(InvalidIntake, match="until 2 April 2026 at most"):
        extend(appeal, until=CAP + DAY, reason="Again.", by=head, at=later)
    extend(appeal, until=CAP, reason="Again.", by=head, at=later)

    assert reply_clock(appeal).due_on == CAP


@pytest.mark.parametrize("reason", ["", "   "])
def test_extend_without_a_reason_is_refused_at_its_field(appeal, head, reason):
    with pytest.raises(InvalidIntake) as refused:
        extend(appeal, until=MARCH, reason=reason, by=head, at=MONDAY)

    assert refused.value.field == "reason"
    nothing_moved(appeal)


def test_extend_a_complaint_is_refused_whoever_asks(executor, head):
    complained_of = Agency.objects.get(code="akimat.education.kz-79")
    complaint = make_appeal(kind=Kind.COMPLAINT, complained_of=complained_of, topic=None)
    superior = complained_of.superior
    registrar = make_officer(complaint.agency, Role.REGISTRAR)
    complaint = forward(complaint, superior, by=registrar, at=MONDAY, reason="Passed up.")
    decider, worker = make_officer(superior, Role.HEAD), make_officer(superior)
    complaint = assign(complaint, worker, by=decider, at=MONDAY)
    due = clocks.reply_clock(complaint).due_on

    for act, by in ((extend, decider), (ask_extension, worker)):
        with pytest.raises(Refused, match="does not let this term be extended"):
            act(complaint, until=due + 7 * DAY, reason="A check.", by=by, at=MONDAY)

    assert clocks.reply_clock(complaint).due_on == due


def test_extension_under_the_law_of_2007_is_thirty_calendar_days_past_the_last(executor, head):
    march = datetime.fromisoformat("2021-03-01T06:00+00:00")
    appeal = assign(make_appeal(at=march), executor, by=head, at=march)
    clock = clocks.reply_clock(appeal)
    assert clock.due_on == date(2021, 3, 16)

    assert latest(clock, date(2021, 3, 2)) == date(2021, 4, 15)
    with pytest.raises(InvalidIntake, match="15 April 2021 at most"):
        extend(appeal, until=date(2021, 4, 16), reason="A check.", by=head, at=march)


def test_forward_drops_an_extension_nobody_decided(appeal, executor, head):
    ask_extension(appeal, until=MARCH, reason="A check.", by=executor, at=MONDAY)
    to = Agency.objects.get(code="akimat.education.kz-79")

    forward(appeal, to, by=head, at=MONDAY, reason="Theirs.")

    with pytest.raises(Refused, match="No extension is asked for"):
        refuse_extension(appeal, reason="Not ours.", by=make_officer(to, Role.HEAD), at=MONDAY)
    assert reply_clock(appeal).due_on == DUE


DAYS = st.dates(date(2022, 1, 1), date(2029, 6, 30))
CAPS = st.sampled_from(
    [
        Term(extension_cap=2, extension_unit=TermUnit.MONTHS, extension_from=CapFrom.DECISION),
        Term(extension_cap=30, extension_unit=TermUnit.CALENDAR_DAYS, extension_from=CapFrom.DUE),
    ]
)


@settings(deadline=None, max_examples=300)
@given(due=DAYS, early=st.integers(0, 60), further=st.integers(-10, 120), term=CAPS)
def test_whatever_the_rule_lets_through_is_later_than_before_and_within_the_cap(shipped, due, early, further, term):
    due = shipped.rolled(due)
    decided_on, until = due - early * DAY, due + further * DAY
    latest_day = latest_extension(term, due, decided_on=decided_on)

    refusal = refusal_of_last_day(until, Clock(due_on=due), latest=latest_day)

    became = shipped.rolled(until)
    assert bool(refusal) == (until <= due or until > latest_day)
    assert refusal or due < became <= shipped.rolled(latest_day)
