import re
from datetime import timedelta

import pytest
from django.test import Client

from agencies.enums import Role
from agencies.models import Agency
from appeals.domain.numbering import slug
from appeals.models import Breach
from tests.appeals.domain.statistics.situations import MONDAY, WEEK, answered, filled, place, sweep
from tests.appeals.web.oversight.test_breaches import real_queries
from tests.factories import make_appeal, make_officer

pytestmark = pytest.mark.django_db

CASES = "/oversight/cases/"
SPRING = {"show": "breaches", "first": "2026-01-01", "last": "2026-05-31"}


def listed(client: Client, **asked: str) -> list[dict[str, str]]:
    """The rows of the first page, by the heads of the columns."""
    return [{cell.label: cell.text for cell in row} for row in client.get(CASES, asked).context["rows"]]


def test_breach_stands_with_its_body_term_and_lateness(overseeing):
    appeal = make_appeal(MONDAY)
    sweep(MONDAY + WEEK)
    answered(appeal, at=MONDAY + 5 * WEEK)

    reply, forwarding = listed(overseeing, **SPRING)

    assert forwarding == {
        "Number": appeal.number,
        "Body": appeal.agency.name_en,
        "Term": "Forwarding",
        "Due": "5 February 2026",
        "Noted": "9 February 2026",
        "Working days late": "21",
        "Officer's post": "–",
    }
    assert (reply["Term"], reply["Due"], reply["Noted"]) == ("Reply", "23 February 2026", "9 March 2026")
    assert reply["Officer's post"] == "Executor of appeals"


def test_number_leads_to_the_page_of_the_case(overseeing):
    appeal = make_appeal(MONDAY)
    sweep(MONDAY + WEEK)

    page = overseeing.get(CASES, SPRING)

    assert page.context["rows"][0][0].url == f"/desk/{slug(appeal.number)}/"


def test_breaches_are_narrowed_down(overseeing):
    make_appeal(MONDAY, **place("housing.utilities", "KZ-79"))
    make_appeal(MONDAY, **place("education.school", "KZ-75", "email"))
    make_appeal(MONDAY, **place("housing.mortgage", None))
    sweep(MONDAY + WEEK)
    narrowed = [
        ({}, 3),
        ({"region": "KZ-79"}, 1),
        ({"region": "none"}, 1),
        ({"topic": "education.school"}, 1),
        ({"topic": "none"}, 0),
        ({"channel": "email"}, 1),
        ({"level": "central"}, 1),
        ({"level": "local"}, 2),
        ({"agency": "akimat.utilities.kz-79"}, 1),
        ({"term": "reply"}, 0),
        ({"term": "forwarding", "level": "local", "region": "KZ-75"}, 1),
        ({"first": "2026-02-10"}, 0),
        ({"last": "2026-02-08"}, 0),
    ]

    found = [(asked, len(listed(overseeing, **(SPRING | asked)))) for asked, _n in narrowed]

    assert found == narrowed


def test_registered_with_the_office_are_those_no_body_was_found_for(overseeing):
    appeal = make_appeal(MONDAY, **place(None, "KZ-79"))
    make_appeal(MONDAY)
    office = Agency.objects.get(code="president.office")

    by_body = listed(overseeing, show="registered", first="2026-02-02", last="2026-02-02", agency=office.code)
    by_level = listed(overseeing, show="registered", first="2026-02-02", last="2026-02-02", level="president")

    assert [row["Number"] for row in by_body] == [row["Number"] for row in by_level] == [appeal.number]


@pytest.mark.parametrize("show", ["breaches", "registered", "open", "overdue"])
def test_pages_follow_each_other_without_gap_or_repeat(overseeing, show):
    for n in range(55):
        make_appeal(MONDAY + timedelta(days=n % 3))
    sweep(MONDAY + 2 * WEEK)

    url, seen = f"{CASES}?show={show}&first=2026-01-01&last=2026-05-31", []
    while url:
        page = overseeing.get(url)
        seen += [row[0].text for row in page.context["rows"]]
        url = page.context["next_url"] and CASES + page.context["next_url"]

    assert len(seen) == len(set(seen)) == 55


def test_page_after_a_key_that_is_none_of_ours_is_a_page(overseeing):
    make_appeal(MONDAY)
    sweep(MONDAY + WEEK)

    for key in ("x", "2026-02-31.5", "5", "2026-02-09.x", "9" * 40, "2026-02-09.-1", "\x00"):
        for show in ("breaches", "registered", "open"):
            assert overseeing.get(CASES, SPRING | {"show": show, "after": key}).status_code == 200


def test_filter_that_cannot_be_used_is_named_at_its_field(overseeing):
    wrong = [
        ({"first": "yesterday"}, "first"),
        ({"last": "2026-02-31"}, "last"),
        ({"last": ""}, "last"),
        ({"first": "2026-06-01"}, "last"),
        ({"level": "village"}, "level"),
        ({"region": "KZ-00"}, "region"),
        ({"topic": "nothing"}, "topic"),
        ({"channel": "pigeon"}, "channel"),
        ({"term": "hold"}, "term"),
        ({"agency": "nobody"}, "agency"),
        ({"agency": "a\x00b"}, "agency"),
        ({"show": "secrets"}, "show"),
    ]

    for address in (CASES, CASES + "export/"):
        for asked, field in wrong:
            page = overseeing.get(address, SPRING | asked)
            assert (page.status_code, list(page.context["form"].errors), page.context["rows"]) == (422, [field], [])


def test_cases_without_a_question_are_this_months_breaches(overseeing):
    page = overseeing.get(CASES)

    assert page.status_code == 200
    assert page.context["form"].period.first.day == 1


@pytest.mark.parametrize("show", ["breaches", "registered", "open"])
def test_list_takes_as_many_queries_for_one_row_as_for_many(overseeing, show):
    url = f"{CASES}?show={show}&first=2026-01-01&last=2026-05-31"
    make_appeal(MONDAY)
    sweep(MONDAY + WEEK)
    one = real_queries(overseeing, url)
    filled(MONDAY + WEEK)

    assert real_queries(overseeing, url) == one <= 8


def test_export_has_every_row_and_nobodys_personal_data(overseeing):
    head = make_officer(role=Role.HEAD)
    filled()

    exported = overseeing.get(CASES + "export/", SPRING)
    text = b"".join(exported.streaming_content).decode()

    assert exported["Content-Type"] == "text/csv; charset=utf-8"
    assert len(text.splitlines()) - 1 == Breach.objects.filter(is_official=True).count()
    assert text.startswith("\ufeffNumber,Body,Term,Due,Noted,Working days late,Officer's post,Region,Topic,Channel")
    assert not re.search(r"Сынақ|900101350003|@|\+7701", text)
    assert head.user.full_name not in text
