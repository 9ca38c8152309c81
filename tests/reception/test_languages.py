"""The language of a half-filled page is changed, and nothing typed is lost, checked or kept."""

import re
from typing import Any

import pytest
from django.test import Client

from reception.models import Draft
from tests.appeals import scenes
from tests.reception.journey import write
from tests.reception.test_hearing import opened

pytestmark = pytest.mark.django_db
BUTTON = re.compile(r'<button class="languages__choice" type="submit" form="answer" name="language" value="(\w\w)"')
HALF = {
    "text": {"text": "Үйде жылу жоқ,\nекі күн болды <b>"},
    "name": {"name": "Сынақ Аз", "idn": "9001"},
    "contacts": {"email": "azamat@", "phone": "8 701", "address": "Шымкент", "consent": "on"},
    "kind": {"kind": "complaint"},
    "applicant": {"applicant_type": "firm"},
    "place": {"region": "none"},
    "district": {"district": "none"},
    "heading": {"heading": "unsure"},
    "topic": {"topic": "unsure"},
}


def typed_on(page: Any) -> dict[str, Any]:
    form = page.context["form"]
    return {name: form[name].value() for name in form.fields}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("step", HALF)
def test_page_half_filled_comes_back_in_another_language_as_it_was_typed(step: str, language: str, client: Client):
    write(client, upto=step)
    path, before = f"/write/{step}/", list(Draft.objects.values_list("blob", "updated_at"))
    assert BUTTON.findall(client.get(path).text) == ["kk", "ru", "en"]

    page = client.post(path, HALF[step] | {"language": language})

    assert page.status_code == 200
    assert f'<html lang="{language}"' in page.text
    assert {name: value for name, value in typed_on(page).items() if value} == {
        name: True if value == "on" else value for name, value in HALF[step].items()
    }
    assert "govuk-error" not in page.text
    assert list(Draft.objects.values_list("blob", "updated_at")) == before
    assert f'<html lang="{language}"' in client.get("/follow/").text


def test_page_in_another_language_still_sends_the_answer(client: Client):
    write(client, upto="text")
    client.post("/write/text/", HALF["text"] | {"language": "ru"})

    assert client.post("/write/text/", HALF["text"]).headers["Location"] == "/write/files/"
    assert Draft.objects.get().unseal()["text"] == HALF["text"]["text"]


def test_enter_in_a_box_sends_the_answer_and_not_the_first_language(client: Client):
    write(client, upto="name")

    buttons = re.findall(r'<button [^>]*type="submit"[^>]*form="answer"[^>]*>', client.get("/write/name/").text)

    assert "language" not in buttons[0]


def test_page_in_a_language_that_there_is_not_takes_the_answer(client: Client):
    write(client, upto="text")

    response = client.post("/write/text/", HALF["text"] | {"language": "de"})

    assert response.headers["Location"] == "/write/files/"


def test_objection_half_written_stays_and_is_not_sent(client: Client):
    scene = scenes.notified()
    before = scene.trail

    page = opened(client, scene.appeal).post("/follow/object/", {"text": "Келісп", "language": "ru"})

    assert (page.status_code, typed_on(page)) == (200, {"text": "Келісп"})
    assert '<html lang="ru"' in page.text
    assert scene.trail == before


def test_own_words_stay_when_the_finder_is_asked_in_another_language(client: Client):
    assert BUTTON.findall(client.get("/where/").text) == ["kk", "ru", "en"]

    page = client.post("/where/", {"text": "Қоқыс шығар", "region": "KZ-79", "language": "kk"})

    assert page.status_code == 200
    assert (typed_on(page)["text"], typed_on(page)["region"]) == ("Қоқыс шығар", "KZ-79")
    assert '<html lang="kk"' in page.text
