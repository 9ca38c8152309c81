"""The urgent words and the helplines in the administration: edited, taken out of use, never deleted."""

import pytest
from django.test import Client

from agencies.models import User
from appeals.domain.helplines import lines
from appeals.domain.urgency import dangers, phrases
from appeals.enums import Danger
from appeals.models import Helpline, UrgentPhrase

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(User.objects.create_superuser(email="root@example.test", password="x", full_name="Root"))
    return client


@pytest.mark.parametrize("model", ["urgentphrase", "helpline"])
def test_lists_are_shown_and_nothing_is_deleted(admin, model):
    row = {"urgentphrase": UrgentPhrase, "helpline": Helpline}[model].objects.first()

    assert admin.get(f"/admin/appeals/{model}/").status_code == 200
    assert admin.get(f"/admin/appeals/{model}/{row.pk}/change/").status_code == 200
    assert admin.post(f"/admin/appeals/{model}/{row.pk}/delete/", {"post": "yes"}).status_code == 403


def test_words_taken_out_of_use_make_nothing_urgent_and_new_ones_do(admin):
    row = UrgentPhrase.objects.get(language="ru", phrase="избива")

    changed = admin.post(f"/admin/appeals/urgentphrase/{row.pk}/change/", {"danger": "violence"})
    added = admin.post(
        "/admin/appeals/urgentphrase/add/",
        {"language": "ru", "phrase": "сель сошёл", "danger": "life", "is_active": "on"},
    )

    assert (changed.status_code, added.status_code) == (302, 302)
    assert dangers("избивают", phrases()) is None
    assert dangers("Сель сошел на село", phrases())


@pytest.mark.parametrize("phrase", ["сель\tсошёл", "сель  сошёл", "сель\u00a0сошёл", "сель\nсошёл", "сель\u2028сошёл"])
def test_words_pasted_with_tabs_or_line_ends_are_read_like_others(admin, phrase):
    given = {"language": "ru", "phrase": phrase, "danger": "life", "is_active": "on"}

    assert admin.post("/admin/appeals/urgentphrase/add/", given).status_code == 302
    assert dangers("Сель сошел на село", phrases())
    assert dangers("Избивают", phrases())


def test_helpline_says_in_which_dangers_it_is_shown(admin):
    given = {
        "number": "116",
        "name_kk": "Сынақ",
        "name_ru": "Проба",
        "name_en": "Trial",
        "dangers": ["crime", "life"],
        "is_active": "on",
        "position": "5",
    }

    answer = admin.post("/admin/appeals/helpline/add/", given)

    assert answer.status_code == 302
    assert lines(Danger.CRIME)[0].number == "116"
    assert "116" not in [line.number for line in lines(Danger.SELF_HARM)]
