"""One breach and the acts on it: it works; a stranger; the wrong person; the wrong moment; a bad body; a GET."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client

from agencies.enums import Role
from agencies.models import Officer
from appeals.domain.accountability import annul_breach, explain_breach
from appeals.domain.routing import OFFICE
from appeals.enums import BreachCause
from appeals.models import Breach
from tests.appeals.api.test_reading import cost
from tests.appeals.domain.statistics.situations import WEEK, place, sweep
from tests.factories import MONDAY, make_appeal, make_officer

pytestmark = pytest.mark.django_db

NOW = MONDAY + 2 * WEEK
MEASURE = {"kind": "reprimand", "taken_on": "2026-02-12", "order_number": "17-к"}

# who may, who may not, a body, a bad one with its field, and what it leaves
ACTS: dict[str, tuple[str, str, dict[str, Any], dict[str, Any], str, str]] = {
    "explain": (
        "head",
        "overseer",
        {"cause": "neglect", "text": "It lay."},
        {"cause": "fate"},
        "cause",
        "explanations",
    ),
    "review": ("overseer", "head", {"verdict": "measures_due"}, {"verdict": "guilty"}, "verdict", "reviews"),
    "measure": ("head", "unit_head", MEASURE, {"order_number": ""}, "order_number", "measures"),
    "annul": ("overseer", "head", {"reason": "A strike."}, {"reason": ""}, "reason", "annulment"),
}


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def breach(head: Officer) -> Breach:
    make_appeal()
    sweep(MONDAY + WEEK)
    return explain_breach(Breach.objects.get(), cause=BreachCause.WORKLOAD, text="Ill.", by=head, at=NOW)


@pytest.fixture
def head(db: None) -> Officer:
    return make_officer(role=Role.HEAD)


@pytest.fixture
def unit_head(db: None) -> Officer:
    return make_officer(role=Role.UNIT_HEAD)


@pytest.fixture
def overseer(db: None) -> Officer:
    return make_officer(OFFICE, Role.OVERSIGHT)


@pytest.fixture
def stranger(db: None) -> Officer:
    return make_officer("akimat.utilities.kz-75", Role.HEAD)


def post(officer: Officer, breach: Breach, act: str, content: Any) -> Any:
    client = Client(headers={"accept-language": "en"})
    client.force_login(officer.user)
    return client.post(f"/api/v1/breaches/{breach.pk}/{act}/", content, content_type="application/json")


def get(officer: Officer, address: str) -> Any:
    client = Client(headers={"accept-language": "en"})
    client.force_login(officer.user)
    return client.get(f"/api/v1/breaches/{address}")


def trail(breach: Breach) -> list[str]:
    return list(breach.appeal.events.order_by("seq").values_list("kind", flat=True))


@pytest.mark.parametrize("act", ACTS)
def test_act_by_who_may_is_done_and_answers_with_the_breach(act, breach, request):
    who, _, content, _, _, leaves = ACTS[act]
    before = trail(breach)

    answer = post(request.getfixturevalue(who), breach, act, content)

    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert answer.json()[leaves]
    assert len(trail(breach)) == len(before) + 1


@pytest.mark.parametrize("act", ACTS)
def test_act_by_a_stranger_finds_nothing_and_does_nothing(act, breach, stranger):
    before = trail(breach)

    assert post(stranger, breach, act, ACTS[act][2]).status_code == 404
    assert trail(breach) == before


@pytest.mark.parametrize("act", ACTS)
def test_act_by_the_wrong_person_is_refused_with_the_reason(act, breach, request):
    before = trail(breach)

    answer = post(request.getfixturevalue(ACTS[act][1]), breach, act, ACTS[act][2])

    assert (answer.status_code, answer.json()["code"]) == (403, "refused")
    assert answer.json()["detail"]
    assert trail(breach) == before


@pytest.mark.parametrize("act", ACTS)
def test_act_on_an_annulled_breach_is_refused_with_its_own_reason(act, breach, overseer, request):
    annul_breach(breach, reason="A mistake.", by=overseer, at=NOW)
    before = trail(breach)

    answer = post(request.getfixturevalue(ACTS[act][0]), breach, act, ACTS[act][2])

    assert (answer.status_code, answer.json()["detail"]) == (403, "The breach is annulled.")
    assert trail(breach) == before


@pytest.mark.parametrize("act", ACTS)
def test_act_with_a_body_that_cannot_be_taken_names_the_field(act, breach, request):
    who, _, content, wrong, field, _ = ACTS[act]
    before = trail(breach)

    answer = post(request.getfixturevalue(who), breach, act, content | wrong)

    assert (answer.status_code, list(answer.json())) == (400, [field])
    assert trail(breach) == before


@pytest.mark.parametrize("act", ACTS)
def test_act_asked_for_by_get_is_not_allowed(act, breach, request):
    assert get(request.getfixturevalue(ACTS[act][0]), f"{breach.pk}/{act}/").status_code == 405


def test_measure_on_somebody_of_another_body_is_refused_at_the_field(breach, head, stranger):
    answer = post(head, breach, "measure", MEASURE | {"officer": stranger.pk})

    assert answer.json() == {"officer": ["Choose somebody of the body whose term was broken."]}


def test_breach_tells_its_clock_and_what_its_reader_may_do(breach, head):
    told = get(head, f"{breach.pk}/").json()

    assert told["breach"]["appeal"] == breach.appeal.number
    assert (told["breach"]["cause"], told["breach"]["annulled_on"]) == ("workload", None)
    assert (told["starts_on"], told["ended_on"], told["days_late"]) == ("2026-02-02", None, 7)
    assert [(said["cause"], said["text"], said["by"]) for said in told["explanations"]] == [
        ("workload", "Ill.", head.user.full_name)
    ]
    assert {act["act"]: bool(act["refusal"]) for act in told["acts"]} == {
        "explain": False,
        "review": True,
        "measure": False,
        "annul": True,
    }


def test_body_sees_its_own_breaches_alone(breach, head, overseer):
    make_appeal(**place("education.school", "KZ-75"))
    sweep(MONDAY + WEEK)

    assert [row["id"] for row in get(head, "").json()["results"]] == [breach.pk]
    assert len(get(overseer, "").json()["results"]) == 2
    assert len(get(overseer, "?cause=unexplained").json()["results"]) == 1
    assert len(get(overseer, "?region=KZ-75&level=local&annulled=no").json()["results"]) == 1
    assert get(overseer, "?cause=fate").json().keys() == {"cause"}


@pytest.mark.parametrize("said", [1, 3])
def test_breach_costs_the_same_however_much_was_said_of_it(client: Client, breach, head, said):
    for n in range(said):
        explain_breach(breach, cause=BreachCause.OTHER, text=f"More, {n}.", by=head, at=NOW)
    client.force_login(head.user)

    assert cost(client, f"/api/v1/breaches/{breach.pk}/") == 5
