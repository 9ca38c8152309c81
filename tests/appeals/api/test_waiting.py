"""Extensions and corrections by API: done, not there, refused, at the field, never by GET."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from agencies.enums import Role
from agencies.models import Officer
from appeals.domain import assignment, extensions, holds, numbering
from appeals.enums import ClockKind, EventKind, Status
from tests.factories import make_appeal, make_officer

pytestmark = pytest.mark.django_db
ELSEWHERE = "akimat.utilities.kz-75"


class Scene:
    """An appeal assigned today, with the officers of its body."""

    def __init__(self) -> None:
        self.at = timezone.now()
        self.executor, self.head = make_officer(), make_officer(role=Role.HEAD)
        self.appeal = assignment.assign(make_appeal(at=self.at), self.executor, by=self.head, at=self.at)
        self.until = (self.appeal.clocks.get(kind=ClockKind.REPLY).due_on + timedelta(days=7)).isoformat()

    @property
    def url(self) -> str:
        return f"/api/v1/appeals/{numbering.slug(self.appeal.number)}/"

    def post(self, client: Client, act: str, by: Officer, content: dict[str, Any]) -> Any:
        client.force_login(by.user)
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
        return client.post(f"{self.url}{act}/", content, content_type="application/json")


def asked(scene: Scene) -> None:
    until = scene.appeal.clocks.get(kind=ClockKind.REPLY).due_on + timedelta(days=3)
    extensions.ask_extension(scene.appeal, until=until, reason="Тексеру керек.", by=scene.executor, at=scene.at)


def held(scene: Scene) -> None:
    holds.hold(scene.appeal, missing="Мекенжай.", days=3, by=scene.executor, at=scene.at)


def nothing(scene: Scene) -> None:
    pass


def until_and_reason(scene: Scene) -> dict[str, Any]:
    return {"until": scene.until, "reason": "Жерінде тексеру керек."}


# act: before it, who, what, what it leaves; who may not; a bad body with its field; what makes it the wrong moment
ACTS: dict[str, tuple[Callable[[Scene], None], str, Any, EventKind, str, dict[str, Any], str, Any]] = {
    "ask-extension": (
        nothing, "executor", until_and_reason, EventKind.EXTENSION_ASKED, "head", {"until": "soon"}, "until", asked,
    ),
    "extend": (asked, "head", until_and_reason, EventKind.EXTENDED, "executor", {"until": "2020-01-01"}, "until", held),
    "refuse-extension": (
        asked, "head", {"reason": "Жеңіл іс."}, EventKind.EXTENSION_REFUSED, "executor", {"reason": ""}, "reason",
        nothing,
    ),
    "hold": (
        nothing, "executor", {"missing": "Мекенжай.", "days": 3}, EventKind.HELD, None, {"days": 99}, "days", held,
    ),
    "resume": (
        held, "head", {"correction": "Абай 1"}, EventKind.RESUMED, None, {"correction": " "}, "correction", nothing,
    ),
}  # fmt: skip


def content_of(content: Any, scene: Scene) -> dict[str, Any]:
    return content(scene) if callable(content) else content


@pytest.mark.parametrize("act", ACTS)
def test_act_by_who_may_is_done_and_shows_the_case(client, act):
    before, who, content, left, *_ = ACTS[act]
    scene = Scene()
    before(scene)

    answer = scene.post(client, act, getattr(scene, who), content_of(content, scene))

    assert answer.status_code == 200, answer.json()
    assert answer.json()["events"][-1]["kind"] == left


@pytest.mark.parametrize("act", ACTS)
def test_act_by_a_stranger_finds_nothing(client, act):
    before, _, content, *_ = ACTS[act]
    scene = Scene()
    before(scene)
    lines = scene.appeal.events.count()

    answer = scene.post(client, act, make_officer(ELSEWHERE, Role.HEAD), content_of(content, scene))

    assert (answer.status_code, scene.appeal.events.count()) == (404, lines)


@pytest.mark.parametrize("act", ACTS)
def test_act_by_the_wrong_officer_or_at_the_wrong_moment_is_refused(client, act):
    before, who, content, _, wrong, _, _, wrong_moment = ACTS[act]
    scene, late = Scene(), Scene()
    before(scene)
    wrong_moment(late)
    lines = scene.appeal.events.count(), late.appeal.events.count()
    stranger = getattr(scene, wrong) if wrong else make_officer(role=Role.CONTROLLER)

    answers = (
        scene.post(client, act, stranger, content_of(content, scene)),
        late.post(client, act, getattr(late, who), content_of(content, late)),
    )

    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [(403, "refused")] * 2
    assert (scene.appeal.events.count(), late.appeal.events.count()) == lines


@pytest.mark.parametrize("act", ACTS)
def test_act_with_a_bad_body_is_refused_at_the_field(client, act):
    before, who, content, _, _, bad, field, _ = ACTS[act]
    scene = Scene()
    before(scene)
    lines = scene.appeal.events.count()

    answer = scene.post(client, act, getattr(scene, who), content_of(content, scene) | bad)

    assert (answer.status_code, list(answer.json())) == (400, [field])
    assert scene.appeal.events.count() == lines


@pytest.mark.parametrize("act", ACTS)
def test_act_by_get_is_not_allowed(client, act):
    scene = Scene()
    client.force_login(scene.head.user)

    assert client.get(f"{scene.url}{act}/").status_code == 405


def test_hold_shows_in_the_case_and_stops_its_clock(client):
    scene = Scene()

    answer = scene.post(client, "hold", scene.executor, {"missing": "Мекенжай.", "days": 3}).json()

    assert answer["appeal"]["status"] == Status.ON_HOLD
    assert answer["appeal"]["next_due_on"] is None
