"""A refusal of the calendar reaches a person as a sentence, on a page and by the API."""

import pytest
import time_machine
from django.test import Client

from tests.factories import make_officer

pytestmark = pytest.mark.django_db

SENTENCE = (
    "The working calendar covers the days from 1 January 2015 to 31 December 2030. "
    "No term can be counted on 1 January 2031, which lies outside it."
)


@time_machine.travel("2030-12-30T06:00Z")
def test_what_reaches_past_the_calendar_is_refused_in_words(client: Client):
    client.force_login(make_officer().user)

    page, answer = client.get("/desk/", {"term": "soon"}), client.get("/api/v1/queue/", {"term": "soon"})

    assert (page.status_code, answer.status_code) == (400, 400)
    assert SENTENCE in page.content.decode()
    assert answer.json() == {"code": "outside_calendar", "detail": SENTENCE}
