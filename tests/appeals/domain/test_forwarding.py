"""Forwarding: the clocks that move with the appeal, what the hop leaves behind, and what is refused."""

from datetime import date, timedelta

import pytest

from agencies.enums import Role
from agencies.models import Agency
from appeals.domain.assignment import accept
from appeals.domain.forwarding import forward
from appeals.enums import ClockKind, NoticeKind
from appeals.errors import InvalidIntake, Refused
from appeals.models import Appeal, Breach, Notice
from tests.appeals.domain.test_acts import kinds
from tests.factories import MONDAY, make_appeal, make_officer

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def appeal() -> Appeal:
    return make_appeal()


@pytest.fixture
def education() -> Agency:
    return Agency.objects.get(code="akimat.education.kz-79")


def test_forward_moves_the_clocks_tells_the_applicant_and_keeps_the_hop(appeal, education):
    registrar = make_officer(role=Role.REGISTRAR)

    moved = forward(appeal, education, by=registrar, at=MONDAY + DAY, reason="A school's boiler house.")

    assert (moved.agency, moved.hops, moved.officer) == (education, 1, None)
    left, arrived = appeal.clocks.filter(kind=ClockKind.REPLY)
    assert left.cancelled_on == arrived.starts_on == date(2026, 2, 3)
    assert arrived.due_on == date(2026, 2, 24)
    assert appeal.clocks.filter(kind=ClockKind.FORWARDING).first().met_on == date(2026, 2, 3)
    assert appeal.events.last().words.text == "A school's boiler house."
    assert Notice.objects.filter(kind=NoticeKind.FORWARDED).count() == 1
    assert not Breach.objects.exists()


def test_forward_after_the_third_day_leaves_a_breach_with_the_body_that_was_late(appeal, education):
    forward(appeal, education, by=make_officer(role=Role.REGISTRAR), at=MONDAY + 4 * DAY, reason="Not ours")

    breach = Breach.objects.get()
    assert (breach.agency.code, breach.kind) == ("akimat.utilities.kz-79", ClockKind.FORWARDING)
    assert kinds(appeal)[2:] == ["breached", "forwarded"]


def test_forward_after_acceptance_and_past_the_third_day_is_a_breach_all_the_same(appeal, education):
    registrar = make_officer(role=Role.REGISTRAR)
    accept(appeal, by=registrar, at=MONDAY)

    forward(appeal, education, by=registrar, at=MONDAY + 10 * DAY, reason="Not ours after all")

    assert Breach.objects.get().kind == ClockKind.FORWARDING


@pytest.mark.parametrize(
    ("hours", "starts_on", "due_on"),
    [
        (8, date(2026, 2, 2), date(2026, 2, 23)),  # 18:00
        (9, date(2026, 2, 3), date(2026, 2, 24)),  # 19:00
        (4 * 24 + 9, date(2026, 2, 9), date(2026, 3, 2)),  # Friday, 19:00
        (6 * 24, date(2026, 2, 9), date(2026, 3, 2)),  # Sunday
    ],
)
def test_forward_after_hours_or_on_a_day_off_arrives_on_the_next_working_day(
    appeal, education, hours, starts_on, due_on
):
    registrar = make_officer(role=Role.REGISTRAR)

    forwarded = forward(
        appeal, education, by=registrar, at=MONDAY + timedelta(hours=hours), reason="Schools are theirs."
    )

    its = forwarded.clocks.get(kind=ClockKind.REPLY, agency=education)
    assert (its.starts_on, its.due_on) == (starts_on, due_on)


def test_forward_without_a_reason_is_sent_back_to_the_field_and_leaves_no_trace(appeal, education):
    with pytest.raises(InvalidIntake) as refusal:
        forward(appeal, education, by=make_officer(role=Role.REGISTRAR), at=MONDAY, reason=" ")

    assert refusal.value.field == "reason"
    assert kinds(appeal) == ["registered", "routed"]


def test_forward_by_another_body_is_refused_and_leaves_no_trace(appeal, education):
    with pytest.raises(Refused, match="holding the appeal"):
        forward(appeal, education, by=make_officer(education, Role.REGISTRAR), at=MONDAY, reason="Ours, surely")

    assert kinds(appeal) == ["registered", "routed"]


def test_forward_to_a_body_that_has_ceased_is_refused(appeal):
    ceased = Agency.objects.exclude(valid_to=None).filter(level="central").first()

    with pytest.raises(Refused, match="no longer exists"):
        forward(appeal, ceased, by=make_officer(role=Role.REGISTRAR), at=MONDAY, reason="Theirs")


def test_forward_before_the_day_of_registration_does_not_shorten_the_term(education):
    friday_evening = MONDAY + 4 * DAY + timedelta(hours=10)
    early = make_appeal(at=friday_evening)

    forward(early, education, by=make_officer(role=Role.REGISTRAR), at=friday_evening, reason="Theirs")

    running = early.clocks.running().get(kind=ClockKind.REPLY)
    assert (running.starts_on, running.due_on) == (date(2026, 2, 9), date(2026, 3, 2))
