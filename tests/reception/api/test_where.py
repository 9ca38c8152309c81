"""POST /where/: a text in own words is answered with topics, kind, body, reason and day; nothing is kept."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from appeals.domain.registration import LONGEST_TEXT
from appeals.models import Appeal
from reception.domain import door

pytestmark = pytest.mark.django_db
URL = "/api/v1/where/"
WASTE = "Нам уже месяц не вывозят мусор, контейнеры переполнены."


def ask(client: Client, **given: Any) -> Any:
    return client.post(URL, {"text": WASTE, "region": "KZ-79"} | given, content_type="application/json")


def test_where_tells_topics_kind_body_reason_day_record_and_channels(client: Client):
    answer = ask(client)

    told = answer.json()
    assert answer.status_code == 200
    assert (told["language"], told["kind"], told["reason"]["codes"]["reason"]) == ("ru", "application", "rule")
    assert (told["topics"][0]["code"], told["topics"][0]["name"]) == ("waste", "Waste")
    assert told["topics"][0]["confidence"] > 0.6
    assert "мусор" in told["topics"][0]["words"]
    assert told["agency"]["code"] == "akimat.utilities.kz-79"
    assert told["reason"]["text"].startswith("This body answers for the topic “Waste”.")
    assert told["registered_on"] < told["due_on"]
    assert told["record"] == {"answered": 0, "in_time": 0, "median_days": None, "is_telling": False}
    assert "Hotline" in told["channels"]
    assert told["emergency"] is None


def test_where_keeps_nothing_and_is_kept_nowhere(client: Client):
    answer = ask(client)

    assert answer["Cache-Control"] == "no-store"
    assert Appeal.objects.count() == 0


def test_where_speaks_the_language_of_the_reader(client: Client):
    told = client.post(URL, {"text": WASTE}, content_type="application/json", headers={"accept-language": "kk"}).json()

    assert told["topics"][0]["name"] == "Қоқыс"


def test_where_for_words_that_tell_nothing_is_silent_and_names_the_office(client: Client):
    told = ask(client, text="Эээ ммм").json()

    assert told["topics"] == []
    assert (told["agency"]["code"], told["reason"]["codes"]["reason"]) == ("president.office", "no_topic")
    assert told["record"] is None


def test_where_with_a_chosen_kind_and_topic_follows_them(client: Client):
    told = ask(client, kind="complaint", topic="lighting").json()

    assert told["kind"] == "complaint"
    assert "Street lighting" in told["reason"]["text"]


def test_where_tells_whom_to_call_in_danger(client: Client):
    told = ask(client, text="Муж избивает меня и детей, боюсь за жизнь.").json()

    assert told["emergency"]["danger"] == "violence"
    assert "102" in [line["number"] for line in told["emergency"]["helplines"]]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": None}, "text"),
        ({"text": ["мусор"]}, "text"),
        ({"text": "🔥🔥🔥"}, "text"),
        ({"text": "мусор\x00"}, "text"),
        ({"text": "ж" * (LONGEST_TEXT + 1)}, "text"),
        ({"text": "ж" * 100_000}, "text"),
        ({"region": "KZ-YUZ"}, "region"),
        ({"region": "KZ-75", "district": "KZ-79.abai"}, "district"),
        ({"topic": "heading.city"}, "topic"),
        ({"kind": "petition"}, "kind"),
        ({"kind": "half of \ud83d"}, "kind"),
    ],
)
def test_where_refuses_at_the_field_what_it_does_not_know(client: Client, given: dict[str, Any], field: str):
    answer = ask(client, **given)

    assert answer.status_code == 400
    assert list(answer.json()) == [field]


def test_where_with_a_district_alone_knows_its_region(client: Client):
    place = {"region": "KZ-79", "district": "KZ-79.abai"}
    alone = {"district": "KZ-79.abai"}
    matter = {"kind": "application", "topic": "landscaping"}

    asked = client.post(URL, {"text": WASTE} | alone, content_type="application/json").json()

    assert asked == ask(client, **place).json()
    assert "Shymkent" in asked["reason"]["text"]
    assert client.get(URL, matter | alone).json() == client.get(URL, matter | place).json()


@pytest.mark.parametrize("method", ["get", "post"])
def test_where_with_a_district_of_another_region_is_refused_with_what_is_wrong(client: Client, method: str):
    place = {"region": "KZ-75", "district": "KZ-79.abai"}
    sent = {"data": {"text": WASTE} | place, "content_type": "application/json"}
    asked = {"get": {"data": {"kind": "application"} | place}, "post": sent}[method]

    answer = getattr(client, method)(URL, **asked)

    assert answer.status_code == 400
    assert answer.json() == {"district": ["This district does not lie in the region chosen."]}


def test_where_asked_too_often_from_one_address_says_when_to_come_back(client: Client):
    assert ask(client, text="Эээ").status_code == 200
    for _ in range(1, door.WHERE.tries):
        door.WHERE.locked_until("127.0.0.1", at=timezone.now())

    late = ask(client, text="Эээ")

    assert (late.status_code, late.json()["code"]) == (429, "throttled")
    assert 0 < int(late["Retry-After"]) <= 15 * 60
    assert client.get(URL, {"kind": "application", "topic": "waste", "region": "KZ-79"}).status_code == 200


def test_where_costs_few_statements(client: Client):
    with CaptureQueriesContext(connection) as captured:
        ask(client)

    assert len(captured) <= 9
