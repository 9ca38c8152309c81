"""The citizen whose words tell of danger: whom to call first, nothing lost, no name needed."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from agencies.enums import Role
from agencies.models import Agency
from appeals.domain import alarms, coupons
from appeals.enums import Alarm, NoticeKind
from appeals.models import Appeal, Notice, UrgentPhrase
from reception.models import Draft
from tests.factories import make_officer
from tests.reception.journey import ANSWERS, answer, write
from tests.reception.test_queries import MOST, statements

pytestmark = pytest.mark.django_db

SUNDAY_NIGHT = datetime(2026, 2, 8, 18, tzinfo=UTC)
POLICE = "police.territorial.kz-79"
BEATEN = {"kk": "Күйеуім мені ұрады, балаларым қорқады.", "ru": "Муж меня избивает, боюсь за детей."}
TIRED = {"kk": "Өмір сүргім келмейді.", "ru": "Я больше не хочу жить."}
ANNOYED = "В комментариях шутят: убью за такую дорогу. Прошу отремонтировать улицу."


def browser(language: str) -> Client:
    return Client(headers={"accept-language": language})


def page(client: Client, path: str) -> str:
    answered = client.get(path)
    assert answered.status_code == 200
    return answered.content.decode()


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_whom_to_call_stands_first_on_the_next_page_and_before_sending(language):
    client = browser(language)
    write(client, text={"text": BEATEN[language]}, upto="files")

    following = page(client, "/write/files/")
    for step in ("files", "applicant", "name", "contacts"):
        answer(client, step)
    before_sending = page(client, "/write/check/")

    for shown in (following, before_sending):
        first = shown.split("<main")[1]
        assert first.index('href="tel:112"') < first.index("<form")
        for number in ("102", "103", "111"):
            assert f'href="tel:{number}"' in first
        assert "tel:101" not in first
    police = Agency.objects.get(code=POLICE)
    assert police.named(language) in before_sending


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_who_may_harm_herself_is_shown_who_listens_and_not_the_police(language):
    client = browser(language)
    write(client, text={"text": TIRED[language]}, upto="files")

    shown = page(client, "/write/files/")

    assert 'href="tel:111"' in shown
    assert "tel:102" not in shown


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_urgent_appeal_sent_on_a_sunday_night_alarms_at_once_and_shows_the_numbers_again(language):
    duty = make_officer(POLICE, Role.DUTY)
    client = browser(language)
    with time_machine.travel(SUNDAY_NIGHT, tick=False):
        write(client, text={"text": BEATEN[language]})
        receipt = client.post("/write/check/", follow=True).content.decode()
        appeal = Appeal.objects.get()
        case = page(client, "/follow/appeal/")

    assert appeal.is_urgent
    assert appeal.agency.code == POLICE
    alarm = Notice.objects.get(kind=NoticeKind.URGENT)
    assert (alarm.officer, alarm.owed_at, alarm.try_after) == (duty, SUNDAY_NIGHT, SUNDAY_NIGHT)
    for shown in (receipt, case):
        assert 'href="tel:112"' in shown
        assert "/write/emergency/" not in shown


def test_panel_is_gone_from_the_case_after_a_false_alarm(client: Client):
    write(client, text={"text": BEATEN["ru"]})
    client.post("/write/check/")
    appeal = Appeal.objects.get()
    assert "tel:112" in page(client, "/follow/appeal/")

    duty = make_officer(POLICE, Role.DUTY)
    alarms.settle_urgency(appeal, Alarm.FALSE, by=duty, at=appeal.received_at, reason="A film.")

    shown = page(client, "/follow/appeal/")
    assert "tel:112" not in shown
    assert "Marked as urgent" in shown
    assert "A film." not in shown
    assert "False alarm" not in shown


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_who_says_that_it_is_not_urgent_loses_nothing_and_goes_the_usual_way(language):
    client = browser(language)
    write(client, text={"text": ANNOYED}, upto="files")
    before = Draft.objects.get().unseal()

    answered = client.post("/write/emergency/deny/")

    assert answered.url == "/write/files/"
    assert Draft.objects.get().unseal() == before | {"is_denied": "yes"}
    assert "/write/emergency/affirm/" in page(client, "/write/files/")
    for step in ("files", "applicant", "name", "contacts"):
        answer(client, step)
    client.post("/write/check/")
    appeal = Appeal.objects.get()
    assert (appeal.is_urgent, appeal.urgency.is_denied) == (True, True)
    assert appeal.agency.code == "akimat.utilities.kz-79"
    assert "tel:112" not in page(client, "/receipt/")


def test_who_says_on_the_last_page_that_nobody_is_in_danger_stays_there_and_can_take_it_back(client: Client):
    write(client, text={"text": TIRED["ru"]})

    assert client.post("/write/emergency/deny/").url == "/write/check/"
    denied = page(client, "/write/check/")
    assert client.post("/write/emergency/affirm/").url == "/write/check/"

    assert "You said that nobody is in danger" in denied
    assert "tel:112" in denied
    assert "You are not alone" in page(client, "/write/check/")
    assert "is_denied" not in Draft.objects.get().unseal()


def test_another_text_asks_anew(client: Client):
    write(client, text={"text": ANNOYED}, upto="files")
    client.post("/write/emergency/deny/")

    answer(client, "text", text=TIRED["ru"])
    assert Draft.objects.get().unseal()["dangers"] == ["self_harm"]
    assert "is_denied" not in Draft.objects.get().unseal()

    answer(client, "text", text=ANSWERS["text"]["text"])
    assert "dangers" not in Draft.objects.get().unseal()
    assert "tel:112" not in page(client, "/write/files/")


def test_ordinary_appeal_shows_no_numbers_and_nothing_can_be_said_of_it(client: Client):
    write(client)

    assert client.post("/write/emergency/deny/").url == "/write/check/"
    assert "is_denied" not in Draft.objects.get().unseal()
    assert "tel:" not in page(client, "/write/check/")
    assert "tel:" not in page(client, "/write/files/")


@pytest.mark.parametrize("act", ["deny", "affirm"])
def test_saying_it_without_a_draft_begins_none_and_a_get_is_refused(client: Client, act: str):
    assert client.post(f"/write/emergency/{act}/").status_code == 302
    assert client.get(f"/write/emergency/{act}/").status_code == 405
    assert not Draft.objects.exists()


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_urgent_appeal_is_sent_without_a_name_and_followed_by_number_and_key(language):
    client = browser(language)
    write(client, text={"text": BEATEN[language]}, upto="applicant")
    assert 'value="no_name"' in page(client, "/write/applicant/")

    assert answer(client, "applicant", applicant_type="no_name").url == "/write/check/"
    shown = page(client, "/write/check/")
    receipt = client.post("/write/check/", follow=True).content.decode()

    appeal = Appeal.objects.get()
    assert "/write/name/" not in shown
    assert "/write/contacts/" not in shown
    assert appeal.applicant.unseal() == {}
    assert not appeal.notices.filter(officer=None).exists()
    key = coupons.key_of(appeal)
    assert key in receipt
    elsewhere = browser(language)
    assert elsewhere.post("/follow/", {"number": appeal.number, "key": key}).status_code == 302
    assert appeal.number in page(elsewhere, "/follow/appeal/")


def test_who_gives_no_name_after_all_takes_back_the_details_given(client: Client):
    write(client, text={"text": BEATEN["ru"]})

    answer(client, "applicant", applicant_type="no_name")
    kept = Draft.objects.get().unseal()

    assert not {"name", "idn", "email", "phone", "address", "consent"} & kept.keys()
    assert 'value="no_name"' in page(client, "/write/applicant/").split("checked")[0].rsplit("<input", 1)[1]
    assert answer(client, "applicant", applicant_type="person").url == "/write/name/"


def test_without_a_name_is_not_offered_where_nothing_is_urgent_or_it_was_denied(client: Client):
    write(client, upto="applicant")
    assert "no_name" not in page(client, "/write/applicant/")
    assert answer(client, "applicant", applicant_type="no_name").status_code == 422

    answer(client, "text", text=ANNOYED)
    client.post("/write/emergency/deny/")
    assert answer(client, "applicant", applicant_type="no_name").status_code == 422
    assert "applicant_type" not in Draft.objects.get().unseal()


@pytest.mark.parametrize("how", ["deny", "text"])
def test_who_gave_no_name_is_asked_for_it_when_it_is_urgent_no_more(client: Client, how: str):
    write(client, text={"text": BEATEN["ru"]}, upto="applicant")
    answer(client, "applicant", applicant_type="no_name")

    if how == "deny":
        onward = client.post("/write/emergency/deny/")
    else:
        onward = answer(client, "text", text=ANSWERS["text"]["text"])

    assert onward.url == "/write/applicant/"
    assert client.post("/write/check/").url == "/write/applicant/"
    assert not Appeal.objects.exists()


def test_lexicon_emptied_while_she_writes_without_a_name_brings_her_back_to_the_name(client: Client):
    write(client, text={"text": BEATEN["ru"]}, upto="applicant")
    answer(client, "applicant", applicant_type="no_name")
    UrgentPhrase.objects.all().delete()

    answered = client.post("/write/check/")

    assert answered.status_code == 302
    assert not Appeal.objects.exists()


@pytest.mark.parametrize("path", ["/write/files/", "/write/applicant/", "/write/check/"])
def test_pages_with_the_panel_cost_few_statements(client: Client, path: str):
    write(client, text={"text": BEATEN["ru"]})

    assert statements(client, path) <= MOST


def test_receipt_and_case_with_the_panel_cost_few_statements(client: Client):
    write(client, text={"text": BEATEN["ru"]})
    client.post("/write/check/")

    assert statements(client, "/receipt/") <= MOST
    assert statements(client, "/follow/appeal/") <= MOST
