"""The page of disputes over competence: what is left to the body above, and its decision."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from agencies.enums import Role
from agencies.models import Agency, Officer
from appeals.domain.alarms import mark_urgent
from appeals.domain.disputes import decide
from appeals.domain.withdrawal import withdraw
from appeals.enums import Danger, Kind
from appeals.models import Appeal, Dispute
from tests.appeals.domain.journeys import (
    AKIMAT,
    EDUCATION,
    HEALTH,
    UTILITIES,
    body,
    by,
    disputed,
    sent_on,
)
from tests.appeals.web.desk.conftest import address, signed_in
from tests.factories import MONDAY, make_officer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_monday() -> Iterator[None]:
    with time_machine.travel(MONDAY, tick=False):
        yield


def asked() -> Appeal:
    return disputed().appeal


def test_the_desk_counts_what_is_to_be_decided_and_leads_there():
    disputed()
    labels = {action.label: action for action in signed_in(by(AKIMAT, Role.HEAD)).get("/desk/").context["actions"]}

    assert labels["Competences to decide (1)"].url == "/desk/disputes/"
    actions = signed_in(make_officer(AKIMAT, Role.EXECUTOR)).get("/desk/").context["actions"]
    assert {action.label: bool(action.refusal) for action in actions}["Competences to decide (1)"]


def test_the_list_names_the_bodies_the_reason_and_the_days_left_and_costs_the_same_for_one_and_three(rows_read):
    first, costs = disputed(proposed=body(UTILITIES)), []
    client = signed_in(by(AKIMAT, Role.HEAD))
    for more in (0, 2):
        for _ in range(more):
            disputed(proposed=body(UTILITIES))
        with rows_read() as statements:
            page = client.get("/desk/disputes/")
        costs.append(len(statements))

    row = {cell["label"]: cell["text"] for cell in page.context["rows"][0]}
    assert row["Number"] == first.appeal.number
    assert (row["Held by"], row["Proposed by it"]) == (body(HEALTH), body(UTILITIES))
    assert (row["Why it is not for that body"], row["Working days left"]) == ("Not health.", 3)
    assert len(page.context["rows"]) == 3
    assert costs[0] == costs[1] <= 8


def test_the_list_is_only_for_who_decides():
    disputed()

    assert signed_in(make_officer(AKIMAT, Role.EXECUTOR)).get("/desk/disputes/").status_code == 403
    assert not signed_in(make_officer(EDUCATION, Role.HEAD)).get("/desk/disputes/").context["rows"]
    assert signed_in(by(AKIMAT, Role.HEAD)).get("/desk/disputes/?after=nonsense").status_code == 200
    assert signed_in(by(AKIMAT, Role.HEAD)).post("/desk/disputes/").status_code == 405


def page_of(dispute: Dispute) -> str:
    return f"/desk/disputes/{dispute.pk}/"


def choice(code: str, **more: object) -> dict[str, Any]:
    return {"to": body(code).pk, "grounds": "Heating is theirs."} | more


def test_decide_offers_who_had_it_and_moves_the_appeal():
    dispute, client = disputed(), signed_in(by(AKIMAT, Role.HEAD))

    page = client.get(page_of(dispute))
    offered = [label for _, label in page.context["form"].fields["to"].choices]
    response = client.post(page_of(dispute), choice(UTILITIES))

    assert offered[0] == f"{body(HEALTH)} (has the appeal now)"
    assert set(offered[1:]) == {str(body(EDUCATION)), str(body(UTILITIES)), "Another body"}
    assert (response.status_code, response.url) == (302, "/desk/disputes/")
    assert Appeal.objects.get().agency.code == UTILITIES


def test_decide_for_a_body_nobody_named_takes_its_code():
    dispute = disputed()

    signed_in(by(AKIMAT, Role.HEAD)).post(
        page_of(dispute), {"to": "another", "another": "akimat.culture.kz-79", "grounds": "Theirs."}
    )

    assert Appeal.objects.get().agency.code == "akimat.culture.kz-79"


@pytest.mark.parametrize("left", ["nonsense", "akimat.culture.kz-79"])
def test_decide_for_one_offered_pays_no_heed_to_what_is_left_in_the_box_of_another(left):
    dispute = disputed()

    signed_in(by(AKIMAT, Role.HEAD)).post(page_of(dispute), choice(UTILITIES) | {"another": left})

    assert Appeal.objects.get().agency.code == UTILITIES


@pytest.mark.parametrize(
    ("sent", "fields"),
    [
        ({}, ["to", "grounds"]),
        ({"to": "another", "grounds": "x"}, ["another"]),
        ({"to": "another", "another": "nonsense", "grounds": "x"}, ["another"]),
        ({"to": "another", "another": "president.office", "grounds": "x"}, ["another"]),
        ({"to": "0", "grounds": "x"}, ["to"]),
    ],
)
def test_decide_without_a_body_or_grounds_is_asked_again(sent, fields):
    dispute = disputed()

    response = signed_in(by(AKIMAT, Role.HEAD)).post(page_of(dispute), sent)

    assert response.status_code == 422
    assert sorted(response.context["form"].errors) == sorted(fields)
    assert not Dispute.objects.get().to


def test_decide_by_two_at_once_tells_the_second_what_was_decided():
    dispute, client = disputed(), signed_in(by(AKIMAT, Role.HEAD))
    client.post(page_of(dispute), choice(UTILITIES))

    second = client.post(page_of(dispute), choice(EDUCATION, instead_of=""))

    assert second.status_code == 422
    assert "Meanwhile it was decided" in second.content.decode()
    assert Appeal.objects.get().agency.code == UTILITIES
    assert client.post(page_of(dispute), choice(EDUCATION, instead_of=body(UTILITIES).pk)).status_code == 302


def stranger() -> Officer:
    return make_officer(EDUCATION, Role.HEAD)


def test_decide_by_a_stranger_or_the_wrong_person_or_too_late_is_refused():
    dispute = disputed()

    assert signed_in(stranger()).post(page_of(dispute), choice(UTILITIES)).status_code == 404
    assert signed_in(make_officer(AKIMAT, Role.EXECUTOR)).post(page_of(dispute), choice(UTILITIES)).status_code == 403
    withdraw(dispute.appeal, at=MONDAY)
    late = signed_in(by(AKIMAT, Role.HEAD)).post(page_of(dispute), choice(UTILITIES))
    assert late.status_code == 403
    assert "The appeal is closed." in late.content.decode()
    assert signed_in(by(AKIMAT, Role.HEAD)).put(page_of(dispute)).status_code == 405
    assert not Dispute.objects.get().to


def test_the_case_shows_who_is_asked_and_leads_who_decides_to_it():
    dispute = disputed()

    theirs = signed_in(by(AKIMAT, Role.HEAD)).get(address(dispute.appeal))
    ours = signed_in(by(HEALTH)).get(address(dispute.appeal))

    assert theirs.context["decide_url"] == page_of(dispute)
    assert ours.context["decide_url"] == ""
    assert f"Asked on 2 February 2026 to decide who answers: {body(AKIMAT)}." in ours.content.decode()


def test_the_case_shows_what_was_decided():
    dispute = disputed()
    decide(dispute, body(UTILITIES), by=by(AKIMAT, Role.HEAD), at=MONDAY, grounds="Heating is theirs.")

    page = signed_in(by(UTILITIES)).get(address(dispute.appeal)).content.decode()

    assert "Heating is theirs." in page
    assert f"It is: {body(UTILITIES)}." in page


def test_the_body_above_that_only_decides_acts_on_nothing_else():
    dispute = disputed()
    head: Officer = by(AKIMAT, Role.HEAD)

    response = signed_in(head).post(address(dispute.appeal, "accept/"))

    assert response.status_code == 403
    assert Agency.objects.get(code=HEALTH) == Appeal.objects.get().agency


def complained_of(appeal: Appeal, code: str) -> None:
    Appeal.objects.filter(pk=appeal.pk).update(kind=Kind.COMPLAINT, complained_of=body(code))


def test_no_link_leads_to_deciding_anew_for_a_body_that_is_complained_of_since(rows_read):
    above = body(AKIMAT).superior
    costs = []
    client = signed_in(by(AKIMAT, Role.HEAD))
    for code in (AKIMAT, above.code):
        dispute = disputed()
        decide(dispute, body(HEALTH), by=by(AKIMAT, Role.HEAD), at=MONDAY, grounds="Theirs.")
        complained_of(dispute.appeal, code)
        with rows_read() as statements:
            page = client.get("/desk/disputes/")
        costs.append(len(statements))

        assert [row[0]["url"] for row in page.context["decided"]] == [""] * len(costs)
        assert client.get(address(dispute.appeal)).context["decide_url"] == ""
        assert client.get(page_of(dispute)).status_code == 403
    assert max(costs) <= 8


def test_what_can_be_decided_anew_is_led_to():
    dispute = disputed()
    decide(dispute, body(HEALTH), by=by(AKIMAT, Role.HEAD), at=MONDAY, grounds="Theirs.")
    client = signed_in(by(AKIMAT, Role.HEAD))

    (row,) = client.get("/desk/disputes/").context["decided"]

    assert row[0]["url"] == page_of(dispute)
    assert client.get(address(dispute.appeal)).context["decide_url"] == page_of(dispute)
    assert client.get(page_of(dispute)).status_code == 200


def test_what_was_moved_by_urgency_is_listed_nowhere_and_the_case_says_so():
    dispute = disputed()
    mark_urgent(dispute.appeal, Danger.LIFE, by=by(HEALTH), at=MONDAY, reason="Gas.")
    sent_on(Appeal.objects.get(), EDUCATION)
    client = signed_in(by(AKIMAT, Role.HEAD))

    page = client.get("/desk/disputes/")
    case = client.get(address(dispute.appeal)).content.decode()

    assert (page.context["rows"], page.context["decided"]) == ([], [])
    assert "On 2 February 2026 the appeal was moved before that was decided." in case
    assert client.get(page_of(dispute)).status_code == 403
    assert client.post(page_of(dispute), choice(UTILITIES)).status_code == 403
    assert Appeal.objects.get().agency == body(EDUCATION)
