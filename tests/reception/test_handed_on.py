"""What the applicant reads while bodies hand her appeal on: where it is and why, without blame."""

from html import unescape

import pytest
from django.test import Client

from agencies.enums import Role
from appeals.domain import coupons
from appeals.domain.disputes import decide
from appeals.domain.withdrawal import withdraw
from appeals.models import Appeal
from tests.appeals.domain.journeys import (
    AKIMAT,
    EDUCATION,
    UTILITIES,
    body,
    by,
    disputed,
    forwarded,
    given_back,
)
from tests.appeals.domain.test_succession import HEIR, cease, succeed
from tests.factories import MONDAY, make_appeal

pytestmark = pytest.mark.django_db


def page(client: Client, appeal: Appeal) -> str:
    client.post("/follow/", {"number": appeal.number, "key": coupons.key_of(appeal)})
    return " ".join(client.get("/follow/appeal/").content.decode().split())


def test_case_sent_back_says_where_it_is_and_why(client: Client):
    appeal = given_back(forwarded())

    told = page(client, appeal)

    assert f"{body(EDUCATION)} → {body(UTILITIES)}" in told
    assert 'value prose">Heating is the other body&#x27;s.</dd>' in told


def test_case_in_dispute_says_who_decides_and_not_what_the_bodies_say_of_each_other(client: Client):
    asked = disputed(reason="Utilities are always wrong.")

    told = page(client, asked.appeal)

    assert f"Which body answers you is being decided by: {body(AKIMAT)}." in told
    assert "always wrong" not in told


def test_case_decided_says_why_and_no_longer_that_it_is_being_settled(client: Client):
    asked = disputed()
    decide(asked, body(UTILITIES), by=by(AKIMAT, Role.HEAD), at=MONDAY, grounds="Heating is theirs.")

    told = page(client, asked.appeal)

    assert "is being decided by" not in told
    assert 'value prose">Heating is theirs.</dd>' in told


def test_case_withdrawn_while_in_dispute_is_settled_by_nobody(client: Client):
    asked = disputed()
    withdraw(asked.appeal, at=MONDAY)

    assert "is being decided by" not in page(client, asked.appeal)


def test_case_in_dispute_of_a_body_that_ceased_is_decided_by_nobody_above_and_says_so(client: Client):
    asked = disputed()
    cease(asked.appeal.agency, None)
    succeed()

    told = page(client, asked.appeal)

    assert "is being decided by" not in told
    assert f"Who answers is no longer for the body above to decide: {body(AKIMAT)}" in told


@pytest.mark.parametrize(
    ("heir", "why"),
    [(HEIR, "Its work is carried on by"), (None, "No successor is named; the President's Office determines")],
)
def test_case_of_a_body_that_ceased_says_why_it_is_elsewhere_and_not_why_it_went_there_first(
    client: Client, heir: str | None, why: str
):
    appeal = make_appeal()
    cease(appeal.agency, body(heir) if heir else None)
    succeed()

    shown = unescape(page(client, appeal))
    told = shown.partition("What has happened")[0]

    assert why in told
    assert "answers for the topic" not in told
    assert ("carried on by:" in shown, "The appeal went to: " in shown) == (bool(heir), not heir)
