"""Whoever works with a case marks it urgent; whoever is on duty says what it was, in each body anew."""

from datetime import timedelta

import pytest

from agencies.enums import Role
from agencies.models import Officer
from appeals.domain import alarms
from appeals.domain.forwarding import forward
from appeals.domain.routing import OFFICE
from appeals.enums import Alarm, Danger, EventKind, Kind, NoticeKind
from appeals.errors import InvalidIntake, Refused
from appeals.models import Appeal, Notice, Urgency
from tests.appeals.domain.test_alarms import SUNDAY_NIGHT, at_night, told, trail
from tests.factories import MONDAY, make_appeal, make_officer

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.DUTY, Role.HEAD, Role.DEPUTY, Role.UNIT_HEAD, Role.EXECUTOR])
def test_mark_urgent_by_whoever_works_at_the_holder_alarms_and_leaves_one_line(role):
    appeal, by = make_appeal(), make_officer(role=role)
    duty, office = make_officer(role=Role.DUTY), make_officer(OFFICE, Role.DUTY)

    alarms.mark_urgent(appeal, Danger.LIFE, by=by, at=SUNDAY_NIGHT, reason="She rang: the stairs have fallen.")

    appeal.refresh_from_db()
    assert appeal.is_urgent
    assert (appeal.urgency.danger, appeal.urgency.words, appeal.urgency.raised_by) == (Danger.LIFE, [], by)
    assert trail(appeal)[-1] == EventKind.MARKED_URGENT
    assert trail(appeal).count(EventKind.MARKED_URGENT) == 1
    assert told(appeal) >= {duty, office}


@pytest.mark.parametrize("role", [Role.CONTROLLER, Role.OVERSIGHT])
def test_mark_urgent_by_another_role_is_refused_and_leaves_no_trace(role):
    appeal, by = make_appeal(), make_officer(role=role)

    with pytest.raises(Refused, match="role"):
        alarms.mark_urgent(appeal, Danger.LIFE, by=by, at=MONDAY, reason="x")

    appeal.refresh_from_db()
    assert not appeal.is_urgent
    assert not Urgency.objects.exists()


def test_mark_urgent_by_another_body_or_twice_or_without_a_reason_is_refused():
    appeal, by = make_appeal(), make_officer(role=Role.DUTY)
    with pytest.raises(Refused, match="holding the appeal"):
        alarms.mark_urgent(
            appeal, Danger.LIFE, by=make_officer("akimat.education.kz-79", Role.DUTY), at=MONDAY, reason="x"
        )
    with pytest.raises(InvalidIntake):
        alarms.mark_urgent(appeal, Danger.LIFE, by=by, at=MONDAY, reason="  ")
    assert not Urgency.objects.exists()

    alarms.mark_urgent(appeal, Danger.LIFE, by=by, at=MONDAY, reason="x")
    with pytest.raises(Refused, match="urgent already"):
        alarms.mark_urgent(appeal, Danger.CRIME, by=by, at=MONDAY, reason="x")
    assert Urgency.objects.get().danger == Danger.LIFE


@pytest.mark.parametrize("role", [Role.DUTY, Role.HEAD, Role.DEPUTY])
@pytest.mark.parametrize("alarm", Alarm)
def test_settle_urgency_by_who_is_on_duty_says_what_was_found(role, alarm):
    appeal = at_night()
    by = make_officer(appeal.agency, role)

    alarms.settle_urgency(appeal, alarm, by=by, at=SUNDAY_NIGHT, reason="Called her back.")

    appeal.refresh_from_db()
    settled = Urgency.objects.get(appeal=appeal)
    assert appeal.is_urgent == (alarm == Alarm.REAL)
    assert (settled.is_real, settled.settled_by, settled.settled_at) == (alarm == Alarm.REAL, by, SUNDAY_NIGHT)
    assert trail(appeal)[-1] == EventKind.URGENCY_SETTLED
    assert appeal.events.order_by("seq").last().data == {"alarm": alarm}


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.EXECUTOR, Role.UNIT_HEAD, Role.CONTROLLER])
def test_settle_urgency_by_another_role_is_refused_and_changes_nothing(role):
    appeal = at_night()

    with pytest.raises(Refused, match="role"):
        alarms.settle_urgency(appeal, Alarm.FALSE, by=make_officer(appeal.agency, role), at=MONDAY, reason="x")

    appeal.refresh_from_db()
    assert appeal.is_urgent
    assert Urgency.objects.get().settled_at is None


