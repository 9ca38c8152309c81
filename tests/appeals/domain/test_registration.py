"""An appeal gets its number, body, clocks and coupon, once."""

from base64 import b64encode
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from agencies.enums import Role
from agencies.models import Agency
from appeals.domain import coupons, history
from appeals.domain.registration import register
from appeals.enums import ApplicantType, ClockKind, EventKind, Kind, Status
from appeals.errors import InvalidIntake, Refused, Unconfirmed
from appeals.models import Appeal, Breach, Notice
from tests.factories import MONDAY, make_appeal, make_intake, make_officer

AKIMAT = "akimat.kz-79"

pytestmark = pytest.mark.django_db


def test_register_about_heating_in_shymkent_goes_to_its_utilities_department_with_the_reason():
    appeal = make_appeal()

    assert appeal.agency.code == "akimat.utilities.kz-79"
    assert appeal.status == Status.REGISTERED
    assert appeal.registered_on == date(2026, 2, 2)
    assert appeal.routing.explanation["reason"] == "rule"
    assert appeal.routing.explanation["agency"] == "akimat.utilities.kz-79"


def test_register_starts_the_clocks_of_todays_law():
    appeal = make_appeal()

    clocks = {clock.kind: clock for clock in appeal.clocks.all()}
    assert set(clocks) == {ClockKind.REGISTRATION, ClockKind.FORWARDING, ClockKind.REPLY}
    assert clocks["registration"].met_on == date(2026, 2, 2)
    assert clocks["forwarding"].due_on == date(2026, 2, 5)
    assert clocks["reply"].due_on == date(2026, 2, 23)
    assert appeal.next_due_on == date(2026, 2, 5)


@pytest.mark.parametrize(
    ("received", "registered_on"),
    [
        ("2026-02-02T18:30", date(2026, 2, 2)),  # the last minute of the working day
        ("2026-02-02T18:31", date(2026, 2, 3)),
        ("2026-02-02T03:00", date(2026, 2, 2)),  # before the day begins is that day
        ("2026-02-07T12:00", date(2026, 2, 9)),  # Saturday
        ("2026-03-20T19:00", date(2026, 3, 26)),  # after hours on the eve of Nauryz
    ],
)
def test_register_counts_the_day_of_receipt_by_the_bodys_own_hours(received, registered_on):
    at = datetime.fromisoformat(received).replace(tzinfo=UTC) - timedelta(hours=5)

    assert make_appeal(at=at).registered_on == registered_on


def test_register_gives_persons_and_firms_their_own_series():
    person, firm = make_appeal(), make_appeal(applicant_type=ApplicantType.FIRM)

    assert person.number.startswith("ЖТ-2026-")
    assert firm.number.startswith("ЗТ-2026-")
    assert make_appeal().number > person.number


def test_register_twice_with_one_key_is_one_appeal():
    intake = make_intake()

    assert register(intake, at=MONDAY) == register(intake, at=MONDAY + timedelta(minutes=1))
    assert Appeal.objects.count() == 1
    assert Notice.objects.count() == 1


def test_register_with_a_used_key_and_other_content_is_refused_and_leaves_no_trace():
    register(make_intake(key="k"), at=MONDAY)

    with pytest.raises(Refused, match="already used"):
        register(make_intake(key="k", text="Another matter"), at=MONDAY)

    assert Appeal.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"text": "  "}, "text"),
        ({"text": "а" * 20_001}, "text"),
        ({"text": "zero \x00"}, "text"),
        ({"details": {"name": " "}}, "name"),
        ({"kind": Kind.COMPLAINT}, "complained_of"),
    ],
)
def test_register_what_cannot_be_read_names_the_field_and_stores_nothing(fields, field):
    with pytest.raises(InvalidIntake) as refusal:
        register(make_intake(**fields), at=MONDAY)

    assert refusal.value.field == field
    assert not Appeal.objects.exists()


def test_register_a_complaint_handed_in_at_a_body_that_names_none_is_refused():
    with pytest.raises(InvalidIntake) as refusal:
        make_appeal(kind=Kind.COMPLAINT, holder=Agency.objects.get(code="akimat.utilities.kz-79"))

    assert refusal.value.field == "complained_of"


def test_register_without_a_topic_goes_to_triage_at_the_office_which_only_forwards():
    appeal = make_appeal(topic=None)

    assert appeal.agency.code == "president.office"
    assert appeal.routing.agency is None
    assert appeal.routing.explanation["reason"] == "no_topic"
    running = appeal.clocks.running().get()
    assert (running.kind, running.is_official) == (ClockKind.FORWARDING, False)


def test_register_a_complaint_goes_through_the_body_complained_of_to_its_superior():
    police = Agency.objects.get(code="police.territorial.kz-79")

    appeal = make_appeal(kind=Kind.COMPLAINT, complained_of=police)

    assert appeal.agency == police
    assert appeal.routing.explanation["decider"] == police.superior.code
    assert appeal.clocks.running().get().kind == ClockKind.PASSING_UP


