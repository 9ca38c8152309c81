"""The acts of the hearing and after the answer by API: works, stranger, wrong person, wrong moment, bad body, GET."""

from typing import Any

import pytest
from django.test import Client

from agencies.enums import Role
from agencies.models import Officer
from tests.appeals import scenes
from tests.appeals.scenes import ACTS, ELSEWHERE, NAMES, Asked, Scene, content_of, officer
from tests.factories import make_officer

pytestmark = pytest.mark.django_db
each_act = pytest.mark.parametrize("asked", ACTS, ids=NAMES)


def url(scene: Scene, act: str = "") -> str:
    return f"/api/v1/appeals/{scene.slug}/{act}"


def post(client: Client, scene: Scene, act: str, content: Any, by: Officer) -> Any:
    client.force_login(by.user)
    return client.post(url(scene, f"{act}/"), content, content_type="application/json")


@each_act
def test_act_by_the_right_officer_at_the_right_moment_is_done(client: Client, asked: Asked):
    scene = asked.moment()

    answer = post(client, scene, asked.act, content_of(asked, scene), officer(scene, asked.who))

    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store"), answer.content.decode()
    assert answer.json()["events"][-1]["kind"] == asked.left
    assert scene.trail[-1] == asked.left


@each_act
def test_act_by_a_stranger_finds_nothing_and_does_nothing(client: Client, asked: Asked):
    scene = asked.moment()
    before = scene.trail

    answer = post(client, scene, asked.act, content_of(asked, scene), make_officer(ELSEWHERE, Role.HEAD))

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert scene.trail == before


@each_act
def test_act_by_the_wrong_officer_or_at_the_wrong_moment_is_refused_as_the_case_says(client: Client, asked: Asked):
    for scene, who in ((asked.moment(), asked.wrong), (asked.wrong_moment(), asked.who)):
        before, by = scene.trail, officer(scene, who)

        answer = post(client, scene, asked.act, content_of(asked, scene), by)

        told = client.get(url(scene)).json()["acts"]
        assert (answer.status_code, answer.json()["code"]) == (403, "refused")
        assert answer.json()["detail"] == next(row["refusal"] for row in told if row["act"] == asked.act)
        assert scene.trail == before


@pytest.mark.parametrize("asked", [a for a in ACTS if a.missing], ids=[a.act for a in ACTS if a.missing])
def test_act_with_something_missing_is_refused_at_the_field_and_does_nothing(client: Client, asked: Asked):
    scene = asked.moment()
    before = scene.trail
    content = {name: value for name, value in content_of(asked, scene).items() if name != asked.missing}

    answer = post(client, scene, asked.act, content, officer(scene, asked.who))

    assert (answer.status_code, list(answer.json())) == (400, [asked.missing])
    assert scene.trail == before


@each_act
def test_act_by_get_is_not_allowed(client: Client, asked: Asked):
    scene = scenes.registered()
    client.force_login(scene.head.user)

    assert client.get(url(scene, f"{asked.act}/")).status_code == 405


def test_case_tells_of_hearings_errata_and_the_parts_of_colleagues(client: Client):
    scene = scenes.notified()
    client.force_login(scene.executor.user)

    told = client.get(url(scene)).json()

    (hearing,) = told["hearings"]
    assert (hearing["decision"], hearing["way"], hearing["objected_on"]) == ("Бас тартпақпыз.", "in_person", None)
    assert (told["errata"], told["co_executions"]) == ([], [])
    scene = scenes.asked_of_colleague()
    client.force_login(scene.colleague.user)
    (part,) = client.get(url(scene)).json()["co_executions"]
    assert (part["officer_id"], part["question"]) == (scene.colleague.pk, "Есептегіш не көрсетеді?")


def test_case_answered_tells_what_is_still_to_be_done(client: Client):
    scene = scenes.answered()
    post(client, scene, "correct-reply", {"text": "2062 емес, 2026."}, scene.head)

    told = client.get(url(scene)).json()

    assert told["reply"]["needs_execution"] is True
    assert [erratum["text"] for erratum in told["errata"]] == ["2062 емес, 2026."]


@pytest.mark.parametrize("status", ["still_owed", "asked_of_me"])
def test_queue_takes_the_words_for_what_is_owed(client: Client, status: str):
    scene = {"still_owed": scenes.answered, "asked_of_me": scenes.asked_of_colleague}[status]()
    client.force_login(scene.colleague.user)

    rows = client.get(f"/api/v1/queue/?status={status}").json()["results"]

    assert [row["number"] for row in rows] == [scene.appeal.number]
