"""Kazakh and Russian are whole: every message filled, and no page left speaking English."""

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.utils import timezone

from agencies.enums import Role
from agencies.models import Agency, Officer
from appeals.domain.assignment import assign, begin_review
from appeals.domain.breaches import note_missed
from appeals.domain.closing import return_without_review
from appeals.domain.numbering import slug
from appeals.domain.replies import Answer, prepare_reply
from appeals.domain.routing import OFFICE
from appeals.domain.statistics.cases import Show
from appeals.enums import Kind, Outcome, ReturnGround
from appeals.models import Appeal
from config.local.messages import LOCALE, forms, gaps, read
from tests.appeals.domain.statistics.situations import answered
from tests.factories import MONDAY, make_appeal, make_officer
from tests.reception import journey
from tests.reception.api.bodies import applicant, body, send

EDUCATION = "akimat.education.kz-79"
SILENT = ("script", "style", "template")
SHORTEST = 4
# two words in a row: a sentence nobody marked, or a package's own; names and abbreviations stand alone
ENGLISH = re.compile(r"\b[A-Za-z][a-z]+ [A-Za-z][a-z]+\b")
# the Russian date ends with a full stop of its own
TWICE_ENDED = re.compile(r"г\.\s*\.")

PUBLIC = (
    "/", "/about/", "/accessibility/", "/follow/", "/write/", "/accounts/login/", "/accounts/signup/",
    "/accounts/inactive/", "/accounts/password/reset/", "/accounts/password/reset/done/",
    "/accounts/password/reset/key/1-wrong/", "/api/v1/docs/", "/nothing-here/",
)  # fmt: skip
DESK = ("", "register/", "?status=closed&received_from=nonsense")
ACTS = (
    "", "applicant/", "accept/", "assign/", "begin-review/", "forward/", "prepare-reply/", "reply/", "return/",
    "terminate/", "forward-part/", "reclassify/", "correct-contacts/", "ask-extension/", "extend/", "refuse-extension/",
    "hold/", "resume/", "ask-co-executor/", "answer-as-co-executor/", "notify-hearing/", "object/", "record-hearing/",
    "waive-hearing/", "withdraw/", "strike-off/", "report-execution/", "correct-reply/", "show-file/", "ask-for-file/",
)  # fmt: skip
LATE_LETTER = {
    "channel": "letter", "received_on": "2026-02-02", "received_time": "10:00", "kind": "application",
    "region": "KZ-79", "topic": "housing.utilities", "text": "Үйімізде жылу жоқ.", "language": "kk",
    "applicant": {"type": "person", "name": "Сынақ Азамат"},
}  # fmt: skip
DONE_BY_PRESSING = ("", "accept/", "begin-review/", "reply/", "ask-for-file/")
OVERSIGHT = (
    "", "?period=this_year", "?period=nonsense", "cases/?show=nonsense&first=nonsense",
    *(f"cases/?show={show}" for show in Show), "suggestions/", "suggestions/?period=nonsense",
)  # fmt: skip


