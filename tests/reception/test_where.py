"""Where do I write? From own words, or topic by topic, to the body, and from there into an appeal."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agencies.enums import Role
from agencies.models import Topic
from appeals.domain import assignment, replies
from appeals.domain.registration import LONGEST_TEXT
from appeals.domain.replies import Answer
from appeals.enums import Kind, Outcome
from appeals.models import Appeal
from reception.domain import door
from reception.models import Draft
from tests.factories import MONDAY, make_appeal, make_officer
from tests.reception.journey import answer, write

pytestmark = pytest.mark.django_db
MOST = 8
WASTE = {
    "kk": "Ауламыздан қоқыс шығарылмайды, контейнер толып кетті.",
    "ru": "Нам уже месяц не вывозят мусор, контейнеры переполнены.",
}
UTTERANCE = {"text": WASTE["ru"], "region": "KZ-79"}
SILENT = {"text": "Эээ ммм", "region": "KZ-79"}


def asked(client: Client, **given: str) -> Any:
    return client.post("/where/", UTTERANCE | given)


def hidden(page: Any, action: str) -> dict[str, str]:
    """What the form that leads to `action` sends along."""
    form = page.text.split(f'action="{action}"')[1].split("</form>")[0]
    fields = [part.split(">")[0] for part in form.split('<input type="hidden" ')[1:]]
    return {field.split('"')[1]: field.split('value="')[1].split('"')[0] for field in fields}


def answered(how_many: int, *, late: int = 0) -> Appeal:
    """The heating of Shymkent, asked about `how_many` times and answered after three days or, `late`, after fifty."""
    executor, head = make_officer(), make_officer(role=Role.HEAD)
    for n in range(how_many):
        appeal = make_appeal()
        assignment.assign(appeal, executor, by=head, at=MONDAY)
        at = MONDAY + timedelta(days=50 if n < late else 3)
        replies.prepare_reply(appeal, Answer(Outcome.SATISFIED, "Қосылды.", "76-бап", "Үш ай."), by=executor, at=at)
        replies.reply(appeal, by=head, at=at, seen=at)
    return appeal


def cost(client: Client, path: str, given: dict[str, str] | None = None) -> int:
    with CaptureQueriesContext(connection) as captured:
        response = client.post(path, given) if given else client.get(path)
    assert response.status_code == 200
    return len([query for query in captured.captured_queries if "SAVEPOINT" not in query["sql"]])


@pytest.mark.parametrize("path", ["/", "/write/heading/"])
def test_the_way_to_the_finder_stands_on_the_first_page_and_at_the_question_for_the_heading(client: Client, path: str):
    write(client, upto="heading")

    assert 'href="/where/"' in client.get(path).text


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_text_is_answered_with_topic_words_body_reason_and_day(language: str):
    client = Client(headers={"accept-language": language})

    page = asked(client, text=WASTE[language])

    topic = Topic.objects.get(code="waste")
    assert page.status_code == 200
    assert page.context["found"].topic == topic
    assert page.context["agency"].code == "akimat.utilities.kz-79"
    for told in (page.context["agency"].named(language), page.context["why"], topic.named(language)):
        assert told in page.text
    assert ("қоқыс" if language == "kk" else "мусор") in page.text


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_an_appeal_is_sent_from_the_finder_and_nothing_told_there_is_asked_again(language: str):
    client = Client(headers={"accept-language": language})
    page = asked(client, text=WASTE[language])

    begun = client.post("/where/write/", hidden(page, "/where/write/") | {"topic": "waste"})
    assert begun.headers["Location"] == "/write/district/"
    for step in ("district", "files", "applicant", "name", "contacts"):
        answer(client, step)
    receipt = client.post("/write/check/", follow=True)

    appeal = Appeal.objects.get()
    assert receipt.redirect_chain == [("/receipt/", 302)]
    assert (appeal.topic.code, appeal.region.code, appeal.kind) == ("waste", "KZ-79", Kind.APPLICATION)
    assert (appeal.content.text, appeal.agency.code) == (WASTE[language], "akimat.utilities.kz-79")


def test_asking_leaves_nothing_behind_neither_in_the_database_nor_in_the_session(client: Client):
    page = asked(client)

    assert (Draft.objects.count(), Session.objects.count(), Appeal.objects.count()) == (0, 0, 0)
    assert page.headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert page.request["PATH_INFO"] == "/where/"


def test_writing_keeps_the_text_sealed_and_out_of_the_session(client: Client):
    client.post("/where/write/", UTTERANCE | {"topic": "waste", "kind": "application"})

    draft = Draft.objects.get()
    assert draft.unseal()["text"] == UTTERANCE["text"]
    assert "мусор".encode() not in bytes(draft.blob)
    assert set(client.session.keys()) <= {"draft", "_session_expiry"}
    assert "мусор" not in str(dict(client.session.items()))


def test_a_chosen_topic_shows_its_body_and_goes_into_the_draft(client: Client):
    page = asked(client, topic="lighting")

    assert page.context["found"].topic.code == "lighting"
    assert "It is about" in page.text
    client.post("/where/write/", hidden(page, "/where/write/") | {"topic": "lighting"})
    told = Draft.objects.get().unseal()
    assert (told["heading"], told["topic"]) == ("heading.city", "lighting")


def test_a_text_that_tells_nothing_is_met_with_honesty_and_may_be_sent_anyway(client: Client):
    page = client.post("/where/", SILENT)

    assert page.context["found"].topic is None
    assert page.context["agency"].code == "president.office"
    assert "The words do not tell what it is about" in page.text
    assert client.post("/where/write/", SILENT | {"topic": ""}).headers["Location"] == "/write/kind/"
    assert Draft.objects.get().unseal() == {**SILENT, "heading": ""}


def test_who_would_rather_choose_is_asked_for_the_heading_and_keeps_the_text(client: Client):
    begun = client.post("/where/write/", UTTERANCE | {"kind": "report"})

    assert begun.headers["Location"] == "/write/district/"
    assert answer(client, "district").headers["Location"] == "/write/heading/"
    assert Draft.objects.get().unseal() == {**UTTERANCE, "kind": "report", "district": ""}


def test_complaint_in_the_words_is_proposed_with_them_and_asks_for_the_body(client: Client):
    page = asked(client, text="Жалоба на бездействие: нам не вывозят мусор.")

    assert page.context["found"].matter.kind == Kind.COMPLAINT
    assert "Жалоба, бездействие" in page.text
    begun = client.post("/where/write/", hidden(page, "/where/write/") | {"topic": "waste"})
    assert begun.headers["Location"] == "/write/district/"
    assert answer(client, "district").headers["Location"] == "/write/body/"


def test_kind_chosen_before_is_kept_whatever_the_words_tell(client: Client):
    answer(client, "kind", kind="proposal")
    carried = hidden(client.get("/where/"), "/where/")

    page = asked(client, text="Жалоба: нам не вывозят мусор.", kind=carried["kind"])

    assert carried["kind"] == "proposal"
    assert page.context["found"].matter.kind == Kind.PROPOSAL


def test_a_matter_from_the_finder_takes_the_place_of_another_and_keeps_who_writes(client: Client):
    write(client, kind={"kind": "complaint"}, upto="text")
    answer(client, "body", complained_of="akimat.education.kz-79")
    for step in ("text", "files", "applicant", "name", "contacts"):
        answer(client, step)

    page = asked(client)
    client.post("/where/write/", hidden(page, "/where/write/") | {"topic": "waste"})

    told = Draft.objects.get().unseal()
    assert "takes the place of what you wrote" in page.text
    assert (told["text"], told["topic"], told["kind"]) == (UTTERANCE["text"], "waste", "application")
    assert (told["name"], told["email"]) == ("Сынақ Азамат", "azamat@example.test")
    assert "complained_of" not in told


def test_headings_lead_to_topics_and_topics_to_the_body_without_a_word_typed(client: Client):
    assert 'href="/where/topics/heading.city/"' in client.get("/where/").text
    assert 'href="/where/topics/waste/"' in client.get("/where/topics/heading.city/").text

    page = client.get("/where/topics/waste/?region=KZ-79")

    assert page.context["agency"].code == "akimat.utilities.kz-79"
    begun = client.post("/where/write/", hidden(page, "/where/write/") | {"topic": "waste"})
    assert begun.headers["Location"] == "/write/kind/"
    assert Draft.objects.get().unseal() == {"region": "KZ-79", "heading": "heading.city", "topic": "waste"}


def test_a_topic_without_a_region_says_that_the_place_decides(client: Client):
    assert "Who answers depends on the place" in client.get("/where/topics/waste/").text


def test_record_of_the_body_tells_share_in_time_and_median_days(client: Client):
    answered(12, late=3)

    with time_machine.travel(MONDAY + timedelta(days=60), tick=False):
        page = client.get("/where/topics/housing.utilities/?region=KZ-79")
        later = client.get("/where/topics/waste/?region=KZ-79")

    assert page.context["record"] == (
        "In the last six months it answered 12 appeals about this. In time: 75 %. "
        "Half of the answers came within 3 days."
    )
    assert later.context["record"] == "It has answered too few appeals about this in the last six months to tell."


def test_record_leaves_out_what_is_older_than_six_months(client: Client):
    answered(10)

    with time_machine.travel(MONDAY + timedelta(days=200), tick=False):
        page = client.get("/where/topics/housing.utilities/?region=KZ-79")

    assert page.context["found"].record.answered == 0


def test_channels_are_those_of_the_level_of_the_body(client: Client):
    local, office = asked(client).context["found"], client.post("/where/", SILENT).context["found"]

    assert "Hotline" in local.channels
    assert "Virtual reception" not in local.channels
    assert office.channels == [
        "Written appeals",
        "Virtual reception",
        "Telegram (no feedback option)",
        "Twitter",
        "Instagram",
    ]


def test_words_of_danger_are_met_with_the_numbers_to_call(client: Client):
    page = asked(client, text="Муж избивает меня и детей, боюсь за жизнь.")

    assert page.context["found"].emergency.danger == "violence"
    assert 'href="tel:102"' in page.text
    assert "deny" not in page.text


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "🔥🔥🔥"}, "text"),
        ({"text": "мусор\x00"}, "text"),
        ({"text": "ж" * (LONGEST_TEXT + 1)}, "text"),
        ({"region": "KZ-YUZ"}, "region"),
        ({"topic": "no.such"}, "topic"),
        ({"topic": "heading.city"}, "topic"),
        ({"kind": "petition"}, "kind"),
    ],
)
def test_bad_question_is_answered_at_its_field_and_begins_nothing(client: Client, given: dict[str, str], field: str):
    told = asked(client, **given)
    begun = client.post("/where/write/", UTTERANCE | given)

    assert told.status_code == 422
    assert list(told.context["form"].errors) == [field]
    if given != {"text": ""}:
        assert begun.status_code == 422
        assert Draft.objects.count() == 0


@pytest.mark.parametrize("path", ["/where/topics/no.such/", "/where/topics/%00/"])
def test_page_of_an_unknown_topic_is_not_found(client: Client, path: str):
    assert client.get(path).status_code == 404


def test_unknown_region_at_a_topic_is_an_error_at_its_field(client: Client):
    page = client.get("/where/topics/waste/?region=KZ-YUZ")

    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["region"]


def test_writing_by_a_link_is_refused(client: Client):
    assert client.get("/where/write/").status_code == 405
    assert client.post("/where/topics/waste/").status_code == 405


def test_a_long_text_of_one_letter_is_answered_like_any_other(client: Client):
    assert client.post("/where/", {"text": "ж"}).status_code == 200
    assert client.post("/where/", {"text": "ж" * LONGEST_TEXT}).status_code == 200


def test_pages_of_the_finder_cost_few_statements_however_many_answers_there_are(client: Client):
    write(client, upto="heading")
    told = {"text": "Үйімізде жылу жоқ, батарея суық.", "region": "KZ-79"}
    costs = []
    asked(client)
    for _ in range(2):
        answered(3)
        with time_machine.travel(datetime(2026, 3, 2, 6, tzinfo=UTC), tick=False):
            client.post("/where/", told)
            costs.append([cost(client, "/where/", told), cost(client, "/where/topics/housing.utilities/?region=KZ-79")])

    assert costs[0] == costs[1]
    assert max(costs[0]) <= MOST
    assert cost(client, "/where/") <= MOST
    assert cost(client, "/where/topics/heading.city/") <= MOST
    assert cost(client, "/where/", SILENT) <= MOST


@pytest.fixture
def asked_too_often() -> None:
    with time_machine.travel(MONDAY, tick=False):
        for _ in range(door.WHERE.tries):
            door.WHERE.locked_until("127.0.0.1", at=MONDAY)
        yield


def test_asked_too_often_from_one_address_keeps_what_was_typed_and_says_when_to_ask_again(client, asked_too_often):
    page = asked(client)

    assert page.status_code == 429
    assert page.headers["Retry-After"] == "900"
    assert "Ask again after 10:15." in page.text
    assert UTTERANCE["text"] in page.text
    assert [line.number for line in page.context["lines"]] == ["112", "102", "103", "101"]
    assert 'href="tel:103"' in page.text
    for way in ('href="/where/topics/', 'href="/write/"'):
        assert way in page.text


def test_asked_too_often_in_danger_is_told_whom_to_call_all_the_same(client, asked_too_often):
    page = asked(client, text="Муж избивает меня и детей, боюсь за жизнь.")

    assert page.status_code == 429
    assert "If you are being hurt, or somebody else is, call now" in page.text
    assert 'href="tel:102"' in page.text


def test_asked_too_often_from_one_address_leaves_others_and_the_topics_and_the_writing_open(client, asked_too_often):
    stranger = Client(REMOTE_ADDR="10.0.0.7", headers={"accept-language": "en"})

    assert stranger.post("/where/", UTTERANCE).status_code == 200
    assert client.get("/where/").status_code == 200
    assert client.get("/where/topics/waste/").status_code == 200
    assert client.post("/where/write/", UTTERANCE | {"topic": "waste"}).status_code == 302
    assert client.post("/where/", {"text": ""}).status_code == 422


def test_page_and_program_are_counted_together(client, asked_too_often):
    answer = client.post("/api/v1/where/", {"text": "Эээ"}, content_type="application/json")

    assert answer.status_code == 429