def test_settle_urgency_twice_of_what_is_not_urgent_elsewhere_or_in_ones_own_case_is_refused():
    appeal, plain = at_night(), make_appeal()
    by = make_officer(appeal.agency, Role.DUTY)
    with pytest.raises(Refused, match="holding the appeal"):
        alarms.settle_urgency(appeal, Alarm.REAL, by=make_officer(OFFICE, Role.DUTY), at=MONDAY, reason="x")
    with pytest.raises(Refused, match="not urgent"):
        alarms.settle_urgency(plain, Alarm.REAL, by=make_officer(role=Role.DUTY), at=MONDAY, reason="x")
    complaint = at_night("Полицейские меня избили.", kind=Kind.COMPLAINT, complained_of=by.agency)
    with pytest.raises(Refused, match="passes the complaint up"):
        alarms.settle_urgency(complaint, Alarm.FALSE, by=by, at=MONDAY, reason="x")
    with pytest.raises(InvalidIntake):
        alarms.settle_urgency(appeal, Alarm.REAL, by=by, at=MONDAY, reason=" ")

    alarms.settle_urgency(appeal, Alarm.REAL, by=by, at=MONDAY, reason="x")
    with pytest.raises(Refused, match="settled already"):
        alarms.settle_urgency(appeal, Alarm.FALSE, by=by, at=MONDAY, reason="x")
    assert Urgency.objects.get(appeal=appeal).is_real


def test_marked_again_after_a_false_alarm_it_is_urgent_and_unsettled_anew():
    appeal = at_night()
    by = make_officer(appeal.agency, Role.DUTY)
    alarms.settle_urgency(appeal, Alarm.FALSE, by=by, at=SUNDAY_NIGHT, reason="A film.")

    alarms.mark_urgent(appeal, Danger.CRIME, by=by, at=MONDAY + timedelta(days=8), reason="No film at all.")

    raised = Urgency.objects.get(appeal=appeal)
    assert (raised.danger, raised.settled_at, raised.is_real) == (Danger.CRIME, None, None)
    assert Notice.objects.filter(kind=NoticeKind.URGENT, officer=by).count() == 1


def handed(appeal: Appeal, to: Officer, *, minutes: int) -> Appeal:
    by = Officer.objects.get(agency=appeal.agency, role=Role.DUTY)
    return forward(appeal, to.agency, by=by, at=SUNDAY_NIGHT + timedelta(minutes=minutes), reason="Тез арада.")


def found(appeal: Appeal) -> list[str]:
    return [event.data["alarm"] for event in appeal.events.filter(kind=EventKind.URGENCY_SETTLED).order_by("seq")]


def test_settle_urgency_anew_by_the_body_that_has_the_appeal_next_leaves_both_findings_in_the_history():
    appeal = at_night()
    police, health = make_officer(appeal.agency, Role.DUTY), make_officer("akimat.health.kz-79", Role.DUTY)
    alarms.settle_urgency(appeal, Alarm.REAL, by=police, at=SUNDAY_NIGHT, reason="She is hurt.")
    appeal = handed(appeal, health, minutes=1)
    unsettled = Urgency.objects.get(appeal=appeal)
    assert (unsettled.settled_by, unsettled.settled_at, unsettled.is_real) == (None, None, None)

    alarms.settle_urgency(appeal, Alarm.FALSE, by=health, at=SUNDAY_NIGHT + timedelta(minutes=9), reason="A play.")

    appeal.refresh_from_db()
    assert not appeal.is_urgent
    assert found(appeal) == [Alarm.REAL, Alarm.FALSE]


def test_a_false_alarm_of_one_body_is_marked_and_found_real_by_the_next():
    appeal = at_night()
    police, health = make_officer(appeal.agency, Role.DUTY), make_officer("akimat.health.kz-79", Role.DUTY)
    alarms.settle_urgency(appeal, Alarm.FALSE, by=police, at=SUNDAY_NIGHT, reason="A film.")
    appeal = handed(appeal, health, minutes=1)

    alarms.mark_urgent(appeal, Danger.VIOLENCE, by=health, at=SUNDAY_NIGHT + timedelta(minutes=2), reason="No film.")
    alarms.settle_urgency(appeal, Alarm.REAL, by=health, at=SUNDAY_NIGHT + timedelta(minutes=3), reason="Hurt.")

    appeal.refresh_from_db()
    assert appeal.is_urgent
    assert found(appeal) == [Alarm.FALSE, Alarm.REAL]


def test_settle_urgency_by_the_body_that_gets_the_appeal_back_does_not_stand_by_what_it_found_first():
    appeal = at_night()
    police, health = make_officer(appeal.agency, Role.DUTY), make_officer("akimat.health.kz-79", Role.DUTY)
    alarms.settle_urgency(appeal, Alarm.REAL, by=police, at=SUNDAY_NIGHT, reason="She is hurt.")
    appeal = handed(handed(appeal, health, minutes=1), police, minutes=2)

    alarms.settle_urgency(appeal, Alarm.FALSE, by=police, at=SUNDAY_NIGHT + timedelta(minutes=9), reason="A play.")

    assert found(appeal) == [Alarm.REAL, Alarm.FALSE]
