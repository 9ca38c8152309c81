"""The page on suggested topics: what it tells, to whom, and at what cost."""

import csv
import re

import pytest
from django.conf import settings
from django.contrib.messages import get_messages

from agencies.enums import Role
from tests.appeals.domain.statistics.situations import WEEK
from tests.appeals.domain.test_accuracy import HEATING, ROADS, confirmed, from_nobody_sure, sent
from tests.appeals.web.oversight.test_breaches import real_queries
from tests.factories import MONDAY, make_officer, make_user

pytestmark = pytest.mark.django_db

PAGE = "/oversight/suggestions/"
EXPORT = "/oversight/suggestions/export/"
ADDRESSES = (PAGE, EXPORT)


def some() -> None:
    """Five answered, of them four suggested, three right at once; one still open."""
    confirmed(HEATING, language="kk", at=MONDAY - 2 * WEEK)
    confirmed(f"{ROADS} {HEATING}", language="kk")
    confirmed(ROADS, becomes=ROADS, language="ru")
    confirmed("", language="ru")
    from_nobody_sure(HEATING, becomes=HEATING)
    sent(HEATING)


def test_page_tells_how_often_suggestions_and_choices_were_right(overseeing):
    some()

    numbers = overseeing.get(PAGE).context["numbers"]

    assert [(number.label, number.value.replace("\xa0", " "), number.change) for number in numbers] == [
        ("Answered texts", "5", "5 of 6"),
        ("Suggested", "80.0 %", "4 of 5"),
        ("Right at once", "75.0 %", "3 of 4"),
        ("Among the first three", "100.0 %", "4 of 4"),
        ("Own choice right", "75.0 %", "3 of 4"),
        ("Sent without a topic", "1", ""),
        ("Topic changed by an official", "1", ""),
    ]


def test_every_table_adds_up_to_the_same_total(overseeing):
    some()

    tables = {table.key: table for table in overseeing.get(PAGE).context["tables"]}

    assert list(tables) == ["month", "language", "topic", "model"]
    for table in tables.values():
        for column in (1, 6, 7):
            assert sum(int(row[column].text) for row in table.rows) == int(table.total[column].text)
    assert [row[1].text for row in tables["topic"].rows] == ["4", "1"]


def test_every_month_of_the_period_has_its_row_with_a_bar_where_there_is_something_to_draw(overseeing):
    some()

    months = overseeing.get(PAGE).context["tables"][0].rows

    told = [(row[0].text, row[1].text, row[3].share) for row in months]
    assert len(told) == 13
    assert told[0] == ("March 2025", "0", None)
    assert told[-3:] == [("January 2026", "1", 100.0), ("February 2026", "4", 66.7), ("March 2026", "0", None)]


def test_period_without_answers_says_so_and_draws_no_table(overseeing):
    some()

    page = overseeing.get(PAGE, {"period": "this_month"})

    assert page.context["tables"] == []
    assert "None of the appeals registered in these days has been answered" in page.content.decode()


def test_unknown_period_falls_back_to_twelve_months_and_says_so(overseeing):
    page = overseeing.get(PAGE, {"period": "forever"})

    assert page.context["period"].first.isoformat() == "2025-03-19"
    assert [str(message) for message in get_messages(page.wsgi_request)] == [
        "There is no such period; the last 12 months are shown instead."
    ]


@pytest.mark.parametrize("texts", [1, 3])
def test_page_costs_the_same_however_many_texts(overseeing, texts):
    for _ in range(texts):
        confirmed(HEATING)
        confirmed(ROADS, becomes=ROADS)

    assert real_queries(overseeing, PAGE) == 6


@pytest.mark.parametrize(
    ("language", "delimiter", "month"),
    [("kk", ";", "2026\xa0ж. ақпан"), ("ru", ";", "февраль 2026\xa0г."), ("en", ",", "February 2026")],
)
def test_export_has_the_same_numbers_as_a_spreadsheet_of_the_language_reads_them(
    overseeing, language, delimiter, month
):
    some()
    overseeing.cookies[settings.LANGUAGE_COOKIE_NAME] = language

    exported = overseeing.get(EXPORT)
    head, *rows = csv.reader(exported.content.decode("utf-8-sig").splitlines(), delimiter=delimiter)

    assert exported["Content-Type"] == "text/csv; charset=utf-8"
    assert exported["Content-Disposition"] == 'attachment; filename="suggestions-2025-03-19-2026-03-18.csv"'
    assert {len(row) for row in rows} == {len(head)}
    assert rows[-1][3:] == ["5", "4", "3", "4", "4", "3", "1", "1"]
    assert [row[2:] for row in rows if row[1] == "2026-02"] == [[month, "4", "3", "2", "3", "3", "2", "1", "1"]]
    assert {row[1] for row in rows if re.fullmatch(r"[a-z_]+\.[a-z_]+", row[1])} == {HEATING, ROADS}


def test_export_of_an_unknown_period_is_that_of_twelve_months(overseeing):
    assert overseeing.get(EXPORT, {"period": "forever"}).content == overseeing.get(EXPORT).content


def test_first_page_of_the_oversight_leads_here(overseeing):
    assert f'href="{PAGE}"' in overseeing.get("/oversight/").content.decode()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.OVERSIGHT])
def test_suggestions_for_another_role_are_refused(client, role):
    client.force_login(make_officer(role=role).user)

    assert [client.get(address).status_code for address in ADDRESSES] == [403, 403]


def test_suggestions_for_a_citizen_are_refused_and_for_a_visitor_lead_to_the_sign_in_page(client):
    turned_away = [client.get(address) for address in ADDRESSES]
    client.force_login(make_user())

    assert all(page["Location"].startswith("/accounts/login/") for page in turned_away)
    assert [client.get(address).status_code for address in ADDRESSES] == [403, 403]


def test_suggestions_take_no_post(overseeing):
    assert [overseeing.post(address).status_code for address in ADDRESSES] == [405, 405]
