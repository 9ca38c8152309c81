"""A letter entered by the program of a body: what its registrar types, held to the same."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from agencies.enums import AppealForm, Role
from agencies.models import Agency, Officer, Region
from appeals.domain.coupons import opened
from appeals.domain.routing import office
from appeals.enums import ClockKind, EventKind
from appeals.models import Appeal, Applicant, Breach, Notice
from tests.factories import MONDAY, UTILITIES_OF_SHYMKENT, make_officer

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/register/"


@pytest.fixture(autouse=True)
def at_eleven() -> Iterator[None]:
    with time_machine.travel(MONDAY + timedelta(hours=1)):
        yield


@pytest.fixture
def registrar() -> Officer:
    return make_officer(role=Role.REGISTRAR)


def letter(**changes: Any) -> dict[str, Any]:
    """A letter that came on 2 February 2026 at 10:00; a field set to None is left out."""
    given = {
        "channel": "letter",
        "received_on": "2026-02-02",
        "received_time": "10:00",
        "kind": "application",
        "region": "KZ-79",
        "topic": "housing.utilities",
        "text": "Үйімізде жылу жоқ.",
        "language": "kk",
        "applicant": applicant(),
    }
    return {name: value for name, value in (given | changes).items() if value is not None}


def applicant(**changes: Any) -> dict[str, Any]:
    given = {"type": "person", "name": "Сынақ Азамат", "address": "Шымкент, Сынақ көшесі, 1"}
    return {name: value for name, value in (given | changes).items() if value is not None}


def send(officer: Officer, content: Any, key: str | None = "once") -> Any:
    client = Client(headers={"accept-language": "en"})
    client.force_login(officer.user)
    headers = {} if key is None else {"Idempotency-Key": key}
    return client.post(ADDRESS, content, content_type="application/json", headers=headers)


def test_register_a_letter_answers_with_its_coupon(registrar):
    answer = send(registrar, letter())

    appeal, coupon = Appeal.objects.get(), answer.json()
    assert (answer.status_code, answer["Cache-Control"]) == (201, "no-store")
    assert (appeal.agency, appeal.form) == (registrar.agency, AppealForm.PAPER)
    assert appeal.received_at == datetime(2026, 2, 2, 5, tzinfo=UTC)
    assert appeal.coupon.accepted_by == registrar
    assert appeal.events.get(kind=EventKind.REGISTERED).by == registrar
    assert opened(coupon["number"], coupon["key"]) == appeal
    assert (coupon["slug"][:4], coupon["registered_on"]) == ("zht-", "2026-02-02")
    assert coupon["agency"]["code"] == UTILITIES_OF_SHYMKENT
    assert [term["kind"] for term in coupon["due"]] == ["forwarding", "reply"]


def test_register_keeps_the_details_in_the_shape_of_the_page(registrar):
    told = applicant(idn="900101 350-003", phone="8 (701) 000-00-00", email="azamat@example.test", consent=True)

    send(registrar, letter(applicant=told))

    assert Appeal.objects.get().applicant.unseal() == {
        "name": "Сынақ Азамат",
        "idn": "900101350003",
        "phone": "+77010000000",
        "email": "azamat@example.test",
        "address": "Шымкент, Сынақ көшесі, 1",
        "consent": "yes",
    }


def test_register_with_one_key_twice_is_one_appeal_and_one_coupon_even_on_the_next_day(registrar):
    first = send(registrar, letter())
    with time_machine.travel(MONDAY + timedelta(days=1)):
        second = send(registrar, letter())

    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert Appeal.objects.count() == 1


@pytest.mark.parametrize("changes", [{"text": "Басқа хат."}, {"received_time": "09:30"}])
def test_register_of_other_content_with_a_used_key_is_refused(changes, registrar):
    send(registrar, letter())

    answer = send(registrar, letter(**changes))

    assert (answer.status_code, answer.json()["code"]) == (403, "refused")
    assert Appeal.objects.count() == 1


def test_register_with_the_key_of_a_colleague_is_another_appeal(registrar):
    first, second = send(registrar, letter()), send(make_officer(role=Role.REGISTRAR), letter())

    assert (second.status_code, Appeal.objects.count()) == (201, 2)
    assert first.json()["key"] != second.json()["key"]


@pytest.mark.parametrize(("key", "told"), [(None, "Send the header"), ("x" * 65, "at most 64"), ("a b", "Latin")])
def test_register_without_a_key_that_can_be_one_is_refused(key, told, registrar):
    answer = send(registrar, letter(), key=key)

    assert (answer.status_code, answer.json()["code"]) == (400, "idempotency_key")
    assert told in answer.json()["detail"]
    assert not Appeal.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.REGISTRAR, Role.DUTY)])
@pytest.mark.parametrize("is_good", [True, False])
def test_register_by_who_is_no_registrar_is_refused_before_the_letter_is_read(role, is_good):
    answer = send(make_officer(role=role), letter() if is_good else {})

    assert answer.status_code == 403
    assert answer.json() == {"code": "refused", "detail": "Only a registrar may register an appeal."}
    assert not Appeal.objects.exists()


def test_register_without_signing_in_without_a_post_or_without_a_token_is_refused(registrar):
    no_post = send(make_officer(role=Role.REGISTRAR, valid_to=date(2026, 1, 1)), letter())
    nobody = Client().post(ADDRESS, letter(), content_type="application/json")
    client = Client(enforce_csrf_checks=True)
    client.force_login(registrar.user)
    no_token = client.post(ADDRESS, letter(), content_type="application/json")

    assert [answer.status_code for answer in (no_post, nobody, no_token)] == [403] * 3
    assert [answer.json()["code"] for answer in (no_post, nobody)] == ["no_post", "not_authenticated"]
    assert not Appeal.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"channel": None}, "channel"),
        ({"channel": "pigeon"}, "channel"),
        ({"received_on": "2026-02-31"}, "received_on"),
        ({"received_on": None}, "received_on"),
        ({"received_on": "2026-02-03"}, "received_on"),
        ({"received_on": "2014-02-02", "is_late": True}, "received_on"),
        ({"received_on": "0001-01-01", "received_time": "00:00", "is_late": True}, "received_on"),
        ({"received_on": "9999-12-31", "received_time": "23:59"}, "received_on"),
        ({"received_time": "25:00"}, "received_time"),
        ({"received_time": "10:00+03:00"}, "received_time"),
        ({"received_time": "10:00:00Z"}, "received_time"),
        ({"kind": "wish"}, "kind"),
        ({"kind": "complaint"}, "complained_of"),
        ({"kind": "complaint", "complained_of": "nobody"}, "complained_of"),
        ({"complained_of": "akimat.kz-79"}, "complained_of"),
        ({"special_type": "nothing"}, "special_type"),
        ({"region": "KZ-99"}, "region"),
        ({"topic": "heading.culture"}, "topic"),
        ({"text": " "}, "text"),
        ({"text": "x" * 20_001}, "text"),
        ({"text": "a\x00b"}, "text"),
        ({"language": "de"}, "language"),
        ({"language": None}, "language"),
        ({"applicant": None}, "applicant"),
        ({"is_late": "perhaps"}, "is_late"),
    ],
)
def test_register_with_a_bad_field_is_refused_there_and_stores_nothing(changes, field, registrar):
    answer = send(registrar, letter(**changes))

    assert (answer.status_code, list(answer.json())) == (400, [field])
    assert not Appeal.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"type": None}, "type"),
        ({"name": " "}, "name"),
        ({"idn": "900101350004"}, "idn"),
        ({"idn": "900101350003", "type": "firm"}, "idn"),
        ({"phone": "12"}, "phone"),
        ({"email": "nobody"}, "email"),
        ({"email": "azamat@example.test"}, "consent"),
    ],
)
def test_register_with_a_bad_field_of_the_applicant_is_refused_there(changes, field, registrar):
    answer = send(registrar, letter(applicant=applicant(**changes)))

    assert (answer.status_code, list(answer.json()["applicant"])) == (400, [field])
    assert not Appeal.objects.exists()


def test_register_with_a_district_of_another_region_is_refused_and_with_one_of_its_own_taken(registrar):
    here, elsewhere = (Region.objects.filter(superior__code=code).first() for code in ("KZ-79", "KZ-75"))

    refused = send(registrar, letter(district=elsewhere.code))

    assert refused.status_code == 400
    assert refused.json() == {"district": ["This district does not lie in the region chosen."]}
    assert not Appeal.objects.exists()
    assert send(registrar, letter(district=here.code)).status_code == 201
    assert Appeal.objects.get().district == here


def test_register_with_a_district_alone_knows_its_region(registrar):
    here = Region.objects.get(code="KZ-79.abai")

    assert send(registrar, letter(region=None, district=here.code)).status_code == 201

    appeal = Appeal.objects.get()
    assert (appeal.region, appeal.district) == (here.superior, here)


def test_register_by_a_channel_of_another_level_is_refused():
    refused = send(make_officer(office(), Role.REGISTRAR), letter(channel="hotline"))

    assert refused.json() == {"channel": ["Appeals do not reach your body by this channel."]}
    assert not Appeal.objects.exists()


def test_register_of_an_earlier_day_asks_with_what_follows_and_registers_once_confirmed(registrar):
    late = letter(received_on="2026-01-26")

    asked = send(registrar, late)

    (told,) = asked.json()["is_late"]
    assert asked.status_code == 400
    assert "registered on 26 January 2026 and had to be entered on that day: a breach" in told
    assert told.endswith("If the day is right, confirm it. To confirm it, send “is_late” as true.")
    assert not Appeal.objects.exists()
    assert not Applicant.objects.exists()
    assert send(registrar, late | {"is_late": True}).status_code == 201
    assert Appeal.objects.get().registered_on == date(2026, 1, 26)
    assert Breach.objects.get().kind == ClockKind.REGISTRATION


def test_register_asks_for_all_confirmations_at_once_and_owes_no_message_that_cannot_arrive(registrar):
    bare = letter(received_on="2026-01-30", applicant=applicant(address=None))

    asked = send(registrar, bare)

    assert (asked.status_code, list(asked.json())) == (400, ["is_late", "is_unreachable"])
    assert not Appeal.objects.exists()
    assert send(registrar, bare | {"is_late": True, "is_unreachable": True}).status_code == 201
    assert not Notice.objects.exists()


def test_register_of_a_day_to_come_is_refused_even_if_confirmed(registrar):
    answer = send(registrar, letter(received_time="11:01", is_late=True))

    assert answer.status_code == 400
    assert answer.json() == {"received_on": ["The appeal cannot have been received in the future."]}
    assert not Appeal.objects.exists()


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({"valid_from": date(2026, 2, 1)}, "there was no such body yet: it began on 1 February 2026"),
        ({"valid_to": date(2026, 1, 29)}, "there was no such body any more: it ended on 29 January 2026"),
    ],
)
def test_register_of_a_day_on_which_there_was_no_such_body_is_refused(body, told, registrar):
    Agency.objects.filter(pk=registrar.agency_id).update(**body)

    answer = send(registrar, letter(received_on="2026-01-30", is_late=True))

    assert answer.status_code == 400
    assert told in answer.json()["received_on"][0]
    assert not Appeal.objects.exists()


def test_register_a_complaint_against_the_own_body_only_lets_it_be_passed_up(registrar):
    send(registrar, letter(kind="complaint", complained_of=UTILITIES_OF_SHYMKENT))

    appeal = Appeal.objects.get()
    assert appeal.complained_of == registrar.agency
    assert set(appeal.clocks.running().values_list("kind", flat=True)) == {ClockKind.PASSING_UP}


def test_register_by_get_is_not_allowed(registrar):
    client = Client()
    client.force_login(registrar.user)

    assert client.get(ADDRESS).status_code == 405
