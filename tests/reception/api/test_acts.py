"""What an applicant does by API with the coupon of an appeal: done, refused, at the field, never without the key."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from agencies.enums import Role
from appeals.domain import assignment, coupons, hearings, holds
from appeals.enums import EventKind, HearingWay
from appeals.models import Appeal
from tests.factories import make_appeal, make_officer

pytestmark = pytest.mark.django_db


def registered() -> Appeal:
    return make_appeal(at=timezone.now())


def held() -> Appeal:
    return holds.hold(registered(), missing="Пәтер нөмірі.", days=3, by=make_officer(role=Role.HEAD), at=timezone.now())


def heard() -> Appeal:
    head, executor, at = make_officer(role=Role.HEAD), make_officer(), timezone.now()
    appeal = assignment.assign(registered(), executor, by=head, at=at)
    hearings.notify_hearing(appeal, decision="Бас тарту.", way=HearingWay.WRITTEN, by=executor, at=at)
    return appeal


# act: its moment, what is sent, what it leaves; a bad body with its field; a wrong moment
ACTS: dict[str, tuple[Callable[[], Appeal], dict[str, Any], EventKind, dict[str, Any] | None, str, Any]] = {
    "correct": (held, {"correction": "12-пәтер."}, EventKind.RESUMED, {"correction": " "}, "correction", registered),
    "object": (heard, {"text": "Келіспеймін."}, EventKind.OBJECTED, {"text": "..."}, "text", registered),
    "ask-for-file": (registered, {}, EventKind.FILE_ASKED, None, "", None),
    "withdraw": (registered, {"reason": "Жылу қосылды."}, EventKind.WITHDRAWN, None, "", None),
    "contacts": (
        registered, {"email": "zhana@example.test", "consent": True}, EventKind.CONTACTS_CORRECTED,
        {"email": "nobody"}, "email", None,
    ),
}  # fmt: skip


def post(client: Client, act: str, appeal: Appeal, content: dict[str, Any], **given: Any) -> Any:
    coupon = {"number": appeal.number, "key": coupons.key_of(appeal)} | given
    return client.post(f"/api/v1/follow/{act}/", coupon | content, content_type="application/json")


@pytest.mark.parametrize("act", ACTS)
def test_act_with_the_coupon_is_done_and_shows_the_case(client, act):
    moment, content, left, *_ = ACTS[act]
    appeal = moment()

    answer = post(client, act, appeal, content)

    assert answer.status_code == 200, answer.json()
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.json()["number"] == appeal.number
    event = appeal.events.latest("seq")
    assert (event.kind, event.by) == (left, None)


@pytest.mark.parametrize("act", ACTS)
def test_act_with_a_wrong_key_finds_nothing_and_does_nothing(client, act):
    moment, content, *_ = ACTS[act]
    appeal = moment()
    lines = appeal.events.count()

    answer = post(client, act, appeal, content, key="AAAA-AAAA-AAAA")

    assert (answer.status_code, appeal.events.count()) == (404, lines)


@pytest.mark.parametrize("act", [act for act, row in ACTS.items() if row[3] is not None])
def test_act_with_a_bad_body_is_refused_at_the_field_and_does_nothing(client, act):
    moment, content, _, bad, field, _ = ACTS[act]
    appeal = moment()
    lines = appeal.events.count()

    answer = post(client, act, appeal, content | bad)

    assert (answer.status_code, list(answer.json())) == (400, [field])
    assert appeal.events.count() == lines


@pytest.mark.parametrize("act", [act for act, row in ACTS.items() if row[5]])
def test_act_at_the_wrong_moment_is_refused_with_a_reason(client, act):
    _, content, *_, wrong_moment = ACTS[act]
    appeal = wrong_moment()
    lines = appeal.events.count()

    answer = post(client, act, appeal, content)

    assert (answer.status_code, answer.json()["code"]) == (403, "refused")
    assert appeal.events.count() == lines


@pytest.mark.parametrize("act", ACTS)
def test_act_twice_is_done_once_or_refused(client, act):
    moment, content, left, *_ = ACTS[act]
    appeal = moment()
    post(client, act, appeal, content)

    assert post(client, act, appeal, content).status_code in (400, 403)
    assert appeal.events.filter(kind=left).count() == 1


@pytest.mark.parametrize("act", ACTS)
def test_act_by_get_is_not_allowed(client, act):
    assert client.get(f"/api/v1/follow/{act}/").status_code == 405
