import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.conf import settings
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agencies.enums import Role
from agencies.models import CalendarYear, Region
from appeals.domain.accountability import explain_breach
from appeals.domain.routing import OFFICE
from appeals.domain.statistics.folding import fold
from appeals.enums import BreachCause
from appeals.models import Breach
from appeals.web.oversight import breaches, picture
from tests.appeals.domain.statistics.situations import WEEK, filled, place, sweep
from tests.appeals.web.oversight.conftest import NOW
from tests.factories import MONDAY, make_appeal, make_officer, make_user

pytestmark = pytest.mark.django_db

PAGE = "/oversight/"
YEAR = "/oversight/?period=last_12_months"
TILE = re.compile(r'number__value">([^<]+)</span>\s*<span class="number__label"><a [^>]*href="([^"]+)"')
CELL = re.compile(r'<a class="[^"]+" href="(/oversight/cases/[^"]+)">([^<]+)</a>')


def numbers_with_links(page: str) -> list[tuple[int, str]]:
    found = [(text, url) for text, url in TILE.findall(page)]
    found += [(text, url) for url, text in CELL.findall(page) if "number__label" not in text]
    return [(int(re.sub(r"\D", "", text)), url.replace("&amp;", "&")) for text, url in found if re.search(r"\d", text)]


def rows_behind(client: Client, url: str) -> int:
    exported = client.get(url.replace("/cases/?", "/cases/export/?"))
    lines = b"".join(exported.streaming_content).decode().splitlines()
    return max(len(lines) - 1, 0)


def real_queries(client: Client, url: str) -> int:
    """Without the marks that keep a test's transactions apart."""
    client.get(url)
    with CaptureQueriesContext(connection) as done:
        client.get(url)
    return sum(not query["sql"].startswith(("SAVEPOINT", "RELEASE")) for query in done)


@pytest.mark.parametrize("period", ["this_month", "this_quarter", "last_12_months"])
def test_every_number_leads_to_as_many_cases(overseeing, period):
    filled()
    fold(limit=30)

    page = overseeing.get(PAGE, {"period": period, "bodies": "all"}).content.decode()

    found = [(n, url) for n, url in numbers_with_links(page) if url.startswith("/oversight/cases/")]
    assert {url: n for n, url in found} == {url: rows_behind(overseeing, url) for _n, url in found}
    shown = {parse_qs(urlsplit(url).query)["show"][0] for _n, url in found}
    if period == "last_12_months":
        assert shown == {"breaches", "internal_breaches", "registered", "open", "overdue", "internal_overdue", "soon"}
        assert len(found) > 40


def test_every_table_adds_up_to_the_same_total(overseeing):
    filled()

    tables = overseeing.get(YEAR).context["tables"]

    official = Breach.objects.filter(is_official=True).count()
    for table in tables:
        for column, total in enumerate(table.total):
            if total.label in ("Breaches", "Registered", "Open now", "Overdue now"):
                assert sum(int(row[column].text) for row in table.rows) == int(total.text)
        assert int(table.total[1].text) == official


def test_regions_have_a_row_for_every_region_and_one_for_none(overseeing):
    filled()

    tables = {table.key: table for table in overseeing.get(YEAR).context["tables"]}

    rows = {row[0].text: row for row in tables["region"].rows}
    living = Region.objects.first_level().alive(NOW.date())
    assert rows.keys() == {region.name_en for region in living} | {"Abroad or not stated"}
    assert len(rows) == 21
    assert rows[living.get(code="KZ-79").name_en][-1].text == "1,253,300"
    assert rows[living.get(code="KZ-10").name_en][-1].text.startswith("≈")
    assert int(rows["Abroad or not stated"][1].text) > 0


def test_terms_of_the_office_stand_apart(overseeing):
    filled()

    context = overseeing.get(YEAR).context

    assert [number.value for number in context["internal"]] == ["2", "1"]
    assert context["of_period"][0].value == str(Breach.objects.filter(is_official=True).count())


def test_change_is_against_as_many_days_right_before(overseeing):
    make_appeal(MONDAY - 53 * WEEK)
    sweep(MONDAY - 52 * WEEK)
    make_appeal(MONDAY)
    make_appeal(MONDAY)
    sweep(MONDAY + 5 * WEEK)

    context = overseeing.get(YEAR).context

    assert context["before"].days == context["period"].days
    assert context["before"].last == context["period"].first - timedelta(days=1)
    assert context["of_period"][0].change == "+4 against the period before (1)"
    assert [cell.text for cell in context["tables"][1].rows[0]][1:5] == ["5", "2", "2,500.0*", "+4"]


def test_worst_bodies_come_first_and_the_others_in_one_row(overseeing):
    filled()

    bodies = overseeing.get(YEAR).context["tables"][1]

    broken = [int(row[1].text) for row in bodies.rows[:-1]]
    assert broken == sorted(broken, reverse=True)
    assert bodies.rows[-1][0].text == "Other bodies"
    assert bodies.more_url == "?period=last_12_months&bodies=all#body"


