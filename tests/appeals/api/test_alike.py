"""Repeats and like appeals through the API."""

from random import Random
from typing import Any

import pytest
from django.test import Client

from agencies.enums import Role
from agencies.models import Officer
from appeals.domain import assignment, grouping, linking, numbering
from appeals.domain.routing import OFFICE
from appeals.enums import EventKind, Status
from appeals.models import Appeal, Group
from tests.appeals.domain.test_likeness import TEXT, changed
from tests.factories import MONDAY, make_appeal, make_officer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_monday")]
ELSEWHERE = "akimat.utilities.kz-75"
WHY = {"reason": "Same street, same lamps."}
ANSWER = {"outcome": "explained", "text": "Шамдар маусымда ауысады.", "law": "76-бап"}


@pytest.fixture
def on_monday(time_machine):
    time_machine.move_to(MONDAY, tick=False)


@pytest.fixture
def appeals(db: None) -> list[Appeal]:
    """Two people, one matter; the first wrote twice."""
    texts = [changed(TEXT, Random(n)) for n in range(3)]  # noqa: S311
    people = [{}, {"details": {"name": "Б", "email": "b@example.test"}}, {}]
    return [make_appeal(text=text, **person) for text, person in zip(texts, people, strict=True)]


@pytest.fixture
def registrar(db: None) -> Officer:
    return make_officer(role=Role.REGISTRAR)


@pytest.fixture
def head(db: None) -> Officer:
    return make_officer(role=Role.HEAD)


@pytest.fixture
def group(appeals: list[Appeal], registrar: Officer) -> Group:
    return grouping.open_group(appeals, name="Lamps", by=registrar, at=MONDAY)


def as_(officer: Officer) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(officer.user)
    return client


def send(officer: Officer, path: str, content: dict[str, Any] | None = None) -> Any:
    return as_(officer).post(f"/api/v1/{path}", content or {}, content_type="application/json")


def of(appeal: Appeal, act: str = "") -> str:
    return f"appeals/{numbering.slug(appeal.number)}/{act}"


def trail(appeal: Appeal) -> list[str]:
    return list(appeal.events.values_list("kind", flat=True))


def test_link_ties_the_case_to_the_earlier_one(appeals, registrar):
    answer = send(registrar, of(appeals[2], "link/"), {"to": appeals[0].number, **WHY})

    told = answer.json()
    assert answer.status_code == 200
    assert told["previous"] == appeals[0].number
    assert [(row["number"], row["is_alike"]) for row in told["earlier"]] == [(appeals[0].number, True)]


def test_unlink_takes_it_back(appeals, registrar):
    linking.link(appeals[2], appeals[0], reason="Why", by=registrar, at=MONDAY)

    assert send(registrar, of(appeals[2], "unlink/"), WHY).json()["previous"] is None


def test_group_and_ungroup(group, registrar):
    late = make_appeal(text=TEXT)

    assert send(registrar, of(late, "group/"), {"into": group.pk}).json()["group"] == {
        "id": group.pk,
        "name": "Lamps",
        "size": 4,
    }
    assert send(registrar, of(late, "ungroup/"), WHY).json()["group"] is None


BEFORE: dict[str, Any] = {
    "link": lambda appeals, by: None,
    "unlink": lambda appeals, by: linking.link(appeals[2], appeals[0], reason="Why", by=by, at=MONDAY),
    "group": lambda appeals, by: grouping.open_group(appeals[:1], name="Lamps", by=by, at=MONDAY),
    "ungroup": lambda appeals, by: grouping.open_group(appeals[2:], name="Lamps", by=by, at=MONDAY),
}
NOT_NOW = {"link": "unlink", "unlink": "link", "group": "ungroup", "ungroup": "group"}


def content(act: str, appeals: list[Appeal]) -> dict[str, Any]:
    group = Group.objects.first()
    return {"link": {"to": appeals[0].number, **WHY}, "group": {"into": group.pk if group else 0}}.get(act, WHY)


@pytest.mark.parametrize("act", BEFORE)
def test_act_by_a_stranger_finds_nothing(act: str, appeals):
    stranger = make_officer(ELSEWHERE, Role.HEAD)

    assert send(stranger, of(appeals[2], f"{act}/"), WHY).status_code == 404


@pytest.mark.parametrize("act", BEFORE)
def test_act_by_the_wrong_person_is_refused(act: str, appeals, registrar):
    BEFORE[act](appeals, registrar)
    before = trail(appeals[2])

    assert send(make_officer(), of(appeals[2], f"{act}/"), content(act, appeals)).status_code == 403
    assert trail(appeals[2]) == before


@pytest.mark.parametrize("act", BEFORE)
def test_act_at_the_wrong_moment_is_refused(act: str, appeals, registrar):
    BEFORE[NOT_NOW[act]](appeals, registrar)
    before = trail(appeals[2])

    assert send(registrar, of(appeals[2], f"{act}/"), content(act, appeals)).status_code == 403
    assert trail(appeals[2]) == before


@pytest.mark.parametrize(
    ("act", "sent", "field"),
    [
        ("link", {"to": "ЖТ-2026-99999999", **WHY}, "to"),
        ("link", WHY, "to"),
        ("unlink", {}, "reason"),
        ("group", {"into": 0}, "into"),
        ("group", {"into": 1.5}, "into"),
        ("ungroup", {"reason": " "}, "reason"),
    ],
)
def test_act_with_a_bad_body_says_where(act: str, sent: dict, field: str, appeals, registrar):
    BEFORE[act](appeals, registrar)

    answer = send(registrar, of(appeals[2], f"{act}/"), sent)

    assert answer.status_code == 400
    assert list(answer.json()) == [field]


