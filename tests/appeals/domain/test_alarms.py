"""What cannot wait: registered, told at once, handed on past every rule."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from agencies.enums import Role
from agencies.models import Agency, Officer, Topic
from appeals.domain import alarms, closing, deliveries, history, urgent_queue
from appeals.domain.forwarding import forward
from appeals.domain.parts import forward_part
from appeals.domain.registration import register
from appeals.domain.routing import OFFICE
from appeals.enums import Alarm, ClockKind, Danger, EventKind, Kind, NoticeKind, ReturnGround, Status, TerminationGround
from appeals.errors import InvalidIntake, Refused
from appeals.models import Appeal, Applicant, Notice, Urgency
from appeals.rules import refusal_to_return, refusal_to_terminate
from tests.factories import UTILITIES_OF_SHYMKENT, make_appeal, make_intake, make_officer

pytestmark = pytest.mark.django_db

POLICE_OF_SHYMKENT = "police.territorial.kz-79"
SUNDAY_NIGHT = datetime(2026, 2, 8, 15, tzinfo=UTC)
BEATEN = "Күйеуім мені ұрады, балаларым қорқады."
THREATENED = "Сосед угрожает меня убить."
TIRED = "Не хочу больше жить."
GAS = "В подъезде пахнет газом."


def at_night(text: str = BEATEN, **fields: object) -> Appeal:
    return make_appeal(at=SUNDAY_NIGHT, text=text, **fields)


def told(appeal: Appeal) -> set[Officer]:
    return {notice.officer for notice in appeal.notices.filter(kind=NoticeKind.URGENT).select_related("officer")}


def trail(appeal: Appeal) -> list[str]:
    return list(appeal.events.order_by("seq").values_list("kind", flat=True))


@pytest.mark.parametrize(("text", "danger"), [(BEATEN, Danger.VIOLENCE), (THREATENED, Danger.CRIME)])
def test_register_what_tells_of_crime_or_violence_goes_to_the_police_of_the_region_and_says_why(text, danger):
    appeal = at_night(text)

    assert appeal.is_urgent
    assert appeal.agency.code == POLICE_OF_SHYMKENT
    assert appeal.routing.explanation["reason"] == "urgent"
    assert appeal.topic.code == "housing.utilities"
    assert (appeal.urgency.danger, appeal.urgency.raised_at) == (danger, SUNDAY_NIGHT)
    assert not appeal.urgency.is_denied
    assert all(words in text for words in appeal.urgency.words)
    assert trail(appeal) == [EventKind.REGISTERED, EventKind.ROUTED, EventKind.MARKED_URGENT]
    assert appeal.events.get(kind=EventKind.MARKED_URGENT).data == {"danger": danger}
    assert list(history.faults(appeal.events.order_by("seq").select_related("words", "appeal"))) == []


@pytest.mark.parametrize(("text", "danger"), [(TIRED, Danger.SELF_HARM), (GAS, Danger.LIFE)])
def test_register_a_threat_to_life_keeps_the_body_of_its_topic_which_is_told_at_once(text, danger):
    duty = make_officer(UTILITIES_OF_SHYMKENT, Role.DUTY)

    appeal = at_night(text)

    assert appeal.agency.code == UTILITIES_OF_SHYMKENT
    assert appeal.urgency.danger == danger
    assert told(appeal) == {duty}


def test_register_an_ordinary_appeal_raises_nothing_and_tells_nobody():
    make_officer(UTILITIES_OF_SHYMKENT, Role.DUTY)

    appeal = make_appeal()

    assert not appeal.is_urgent
    assert not Urgency.objects.exists()
    assert told(appeal) == set()


@pytest.mark.parametrize("topic", ["prosecution", "corruption", "defence"])
def test_register_a_crime_that_another_body_investigates_itself_stays_with_that_body(topic):
    usual = make_appeal(topic=Topic.objects.get(code=topic)).agency

    appeal = at_night(THREATENED, topic=Topic.objects.get(code=topic))

    assert appeal.agency == usual
    assert appeal.is_urgent


def test_register_an_urgent_complaint_keeps_the_way_of_complaints():
    police = Agency.objects.get(code=POLICE_OF_SHYMKENT)

    appeal = at_night("Полицейские меня избили.", kind=Kind.COMPLAINT, complained_of=police)

    assert appeal.is_urgent
    assert appeal.routing.explanation["reason"] == "complaint"
    assert appeal.agency == police


def test_register_an_urgent_appeal_from_abroad_goes_its_usual_way_and_is_urgent():
    appeal = at_night(region=None, topic=None)

    assert appeal.agency.code == OFFICE
    assert appeal.is_urgent


def test_register_what_its_applicant_denies_goes_its_usual_way_and_the_duty_officer_is_told():
    duty = make_officer(UTILITIES_OF_SHYMKENT, Role.DUTY)

    appeal = at_night(is_denied=True)

    assert appeal.agency.code == UTILITIES_OF_SHYMKENT
    assert (appeal.is_urgent, appeal.urgency.is_denied) == (True, True)
    assert appeal.events.get(kind=EventKind.MARKED_URGENT).data == {"danger": "violence", "is_denied": True}
    assert told(appeal) == {duty}


def test_register_twice_alarms_once():
    make_officer(POLICE_OF_SHYMKENT, Role.DUTY)
    intake = make_intake(key="k", text=BEATEN, received_at=SUNDAY_NIGHT)

    register(intake, at=SUNDAY_NIGHT)
    register(intake, at=SUNDAY_NIGHT + timedelta(seconds=5))

    assert Notice.objects.filter(kind=NoticeKind.URGENT).count() == 1


def test_alarm_on_a_day_off_does_not_wait_for_a_working_day():
    holder, office = make_officer(POLICE_OF_SHYMKENT, Role.DUTY), make_officer(OFFICE, Role.DUTY)
    make_officer(POLICE_OF_SHYMKENT, Role.HEAD)

    appeal = at_night()

    assert appeal.registered_on.isoformat() == "2026-02-09"
    assert told(appeal) == {holder, office}
    due = Notice.objects.filter(kind=NoticeKind.URGENT).values_list("owed_at", "try_after")
    assert set(due) == {(SUNDAY_NIGHT, SUNDAY_NIGHT)}
    assert set(deliveries.claim(at=SUNDAY_NIGHT, limit=10)) >= set(
        Notice.objects.filter(kind=NoticeKind.URGENT).values_list("pk", flat=True)
    )


def test_alarm_where_nobody_is_on_duty_goes_to_head_and_deputy_and_else_to_the_registrar():
    heads = {make_officer(POLICE_OF_SHYMKENT, Role.HEAD), make_officer(POLICE_OF_SHYMKENT, Role.DEPUTY)}
    registrar = make_officer(OFFICE, Role.REGISTRAR)
    make_officer(POLICE_OF_SHYMKENT, Role.EXECUTOR)

    assert told(at_night()) == heads | {registrar}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_letter_of_an_alarm_names_the_danger_and_nothing_of_the_applicant(language):
    duty = make_officer(POLICE_OF_SHYMKENT, Role.DUTY)
    duty.user.language = language
    duty.user.save()
    appeal = at_night(is_denied=False)

    letter = deliveries.worded(appeal.notices.get(kind=NoticeKind.URGENT), at=SUNDAY_NIGHT)

    assert letter.to == duty.user.email
    assert appeal.number in letter.subject
    assert f"/desk/{appeal.number.replace('ЖТ', 'zht').lower()}/" in letter.body
    assert not any(detail in letter.body for detail in appeal.applicant.unseal().values())
    assert "ұрады" not in letter.body
    assert mail.outbox == []


def test_register_without_a_name_is_taken_where_it_is_urgent_and_owes_no_letter():
    appeal = at_night(details={}, is_anonymous=True)

    assert appeal.applicant.unseal() == {}
    assert appeal.applicant.is_unreachable
    assert not appeal.notices.filter(officer=None).exists()
    assert appeal.coupon


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "Жолды жөндеп беріңіз.", "is_anonymous": True},
        {"text": BEATEN, "is_anonymous": True, "is_denied": True},
        {"text": BEATEN},
    ],
)
def test_register_without_a_name_is_refused_where_nothing_is_urgent_or_nothing_was_said_of_it(fields):
    with pytest.raises(InvalidIntake) as refused:
        make_appeal(details={}, **fields)

    assert refused.value.field == "name"
    assert not Appeal.objects.exists()
    assert not Applicant.objects.exists()


def test_ending_what_came_without_a_name_starts_no_term_for_a_letter_that_cannot_be_sent():
    appeal = at_night(details={}, is_anonymous=True)
    head = make_officer(appeal.agency, Role.HEAD)

    closing.terminate(appeal, TerminationGround.DECIDED, by=head, at=SUNDAY_NIGHT, reason="Decided.")

    assert not appeal.clocks.filter(kind=ClockKind.TERMINATION_NOTICE).exists()
    assert not appeal.notices.filter(officer=None).exists()


def test_applicant_without_a_name_who_leaves_an_address_is_written_to():
    appeal = at_night(details={}, is_anonymous=True)
    appeal.applicant.seal({"address": "Шымкент, Сынақ көшесі, 1"})
    appeal.applicant.save()

    forward(
        appeal,
        Agency.objects.get(code="akimat.health.kz-79"),
        by=make_officer(appeal.agency, Role.DUTY),
        at=SUNDAY_NIGHT,
        reason="Сізге.",
    )

    assert appeal.notices.get(kind=NoticeKind.FORWARDED).goes_by_post


@pytest.mark.parametrize("ground", ReturnGround)
def test_return_of_an_urgent_appeal_is_refused_and_leaves_no_trace(ground):
    appeal = at_night()
    head = make_officer(appeal.agency, Role.HEAD)

    with pytest.raises(Refused, match="hand it on at once"):
        closing.return_without_review(appeal, ground, by=head, at=SUNDAY_NIGHT, reason="Insults.")

    assert "hand it on" in refusal_to_return(head, appeal, is_lapsed=True)
    assert trail(appeal)[-1] == EventKind.MARKED_URGENT


def test_terminate_an_urgent_appeal_as_anonymous_is_refused_until_it_is_a_false_alarm():
    appeal = at_night(details={}, is_anonymous=True)
    head = make_officer(appeal.agency, Role.HEAD)
    ending = {"by": head, "at": SUNDAY_NIGHT, "reason": "No author."}

    with pytest.raises(Refused, match="hand it on at once"):
        closing.terminate(appeal, TerminationGround.ANONYMOUS, **ending)
    assert refusal_to_terminate(head, appeal, TerminationGround.NO_SUBSTANCE) == ""

    alarms.settle_urgency(appeal, Alarm.FALSE, by=head, at=SUNDAY_NIGHT, reason="A school play.")
    closing.terminate(appeal, TerminationGround.ANONYMOUS, **ending)
    appeal.refresh_from_db()
    assert appeal.status == Status.TERMINATED


def test_return_after_a_false_alarm_is_as_of_any_other_appeal():
    appeal = at_night()
    head = make_officer(appeal.agency, Role.HEAD)
    alarms.settle_urgency(appeal, Alarm.FALSE, by=head, at=SUNDAY_NIGHT, reason="A film.")

    closing.return_without_review(appeal, ReturnGround.INSULTING, by=head, at=SUNDAY_NIGHT, reason="Insults.")

    appeal.refresh_from_db()
    assert appeal.status == Status.RETURNED


def test_forward_of_an_urgent_appeal_by_the_duty_officer_is_never_too_often_and_alarms_the_receiver():
    appeal = at_night(TIRED)
    for n, code in enumerate(["akimat.health.kz-79", UTILITIES_OF_SHYMKENT, "akimat.health.kz-79", POLICE_OF_SHYMKENT]):
        receiver = make_officer(code, Role.DUTY)
        by = make_officer(appeal.agency, Role.DUTY)
        at = SUNDAY_NIGHT + timedelta(minutes=n + 1)
        appeal = forward(appeal, receiver.agency, by=by, at=at, reason="Тез арада.")
        assert receiver in {notice.officer for notice in appeal.notices.filter(kind=NoticeKind.URGENT, owed_at=at)}

    assert appeal.agency.code == POLICE_OF_SHYMKENT
    assert appeal.hops == 0


def test_part_of_an_urgent_appeal_is_urgent_too_and_its_body_is_told():
    appeal = at_night(TIRED)
    police = make_officer(POLICE_OF_SHYMKENT, Role.DUTY)
    by = make_officer(appeal.agency, Role.DUTY)

    part = forward_part(
        appeal, police.agency, questions="Кім қорқытады?", reason="Тексеру керек.", by=by, at=SUNDAY_NIGHT
    )

    assert part.is_urgent
    assert part.urgency.danger == Danger.SELF_HARM
    assert told(part) == {police}
    assert trail(part) == [EventKind.REGISTERED, EventKind.ROUTED, EventKind.MARKED_URGENT]


def test_list_of_who_is_on_duty_has_the_longest_unsettled_first_and_the_office_sees_every_body():
    first, second = at_night(), make_appeal(at=SUNDAY_NIGHT + timedelta(minutes=5), text=THREATENED)
    elsewhere = make_appeal(at=SUNDAY_NIGHT + timedelta(minutes=7), text=TIRED)
    here, office = make_officer(POLICE_OF_SHYMKENT, Role.DUTY), make_officer(OFFICE, Role.DUTY)
    alarms.settle_urgency(first, Alarm.REAL, by=here, at=SUNDAY_NIGHT + timedelta(minutes=9), reason="x")
    at = SUNDAY_NIGHT + timedelta(minutes=10)

    assert [(line.appeal, line.minutes) for line in urgent_queue.lines(here, at=at)] == [(second, 5), (first, 10)]
    assert [line.appeal for line in urgent_queue.lines(office, at=at)] == [second, elsewhere, first]
    assert Appeal.objects.visible_to(office).filter(pk=elsewhere.pk).exists()
