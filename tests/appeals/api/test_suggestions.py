"""The accuracy of suggestions for programs of the President's Office."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from agencies.enums import Role
from appeals.domain.routing import OFFICE
from tests.appeals.api.test_reading import cost
from tests.appeals.domain.statistics.situations import WEEK
from tests.appeals.domain.test_accuracy import HEATING, ROADS, confirmed, from_nobody_sure, sent
from tests.factories import MONDAY, make_officer

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/oversight/suggestions/"
ONE = {"texts": 1, "suggested": 1, "first": 1, "in_three": 1, "chosen": 1, "chosen_right": 1, "unsure": 0, "changed": 0}


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with time_machine.travel(MONDAY + 6 * WEEK):
        yield


@pytest.fixture
def overseeing(client: Client) -> Client:
    client.force_login(make_officer(OFFICE, Role.OVERSIGHT).user)
    return client


def test_accuracy_of_twelve_months_is_told_in_all_and_along_each_way(overseeing):
    confirmed(HEATING, language="kk", model="old", at=MONDAY - 2 * WEEK)
    confirmed(ROADS, becomes=ROADS, language="ru", model="new")
    from_nobody_sure("", becomes=HEATING)
    sent(HEATING)

    answer = overseeing.get(ADDRESS)
    told = answer.json()

    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert (told["first"], told["last"], told["registered"]) == ("2025-03-17", "2026-03-16", 4)
    assert told["total"] == ONE | {"texts": 3, "suggested": 2, "first": 2, "in_three": 2, "chosen": 2} | {
        "unsure": 1,
        "changed": 1,
    }
    assert told["months"][0] == ONE | {"code": "2026-01"}
    assert [(row["code"], row["texts"]) for row in told["topics"]] == [(HEATING, 2), (ROADS, 1)]
    assert {row["code"] for row in told["languages"]} == {"kk", "ru"}
    assert len(told["models"]) == 3


def test_days_asked_for_bound_the_figures(overseeing):
    confirmed(HEATING, at=MONDAY - 2 * WEEK)
    confirmed(HEATING)

    assert overseeing.get(ADDRESS, {"from": "2026-02-01"}).json()["total"]["texts"] == 1
    assert overseeing.get(ADDRESS, {"from": "2026-01-01", "to": "2026-01-31"}).json()["total"]["texts"] == 1
    assert overseeing.get(ADDRESS, {"from": "0001-01-01", "to": "9999-12-31"}).json()["total"]["texts"] == 2


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"from": "yesterday"}, "from"),
        ({"to": "2026-02-31"}, "to"),
        ({"from": "2026-02-02", "to": "2026-02-01"}, "to"),
        ({"from": "2027-01-01"}, "to"),
    ],
)
def test_days_that_cannot_be_used_are_named(overseeing, asked, field):
    answer = overseeing.get(ADDRESS, asked)

    assert (answer.status_code, list(answer.json())) == (400, [field])


@pytest.mark.parametrize("role", [role for role in Role if role != Role.OVERSIGHT])
def test_accuracy_for_another_role_is_refused(client, role):
    client.force_login(make_officer(role=role).user)

    answer = client.get(ADDRESS)

    assert (answer.status_code, answer.json()["code"]) == (403, "refused")


def test_accuracy_for_a_visitor_is_refused_and_takes_no_post(client, overseeing):
    assert Client().get(ADDRESS).status_code == 403
    assert overseeing.post(ADDRESS).status_code == 405


@pytest.mark.parametrize("texts", [1, 3])
def test_accuracy_costs_the_same_however_many_texts(overseeing, texts):
    for _ in range(texts):
        confirmed(HEATING)

    assert cost(overseeing, ADDRESS) == 6
