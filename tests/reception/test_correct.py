"""The applicant supplies what the body asked for, on the page of the case."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from agencies.domain.calendar import local_dates
from agencies.enums import Role
from appeals.domain import coupons, holds
from appeals.enums import EventKind, Status
from appeals.models import Appeal
from tests.factories import make_appeal, make_officer

pytestmark = pytest.mark.django_db
ADDRESS = "/follow/correct/"


@pytest.fixture
def held() -> Appeal:
    at = timezone.now()
    return holds.hold(
        make_appeal(at=at), missing="The number of the flat.", days=3, by=make_officer(role=Role.HEAD), at=at
    )


def opened(client: Client, appeal: Appeal) -> Client:
    client.post("/follow/", {"number": appeal.number, "key": coupons.key_of(appeal)})
    return client


def test_the_case_says_what_is_missing_and_leads_to_the_form(client, held):
    page = opened(client, held).get("/follow/appeal/").text

    assert "Something is missing in your appeal" in page
    assert "The number of the flat." in page
    assert ADDRESS in page


def test_correct_takes_the_answer_and_the_term_goes_on(client, held):
    response = opened(client, held).post(ADDRESS, {"correction": "Flat 12."})

    assert response.headers["Location"] == "/follow/appeal/"
    held.refresh_from_db()
    assert held.status == Status.REGISTERED
    event = held.events.latest("seq")
    assert (event.kind, event.by, event.words.text) == (EventKind.RESUMED, None, "Flat 12.")
    page = client.get("/follow/appeal/").text
    assert "Something is missing" not in page
    assert "Flat 12." in page


def test_correct_with_nothing_written_is_asked_again_and_changes_nothing(client, held):
    response = opened(client, held).post(ADDRESS, {"correction": "  "})

    assert response.status_code == 422
    assert "Write what was missing." in response.text
    held.refresh_from_db()
    assert held.status == Status.ON_HOLD


def test_correct_what_is_not_awaited_is_refused_with_the_reason(client):
    appeal = make_appeal()

    for response in (opened(client, appeal).post(ADDRESS, {"correction": "Flat 12."}), client.get(ADDRESS)):
        assert response.status_code == 403
        assert "No correction is awaited." in response.text
        assert '<a class="govuk-link" href="/follow/appeal/">Back to the appeal</a>' in response.text
    assert not appeal.events.filter(kind=EventKind.RESUMED).exists()


def test_correct_without_an_opened_case_leads_to_the_door(client, held):
    assert client.post(ADDRESS, {"correction": "Flat 12."}).headers["Location"] == "/follow/"
    held.refresh_from_db()
    assert held.status == Status.ON_HOLD


def test_correct_after_its_time_is_still_taken_and_says_so(client, held):
    at = timezone.now() + timedelta(days=14)
    for zone, day in local_dates(at):
        holds.note_lapsed(zone=zone, on=day, at=at, limit=10)

    page = opened(client, held).get("/follow/appeal/").text
    assert "you can still supply it" in page

    client.post(ADDRESS, {"correction": "Flat 12."})
    assert held.events.latest("seq").kind == EventKind.RESUMED