def test_register_a_complaint_below_the_government_ends_in_no_superior_and_triage():
    akimat = Agency.objects.get(code="akimat.kz-79")

    appeal = make_appeal(kind=Kind.COMPLAINT, complained_of=akimat)

    assert appeal.agency.code == "president.office"
    assert appeal.routing.explanation == {"reason": "no_superior", "complained_of": "akimat.kz-79"}


def test_register_a_letter_entered_days_later_counts_from_its_receipt_and_is_a_breach():
    holder = Agency.objects.get(code="akimat.utilities.kz-79")

    appeal = register(make_intake(holder=holder), at=MONDAY + timedelta(days=2))

    assert appeal.registered_on == date(2026, 2, 2)
    assert [event.kind for event in appeal.events.all()] == ["registered", "routed", "breached"]
    breach = Breach.objects.get()
    assert (breach.kind, breach.due_on, breach.detected_on) == (
        ClockKind.REGISTRATION,
        date(2026, 2, 2),
        date(2026, 2, 4),
    )


def test_register_issues_a_coupon_whose_key_opens_the_case():
    appeal = make_appeal()
    key = coupons.key_of(appeal)

    assert coupons.opened(appeal.number, key) == appeal
    assert coupons.opened(appeal.number.replace("ЖТ", "zht").lower(), key.replace("-", "").lower()) == appeal
    assert coupons.opened(appeal.number, "AAAA-AAAA-AAAA") is None
    assert coupons.opened("ЖТ-2026-99999999", key) is None


def test_register_seals_the_applicant():
    appeal = make_appeal()
    applicant = appeal.applicant

    assert applicant.unseal()["idn"] == "900101350003"
    assert b"900101350003" not in bytes(applicant.blob)
    found = type(applicant).objects.known_by
    assert (
        found("900101350003").get() == found("СЫНАҚ  азамат").get() == found("azamat@example.test").get() == applicant
    )


def test_register_leaves_two_lines_of_history_that_verify():
    appeal = make_appeal()

    assert [event.kind for event in appeal.events.all()] == [EventKind.REGISTERED, EventKind.ROUTED]
    assert not list(history.faults(appeal.events.select_related("appeal", "words")))


def test_register_again_after_the_keys_were_rotated_is_the_same_appeal(settings):
    intake = make_intake()
    appeal = register(intake, at=MONDAY)
    settings.LOOKUP_KEYS = {"n1": b64encode(b"n" * 32).decode(), **settings.LOOKUP_KEYS}

    assert register(intake, at=MONDAY) == appeal


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        ({"received_at": MONDAY - timedelta(days=3)}, ["is_late"]),
        ({"details": {"name": "Сынақ Азамат"}}, ["is_unreachable"]),
        (
            {"received_at": MONDAY - timedelta(days=3), "details": {"name": "Сынақ Азамат"}},
            ["is_late", "is_unreachable"],
        ),
    ],
)
def test_register_by_an_official_asks_for_all_she_must_confirm_and_stores_nothing(told, asked):
    registrar = make_officer(role=Role.REGISTRAR)

    with pytest.raises(Unconfirmed) as fault:
        register(make_intake(holder=registrar.agency, **told), at=MONDAY, by=registrar)

    assert list(fault.value.doubts) == asked
    assert not Appeal.objects.exists()


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"received_at": MONDAY - timedelta(days=365), "is_late": True}, "received_on"),
        ({"received_at": MONDAY + timedelta(minutes=1)}, "received_on"),
        ({"complained_of": AKIMAT}, "complained_of"),
    ],
)
def test_register_by_an_official_of_what_cannot_be_names_it_and_stores_nothing(told, field):
    registrar = make_officer(role=Role.REGISTRAR)
    named = {name: Agency.objects.get(code=value) if value == AKIMAT else value for name, value in told.items()}

    with pytest.raises(InvalidIntake) as fault:
        register(make_intake(holder=registrar.agency, **named), at=MONDAY, by=registrar)

    assert fault.value.field == field
    assert not Appeal.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.REGISTRAR, Role.DUTY)])
def test_register_by_an_official_who_is_no_registrar_is_refused(role):
    officer = make_officer(role=role)

    with pytest.raises(Refused, match="Only a registrar"):
        register(make_intake(holder=officer.agency), at=MONDAY, by=officer)

    assert not Appeal.objects.exists()


def test_register_by_an_official_sent_again_on_the_next_day_is_the_same_appeal_and_asks_nothing():
    registrar = make_officer(role=Role.REGISTRAR)
    intake = make_intake(holder=registrar.agency)

    first, second = (register(intake, at=at, by=registrar) for at in (MONDAY, MONDAY + timedelta(days=1)))

    assert first == second


def test_register_by_an_official_with_a_used_key_and_another_day_of_receipt_is_refused():
    registrar = make_officer(role=Role.REGISTRAR)
    intake = make_intake(holder=registrar.agency)
    register(intake, at=MONDAY, by=registrar)

    with pytest.raises(Refused, match="already used"):
        register(replace(intake, received_at=MONDAY - timedelta(hours=1)), at=MONDAY, by=registrar)

    assert Appeal.objects.count() == 1
