from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from agencies.enums import Role
from appeals.domain import assignment, coupons, replies
from appeals.domain.replies import Answer
from appeals.enums import Outcome
from appeals.models import Appeal
from reception.domain import door
from tests.factories import MONDAY, make_appeal, make_officer

pytestmark = pytest.mark.django_db
ANSWER = Answer(Outcome.SATISFIED, "Жылу қосылды.", "ӘРПК 76-бап", "Әкімдікке шағымдануға болады.")


def follow(client: Client, number: Any, key: Any) -> Any:
    return client.post("/api/v1/follow/", {"number": number, "key": key}, content_type="application/json")


def prepared() -> Appeal:
    appeal, head = make_appeal(), make_officer(role=Role.HEAD)
    assignment.assign(appeal, head, by=head, at=MONDAY)
    return replies.prepare_reply(appeal, ANSWER, by=head, at=MONDAY)


def test_follow_with_number_and_key_shows_the_case(client: Client):
    appeal = make_appeal()

    answer = follow(client, appeal.number, coupons.key_of(appeal))

    told = answer.json()
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert (told["number"], told["status"]) == (appeal.number, "registered")
    assert (told["agency"]["code"], told["reply"]) == ("akimat.utilities.kz-79", None)
    assert [term["kind"] for term in told["clocks"]] == ["registration", "forwarding", "reply"]
    assert [line["kind"] for line in told["timeline"]][:2] == ["registered", "routed"]


def test_follow_takes_the_number_in_either_script_and_the_key_however_typed(client: Client):
    appeal = make_appeal()

    answer = follow(client, appeal.number.replace("ЖТ", "zht"), coupons.key_of(appeal).lower().replace("-", " "))

    assert answer.status_code == 200


def test_follow_shows_nothing_of_a_reply_before_it_is_signed(client: Client):
    appeal = prepared()

    told = follow(client, appeal.number, coupons.key_of(appeal)).json()

    assert told["reply"] is None
    assert "reply_prepared" not in {line["kind"] for line in told["timeline"]}
    assert ANSWER.text not in str(told)


def test_follow_shows_the_signed_reply(client: Client):
    appeal = prepared()
    replies.reply(appeal, by=appeal.officer, at=MONDAY + timedelta(days=1), seen=MONDAY)

    told = follow(client, appeal.number, coupons.key_of(appeal)).json()

    assert (told["status"], told["closed_on"]) == ("answered", "2026-02-03")
    assert (told["reply"]["outcome"], told["reply"]["text"]) == ("satisfied", ANSWER.text)
    assert told["reply"]["remedy"] == ANSWER.remedy


def test_follow_names_no_official(client: Client):
    appeal = prepared()

    told = follow(client, appeal.number, coupons.key_of(appeal)).content.decode()

    assert appeal.officer.user.full_name not in told


def test_follow_with_a_wrong_key_and_with_an_unknown_number_is_answered_alike(client: Client):
    appeal = make_appeal()

    wrong, unknown = follow(client, appeal.number, "AAAA-BBBB-CCCC"), follow(client, "ЖТ-2026-99999999", "A")

    assert (wrong.status_code, unknown.status_code) == (404, 404)
    assert wrong.content == unknown.content


@pytest.mark.parametrize(
    ("content", "fields"),
    [
        ({}, ["number", "key"]),
        ({"number": "x" * 41, "key": "k"}, ["number"]),
        ({"number": "\x00", "key": "k"}, ["number"]),
        ({"number": [], "key": {}}, ["number", "key"]),
    ],
)
def test_follow_with_bad_content_is_refused_at_the_field(client: Client, content: Any, fields: list[str]):
    answer = client.post("/api/v1/follow/", content, content_type="application/json")

    assert (answer.status_code, list(answer.json())) == (400, fields)


def test_follow_by_get_is_not_allowed(client: Client):
    assert client.get("/api/v1/follow/?number=1&key=2").status_code == 405


def test_follow_too_often_is_put_off(client: Client):
    for _ in range(door.FOLLOW.tries):
        follow(client, "ЖТ-2026-99999999", "A")

    appeal = make_appeal()
    late = follow(client, appeal.number, coupons.key_of(appeal))

    assert (late.status_code, late.json()["code"]) == (429, "throttled")
    assert 0 < int(late["Retry-After"]) <= 15 * 60


def test_follow_by_program_is_counted_together_with_the_page(client: Client):
    for _ in range(door.FOLLOW.tries):
        client.post("/follow/", {"number": "ЖТ-2026-99999999", "key": "A"})

    assert follow(client, "ЖТ-2026-99999999", "A").status_code == 429


def test_follow_costs_the_same_queries_however_long_the_history(client: Client, django_assert_num_queries):
    known = [(appeal.number, coupons.key_of(appeal)) for appeal in (make_appeal(), prepared())]

    for number, key in known:
        with django_assert_num_queries(8):
            assert follow(client, number, key).status_code == 200
