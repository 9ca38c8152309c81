"""A complaint that no body may decide (Art. 91(3)): nobody is promised that it goes to one."""

from datetime import timedelta

import pytest
from django.test import Client

from appeals.domain import coupons
from appeals.models import Appeal
from tests.factories import MONDAY
from tests.reception.journey import answer, write
from tests.reception.test_queries import MOST, statements

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_monday")]
UNHEARD = "No body may decide this complaint"
PASSED_ON = ("passed on to the body", "finds the body that is competent", "complain to the body above")


@pytest.fixture
def on_monday(time_machine):
    time_machine.move_to(MONDAY)


def complain(client: Client, about: str) -> None:
    write(client, upto="text", kind={"kind": "complaint"})
    answer(client, "body", complained_of=about)
    for step in ("text", "files", "applicant", "name", "contacts"):
        answer(client, step)


@pytest.mark.parametrize("body", ["akimat.kz-79", "president.office", "ministry.health"])
def test_complaint_that_nobody_hears_is_promised_the_way_to_court_and_no_other_body(body: str):
    client = Client(headers={"accept-language": "en"})
    complain(client, body)

    pages = [
        client.get("/write/check/").text,
        client.post("/write/check/", follow=True).text,
        client.get("/follow/appeal/").text,
    ]

    assert [page.count(UNHEARD) for page in pages] == [1, 1, 1]
    assert not [told for told in PASSED_ON for page in pages if told in page]
    assert statements(client, "/follow/appeal/") <= MOST


def test_complaint_that_nobody_hears_is_told_the_way_without_a_day_once_that_day_is_over(time_machine):
    client = Client(headers={"accept-language": "en"})
    complain(client, "akimat.kz-79")
    client.post("/write/check/", follow=True)
    time_machine.move_to(MONDAY + timedelta(days=30))
    appeal = Appeal.objects.get()

    page = client.post("/follow/", {"number": appeal.number, "key": coupons.key_of(appeal)}, follow=True).text

    assert ("where you can go with this complaint: to court" in page, "By this day" in page) == (True, False)


def test_complaint_that_a_body_hears_is_promised_to_be_passed_up():
    client = Client(headers={"accept-language": "en"})
    complain(client, "akimat.education.kz-79")

    assert UNHEARD not in client.get("/write/check/").text
    assert UNHEARD not in client.post("/write/check/", follow=True).text
