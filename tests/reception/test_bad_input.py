"""Whatever is typed: an error at the field, what was typed stays, nothing is stored."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from appeals.domain.registration import LONGEST_TEXT
from appeals.models import Appeal
from reception.models import Draft, DraftFile
from tests.appeals.domain.test_uploads import EXE, PDF
from tests.factories import make_officer
from tests.reception.journey import answer, send, write

pytestmark = pytest.mark.django_db

POSTS = [
    "/write/discard/",
    "/write/files/1/remove/",
    "/follow/complain/",
    "/follow/leave/",
]


@pytest.mark.parametrize(
    ("step", "given", "field"),
    [
        ("kind", {}, "kind"),
        ("kind", {"kind": "petition"}, "kind"),
        ("place", {"region": "KZ-YUZ"}, "region"),
        ("place", {"region": ""}, "region"),
        ("heading", {"heading": "housing.utilities"}, "heading"),
        ("topic", {"topic": "roads.local"}, "topic"),
        ("text", {"text": "   "}, "text"),
        ("text", {"text": "🔥🔥🔥 !!!"}, "text"),
        ("text", {"text": "ж" * (LONGEST_TEXT + 1)}, "text"),
        ("text", {"text": "жылу" * 130_000}, "text"),
        ("text", {"text": "жылу\x00жоқ"}, "text"),
        ("applicant", {"applicant_type": "state"}, "applicant_type"),
        ("name", {"name": ""}, "name"),
        ("name", {"name": "12345"}, "name"),
        ("name", {"name": "ж" * 201}, "name"),
        ("name", {"name": "Сынақ", "idn": "900101350004"}, "idn"),
        ("name", {"name": "Сынақ", "idn": "none"}, "idn"),
        ("contacts", {}, "email"),
        ("contacts", {"email": "not an e-mail", "consent": "on"}, "email"),
        ("contacts", {"email": "a@example.test"}, "consent"),
        ("contacts", {"address": "Шымкент", "phone": "12", "consent": "on"}, "phone"),
    ],
)
def test_answer_with_a_fault_comes_back_with_an_error_and_is_not_kept(
    client: Client, step: str, given: dict[str, str], field: str
):
    write(client, upto=step)
    before = Draft.objects.get().unseal() if step != "kind" else {}

    response = client.post(f"/write/{step}/", given)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert response.context["form"][field].anchor in response.text
    assert (Draft.objects.get().unseal() if step != "kind" else {}) == before


def test_text_of_a_megabyte_comes_back_as_it_was_typed(client: Client):
    write(client, upto="text")
    typed = "жылу " * 100_000

    response = answer(client, "text", text=typed)

    assert response.status_code == 422
    assert typed.strip() in response.text


def test_text_beyond_all_measure_is_400_in_every_language_without_a_trace(client: Client):
    write(client, upto="text")

    response = answer(client, "text", text="жылу " * 400_000)

    assert response.status_code == 400
    for said in ("Ештеңе сақталған жоқ", "Ничего не сохранено", "Nothing has been stored"):
        assert said in response.text
    assert "Traceback" not in response.text


def test_text_of_the_longest_length_is_taken_however_its_lines_end(client: Client):
    write(client, upto="text")

    response = answer(client, "text", text="ж\r\n" * (LONGEST_TEXT // 2))

    assert response.status_code == 302


def test_text_that_looks_like_markup_is_only_text(client: Client):
    page = send(client, text={"text": "<script>alert(1)</script> {{ key }}"})

    client.post("/follow/", {"number": page.context["case"].appeal.number, "key": page.context["key"]})
    shown = client.get("/follow/appeal/").text
    assert "<script>alert(1)" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ key }}" in shown


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_error_is_told_in_the_language_of_the_reader(client: Client, language: str):
    client.cookies["django_language"] = language

    page = client.post("/write/kind/", {}).text

    assert f'<html lang="{language}"' in page


@pytest.mark.parametrize(("path", "to"), list(zip(POSTS, ["/", "/write/kind/", "/follow/", "/follow/"], strict=True)))
def test_get_of_an_act_leads_to_its_page(client: Client, path: str, to: str):
    assert client.get(path, follow=True).redirect_chain[-1] == (to, 302)


def test_get_of_an_act_changes_nothing(client: Client):
    write(client, upto="applicant")
    add(client, PDF)

    for path in ("/write/discard/", f"/write/files/{DraftFile.objects.get().pk}/remove/", "/follow/leave/"):
        client.get(path)

    assert DraftFile.objects.exists()
    assert Draft.objects.get().unseal()["text"]


@pytest.mark.parametrize(("path", "back"), [("/language/", "/"), ("/write/kind/", "/write/kind/")])
def test_page_open_for_too_long_says_so_once_and_changes_its_language(path: str, back: str):
    client = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})

    page = client.post(path).text

    assert "was not taken. The answers you gave before it are kept." in page
    assert "Nothing has been" not in page
    assert f'name="next" value="{back}"' in page


def test_official_whose_page_was_open_for_too_long_is_led_to_the_queue():
    client = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    client.force_login(make_officer().user)

    page = client.post("/write/kind/").text

    assert '<a class="govuk-link" href="/desk/">Back to the queue</a>' in page


def test_contacts_say_at_the_top_that_one_of_two_is_needed(client: Client):
    write(client, upto="contacts")

    page = client.get("/write/contacts/").text

    assert page.index("one of the two is needed") < page.index('name="email"')
    assert "The Code asks" not in page


@pytest.mark.parametrize("path", [*POSTS, "/write/kind/", "/write/check/", "/write/files/", "/follow/"])
def test_post_without_the_token_is_403_and_changes_nothing(path: str):
    client = Client(enforce_csrf_checks=True)

    assert client.post(path, {"kind": "report"}).status_code == 403
    assert not Draft.objects.exists()


def test_send_of_an_unfinished_draft_leads_to_what_is_missing(client: Client):
    write(client, upto="contacts")

    assert client.post("/write/check/").headers["Location"] == "/write/contacts/"
    assert not Appeal.objects.exists()


def test_send_without_a_draft_leads_to_the_first_question(client: Client):
    assert client.post("/write/check/").headers["Location"] == "/write/kind/"


def add(client: Client, content: bytes, name: str = "letter.pdf", **more: Any) -> Any:
    return client.post("/write/files/", {"file": SimpleUploadedFile(name, content), "add": "1"} | more)


@pytest.mark.parametrize(
    ("content", "why"),
    [(EXE, "not one we can take"), (b"", "is empty"), (PDF + bytes(11 * 1024**2), "larger than 10 MB")],
)
def test_file_that_may_not_be_taken_is_an_error_at_the_field(client: Client, content: bytes, why: str):
    write(client, upto="files")

    response = add(client, content)

    assert response.status_code == 422
    assert why in response.context["form"].errors["file"][0]
    assert not DraftFile.objects.exists()


def test_file_button_without_a_file_is_an_error(client: Client):
    write(client, upto="files")

    assert client.post("/write/files/", {"add": "1"}).status_code == 422


def test_sixth_file_is_refused_and_five_stay(client: Client):
    write(client, upto="files")
    for n in range(5):
        assert add(client, PDF + bytes([65 + n])).status_code == 302

    response = add(client, PDF + b"Z")

    assert response.status_code == 422
    assert DraftFile.objects.count() == 5


def test_same_file_added_twice_is_one_file(client: Client):
    write(client, upto="files")

    add(client, PDF)
    add(client, PDF, name="again.pdf")

    assert DraftFile.objects.count() == 1
