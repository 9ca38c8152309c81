from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext

from appeals.models import Appeal
from tests.reception.api.bodies import applicant, body, send

pytestmark = pytest.mark.django_db


def test_submit_registers_the_appeal_and_answers_with_its_coupon(client: Client):
    answer = send(client, body())

    receipt, appeal = answer.json(), Appeal.objects.get()
    assert (answer.status_code, answer["Cache-Control"]) == (201, "no-store")
    assert (receipt["number"], receipt["registered_on"]) == (appeal.number, appeal.registered_on.isoformat())
    assert receipt["slug"].startswith("zht-")
    assert receipt["agency"]["code"] == "akimat.utilities.kz-79"
    assert receipt["reason"]["codes"] == {
        "reason": "rule",
        "topic": "housing.utilities",
        "region": "KZ-79",
        "agency": "akimat.utilities.kz-79",
    }
    assert receipt["reason"]["text"].startswith("This body answers for the topic")
    assert [term["kind"] for term in receipt["due"]] == ["forwarding", "reply"]


def test_submit_seals_the_details_as_the_pages_do(client: Client):
    send(client, body())

    assert Appeal.objects.get().applicant.unseal() == {
        "name": "Сынақ Азамат",
        "idn": "900101350003",
        "email": "azamat@example.test",
        "phone": "+77010000000",
        "address": "Шымкент, Сынақ көшесі, 1",
        "consent": "yes",
    }


def test_submit_of_a_firm_without_region_and_topic_goes_to_triage(client: Client):
    firm = {"type": "firm", "name": "ЖШС Сынақ", "address": "Алматы, 1"}

    receipt = send(client, body(applicant=firm, topic=None, region=None)).json()

    assert receipt["number"].startswith("ЗТ-")
    assert (receipt["agency"]["code"], receipt["reason"]["codes"]["reason"]) == ("president.office", "no_topic")


def test_submit_of_a_complaint_goes_by_way_of_the_body_complained_of(client: Client):
    receipt = send(client, body(kind="complaint", complained_of="akimat.utilities.kz-79")).json()

    assert receipt["agency"]["code"] == "akimat.utilities.kz-79"
    assert receipt["reason"]["codes"]["reason"] == "complaint"


def test_submit_twice_with_one_key_is_one_appeal_and_one_coupon(client: Client):
    first, second = send(client, body(), key="once"), send(client, body(), key="once")

    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert Appeal.objects.count() == 1


def test_submit_of_other_content_with_a_used_key_is_refused_and_stores_nothing(client: Client):
    send(client, body(), key="once")

    answer = send(client, body(text="Басқа мәтін"), key="once")

    assert (answer.status_code, answer.json()["code"]) == (403, "refused")
    assert Appeal.objects.count() == 1


@pytest.mark.parametrize(
    ("key", "told"),
    [(None, "Send the header"), ("x" * 65, "at most 64"), ("a b", "Latin letters"), ("кілт", "Latin letters")],
)
def test_submit_without_a_fit_key_is_refused_and_stores_nothing(client: Client, key: str | None, told: str):
    answer = send(client, body(), key=key)

    assert (answer.status_code, answer.json()["code"]) == (400, "idempotency_key")
    assert told in answer.json()["detail"]
    assert not Appeal.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": None}, "kind"),
        ({"kind": "wish"}, "kind"),
        ({"kind": 7}, "kind"),
        ({"text": None}, "text"),
        ({"text": "   "}, "text"),
        ({"text": "12345"}, "text"),
        ({"text": "a\x00b"}, "text"),
        ({"text": "a\ud800"}, "text"),
        ({"text": 10**30}, "text"),
        ({"text": ["a"]}, "text"),
        ({"text": "x" * 1_000_000}, "text"),
        ({"language": "de"}, "language"),
        ({"region": "KZ-00"}, "region"),
        ({"region": 79}, "region"),
        ({"topic": "heading.housing"}, "topic"),
        ({"topic": "\x00"}, "topic"),
        ({"kind": "complaint"}, "complained_of"),
        ({"complained_of": "akimat.utilities.kz-79"}, "complained_of"),
        ({"kind": "complaint", "complained_of": "nobody"}, "complained_of"),
        ({"applicant": None}, "applicant"),
        ({"applicant": []}, "applicant"),
    ],
)
def test_submit_of_bad_content_is_refused_at_the_field_and_stores_nothing(
    client: Client, changes: dict[str, Any], field: str
):
    answer = send(client, body(**changes))

    assert (answer.status_code, list(answer.json())) == (400, [field])
    assert not Appeal.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"type": "ghost"}, "type"),
        ({"name": ""}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"idn": "900101350004"}, "idn"),
        ({"idn": "12"}, "idn"),
        ({"type": "firm"}, "idn"),
        ({"email": "nowhere"}, "email"),
        ({"phone": "12"}, "phone"),
        ({"email": None, "address": None}, "email"),
        ({"consent": None}, "consent"),
        ({"address": "y" * 501}, "address"),
    ],
)
def test_submit_of_a_bad_applicant_is_refused_at_the_field(client: Client, changes: dict[str, Any], field: str):
    answer = send(client, body(applicant=applicant(**changes)))

    assert (answer.status_code, list(answer.json()["applicant"])) == (400, [field])
    assert not Appeal.objects.exists()


