"""One breach at the desk: what its page tells, and six questions to every act on it."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
import time_machine

from appeals.domain.accountability import annul_breach, review_breach, take_measure
from appeals.domain.numbering import slug
from appeals.enums import MeasureKind, Verdict
from appeals.models import Breach
from tests.appeals.domain.statistics.situations import WEEK
from tests.appeals.web.desk.conftest import signed_in
from tests.factories import MONDAY, make_officer

pytestmark = pytest.mark.django_db

NOW = MONDAY + 2 * WEEK  # Monday 16 February 2026
REGISTER = "/desk/breaches/"


@pytest.fixture(autouse=True)
def now() -> Iterator[datetime]:
    with time_machine.travel(NOW):
        yield NOW


def at(breach: Breach, act: str = "") -> str:
    return f"{REGISTER}{breach.pk}/{act}"


def trail(breach: Breach) -> tuple[list[str], int]:
    rows = (breach.explanations.count(), breach.reviews.count(), breach.measures.count())
    return list(breach.appeal.events.order_by("seq").values_list("kind", flat=True)), sum(rows)


# the act: who may, in which state, with what, and what is wrong with a form; last: who may not
ACTS: dict[str, tuple[str, str, dict[str, Any], dict[str, Any], str, str]] = {
    "explain": ("head", "breach", {"cause": "neglect", "text": "It lay."}, {"cause": "fate"}, "cause", "overseer"),
    "review": ("overseer", "explained", {"verdict": "accepted"}, {"verdict": "guilty"}, "verdict", "head"),
    "measure": (
        "head",
        "breach",
        {"kind": "remark", "taken_on": "2026-02-12", "order_number": "17-к"},
        {"order_number": ""},
        "order_number",
        "unit_head",
    ),
    "annul": ("overseer", "breach", {"reason": "A strike of the post."}, {"reason": " "}, "reason", "head"),
}


@pytest.mark.parametrize("act", ACTS)
def test_an_act_by_who_may_is_done_and_leads_back_to_the_breach(act, request):
    who, state, data, *_ = ACTS[act]
    breach, client = request.getfixturevalue(state), signed_in(request.getfixturevalue(who))
    before, _rows = trail(breach)

    response = client.post(at(breach, f"{act}/"), data)

    assert (response.status_code, response.url) == (302, at(breach))
    assert len(trail(breach)[0]) == len(before) + 1
    assert "Done" in client.get(response.url).content.decode()


@pytest.mark.parametrize("act", ACTS)
def test_an_act_by_another_body_is_not_there(act, request, stranger):
    _, state, data, *_ = ACTS[act]
    breach = request.getfixturevalue(state)
    before = trail(breach)

    assert signed_in(stranger).post(at(breach, f"{act}/"), data).status_code == 404
    assert trail(breach) == before


@pytest.mark.parametrize("act", ACTS)
def test_an_act_by_the_wrong_person_is_refused_with_a_reason(act, request):
    _, state, data, *_, wrong = ACTS[act]
    breach = request.getfixturevalue(state)
    before = trail(breach)

    response = signed_in(request.getfixturevalue(wrong)).post(at(breach, f"{act}/"), data)

    assert response.status_code == 403
    assert "Nothing has been changed" in response.content.decode()
    assert trail(breach) == before


@pytest.mark.parametrize("act", ACTS)
def test_an_act_once_the_breach_is_annulled_is_refused_with_its_own_reason(act, request, annulled):
    who, _, data, *_ = ACTS[act]
    before = trail(annulled)

    response = signed_in(request.getfixturevalue(who)).post(at(annulled, f"{act}/"), data)

    assert response.status_code == 403
    assert "The breach is annulled." in response.content.decode()
    assert trail(annulled) == before


@pytest.mark.parametrize("act", ACTS)
def test_a_form_that_cannot_be_taken_comes_back_with_the_fault_at_its_field(act, request):
    who, state, data, wrong, field, _ = ACTS[act]
    breach = request.getfixturevalue(state)
    before = trail(breach)

    response = signed_in(request.getfixturevalue(who)).post(at(breach, f"{act}/"), data | wrong)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert f'href="#{act}_{field}' in response.content.decode()
    assert trail(breach) == before


@pytest.mark.parametrize("act", ACTS)
def test_an_act_asked_for_by_its_address_alone_is_not_allowed(act, request):
    who, state, *_ = ACTS[act]

    address = at(request.getfixturevalue(state), f"{act}/")

    assert signed_in(request.getfixturevalue(who)).get(address).status_code == 405


def test_measure_of_a_day_to_come_is_said_at_its_field_and_what_was_typed_stays(breach, head):
    day = {"taken_on_day": "1", "taken_on_month": "3", "taken_on_year": "2026"}
    typed = {"kind": "reprimand", "order_number": "5"} | day

    response = signed_in(head).post(at(breach, "measure/"), typed)

    assert response.status_code == 422
    assert response.context["form"].errors == {"taken_on": ["The order cannot be of a day to come."]}
    assert 'value="2026"' in response.content.decode()


def test_measure_on_who_has_left_office_can_be_entered(breach, head):
    left = make_officer(breach.agency, valid_to=date(2026, 2, 10))
    data = {"kind": "dismissal", "taken_on": "2026-02-10", "order_number": "9", "officer": left.pk}

    assert signed_in(head).post(at(breach, "measure/"), data).status_code == 302
    assert breach.measures.get().officer == left


def test_page_of_a_breach_tells_all_that_followed(explained, head, overseer):
    clerk = make_officer(explained.agency)
    review_breach(explained, verdict=Verdict.INSUFFICIENT, text="Who was ill?", by=overseer, at=NOW)
    taken = {"taken_on": date(2026, 2, 12), "order_number": "17-к"}
    take_measure(explained, kind=MeasureKind.REMARK, officer=clerk, **taken, by=head, at=NOW)
    annul_breach(explained, reason="The post was on strike.", by=overseer, at=NOW)

    page = signed_in(overseer).get(at(explained)).content.decode()

    for told in (
        explained.appeal.number,
        f'href="/desk/{slug(explained.appeal.number)}/"',
        "Too many appeals for the staff",
        "Two were ill.",
        "Not sufficient: explain further",
        "Who was ill?",
        str(clerk.user),
        "Order 17-к of 12 February 2026",
        "The post was on strike.",
        "Annulled: 16 February 2026.",
    ):
        assert told in page, told


def test_page_of_a_breach_says_how_late_it_is_and_what_may_be_done(breach, head):
    page = signed_in(head).get(at(breach))

    facts = {fact["name"]: fact["value"] for fact in page.context["facts"]}
    assert (facts["Last day"], facts["Done on"], facts["Working days late"]) == ("5 February 2026", "Not yet", "7")
    assert [act["name"] for act in page.context["forms"]] == ["explain", "measure"]
    refused = {action.label: action.refusal for action in page.context["actions"] if action.refusal}
    assert refused == {
        "Review the explanation": "Only those who oversee for the President's Office may do this.",
        "Annul the breach": "Only those who oversee for the President's Office may do this.",
    }


def test_page_of_a_breach_of_another_body_is_not_there(breach, stranger, executor):
    assert signed_in(stranger).get(at(breach)).status_code == 404
    assert signed_in(executor).get(at(breach)).status_code == 404
    assert signed_in(stranger).get(f"{REGISTER}{10**30}/").status_code == 404
