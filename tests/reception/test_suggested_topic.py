"""Before sending: where the words speak for another topic than the one chosen, it is offered and never taken alone."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from appeals.models import Appeal
from reception.models import Draft
from tests.reception.journey import answer, write

pytestmark = pytest.mark.django_db
MOST = 8
OFFERED = "Yes, it is about this"
WASTE = {"text": "Нам уже месяц не вывозят мусор, контейнеры переполнены."}
UNSURE = {"heading": "unsure"}


def write_unsure(client: Client, **changed: dict[str, str]) -> None:
    """Every answer, without a topic."""
    for step in ("kind", "place", "district"):
        answer(client, step, **changed.get(step, {}))
    answer(client, "heading", **UNSURE)
    if "kind" in changed:
        answer(client, "body", complained_of="akimat.education.kz-79")
    answer(client, "text", **changed.get("text", WASTE))
    for step in ("files", "applicant", "name", "contacts"):
        answer(client, step)


def test_last_page_names_the_topic_where_none_was_chosen_and_takes_it_by_one_click(client: Client):
    write_unsure(client)

    page = client.get("/write/check/")
    taken = client.post("/write/topic/take/", {"topic": page.context["suggested"].code})
    client.post("/write/check/")

    assert "It seems to be about: Waste." in page.text
    assert taken.headers["Location"] == "/write/check/"
    appeal = Appeal.objects.get()
    assert (appeal.topic.code, appeal.agency.code) == ("waste", "akimat.utilities.kz-79")


def test_last_page_asks_gently_where_the_words_speak_for_another_topic(client: Client):
    write(client, text=WASTE)

    page = client.get("/write/check/")

    assert "Your words sound more like “Waste”" in page.text
    assert Draft.objects.get().unseal()["topic"] == "housing.utilities"


@pytest.mark.parametrize("text", ["Үйімізде үш күннен бері жылу жоқ. Жылуды қосып беріңіз.", "Эээ ммм."])
def test_last_page_says_nothing_where_the_words_agree_or_tell_nothing(client: Client, text: str):
    write(client, text={"text": text})

    assert OFFERED not in client.get("/write/check/").text


@pytest.mark.parametrize(
    "changed",
    [{"kind": {"kind": "complaint"}}, {"text": {"text": "Муж избивает меня и детей, боюсь за жизнь."}}],
    ids=["complaint", "danger"],
)
def test_last_page_offers_no_topic_in_a_complaint_or_in_danger(client: Client, changed: dict[str, dict[str, str]]):
    write_unsure(client, **changed)

    assert OFFERED not in client.get("/write/check/").text


def test_topic_that_is_no_more_is_not_taken_and_the_heading_is_asked(client: Client):
    write(client)

    for code in ("no.such", "heading.city", "", "\x00"):
        assert client.post("/write/topic/take/", {"topic": code}).headers["Location"] == "/write/heading/"

    assert Draft.objects.get().unseal()["topic"] == "housing.utilities"


def test_topic_is_taken_by_nobody_without_a_draft_and_not_by_a_link(client: Client):
    assert client.post("/write/topic/take/", {"topic": "waste"}).headers["Location"] == "/write/kind/"
    assert client.get("/write/topic/take/").status_code == 405
    assert Draft.objects.count() == 0


@pytest.mark.parametrize("is_chosen", [True, False])
def test_last_page_with_a_suggestion_costs_few_statements(client: Client, is_chosen: bool):
    if is_chosen:
        write(client, text=WASTE)
    else:
        write_unsure(client)

    with CaptureQueriesContext(connection) as captured:
        page = client.get("/write/check/")

    assert OFFERED in page.text
    assert len([query for query in captured.captured_queries if "SAVEPOINT" not in query["sql"]]) <= MOST