def test_submit_refused_is_told_in_the_language_of_the_reader(client: Client):
    answer = send(client, body(kind=None), **{"Accept-Language": "kk"})

    with translation.override("kk"):
        told = gettext("This field is required.")
    assert answer.json() == {"kind": [told]}
    assert told.startswith("Бұл")


@pytest.mark.parametrize(
    "raw", ["", "{", "[]", "null", "7", '"a"', '{"text": NaN}', "\ufeff{}", "[" * 100_000, "9" * 5000]
)
def test_submit_of_what_is_no_object_is_refused(client: Client, raw: str):
    answer = send(client, raw.encode())

    assert answer.status_code == 400
    assert not Appeal.objects.exists()


def test_submit_of_bytes_that_are_no_text_is_refused(client: Client):
    answer = send(client, b'{"text": "\xff\xfe"}')

    assert (answer.status_code, answer.json()["code"]) == (400, "parse_error")


def test_submit_of_too_large_a_body_is_refused_unread(client: Client):
    answer = send(client, body(text="x" * 3_000_000))

    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_submit_as_a_form_is_refused(client: Client):
    answer = client.post("/api/v1/appeals/", {"kind": "application"}, headers={"Idempotency-Key": "k"})

    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")


def test_submit_by_get_is_not_allowed(client: Client):
    assert client.get("/api/v1/appeals/").status_code == 405


def test_submit_too_often_from_one_address_is_put_off_whatever_header_it_sends(client: Client):
    for n in range(30):
        client.post("/api/v1/appeals/", headers={"X-Forwarded-For": f"10.0.0.{n}"})

    late, elsewhere = send(client, body()), client.post("/api/v1/appeals/", REMOTE_ADDR="10.1.1.1")

    assert (late.status_code, late.json()["code"]) == (429, "throttled")
    assert 0 < int(late["Retry-After"]) <= 3600
    assert elsewhere.status_code == 400
    assert not Appeal.objects.exists()


def test_where_tells_the_body_the_reason_and_the_day(client: Client):
    asked = "kind=application&topic=housing.utilities&region=KZ-79"

    told = client.get(f"/api/v1/where/?{asked}").json()

    assert told["agency"]["code"] == "akimat.utilities.kz-79"
    assert told["reason"]["codes"]["reason"] == "rule"
    assert (told["due"]["kind"], told["due"]["starts_on"]) == ("reply", told["registered_on"])
    assert told["due"]["due_on"] > told["registered_on"]


@pytest.mark.parametrize(
    ("asked", "field"),
    [("", "kind"), ("kind=x", "kind"), ("kind=application&topic=x", "topic"), ("kind=complaint", "complained_of")],
)
def test_where_asked_badly_is_refused_at_the_field(client: Client, asked: str, field: str):
    answer = client.get(f"/api/v1/where/?{asked}")

    assert (answer.status_code, list(answer.json())) == (400, [field])
