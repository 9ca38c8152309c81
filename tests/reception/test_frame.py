"""Languages, letters, sessions: what holds around the pages."""

import pytest
from django.test import Client
from django.utils import timezone

from agencies.enums import Role
from appeals.domain import deliveries
from appeals.enums import NoticeKind
from appeals.models import Notice
from reception import tasks
from reception.domain.drafts import SHELF_LIFE
from reception.models import Draft
from tests.factories import MONDAY, PASSWORD, make_appeal, make_officer, make_user
from tests.mail import APPLICANTS_READ
from tests.reception.journey import ANSWERS, answer, write

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("path", ["/", "/about/", "/accessibility/", "/follow/", *[f"/write/{s}/" for s in ANSWERS]])
def test_page_comes_in_every_language(client: Client, language: str, path: str):
    client.cookies["django_language"] = language
    write(client)

    page = client.get(path)

    assert page.status_code == 200
    assert f'<html lang="{language}"' in page.text


@pytest.mark.parametrize("path", ["/", "/about/", "/accessibility/"])
def test_public_page_answers_to_reading_only(client: Client, path: str):
    assert client.head(path).status_code == 200
    assert client.post(path).status_code == 405


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("kind", APPLICANTS_READ)
def test_letter_to_an_applicant_has_number_key_and_address(kind: NoticeKind, language: str):
    appeal = make_appeal(language=language)
    appeal.applicant.language = language

    letter = deliveries.worded(Notice(pk=1, appeal=appeal, kind=kind), at=MONDAY)

    assert appeal.number in letter.subject
    assert appeal.coupon.unseal()["key"] in letter.body
    assert "http://127.0.0.1:8000/follow/" in letter.body
    assert "{" not in letter.subject + letter.body
    assert "\n\n\n" not in letter.body


def test_letter_is_plain_text():
    details = {"name": "O'Neil & Sons <b>", "email": "firm@example.test"}
    appeal = make_appeal(details=details)

    letter = deliveries.worded(Notice(pk=1, appeal=appeal, kind=NoticeKind.REGISTERED), at=MONDAY)

    assert "O'Neil & Sons <b>" in letter.body


def test_letter_to_a_head_leads_to_the_desk_and_has_no_key():
    appeal, head = make_appeal(), make_officer(role=Role.HEAD)

    letter = deliveries.worded(Notice(pk=1, appeal=appeal, kind=NoticeKind.BREACH, officer=head), at=MONDAY)

    assert "/desk/zht-" in letter.body
    assert appeal.coupon.unseal()["key"] not in letter.body


def test_official_who_signs_in_after_writing_gets_no_longer_session(client: Client):
    user = make_user()
    answer(client, "kind")
    assert client.session.get_expiry_age() > 24 * 3600

    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})

    assert "_auth_user_id" in client.session
    assert client.session.get_expire_at_browser_close()
    assert client.session.get_expiry_age() <= 3600


def test_purge_job_throws_stale_drafts_away(client: Client):
    answer(client, "kind")
    Draft.objects.update(updated_at=timezone.now() - 2 * SHELF_LIFE)

    tasks.purge_drafts()

    assert not Draft.objects.exists()
