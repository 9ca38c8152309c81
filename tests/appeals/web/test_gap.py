"""A day for which the register has no term: said in words, on pages and by the API, and nothing is half done."""

import pytest
import time_machine
from django.test import Client

from agencies.enums import Role
from appeals.domain.forwarding import forward
from appeals.enums import ClockKind
from appeals.errors import NoTerm
from appeals.models import Appeal, Applicant, Clock, Event, Notice, Term
from tests.appeals.web.desk.conftest import signed_in
from tests.factories import MONDAY, make_appeal, make_officer
from tests.reception.api.bodies import body, send

pytestmark = pytest.mark.django_db

SENTENCE = (
    "The register of terms has no entry for this day: Reply. Nothing was done; an administrator must enter it first."
)
TABLES = (Appeal, Applicant, Clock, Event, Notice)


def lose_the_reply() -> None:
    Term.objects.filter(clock=ClockKind.REPLY, kind="", valid_to=None).update(valid_to="2026-01-31")


def everything() -> list[list[tuple]]:
    return [list(table.objects.order_by("pk").values_list()) for table in TABLES]


def test_the_desk_says_that_the_register_has_a_gap_and_registers_nothing(letter):
    lose_the_reply()
    client = signed_in(make_officer(role=Role.REGISTRAR))

    page = client.post("/desk/register/", letter)

    assert page.status_code == 400
    assert SENTENCE in page.text
    assert everything() == [[], [], [], [], []]


@time_machine.travel(MONDAY)
def test_the_api_says_that_the_register_has_a_gap_and_registers_nothing(client: Client):
    lose_the_reply()

    answer = send(client, body(), **{"Accept-Language": "en"})

    assert (answer.status_code, answer.json()) == (400, {"code": "no_term", "detail": SENTENCE})
    assert everything() == [[], [], [], [], []]


def test_forwarding_into_a_gap_leaves_the_appeal_where_it_was():
    appeal, head = make_appeal(), make_officer(role=Role.HEAD)
    to = make_officer("akimat.education.kz-79").agency
    lose_the_reply()
    before = everything()

    with pytest.raises(NoTerm, match="no entry for this day: Reply"):
        forward(appeal, to, by=head, at=MONDAY, reason="Theirs")

    assert everything() == before


@time_machine.travel("2030-12-30T06:00Z")
def test_an_appeal_whose_term_reaches_past_the_calendar_is_refused_by_the_api_and_registers_nothing(client: Client):
    answer = send(client, body(), **{"Accept-Language": "en"})

    assert (answer.status_code, answer.json()["code"]) == (400, "outside_calendar")
    assert everything() == [[], [], [], [], []]


@time_machine.travel("2030-12-31T06:00Z")
def test_an_appeal_whose_term_reaches_past_the_calendar_is_refused_at_the_desk_and_registers_nothing(letter):
    client = signed_in(make_officer(role=Role.REGISTRAR))

    page = client.post(
        "/desk/register/",
        letter | {"received_on_day": "30", "received_on_month": "12", "received_on_year": "2030"},
    )

    assert page.status_code == 400
    assert "The working calendar covers the days" in page.text
    assert everything() == [[], [], [], [], []]
