"""Handing on by program: six questions to each act, the list of what my body decides, and the case with its hops."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client

from agencies.enums import Role
from agencies.models import Officer
from appeals.domain import numbering
from appeals.domain.withdrawal import withdraw
from appeals.models import Appeal, Dispute
from tests.appeals.domain.journeys import (
    AKIMAT,
    EDUCATION,
    HEALTH,
    UTILITIES,
    body,
    by,
    complaint,
    disputed,
    forwarded,
    forwarded_twice,
    given_back,
    trail,
)
from tests.appeals.handing_on import ACTS, NAMES, Asked
from tests.factories import MONDAY, make_appeal, make_officer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_monday() -> Iterator[None]:
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture(params=ACTS, ids=NAMES)
def each(request: pytest.FixtureRequest) -> Asked:
    return request.param


def url(appeal: Appeal, act: str = "") -> str:
    return f"/api/v1/appeals/{numbering.slug(appeal.number)}/" + (f"{act}/" if act else "")


def signed_in(officer: Officer) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(officer.user)
    return client


def post(officer: Officer, address: str, content: Any) -> Any:
    return signed_in(officer).post(address, content, content_type="application/json")


def test_act_by_the_right_officer_at_the_right_moment_is_done(each: Asked):
    appeal = each.moment()

    answer = post(by(appeal.agency, each.role), url(appeal, each.act), each.content)

    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert trail(appeal)[-1] == each.left


def test_act_by_a_stranger_finds_nothing_by_the_wrong_officer_is_refused(each: Asked):
    appeal = each.moment()
    before = trail(appeal)

    stranger = post(make_officer("akimat.education.kz-75", Role.HEAD), url(appeal, each.act), each.content)
    wrong = post(make_officer(appeal.agency, each.wrong), url(appeal, each.act), each.content)

    assert (stranger.status_code, stranger.json()["code"]) == (404, "not_found")
    assert (wrong.status_code, wrong.json()["code"]) == (403, "refused")
    assert trail(appeal) == before


def test_act_at_the_wrong_moment_is_refused_with_the_reason_of_the_rule(each: Asked):
    appeal = each.wrong_moment()
    before, officer = trail(appeal), by(appeal.agency, each.role)

    answer = post(officer, url(appeal, each.act), each.content)

    told = signed_in(officer).get(url(appeal)).json()["acts"]
    assert (answer.status_code, answer.json()["code"]) == (403, "refused")
    assert each.reason in answer.json()["detail"]
    assert answer.json()["detail"] == next(row["refusal"] for row in told if row["act"] == each.act)
    assert trail(appeal) == before


def test_act_with_a_bad_body_is_refused_at_the_field_and_by_get_not_allowed(each: Asked):
    appeal = each.moment()
    before, officer = trail(appeal), by(appeal.agency, each.role)

    answer = post(officer, url(appeal, each.act), each.content | {each.field: " "})

    assert (answer.status_code, list(answer.json())) == (400, [each.field])
    assert signed_in(officer).get(url(appeal, each.act)).status_code == 405
    assert trail(appeal) == before


def test_dispute_that_proposes_a_body_there_is_not_is_refused_at_the_field():
    answer = post(by(HEALTH), url(forwarded_twice(), "dispute"), {"proposed": "nobody", "reason": "x"})

    assert (answer.status_code, list(answer.json())) == (400, ["proposed"])


@pytest.mark.parametrize(
    ("moment", "to", "reason"),
    [
        (forwarded_twice, UTILITIES, "forwarded twice already"),
        (lambda: given_back(forwarded()), EDUCATION, "returned once already"),
        (lambda: disputed().appeal, UTILITIES, "Until it decides"),
    ],
)
def test_forward_past_the_guard_is_refused_with_its_reason(moment: Callable[[], Appeal], to: str, reason: str):
    appeal = moment()

    answer = post(by(appeal.agency), url(appeal, "forward"), {"to": to, "reason": "Theirs."})

    assert (answer.status_code, answer.json()["code"]) == (403, "refused")
    assert reason in answer.json()["detail"]
    assert Appeal.objects.get().agency == appeal.agency


@pytest.mark.parametrize("act", ["forward", "forward-part"])
def test_forward_to_a_ceased_body_is_refused(act: str):
    appeal, gone = make_appeal(), body(EDUCATION)
    gone.valid_to = MONDAY.date().replace(day=1)
    gone.save()

    answer = post(by(UTILITIES), url(appeal, act), {"to": EDUCATION, "reason": "Theirs.", "questions": "The school?"})

    assert (answer.status_code, answer.json()["detail"]) == (403, "This body no longer exists.")


@pytest.mark.parametrize("act", ["forward", "forward-part"])
def test_forward_to_the_president_is_refused(act: str):
    appeal = make_appeal()

    answer = post(by(UTILITIES), url(appeal, act), {"to": "president", "reason": "His.", "questions": "The school?"})

    assert (answer.status_code, answer.json()["code"]) == (403, "refused")
    assert answer.json()["detail"].startswith("Nobody forwards to the President: his Office takes")
    assert Appeal.objects.get().agency == body(UTILITIES)


@pytest.mark.parametrize("to", ["prime_minister", "government"])
def test_forward_a_complaint_to_a_body_that_hears_none_is_refused(to: str):
    appeal = complaint()
    Appeal.objects.filter(pk=appeal.pk).update(agency=body(EDUCATION))

    answer = post(by(EDUCATION), url(appeal, "forward"), {"to": to, "reason": "Theirs."})

    assert (answer.status_code, answer.json()["code"]) == (403, "refused")
    assert answer.json()["detail"].startswith("This body hears no complaints")


@pytest.mark.parametrize("act", ["forward", "forward-part"])
def test_forward_a_complaint_to_the_body_complained_of_is_refused(act: str):
    appeal = complaint()
    Appeal.objects.filter(pk=appeal.pk).update(agency=body(EDUCATION))

    answer = post(by(EDUCATION), url(appeal, act), {"to": UTILITIES, "reason": "Theirs.", "questions": "The school?"})

    assert answer.status_code == 403
    assert "may not go to the body complained of" in answer.json()["detail"]


def test_case_tells_its_hops_and_who_decides():
    asked = disputed()

    case = signed_in(by(HEALTH)).get(url(asked.appeal)).json()

    assert [(hop["left"]["code"], hop["to"]["code"]) for hop in case["forwardings"]] == [
        (UTILITIES, EDUCATION),
        (EDUCATION, HEALTH),
    ]
    assert case["forwardings"][0]["on_last_day"] is False
    (told,) = case["disputes"]
    assert (told["above"]["code"], told["to"], told["decided_on"]) == (AKIMAT, None, None)


def test_disputes_are_listed_to_who_decides_and_to_nobody_else():
    asked = disputed(proposed=body(UTILITIES))

    listed = signed_in(by(AKIMAT, Role.HEAD)).get("/api/v1/disputes/").json()["results"]
    refused = signed_in(make_officer(AKIMAT, Role.EXECUTOR)).get("/api/v1/disputes/")
    elsewhere = signed_in(by(HEALTH, Role.HEAD)).get("/api/v1/disputes/").json()["results"]

    assert [(row["id"], row["appeal"], row["holder"]["code"]) for row in listed] == [
        (asked.pk, asked.appeal.number, HEALTH)
    ]
    assert (refused.status_code, elsewhere) == (403, [])


def test_disputes_go_on_after_a_key_and_refuse_what_is_none():
    first, second = disputed(), disputed()
    client = signed_in(by(AKIMAT, Role.HEAD))

    page = client.get("/api/v1/disputes/?page_size=1").json()
    rest = client.get(page["next"]).json()

    assert [row["id"] for row in page["results"] + rest["results"]] == [first.pk, second.pk]
    assert client.get("/api/v1/disputes/?after=x").status_code == 400


def test_decide_moves_the_case_once_and_anew_only_by_who_names_the_first_decision():
    asked, head = disputed(), by(AKIMAT, Role.HEAD)
    address = f"/api/v1/disputes/{asked.pk}/decide/"

    first = post(head, address, {"to": UTILITIES, "grounds": "Heating."})
    second = post(head, address, {"to": EDUCATION, "grounds": "Schools."})
    anew = post(head, address, {"to": EDUCATION, "grounds": "Schools.", "instead_of": UTILITIES})

    assert first.json()["appeal"]["agency"]["code"] == UTILITIES
    assert (second.status_code, second.json()["code"]) == (403, "refused")
    assert "Meanwhile it was decided" in second.json()["detail"]
    assert anew.json()["appeal"]["agency"]["code"] == EDUCATION


def test_decide_by_a_stranger_the_wrong_officer_too_late_or_badly_is_refused():
    asked, head = disputed(), by(AKIMAT, Role.HEAD)
    address, content = f"/api/v1/disputes/{asked.pk}/decide/", {"to": UTILITIES, "grounds": "Heating."}

    hidden = post(make_officer(EDUCATION, Role.HEAD), address, content)
    assert (hidden.status_code, hidden.json()["detail"]) == (404, "Not found.")
    assert post(make_officer(AKIMAT, Role.EXECUTOR), address, content).status_code == 403
    assert list(post(head, address, {"to": "nobody", "grounds": "x"}).json()) == ["to"]
    assert list(post(head, address, content | {"grounds": " "}).json()) == ["grounds"]
    assert signed_in(head).get(address).status_code == 405
    withdraw(asked.appeal, at=MONDAY)
    assert post(head, address, content).json()["detail"] == "The appeal is closed."
    assert not Dispute.objects.get().to
