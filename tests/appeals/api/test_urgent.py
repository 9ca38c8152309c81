"""Marking and settling by the API; what the queue and the case say of it."""

import pytest
from django.test import Client

from agencies.enums import Role
from appeals.domain import numbering
from appeals.enums import EventKind
from appeals.models import Appeal
from tests.factories import make_appeal, make_officer

pytestmark = pytest.mark.django_db

GAS = "В подъезде пахнет газом."
MARK = {"danger": "life", "reason": "The stairs have fallen."}
SETTLE = {"alarm": "real", "reason": "Called back."}


def post(client: Client, appeal: Appeal, act: str, given: dict[str, str]) -> object:
    return client.post(
        f"/api/v1/appeals/{numbering.slug(appeal.number)}/{act}/", given, content_type="application/json"
    )


def browser(role: Role, agency: str = "akimat.utilities.kz-79") -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(make_officer(agency, role).user)
    return client


def test_mark_urgent_and_settle_it_by_the_api():
    appeal, client = make_appeal(), browser(Role.DUTY)

    marked = post(client, appeal, "mark-urgent", MARK)
    settled = post(client, appeal, "settle-urgency", SETTLE)

    assert (marked.status_code, settled.status_code) == (200, 200)
    assert marked.json()["urgency"] | {"raised_at": ""} == {
        "danger": "life", "words": [], "is_denied": False, "raised_at": "", "settled_at": None, "is_real": None,
    }  # fmt: skip
    assert settled.json()["urgency"]["is_real"]
    assert settled.json()["appeal"]["is_urgent"]
    kinds = list(appeal.events.order_by("seq").values_list("kind", flat=True))
    assert kinds[-2:] == [EventKind.MARKED_URGENT, EventKind.URGENCY_SETTLED]


@pytest.mark.parametrize(("act", "given"), [("mark-urgent", MARK), ("settle-urgency", SETTLE)])
def test_act_answers_stranger_wrong_person_bad_body_and_get(act, given):
    appeal = make_appeal(text=GAS) if act == "settle-urgency" else make_appeal()
    before = appeal.events.count()

    assert post(browser(Role.HEAD, "akimat.utilities.kz-75"), appeal, act, given).status_code == 404
    assert post(browser(Role.CONTROLLER), appeal, act, given).status_code == 403
    assert post(browser(Role.DUTY), appeal, act, given | {next(iter(given)): "nothing"}).status_code == 400
    assert post(browser(Role.DUTY), appeal, act, given | {"reason": " "}).status_code == 400
    assert browser(Role.DUTY).get(f"/api/v1/appeals/{numbering.slug(appeal.number)}/{act}/").status_code == 405
    assert appeal.events.count() == before


def test_act_at_the_wrong_moment_is_refused():
    client = browser(Role.DUTY)

    assert post(client, make_appeal(text=GAS), "mark-urgent", MARK).status_code == 403
    assert post(client, make_appeal(), "settle-urgency", SETTLE).status_code == 403


def test_queue_tells_what_is_urgent_and_gives_it_alone_when_asked():
    urgent, plain = make_appeal(text=GAS), make_appeal()
    client = browser(Role.DUTY)

    everything = {row["number"]: row["is_urgent"] for row in client.get("/api/v1/queue/").json()["results"]}
    alone = [row["number"] for row in client.get("/api/v1/queue/?urgent=yes").json()["results"]]

    assert everything == {urgent.number: True, plain.number: False}
    assert alone == [urgent.number]
