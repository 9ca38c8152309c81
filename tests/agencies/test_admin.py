"""The administration shows everything and acts through the verbs."""

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from agencies.enums import Role
from agencies.models import Agency, CalendarYear, Officer, User
from tests.factories import PASSWORD, make_officer, make_user

# Django's own templates of the administration rely on missing variables being empty.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

MODELS = sorted((m for m in admin.site._registry if m._meta.app_label == "agencies"), key=lambda m: m.__name__)


@pytest.fixture
def administrator(client) -> User:
    user = make_user(is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


def address(model, page: str, *args) -> str:
    return reverse(f"admin:agencies_{model._meta.model_name}_{page}", args=args)


@pytest.mark.parametrize("model", MODELS)
def test_every_list_opens_with_few_queries_however_many_rows_and_can_be_searched(
    client, administrator, model, django_assert_max_num_queries
):
    make_officer()

    with django_assert_max_num_queries(11):
        assert client.get(address(model, "changelist")).status_code == 200
    assert client.get(address(model, "changelist"), {"q": "akimat"}).status_code == 200


@pytest.mark.parametrize("model", MODELS)
def test_every_form_opens_for_a_new_and_an_old_row(client, administrator, model):
    make_officer()
    row = model.objects.first()

    assert client.get(address(model, "add")).status_code == (200 if model != CalendarYear else 403)
    if row is not None:
        assert client.get(address(model, "change", row.pk)).status_code == 200


def test_officer_added_is_appointed_from_today(client, administrator):
    user, body = make_user(), Agency.objects.get(code="akimat.kz-79")
    given = {"user": user.pk, "agency": body.pk, "unit": "", "role": Role.ADMINISTRATOR, "post": "Chief"}

    answer = client.post(address(Officer, "add"), given)

    officer = Officer.objects.get(user=user)
    user.refresh_from_db()
    assert answer.status_code == 302
    assert (officer.valid_from, officer.post) == (timezone.localdate(), "Chief")
    assert user.is_staff


def test_officer_added_twice_is_refused_on_the_form(client, administrator):
    officer = make_officer()
    given = {"user": officer.user_id, "agency": officer.agency_id, "role": officer.role, "post": ""}

    answer = client.post(address(Officer, "add"), given)

    assert answer.status_code == 200
    assert "already holds this post" in answer.content.decode()
    assert officer.user.posts.count() == 1


def test_officer_is_dismissed_by_the_action_and_never_deleted(client, administrator):
    officer = make_officer()

    client.post(address(Officer, "changelist"), {"action": "dismiss_today", "_selected_action": [officer.pk]})

    officer.refresh_from_db()
    assert officer.valid_to == timezone.localdate()
    assert client.post(address(Officer, "delete", officer.pk), {"post": "yes"}).status_code == 403


def test_officer_changed_keeps_body_role_and_dates(client, administrator):
    officer = make_officer()
    other = Agency.objects.get(code="akimat.kz-10")

    client.post(address(Officer, "change", officer.pk), {"post": "New title", "agency": other.pk, "role": "head"})

    officer.refresh_from_db()
    assert (officer.post, officer.role, officer.agency.code) == ("New title", "executor", "akimat.utilities.kz-79")


def test_user_is_added_with_a_password_she_can_sign_in_with(client, administrator):
    given = {"email": "new@example.test", "full_name": "New", "language": "ru", "usable_password": "true"}
    given |= {"password1": PASSWORD, "password2": PASSWORD}

    answer = client.post(address(User, "add"), given)

    assert answer.status_code == 302
    assert User.objects.get(email="new@example.test").check_password(PASSWORD)


def test_user_changed_by_form_gets_no_powers(client, administrator):
    user = make_user()
    given = {"email": user.email, "full_name": "Renamed", "language": "kk", "is_active": "on", "is_superuser": "on"}

    client.post(address(User, "change", user.pk), given)

    user.refresh_from_db()
    assert (user.full_name, user.is_superuser, user.is_staff) == ("Renamed", False, False)


def test_administration_sends_visitors_to_the_sign_in_page_and_officials_away(client):
    assert client.get(reverse("admin:index")).url.startswith(reverse("admin:login"))
    assert client.get(reverse("admin:login")).url.startswith(reverse("account_login"))

    client.force_login(make_officer().user)
    assert client.get(reverse("admin:login")).status_code == 403


@pytest.mark.parametrize("zone", ["Asia/Nowhere", "../etc/passwd", "Asia", ""])
def test_body_in_a_zone_that_is_none_is_refused_on_the_form(client, administrator, zone):
    body = Agency.objects.get(code="akimat.kz-79")

    answer = client.post(address(Agency, "change", body.pk), {"code": body.code, "zone": zone})

    body.refresh_from_db()
    assert "zone" in answer.context["adminform"].form.errors
    assert body.zone == "Asia/Almaty"


def test_administration_shows_only_what_the_house_keeps():
    assert {model._meta.app_label for model in admin.site._registry} <= {"agencies", "appeals", "reception"}
