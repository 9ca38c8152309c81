"""Signing in at the desk: a session that ends, and a door that stays shut after wrong passwords."""

from datetime import timedelta

from django.conf import settings
from django.test import Client
from django.utils import timezone

from agencies.models import Officer
from tests.appeals.web.desk.conftest import signed_in
from tests.factories import PASSWORD

SIGN_IN = "/accounts/login/"


def attempt(client: Client, officer: Officer, password: str) -> object:
    return client.post(SIGN_IN, {"login": officer.user.email, "password": password})


def test_sign_in_with_the_right_password_opens_the_desk(registrar):
    client = Client(headers={"accept-language": "en"})

    assert attempt(client, registrar, PASSWORD).status_code == 302
    assert client.get("/desk/").status_code == 200


def test_sign_in_after_many_wrong_passwords_is_locked_for_the_account_and_says_so(registrar, head):
    client = Client(headers={"accept-language": "en"})
    for _ in range(6):
        attempt(client, registrar, "wrong")

    locked = attempt(client, registrar, PASSWORD)

    assert "Too many failed login attempts. Try again later." in locked.content.decode()
    assert client.get("/desk/").status_code == 302
    assert attempt(client, head, PASSWORD).status_code == 302


def test_session_lasts_an_hour_after_the_last_page_and_not_longer(registrar):
    client = signed_in(registrar)

    client.get("/desk/")

    assert settings.SESSION_COOKIE_AGE == 3600
    assert settings.SESSION_EXPIRE_AT_BROWSER_CLOSE
    assert client.session.get_expiry_age() <= 3600
    stored = client.session.model.objects.get(session_key=client.session.session_key)
    assert stored.expire_date <= timezone.now() + timedelta(hours=1)


def test_session_that_has_ended_asks_to_sign_in_again(registrar):
    client = signed_in(registrar)
    client.session.flush()

    response = client.get("/desk/?status=closed")

    assert response.status_code == 302
    assert response.url == f"{SIGN_IN}?next=/desk/%3Fstatus%3Dclosed"


def test_post_that_has_ended_closes_the_desk_with_the_next_page(registrar):
    client = signed_in(registrar)
    registrar.valid_to = timezone.localdate() - timedelta(days=1)
    registrar.save()

    assert client.get("/desk/").status_code == 403