def test_all_bodies_come_by_pages_that_add_up(overseeing, monkeypatch):
    monkeypatch.setattr(picture, "A_PAGE", 2)
    monkeypatch.setattr(breaches, "A_PAGE", 2)
    filled()

    urls, named = [f"{YEAR}&bodies=all"], []
    for url in urls:
        bodies = overseeing.get(url).context["tables"][1]
        assert sum(int(row[1].text) for row in bodies.rows) == int(bodies.total[1].text)
        named += [row[0].text for row in bodies.rows[:-1]]
        urls += [f"{PAGE}{bodies.more_url}"] if bodies.more_url else []

    assert len(urls) > 2
    assert len(named) == len(set(named)) > 4
    assert bodies.more_url == ""


@pytest.mark.parametrize("place", ["", "x", "-1", "²", "99999999999999", "9999"])
def test_all_bodies_from_no_real_place_are_a_page_all_the_same(place, overseeing):
    filled()

    assert overseeing.get(f"{YEAR}&bodies=all", {"from": place}).status_code == 200


def test_causes_lead_to_as_many_breaches_in_the_register_as_they_count(overseeing):
    filled()
    broken = Breach.objects.filter(is_official=True).first()
    head = make_officer(broken.agency, Role.HEAD)
    explain_breach(broken, cause=BreachCause.ABSENCE, text="Ill.", by=head, at=NOW)

    (causes,) = (table for table in overseeing.get(YEAR).context["tables"] if table.key == "cause")

    counted = {row[0].text: int(row[1].text) for row in causes.rows if row[1].url}
    assert counted == {"Absence or change of the officer": 1, "Not explained yet": sum(counted.values()) - 1}
    for row in causes.rows:
        if row[1].url:
            register = overseeing.get(row[1].url)
            assert [str(tab.count) for tab in register.context["tabs"]] == [row[1].text]


@pytest.mark.parametrize("codes", [["KZ-79"], None], ids=["one body", "twenty bodies"])
def test_page_takes_no_more_than_eight_queries_however_many_bodies(overseeing, codes):
    regions = codes or Region.objects.alive(NOW.date()).values_list("code", flat=True)
    for code in regions:
        make_appeal(MONDAY, **place("housing.utilities", code))
        make_appeal(MONDAY, **place("education.school", code))
    sweep(MONDAY + 6 * WEEK)

    assert real_queries(overseeing, YEAR) == 8


@pytest.mark.parametrize(
    ("now", "confirmed", "years"),
    [
        ("2025-11-30", [], []),
        ("2025-12-01", [], ["2026"]),
        ("2025-12-01", [2026], []),
        ("2026-06-15", [], ["2026"]),
        ("2026-11-30", [2026], []),
        ("2026-12-01", [], ["2026", "2027"]),
        ("2026-12-01", [2026], ["2027"]),
        ("2026-12-01", [2026, 2027], []),
    ],
)
def test_page_warns_of_a_calendar_not_confirmed_by_the_first_of_december(overseeing, now, confirmed, years):
    CalendarYear.objects.filter(year__in=confirmed).update(confirmed=True, act="No. 1")

    with time_machine.travel(f"{now}T06:00Z"):
        overseeing.force_login(make_officer(OFFICE, Role.OVERSIGHT).user)
        page = overseeing.get(PAGE).content.decode()

    warned = re.findall(r"The working calendar of (\d+) is not confirmed", page)
    assert warned == years


def test_unknown_period_falls_back_to_this_month_and_says_so(overseeing):
    page = overseeing.get(PAGE, {"period": "forever"})

    assert page.status_code == 200
    assert page.context["period"].first == NOW.date().replace(day=1)
    assert [str(message) for message in get_messages(page.wsgi_request)] == [
        "There is no such period; this month is shown instead."
    ]


def test_empty_country_has_a_page_too(overseeing):
    page = overseeing.get(PAGE)

    assert page.status_code == 200
    assert numbers_with_links(page.content.decode()) == []


ADDRESSES = (PAGE, "/oversight/cases/", "/oversight/cases/export/")


@pytest.mark.parametrize("role", [role for role in Role if role != Role.OVERSIGHT])
def test_oversight_by_another_role_is_refused(client, role):
    client.force_login(make_officer(role=role).user)

    assert [client.get(address).status_code for address in ADDRESSES] == [403, 403, 403]


def test_oversight_by_a_citizen_is_refused_with_the_reason(client):
    client.force_login(make_user())
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    for address in ADDRESSES:
        refused = client.get(address)
        assert refused.status_code == 403
        assert "Only those who oversee" in refused.content.decode()


def test_oversight_by_somebody_not_signed_in_leads_to_the_sign_in_page(client):
    for address in ADDRESSES:
        turned_away = client.get(address)
        assert turned_away.status_code == 302
        assert turned_away["Location"].startswith("/accounts/login/")


def test_oversight_takes_no_post(overseeing):
    assert [overseeing.post(address).status_code for address in ADDRESSES] == [405, 405, 405]