@pytest.mark.parametrize("act", BEFORE)
def test_act_takes_no_get(act: str, appeals, registrar):
    assert as_(registrar).get(f"/api/v1/{of(appeals[2], f'{act}/')}").status_code == 405


def test_alike_names_the_crowd(appeals, registrar):
    (crowd,) = as_(registrar).get("/api/v1/alike/").json()

    assert crowd["numbers"] == [appeal.number for appeal in appeals]
    assert (crowd["people"], crowd["is_alike"]) == (2, True)


def test_opened_group_is_listed_with_its_size(appeals, registrar):
    answer = send(registrar, "groups/", {"name": "Lamps", "appeals": [appeal.number for appeal in appeals]})

    assert answer.status_code == 201
    (row,) = as_(registrar).get("/api/v1/groups/").json()["results"]
    assert row == answer.json()
    assert (row["size"], row["still_open"]) == (3, 3)


@pytest.mark.parametrize("numbers", [[], ["ЖТ-2026-99999999"], "x", None])
def test_group_of_what_is_not_there_is_refused(numbers: Any, registrar):
    assert send(registrar, "groups/", {"name": "Lamps", "appeals": numbers}).status_code == 400
    assert not Group.objects.exists()


def test_group_of_one_that_is_named_twice_has_it_once(appeals, registrar):
    answer = send(registrar, "groups/", {"name": "Lamps", "appeals": [appeals[0].number] * 2})

    assert (answer.status_code, answer.json()["size"]) == (201, 1)
    assert trail(appeals[0]).count(EventKind.GROUPED) == 1


def test_group_with_one_that_cannot_be_joined_is_not_opened(group, appeals, registrar):
    free = make_appeal()

    answer = send(registrar, "groups/", {"name": "More", "appeals": [free.number, appeals[0].number]})

    assert answer.status_code == 403
    assert Group.objects.count() == 1
    assert EventKind.GROUPED not in trail(free)


def test_group_is_prepared_and_signed_for_each(group, appeals, registrar, head):
    executor = make_officer()
    for appeal in appeals[1:]:
        assignment.assign(appeal, executor, by=registrar, at=MONDAY)

    prepared = send(executor, f"groups/{group.pk}/prepare-reply/", ANSWER).json()
    assert prepared["done"] == [appeal.number for appeal in appeals[1:]]
    assert prepared["refused"] == [
        {"number": appeals[0].number, "reason": "The appeal is not assigned to an officer yet."}
    ]
    (wording,) = as_(head).get(f"/api/v1/groups/{group.pk}/").json()["wordings"]
    assert wording["numbers"] == prepared["done"]

    signed = send(head, f"groups/{group.pk}/reply/", {"seen": [wording["key"]]}).json()
    assert signed["done"] == prepared["done"]
    assert [Appeal.objects.get(pk=appeal.pk).status for appeal in appeals[1:]] == [Status.ANSWERED] * 2


@pytest.mark.parametrize("act", ["", "prepare-reply/", "reply/"])
def test_group_of_another_body_is_not_there(group, act: str):
    stranger = make_officer(ELSEWHERE, Role.HEAD)
    client = as_(stranger)

    answer = client.post(f"/api/v1/groups/{group.pk}/{act}") if act else client.get(f"/api/v1/groups/{group.pk}/")

    assert answer.status_code == 404


@pytest.mark.parametrize(("act", "sent"), [("prepare-reply", ANSWER), ("reply", {"seen": ["x"]})])
def test_oversight_reads_a_group_and_answers_nothing(group, act: str, sent: dict):
    overseer = make_officer(OFFICE, Role.OVERSIGHT)

    assert as_(overseer).get(f"/api/v1/groups/{group.pk}/").json()["size"] == 3
    assert send(overseer, f"groups/{group.pk}/{act}/", sent).status_code == 403


@pytest.mark.parametrize(
    ("act", "sent"),
    [
        ("prepare-reply", {}),
        ("prepare-reply", ANSWER | {"after": -1}),
        ("prepare-reply", ANSWER | {"language": "de"}),
        ("prepare-reply", ANSWER | {"needs_execution": True}),
        ("reply", {}),
        ("reply", {"seen": []}),
    ],
)
def test_one_decision_with_a_bad_body_is_refused(group, appeals, registrar, head, act: str, sent: dict):
    assignment.assign(appeals[0], head, by=head, at=MONDAY)

    assert send(head, f"groups/{group.pk}/{act}/", sent).status_code == 400


@pytest.mark.parametrize("path", ["alike/", "groups/"])
def test_list_needs_a_post(path: str):
    assert Client().get(f"/api/v1/{path}").status_code == 403


def test_replies_that_are_not_signed_yet_are_for_the_body_of_the_group_alone(group, appeals, registrar, head):
    executor, overseer = make_officer(), make_officer(OFFICE, Role.OVERSIGHT)
    for appeal in appeals:
        assignment.assign(appeal, executor, by=head, at=MONDAY)
    send(executor, f"groups/{group.pk}/prepare-reply/", ANSWER)

    ours, theirs = (as_(reader).get(f"/api/v1/groups/{group.pk}/").json() for reader in (head, overseer))

    assert [len(wording["numbers"]) for wording in ours["wordings"]] == [3]
    assert (theirs["name"], theirs["wordings"]) == ("Lamps", [])