class VisibleText(HTMLParser):
    """The texts of a page in its own language, and the attributes that are read aloud or shown."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.silenced: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if self.silenced:
            self.silenced.append(tag)
        elif tag in SILENT or given.get("lang", self.language) != self.language:
            self.silenced = [tag]
        self.texts += [text for name in ("aria-label", "title", "placeholder", "alt") if (text := given.get(name))]

    def handle_endtag(self, tag: str) -> None:
        while tag in self.silenced:
            if self.silenced.pop() == tag:
                break

    def handle_data(self, data: str) -> None:
        if not self.silenced:
            self.texts.append(data)


@pytest.fixture(params=["kk", "ru"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def english(language: str) -> set[str]:
    """Every message whose translation differs from it."""
    found = {message.id: forms(message) for message in read(LOCALE / language / "LC_MESSAGES" / "django.po")}
    return {
        text
        for ids, said in found.items()
        for text in ([ids] if isinstance(ids, str) else ids)
        if len(text) >= SHORTEST and text not in said
    }


@pytest.fixture
def browser(db: None, language: str) -> Iterator[Client]:
    with time_machine.travel(MONDAY + timedelta(days=44)):
        browser = Client()
        browser.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        yield browser


def left_in_english(browser: Client, pages: Iterable[str], language: str, english: set[str]) -> list[str]:
    return [f"{page}: {text}" for page in pages for text in untranslated(browser.get(page), language, english)]


def untranslated(response: Any, language: str, english: set[str]) -> list[str]:
    assert response.headers["Content-Language"] == language
    text = VisibleText(language)
    text.feed(response.content.decode())
    parts = {" ".join(part.split()) for part in text.texts}
    return sorted(part for part in parts if part in english or ENGLISH.search(part) or TWICE_ENDED.search(part))


def test_catalogues_are_whole_and_keep_their_placeholders() -> None:
    assert list(gaps()) == []


def test_public_pages_speak_the_language_of_the_reader(browser: Client, language: str, english: set[str]) -> None:
    assert left_in_english(browser, PUBLIC, language, english) == []


def test_writing_speaks_the_language_of_the_reader(browser: Client, language: str, english: set[str]) -> None:
    found: list[str] = []
    for step, answer in journey.ANSWERS.items():
        page = f"/write/{step}/"
        found += untranslated(browser.get(page), language, english)
        if step != "files":
            found += untranslated(browser.post(page, {"email": "nowhere", "idn": "12"}), language, english)
        browser.post(page, answer)
    found += untranslated(browser.get("/write/check/"), language, english)
    found += untranslated(browser.post("/write/check/", follow=True), language, english)

    appeal = Appeal.objects.latest("pk")
    browser.post("/follow/", {"number": appeal.number, "key": appeal.coupon.unseal()["key"]})
    found += untranslated(browser.get("/follow/appeal/"), language, english)

    assert found == []


def test_wrong_sign_in_speaks_the_language_of_the_reader(browser: Client, language: str, english: set[str]) -> None:
    tries = (
        ("/accounts/login/", {"login": "nobody@example.test", "password": "wrong"}),
        ("/accounts/login/", {}),
        ("/accounts/password/reset/", {"email": "nowhere"}),
        ("/follow/", {"number": "?", "key": ""}),
    )

    assert [text for page, given in tries for text in untranslated(browser.post(page, given), language, english)] == []


def test_desk_speaks_the_language_of_the_reader(browser: Client, language: str, english: set[str]) -> None:
    appeal, complaint = make_appeal(), make_complaint()
    head, executor = make_officer(role=Role.HEAD), make_officer()
    return_without_review(make_appeal(), ReturnGround.INSULTING, reason="Балағат.", by=head, at=MONDAY)
    assign(appeal, executor, by=head, at=MONDAY)
    begin_review(appeal, by=executor, at=MONDAY)
    prepare_reply(appeal, Answer(Outcome.SATISFIED, "Қосылды.", "76-бап", "Сотқа."), by=executor, at=MONDAY)
    sign_in(browser, make_officer(EDUCATION, Role.HEAD), language)
    found = left_in_english(browser, [f"/desk/{slug(complaint.number)}/{act}" for act in ACTS], language, english)
    sign_in(browser, head, language)

    found += left_in_english(browser, [f"/desk/{page}" for page in DESK], language, english)
    for act in ACTS:
        page = f"/desk/{slug(appeal.number)}/{act}"
        found += untranslated(browser.get(page), language, english)
        if act not in DONE_BY_PRESSING:
            found += untranslated(browser.post(page), language, english)
    found += left_in_english(browser, ["/post/", "/accounts/password/change/", "/accounts/logout/"], language, english)

    assert found == []


def test_register_form_speaks_the_language_of_the_reader(browser: Client, language: str, english: set[str]) -> None:
    sign_in(browser, make_officer(role=Role.REGISTRAR), language)

    wrong = browser.post("/desk/register/", {"idn": "1", "email": "nowhere", "received_on_0": "40"})

    assert untranslated(wrong, language, english) == []


def test_oversight_speaks_the_language_of_the_reader(browser: Client, language: str, english: set[str]) -> None:
    make_complaint()
    note_missed(zone="Asia/Almaty", on=timezone.localdate(), at=timezone.now(), limit=10)
    answered(make_appeal(timezone.now()), at=timezone.now())
    sign_in(browser, make_officer(OFFICE, Role.OVERSIGHT), language)

    assert left_in_english(browser, [f"/oversight/{page}" for page in OVERSIGHT], language, english) == []


def test_letter_to_be_confirmed_by_program_is_so_in_the_language_of_the_reader(db: None, language: str) -> None:
    program = Client(headers={"accept-language": language, "Idempotency-Key": "letter-1"})
    program.force_login(make_officer(role=Role.REGISTRAR).user)

    with time_machine.travel(MONDAY + timedelta(days=44)):
        told = program.post("/api/v1/register/", LATE_LETTER, content_type="application/json").json()

    assert set(told) == {"is_late", "is_unreachable"}
    assert [text for text in sentences(told) if ENGLISH.search(text)] == []


def test_wrong_requests_are_refused_in_the_language_of_the_reader(db: None, language: str) -> None:
    program = Client(headers={"accept-language": language})
    given: tuple[Any, ...] = (
        {},
        [],
        {"kind": "x", "text": 1, "applicant": "x"},
        body(text="", language="x"),
        body(applicant=applicant(idn="1", email="nowhere", phone="x", type=[])),
    )

    answers = [send(program, wrong) for wrong in given]
    answers += [
        program.post("/api/v1/appeals/", "{", content_type="application/json"),
        send(program, b"{"),
        send(program, b"null"),
        program.get("/api/v1/regions/", headers={"accept": "text/html"}),
        program.post("/api/v1/appeals/", "x", content_type="text/csv"),
        program.delete("/api/v1/appeals/"),
        program.get("/api/v1/queue/"),
        program.get("/api/v1/where/?topic=x&region=x"),
        program.get("/api/v1/nowhere/"),
        program.post("/api/v1/follow/", {"number": "x"}, content_type="application/json"),
    ]

    assert all(answer.status_code >= 400 for answer in answers)
    assert [text for answer in answers for text in sentences(answer.json()) if ENGLISH.search(text)] == []


def sentences(told: Any) -> Iterator[str]:
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict | list):
        for part in told.values() if isinstance(told, dict) else told:
            yield from sentences(part)


def make_complaint() -> Appeal:
    return make_appeal(kind=Kind.COMPLAINT, complained_of=Agency.objects.get(code=EDUCATION))


def sign_in(browser: Client, officer: Officer, language: str) -> None:
    browser.force_login(officer.user)
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = language
