"""From the first question to the receipt."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from agencies.domain.wording import long_day
from appeals.domain import coupons
from appeals.enums import Kind
from appeals.models import Appeal
from reception.models import Draft
from tests.reception.journey import ANSWERS, answer, send, write

pytestmark = pytest.mark.django_db


def test_send_of_answered_questions_registers_the_appeal_and_shows_number_and_key(client: Client):
    response = send(client)

    appeal = Appeal.objects.get()
    assert response.redirect_chain == [("/receipt/", 302)]
    assert appeal.agency.code == "akimat.utilities.kz-79"
    assert (appeal.kind, appeal.topic.code, appeal.region.code) == (Kind.APPLICATION, "housing.utilities", "KZ-79")
    assert appeal.applicant.unseal() == {
        "name": "Сынақ Азамат",
        "idn": "900101350003",
        "email": "azamat@example.test",
        "phone": "+77010000000",
        "address": "Шымкент, Сынақ көшесі, 1",
        "consent": "yes",
    }
    assert appeal.number in response.text
    assert coupons.key_of(appeal) in response.text
    assert str(appeal.agency) in response.text


def test_send_wipes_what_was_written_from_the_draft(client: Client):
    send(client)

    draft = Draft.objects.get()
    assert draft.unseal() == {}
    assert draft.appeal == Appeal.objects.get()


def test_receipt_reloaded_is_the_same_receipt(client: Client):
    first = send(client).text

    again = client.get("/receipt/").text

    assert coupons.key_of(Appeal.objects.get()) in first
    assert coupons.key_of(Appeal.objects.get()) in again


def test_receipt_is_gone_after_an_hour_even_where_a_new_draft_keeps_the_session(client: Client):
    send(client)
    answer(client, "kind", kind="report")
    session = client.session
    session["receipt"] |= {"until": (timezone.now() - timedelta(seconds=1)).isoformat()}
    session.save()

    assert client.get("/receipt/").headers["Location"] == "/follow/"


def test_receipt_is_not_shown_to_who_knew_the_session_of_the_draft(client: Client):
    write(client)
    known = client.cookies["sessionid"].value

    client.post("/write/check/")

    stranger = Client()
    stranger.cookies["sessionid"] = known
    assert stranger.get("/receipt/").headers["Location"] == "/follow/"
    assert stranger.get("/follow/appeal/").headers["Location"] == "/follow/"
    assert client.get("/receipt/").status_code == 200


def test_send_clicked_twice_before_the_first_answer_came_shows_the_receipt(client: Client):
    write(client)
    second = Client()
    second.cookies["sessionid"] = client.cookies["sessionid"].value
    client.post("/write/check/")

    second.post("/write/check/")

    keys = [browser.get("/receipt/").context["key"] for browser in (client, second)]
    assert keys == [coupons.key_of(Appeal.objects.get())] * 2
    assert Appeal.objects.count() == 1


def test_send_from_a_session_that_was_ended_meanwhile_registers_and_shows_the_receipt(client: Client):
    write(client)
    Session.objects.all().delete()

    assert client.post("/write/check/").headers["Location"] == "/receipt/"
    assert client.get("/receipt/").context["key"] == coupons.key_of(Appeal.objects.get())


def test_receipt_of_a_stranger_leads_to_the_door_and_shows_nothing(client: Client):
    send(client)

    assert Client().get("/receipt/").headers["Location"] == "/follow/"


def test_send_clicked_twice_is_one_appeal(client: Client):
    send(client)

    again = client.post("/write/check/")

    assert again.headers["Location"] == "/receipt/"
    assert Appeal.objects.count() == 1


def test_going_back_to_the_last_page_after_sending_leads_to_the_receipt(client: Client):
    send(client)

    assert client.get("/write/check/").headers["Location"] == "/receipt/"


def test_a_new_appeal_after_sending_begins_empty(client: Client):
    send(client)

    answer(client, "kind", kind="report")

    assert Draft.objects.get(appeal=None).unseal() == {"kind": "report"}


@pytest.mark.parametrize("step", [*ANSWERS, "check"])
def test_a_page_reached_too_early_leads_to_the_first_open_question(client: Client, step: str):
    response = client.get(f"/write/{step}/")

    if step == "kind":
        assert response.status_code == 200
    else:
        assert response.headers["Location"] == "/write/kind/"


def test_writing_leads_to_where_it_was_left_off(client: Client):
    write(client, upto="text")

    assert client.get("/write/").headers["Location"] == "/write/text/"
    assert client.get("/write/name/").headers["Location"] == "/write/text/"


def test_answers_are_shown_again_on_the_way_back(client: Client):
    write(client, upto="applicant")

    assert 'value="KZ-79" id="id_region_' in client.get("/write/place/").text
    assert "checked" in client.get("/write/place/").text
    assert ANSWERS["text"]["text"] in client.get("/write/text/").text


def test_an_answer_changed_on_the_last_page_leads_back_to_it(client: Client):
    write(client)

    response = answer(client, "text", text="Енді басқаша жазамын.")

    assert response.headers["Location"] == "/write/check/"
    assert "Енді басқаша жазамын." in client.get("/write/check/").text


def test_another_heading_asks_for_the_topic_again(client: Client):
    write(client)

    assert answer(client, "heading", heading="heading.roads").headers["Location"] == "/write/topic/"


def test_a_firm_instead_of_a_person_asks_for_its_number_again(client: Client):
    write(client)

    assert answer(client, "applicant", applicant_type="firm").headers["Location"] == "/write/name/"
    assert answer(client, "name", name="Сынақ ЖШС", idn="010240000018").headers["Location"] == "/write/check/"


def test_the_last_page_names_the_body_the_reason_and_the_day(client: Client):
    write(client)

    page = client.get("/write/check/")

    assert str(page.context["agency"]) in page.text
    assert "answers for the topic" in page.context["why"]
    assert long_day(page.context["due_on"]) in page.text


def test_unsure_of_the_topic_goes_to_the_office_without_asking_for_one(client: Client):
    write(client, upto="heading")

    assert answer(client, "heading", heading="unsure").headers["Location"] == "/write/text/"
    for step in ("text", "files", "applicant", "name", "contacts"):
        answer(client, step)
    assert client.get("/write/check/").context["is_triage"]
    client.post("/write/check/")

    assert Appeal.objects.get().agency.code == "president.office"


def test_abroad_is_an_answer(client: Client):
    send(client, place={"region": "none"})

    assert Appeal.objects.get().region is None


def test_complaint_names_the_body_found_by_its_name(client: Client):
    write(client, upto="text", kind={"kind": "complaint"})
    assert client.get("/write/text/").headers["Location"] == "/write/body/"

    found = client.get("/write/body/", {"q": "ШЫМКЕНТ білім БАСҚАРМАСЫ"})
    codes = [code for code, _ in found.context["form"]["complained_of"].field.choices]
    assert codes == ["akimat.education.kz-79"]
    assert answer(client, "body", complained_of=codes[0]).headers["Location"] == "/write/text/"
    for step in ("text", "files", "applicant", "name", "contacts"):
        answer(client, step)
    assert "goes by way of the body complained of" in client.get("/write/check/").context["why"]
    client.post("/write/check/")

    appeal = Appeal.objects.get()
    assert (appeal.kind, appeal.complained_of.code) == (Kind.COMPLAINT, "akimat.education.kz-79")


def test_complaint_of_a_body_that_is_no_more_is_an_error_at_the_field(client: Client):
    write(client, upto="text", kind={"kind": "complaint"})

    response = answer(client, "body", complained_of="ministry.education_science")

    assert response.status_code == 422
    assert "Choose the body you complain of." in response.text


def test_two_tabs_write_into_one_draft(client: Client):
    write(client, upto="text")
    first, second = Client(), Client()
    first.cookies = second.cookies = client.cookies

    answer(first, "text")
    answer(second, "place", region="KZ-75")

    kept = Draft.objects.get().unseal()
    assert (kept["text"], kept["region"]) == (ANSWERS["text"]["text"], "KZ-75")


def test_change_of_language_in_the_middle_keeps_the_answers(client: Client):
    client.cookies["django_language"] = "ru"
    write(client, upto="text")

    client.post("/language/", {"language": "kk", "next": "/write/text/"})
    answer(client, "text")

    draft = Draft.objects.get()
    assert draft.language == "kk"
    assert draft.unseal()["region"] == "KZ-79"


def test_the_draft_is_sealed(client: Client):
    write(client)

    assert "Азамат".encode() not in bytes(Draft.objects.get().blob)


def test_the_draft_outlives_the_browser_and_the_sent_one_does_not(client: Client):
    write(client)
    assert client.session.get_expiry_age() > 29 * 24 * 3600

    client.post("/write/check/")

    assert client.session.get_expire_at_browser_close()


def test_discard_shows_what_will_be_deleted_before_it_deletes(client: Client):
    write(client, upto="name")

    page = client.get("/write/discard/").text

    assert ANSWERS["text"]["text"] in page
    assert "Keep and go on" in page
    assert Draft.objects.exists()


@pytest.mark.parametrize("path", ["/", "/write/name/"])
def test_way_to_delete_asks_first(client: Client, path: str):
    write(client, upto="name")

    page = client.get(path).text

    assert 'href="/write/discard/"' in page
    assert 'action="/write/discard/"' not in page


def test_discard_deletes_what_was_written(client: Client):
    write(client)

    client.post("/write/discard/")

    assert not Draft.objects.exists()
    assert client.get("/write/").headers["Location"] == "/write/kind/"


def test_what_is_typed_into_a_page_whose_draft_is_gone_is_kept(client: Client):
    write(client, upto="text")
    Draft.objects.all().delete()

    assert answer(client, "text").headers["Location"] == "/write/kind/"

    assert Draft.objects.get().unseal() == ANSWERS["text"]


def test_regions_stand_in_the_order_of_the_kazakh_alphabet(client: Client):
    client.cookies["django_language"] = "kk"
    answer(client, "kind")

    page = client.get("/write/place/").text

    in_order = ["Абай облысы", "Ақмола облысы", "Ақтөбе облысы", "Алматы облысы", "Қарағанды облысы", "Павлодар облысы"]
    assert [page.index(name) for name in in_order] == sorted(page.index(name) for name in in_order)
