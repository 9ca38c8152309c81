"""Every act answers six questions: it works, stranger, wrong person, wrong moment, bad body, GET."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from agencies.domain.calendar import calendar
from agencies.enums import Role
from agencies.models import Officer
from appeals.domain import assignment, clocks, numbering, replies
from appeals.enums import ClockKind, Outcome, Status
from appeals.models import Appeal
from tests.factories import MONDAY, make_appeal, make_officer

pytestmark = pytest.mark.django_db
ELSEWHERE = "akimat.utilities.kz-75"
ANSWER = {"outcome": "satisfied", "text": "Жылу қосылды.", "law": "ӘРПК 76-бап", "remedy": "Әкімдікке."}
SEEN = {"seen": MONDAY.isoformat()}


@dataclass
class Scene:
    """An appeal on its way, with the officers of its body."""

    appeal: Appeal
    executor: Officer
    head: Officer

    @property
    def url(self) -> str:
        return f"/api/v1/appeals/{numbering.slug(self.appeal.number)}/"


def registered() -> Scene:
    return Scene(make_appeal(), make_officer(), make_officer(role=Role.HEAD))


def assigned() -> Scene:
    scene = registered()
    assignment.assign(scene.appeal, scene.executor, by=scene.head, at=MONDAY)
    return scene


def prepared() -> Scene:
    scene = assigned()
    replies.prepare_reply(
        scene.appeal, replies.Answer(**ANSWER | {"outcome": Outcome.SATISFIED}), by=scene.executor, at=MONDAY
    )
    return scene


def accepted() -> Scene:
    scene = registered()
    assignment.accept(scene.appeal, by=scene.head, at=MONDAY)
    return scene


def begun() -> Scene:
    scene = assigned()
    assignment.begin_review(scene.appeal, by=scene.executor, at=MONDAY)
    return scene


def answered() -> Scene:
    scene = prepared()
    replies.reply(scene.appeal, by=scene.head, at=MONDAY, seen=MONDAY)
    return scene


# act, its right moment, who may, who may not, the wrong moment, a body, a bad body with the field, the status after
ACTS: list[Any] = [
    ("accept", registered, "head", "executor", accepted, {}, None, Status.REGISTERED),
    ("assign", registered, "head", "executor", answered, "to", ({"to": 10**30}, "to"), Status.ASSIGNED),
    ("begin-review", assigned, "executor", "head", begun, {}, None, Status.IN_REVIEW),
    (
        "forward", assigned, "executor", None, answered,
        {"to": ELSEWHERE, "reason": "Олардың құзыреті"}, ({"to": "nobody", "reason": "x"}, "to"), Status.REGISTERED,
    ),
    ("prepare-reply", assigned, "executor", "head", answered, ANSWER, (ANSWER | {"law": " "}, "law"), Status.IN_REVIEW),
    ("reply", prepared, "head", "executor", answered, SEEN, ({"seen": "soon"}, "seen"), Status.ANSWERED),
    (
        "return", registered, "head", "executor", answered,
        {"ground": "insulting", "reason": "Балағат сөздер"}, ({"ground": "dull", "reason": "x"}, "ground"),
        Status.RETURNED,
    ),
    (
        "terminate", registered, "head", "executor", answered,
        {"ground": "anonymous", "reason": "Авторы белгісіз"}, ({"ground": "anonymous"}, "reason"), Status.TERMINATED,
    ),
    (
        "withdraw", assigned, "executor", None, answered,
        {"reason": "3 ақпандағы өтініш"}, ({"reason": " "}, "reason"), Status.WITHDRAWN,
    ),
    (
        "strike-off", registered, "head", "executor", answered,
        {"reason": "Екі рет тіркелген"}, ({"reason": "x", "duplicate_of": "no number"}, "duplicate_of"),
        Status.TERMINATED,
    ),
    (
        "forward-part", assigned, "executor", None, answered,
        {"to": ELSEWHERE, "questions": "Мектеп неге жылытылмайды?", "reason": "Олардың құзыреті"},
        ({"to": ELSEWHERE, "questions": " ", "reason": "x"}, "questions"), Status.ASSIGNED,
    ),
    (
        "reclassify", assigned, "executor", None, answered,
        {"kind": "proposal", "reason": "Ұсыныс"}, ({"special_type": "media", "reason": "x"}, "special_type"),
        Status.ASSIGNED,
    ),
]  # fmt: skip
NAMES = [row[0] for row in ACTS]


def post(client: Client, scene: Scene, act: str, content: Any, by: Officer) -> Any:
    client.force_login(by.user)
    content = {"to": scene.executor.pk} if content == "to" else content
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client.post(f"{scene.url}{act}/", content, content_type="application/json")


@pytest.mark.parametrize("row", ACTS, ids=NAMES)
def test_act_by_the_right_officer_at_the_right_moment_is_done(client: Client, row: Any):
    act, moment, who, _, _, content, _, after = row
    scene = moment()

    answer = post(client, scene, act, content, getattr(scene, who))

    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert answer.json()["appeal"]["status"] == after
    scene.appeal.refresh_from_db()
    assert scene.appeal.status == after


@pytest.mark.parametrize("row", ACTS, ids=NAMES)
def test_act_by_a_stranger_finds_nothing_and_does_nothing(client: Client, row: Any):
    act, moment, _, _, _, content, _, _ = row
    scene, stranger = moment(), make_officer(ELSEWHERE, Role.HEAD)
    before = scene.appeal.events.count()

    answer = post(client, scene, act, content, stranger)

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert scene.appeal.events.count() == before


@pytest.mark.parametrize("row", [row for row in ACTS if row[3]], ids=[row[0] for row in ACTS if row[3]])
def test_act_by_the_wrong_officer_is_refused_and_does_nothing(client: Client, row: Any):
    act, moment, _, wrong, _, content, _, _ = row
    scene = moment()
    before = scene.appeal.events.count()

    answer = post(client, scene, act, content, getattr(scene, wrong))

    assert (answer.status_code, answer.json()["code"]) == (403, "refused")
    assert scene.appeal.events.count() == before


@pytest.mark.parametrize("row", ACTS, ids=NAMES)
def test_act_at_the_wrong_moment_is_refused_with_the_reason_of_the_rule(client: Client, row: Any):
    act, _, who, _, moment, content, _, _ = row
    scene = moment()
    before = scene.appeal.events.count()

    answer = post(client, scene, act, content, getattr(scene, who))

    told = client.get(scene.url).json()["acts"]
    assert (answer.status_code, answer.json()["code"]) == (403, "refused")
    assert answer.json()["detail"] == next(row["refusal"] for row in told if row["act"] == act)
    assert scene.appeal.events.count() == before


@pytest.mark.parametrize("row", [row for row in ACTS if row[6]], ids=[row[0] for row in ACTS if row[6]])
def test_act_with_a_bad_body_is_refused_at_the_field_and_does_nothing(client: Client, row: Any):
    act, moment, who, _, _, _, (content, field), _ = row
    scene = moment()
    before = scene.appeal.events.count()

    answer = post(client, scene, act, content, getattr(scene, who))

    assert (answer.status_code, list(answer.json())) == (400, [field])
    assert scene.appeal.events.count() == before


@pytest.mark.parametrize("act", NAMES)
def test_act_by_get_is_not_allowed(client: Client, act: str):
    scene = registered()
    client.force_login(scene.head.user)

    assert client.get(f"{scene.url}{act}/").status_code == 405


@pytest.mark.parametrize("act", NAMES)
def test_act_without_signing_in_is_refused(client: Client, act: str):
    answer = client.post(f"{registered().url}{act}/", {}, content_type="application/json")

    assert (answer.status_code, answer.json()["code"]) == (403, "not_authenticated")


def test_reclassify_to_a_district_alone_tells_its_region(client: Client):
    scene = assigned()

    answer = post(
        client, scene, "reclassify", {"district": "KZ-75.alatau", "reason": "Алматыда болған"}, scene.executor
    )

    scene.appeal.refresh_from_db()
    assert (answer.status_code, scene.appeal.district.code, scene.appeal.region.code) == (200, "KZ-75.alatau", "KZ-75")


def test_reclassify_to_a_district_of_another_region_than_named_is_refused_at_its_field(client: Client):
    scene, told = assigned(), {"district": "KZ-75.alatau", "region": "KZ-71", "reason": "Алматыда болған"}

    answer = post(client, scene, "reclassify", told, scene.executor)

    scene.appeal.refresh_from_db()
    assert (answer.status_code, list(answer.json()), scene.appeal.district) == (400, ["district"], None)


def test_act_without_the_token_against_forgery_is_refused():
    scene, client = registered(), Client(enforce_csrf_checks=True)

    answer = post(client, scene, "accept", {}, scene.head)

    assert (answer.status_code, answer.json()["code"]) == (403, "permission_denied")
    assert "X-CSRFToken" in answer.json()["detail"]


def test_reply_takes_the_instant_the_case_told_and_refuses_an_older_one(client: Client):
    scene = prepared()
    client.force_login(scene.head.user)
    told = client.get(scene.url).json()["reply"]["prepared_at"]
    answer = replies.Answer(**ANSWER | {"outcome": Outcome.EXPLAINED})
    replies.prepare_reply(scene.appeal, answer, by=scene.executor, at=MONDAY + timedelta(microseconds=1))

    refused = post(client, scene, "reply", {"seen": told}, scene.head)

    assert (refused.status_code, refused.json()["code"]) == (403, "refused")
    assert "changed after you opened it" in refused.json()["detail"]
    told = client.get(scene.url).json()["reply"]["prepared_at"]
    assert post(client, scene, "reply", {"seen": told}, scene.head).status_code == 200


def test_act_that_the_table_of_moves_does_not_know_is_a_conflict(client: Client):
    scene = registered()
    Appeal.objects.filter(pk=scene.appeal.pk).update(officer=scene.executor)
    clocks.start_one(scene.appeal, ClockKind.RETURN, on=MONDAY.date(), calendar=calendar())

    answer = post(client, scene, "begin-review", {}, scene.executor)

    assert (answer.status_code, answer.json()["code"]) == (409, "illegal_move")


def test_assign_to_an_officer_of_another_body_is_refused_at_the_field(client: Client):
    scene, stranger = registered(), make_officer(ELSEWHERE)

    answer = post(client, scene, "assign", {"to": stranger.pk}, scene.head)

    assert (answer.status_code, answer.json()) == (400, {"to": ["There is no such officer in your body."]})


def test_assign_to_half_an_id_is_refused_and_assigns_nothing(client: Client):
    scene = registered()

    answer = post(client, scene, "assign", {"to": scene.executor.pk + 0.5}, scene.head)

    assert (answer.status_code, list(answer.json())) == (400, ["to"])
    assert Appeal.objects.get().officer is None


def test_posting_of_a_message_that_is_not_there_names_none_of_our_tables(client: Client):
    scene = registered()

    answer = post(client, scene, "notices/0/post", {}, scene.head)

    assert (answer.status_code, answer.json()) == (404, {"code": "not_found", "detail": "Not found."})


def test_forward_keeps_the_case_visible_to_the_body_that_let_it_go(client: Client):
    scene = registered()

    answer = post(client, scene, "forward", {"to": ELSEWHERE, "reason": "Олардың құзыреті"}, scene.head)

    assert answer.json()["appeal"]["agency"]["code"] == ELSEWHERE
    assert client.get(scene.url).status_code == 200
