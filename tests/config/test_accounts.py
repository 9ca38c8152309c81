"""The sign-in pages: all of them in the house's layout, none of them a way to make oneself an official."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.urls import reverse

pytestmark = [pytest.mark.urls("tests.config.design_urls"), pytest.mark.django_db]
PASSWORD = "uzaq-zhol-2026"


@pytest.fixture
def official():
    return get_user_model().objects.create_user(email="official@example.org", password=PASSWORD)


@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "account_inactive",
        "account_signup",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
    ],
)
def test_page_for_strangers_stands_in_our_layout(client, name):
    page = client.get(reverse(name))

    assert page.status_code == 200
    assert 'class="site-header"' in page.content.decode()
    assert 'content="noindex"' in page.content.decode()


@pytest.mark.parametrize("name", ["account_logout", "account_change_password", "account_reauthenticate"])
def test_page_for_officials_stands_in_our_layout(client, official, name):
    client.force_login(official)

    page = client.get(reverse(name))

    assert page.status_code == 200
    assert 'class="site-account__name"' in page.content.decode()


def test_sign_in_with_a_wrong_password_says_so_and_keeps_the_address(client, official):
    page = client.post(reverse("account_login"), {"login": official.email, "password": "wrong"}).content.decode()

    assert "govuk-error-summary" in page
    assert f'value="{official.email}"' in page
    assert "wrong" not in page


def test_sign_in_with_the_right_password_opens_a_session(client, official):
    answer = client.post(reverse("account_login"), {"login": official.email, "password": PASSWORD})

    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(official.pk)


def test_sign_up_makes_nobody_an_official(client):
    sent = {"email": "stranger@example.org", "password1": PASSWORD}

    page = client.post(reverse("account_signup"), sent)

    assert "Accounts are given by the administrator" in page.content.decode()
    assert not get_user_model().objects.exists()


def test_forgotten_password_is_set_by_the_link_in_the_letter(client, official):
    client.post(reverse("account_reset_password"), {"email": official.email})
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body)[1]
    form_at = client.get(link).url

    client.post(form_at, {"password1": "basqa-zhol-2027", "password2": "basqa-zhol-2027"})

    official.refresh_from_db()
    assert official.check_password("basqa-zhol-2027")
    assert "no longer works" in client.get(link, follow=True).content.decode()


def test_forgotten_password_of_a_stranger_gets_a_letter_without_a_link(client):
    client.post(reverse("account_reset_password"), {"email": "stranger@example.org"})

    assert "no official has this address" in mail.outbox[0].body
    assert "http" not in mail.outbox[0].body
