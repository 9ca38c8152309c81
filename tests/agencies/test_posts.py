"""Which post a user acts in, seen through HTTP."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from agencies.enums import Role
from agencies.models import User
from agencies.web.posts import SESSION_KEY, PostMiddleware
from tests.factories import make_officer, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_posts() -> list:
    user = make_user()
    return [make_officer(user=user, role=Role.EXECUTOR), make_officer("akimat.kz-79", user=user, role=Role.HEAD)]


def passed(user: User | AnonymousUser, chosen: int | None = None) -> HttpRequest:
    """A request after the middleware."""
    request = RequestFactory().get("/")
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "some"
    request.user, request.session = user, SessionStore()
    if chosen is not None:
        request.session[SESSION_KEY] = chosen
    PostMiddleware(lambda _: HttpResponse())(request)
    return request


def test_the_only_post_is_the_officer_in_one_query(django_assert_num_queries):
    officer = make_officer()

    with django_assert_num_queries(1):
        request = passed(officer.user)
        assert str(request.officer.agency)
        assert str(request.officer.user)

    assert request.officer == officer


def test_a_visitor_has_no_officer_and_costs_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert passed(AnonymousUser()).officer is None


def test_of_several_posts_the_chosen_one_is_the_officer_and_none_before_the_choice(two_posts):
    user, second = two_posts[0].user, two_posts[1]

    assert passed(user).officer is None
    assert passed(user, second.pk).officer == second


def test_a_strangers_post_in_the_session_is_nobodys(two_posts):
    assert passed(two_posts[0].user, make_officer().pk).officer is None


def test_a_post_that_ended_yesterday_is_gone_with_the_next_request(two_posts):
    first, second = two_posts
    second.valid_to = timezone.localdate() - timedelta(days=1)
    second.save()

    assert passed(first.user, second.pk).officer == first


def test_a_user_who_may_not_sign_in_any_more_has_no_officer():
    officer = make_officer()
    User.objects.filter(pk=officer.user_id).update(is_active=False)

    assert passed(officer.user).officer is None


def test_choose_post_lists_my_posts_keeps_the_choice_and_goes_on(client, two_posts):
    client.force_login(two_posts[0].user)

    page = client.get(reverse("choose_post"), {"next": "/desk/"})
    answer = client.post(reverse("choose_post"), {"post": two_posts[1].pk, "next": "/desk/"})

    assert page.status_code == 200
    assert str(two_posts[1].agency) in page.content.decode()
    assert (answer.status_code, answer.url) == (302, "/desk/")
    assert client.session[SESSION_KEY] == two_posts[1].pk


def test_choose_post_never_leads_to_another_site(client, two_posts):
    client.force_login(two_posts[0].user)

    answer = client.post(reverse("choose_post"), {"post": two_posts[1].pk, "next": "https://elsewhere.test/"})

    assert answer.url == reverse("desk:queue")


@pytest.mark.parametrize("post", ["", "0", "x"])
def test_choose_post_with_a_bad_choice_is_asked_again(client, two_posts, post):
    client.force_login(two_posts[0].user)

    answer = client.post(reverse("choose_post"), {"post": post, "next": "/desk/"})

    assert answer.status_code == 422
    assert SESSION_KEY not in client.session
    assert 'value="/desk/"' in answer.content.decode()


def test_choose_post_asks_a_visitor_to_sign_in_and_tells_who_has_none(client):
    assert client.get(reverse("choose_post")).status_code == 302

    client.force_login(make_user())
    assert "You hold no post" in client.get(reverse("choose_post")).content.decode()


def test_choose_post_knows_no_other_method(client, two_posts):
    client.force_login(two_posts[0].user)

    assert client.put(reverse("choose_post")).status_code == 405
