"""An appeal to which a special law gives a term of its own: by the desk, by the API, on every page."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client

from agencies.enums import Role
from agencies.models import Competence
from appeals.domain import coupons
from appeals.domain.numbering import slug
from appeals.domain.registration import register
from appeals.enums import ClockKind, Kind
from appeals.errors import InvalidIntake, Refused
from appeals.models import Appeal, SpecialType
from tests.appeals.web.desk.conftest import signed_in
from tests.factories import MONDAY, UTILITIES_OF_SHYMKENT, make_appeal, make_intake, make_officer
from tests.reception.api.bodies import body, send

pytestmark = pytest.mark.django_db

MEDIA = {"kind": Kind.INQUIRY, "special_type": "media"}
CALLED = "Inquiry of a mass medium"


def due(appeal: Appeal) -> date:
    return appeal.clocks.get(kind=ClockKind.REPLY).due_on


def test_register_with_a_special_type_starts_the_reply_clock_of_the_special_law():
    appeal = make_appeal(**MEDIA)

    reply = appeal.clocks.get(kind=ClockKind.REPLY)
    assert appeal.special_type == "media"
    assert (reply.term.special_type, reply.due_on) == ("media", date(2026, 2, 11))
    assert appeal.events.get(kind="registered").data["special_type"] == "media"


def test_register_without_a_special_type_says_nothing_of_one():
    assert "special_type" not in make_appeal().events.get(kind="registered").data


@pytest.mark.parametrize("code", ["taxpayer", "nobody"])
def test_register_with_a_special_type_of_another_kind_or_of_none_is_refused(code):
    with pytest.raises(InvalidIntake, match="belongs to another kind") as refused:
        make_appeal(kind=Kind.INQUIRY, special_type=code)

    assert refused.value.field == "special_type"
    assert not Appeal.objects.exists()


def test_register_again_with_another_special_type_is_another_content():
    register(make_intake(key="k", kind=Kind.INQUIRY), at=MONDAY)

    with pytest.raises(Refused, match="already used"):
        register(make_intake(key="k", **MEDIA), at=MONDAY)


def test_the_digest_of_an_appeal_without_a_special_type_is_as_it_was():
    plain, special = make_intake(kind=Kind.INQUIRY), make_intake(**MEDIA)

    assert len({bytes(digest) for digest in plain.digests + special.digests}) == 2 * len(plain.digests)


def test_routing_asks_the_rules_of_the_special_type_first():
    intake = make_intake(**MEDIA)
    press = make_officer("akimat.education.kz-79").agency
    Competence.objects.create(topic=intake.topic, region=intake.region, special_type="media", agency=press)

    assert register(intake, at=MONDAY).agency == press
    assert make_appeal(kind=Kind.INQUIRY).agency.code == UTILITIES_OF_SHYMKENT


def test_the_desk_registers_a_special_type_of_the_chosen_kind(letter):
    client = signed_in(make_officer(role=Role.REGISTRAR))
    media = SpecialType.objects.get(code="media")

    page = client.get("/desk/register/")
    client.post("/desk/register/", letter | {"kind": "inquiry", "special_type": media.pk})

    assert page.text.count("<optgroup") >= 3
    assert CALLED in page.text
    assert Appeal.objects.get().special_type == "media"


def test_the_desk_refuses_a_special_type_of_another_kind_at_its_field(letter):
    client = signed_in(make_officer(role=Role.REGISTRAR))

    page = client.post("/desk/register/", letter | {"special_type": SpecialType.objects.get(code="media").pk})

    assert page.status_code == 422
    assert page.context["form"].errors["special_type"] == ["This special type belongs to another kind of appeal."]
    assert not Appeal.objects.exists()


def test_submit_takes_a_special_type(client: Client):
    with time_machine.travel(MONDAY):
        receipt = send(client, body(kind="inquiry", special_type="media")).json()

    assert Appeal.objects.get().special_type == "media"
    assert [term["due_on"] for term in receipt["due"] if term["kind"] == "reply"] == ["2026-02-11"]


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("taxpayer", "This special type belongs to another kind of appeal."),
        ("nobody", "There is nothing with this code in the directory."),
        (7, "Give the code as text."),
    ],
)
def test_submit_refuses_another_special_type_at_its_field(code: Any, sentence: str, client: Client):
    answer = send(client, body(kind="inquiry", special_type=code), **{"Accept-Language": "en"})

    assert (answer.status_code, answer.json()) == (400, {"special_type": [sentence]})
    assert not Appeal.objects.exists()


def test_where_foresees_the_term_of_the_special_law(client: Client):
    asked = {"kind": "inquiry", "topic": "housing.utilities", "region": "KZ-79", "special_type": "media"}

    with time_machine.travel(MONDAY):
        foreseen = client.get("/api/v1/where/", asked).json()

    assert foreseen["due"]["due_on"] == "2026-02-11"


def test_the_special_type_is_told_to_officials_and_to_the_applicant(client: Client):
    appeal = make_appeal(**MEDIA)

    with time_machine.travel(MONDAY):
        desk = signed_in(make_officer(role=Role.REGISTRAR)).get(f"/desk/{slug(appeal.number)}/")
        client.post("/follow/", {"number": appeal.number, "key": coupons.key_of(appeal)})
        page = client.get("/follow/appeal/")

    assert CALLED in desk.text
    assert CALLED in page.text
