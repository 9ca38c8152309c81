"""An appeal registered by mistake is struck off: its clocks are cancelled, not met."""

from datetime import timedelta

import pytest

from agencies.enums import Role
from agencies.models import Officer
from appeals.domain.closing import strike_off, terminate
from appeals.domain.history import faults
from appeals.domain.registration import register
from appeals.domain.statistics.rebuilding import differences
from appeals.domain.wording import names_in, told_to_applicant
from appeals.enums import ClockKind, EventKind, Kind, NoticeKind, Status, TerminationGround
from appeals.errors import InvalidIntake, Refused
from appeals.models import Appeal
from tests.factories import MONDAY, make_appeal, make_intake, make_officer

DAY = timedelta(days=1)


@pytest.fixture
def head(db: None) -> Officer:
    return make_officer(role=Role.HEAD)


@pytest.fixture
def registrar(db: None) -> Officer:
    return make_officer(role=Role.REGISTRAR)


@pytest.fixture
def entered(registrar: Officer) -> Appeal:
    """A letter that the registrar has entered."""
    return register(make_intake(holder=registrar.agency), at=MONDAY, by=registrar)


def struck(appeal: Appeal, **how: object) -> Appeal:
    return strike_off(appeal, **{"reason": "The letter was scanned twice.", "at": MONDAY} | how)


def test_strike_off_ends_the_appeal_and_cancels_its_clocks_without_a_term_for_telling(entered, head):
    struck(entered, by=head)

    entered.refresh_from_db()
    assert (entered.status, entered.closed_on) == (Status.TERMINATED, MONDAY.date())
    clocks = {clock.kind: (clock.met_on, clock.cancelled_on) for clock in entered.clocks.all()}
    assert clocks[ClockKind.REPLY] == clocks[ClockKind.FORWARDING] == (None, MONDAY.date())
    assert ClockKind.TERMINATION_NOTICE not in clocks


def test_strike_off_tells_the_applicant_the_reason_and_the_number_of_the_true_one(entered, head):
    true = make_appeal()

    struck(entered, by=head, duplicate_of=true)

    entered.refresh_from_db()
    assert entered.previous == true
    line = entered.events.last()
    assert (line.kind, line.data) == (EventKind.TERMINATED, {"ground": "by_mistake", "duplicate_of": true.number})
    told = told_to_applicant([line], names_in([line.data]))[0]
    assert told.title == "Review terminated. Ground: Registered by mistake"
    assert told.text == f"The letter was scanned twice. The appeal goes on under the number {true.number}."
    assert entered.notices.filter(kind=NoticeKind.TERMINATED).count() == 1
    assert list(faults(entered.events.select_related("appeal", "words").order_by("seq"))) == []
    assert differences() == []


def test_strike_off_by_the_registrar_who_entered_it_on_the_same_day_is_done(entered, registrar):
    assert struck(entered, by=registrar).status == Status.TERMINATED


def test_strike_off_by_the_registrar_on_another_day_is_refused_and_changes_nothing(entered, registrar):
    with pytest.raises(Refused, match="only on the day of registration"):
        struck(entered, by=registrar, at=MONDAY + DAY)

    entered.refresh_from_db()
    assert entered.is_open


def test_strike_off_by_another_registrar_is_refused(entered):
    with pytest.raises(Refused, match="registered herself"):
        struck(entered, by=make_officer(role=Role.REGISTRAR))


def test_strike_off_by_head_or_deputy_is_possible_later(entered):
    assert struck(entered, by=make_officer(role=Role.DEPUTY), at=MONDAY + DAY).status == Status.TERMINATED


@pytest.mark.parametrize("role", [Role.EXECUTOR, Role.UNIT_HEAD, Role.CONTROLLER, Role.DUTY])
def test_strike_off_by_any_other_role_is_refused(entered, role):
    with pytest.raises(Refused, match="role"):
        struck(entered, by=make_officer(role=role))


def test_strike_off_a_complaint_by_the_body_complained_of_is_refused(head):
    complaint = make_appeal(kind=Kind.COMPLAINT, topic=None, complained_of=head.agency)

    with pytest.raises(Refused, match="passes the complaint up"):
        struck(complaint, by=head)


def test_strike_off_a_closed_appeal_is_refused(entered, head):
    struck(entered, by=head)

    with pytest.raises(Refused, match="closed"):
        struck(entered, by=head)


def test_strike_off_without_a_reason_is_refused_and_changes_nothing(entered, head):
    true = make_appeal()

    with pytest.raises(InvalidIntake, match="Give the reason"):
        struck(entered, by=head, reason=" ", duplicate_of=true)

    assert Appeal.objects.get(pk=entered.pk).is_open


def test_strike_off_as_a_duplicate_of_itself_or_of_a_struck_one_is_refused(entered, head):
    other = struck(make_appeal(), by=head)

    for true, reason in ((entered, "duplicate of itself"), (other, "itself registered by mistake")):
        with pytest.raises(InvalidIntake, match=reason) as refused:
            struck(entered, by=head, duplicate_of=true)
        assert refused.value.field == "duplicate_of"
    assert Appeal.objects.get(pk=entered.pk).previous is None


def test_terminate_as_registered_by_mistake_is_refused(entered, head):
    with pytest.raises(Refused, match="struck off"):
        terminate(entered, TerminationGround.BY_MISTAKE, by=head, at=MONDAY, reason="Twice.")


def test_terminate_for_want_of_a_superior_is_only_for_a_complaint_that_none_hears(entered, head):
    with pytest.raises(Refused, match="no body hears"):
        terminate(entered, TerminationGround.NO_SUPERIOR, by=head, at=MONDAY, reason="To court.")
