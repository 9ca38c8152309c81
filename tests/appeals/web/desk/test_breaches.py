"""The register of breaches: who sees what of it, how it is narrowed, what it costs, and its table."""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from appeals.domain.accountability import annul_breach, explain_breach, review_breach, take_measure
from appeals.domain.assignment import assign
from appeals.enums import BreachCause, MeasureKind, Verdict
from appeals.models import Breach
from tests.appeals.domain.statistics.situations import WEEK, place, sweep
from tests.appeals.web.desk.conftest import ELSEWHERE, signed_in
from tests.factories import MONDAY, make_appeal, make_officer

pytestmark = pytest.mark.django_db

NOW = MONDAY + 2 * WEEK  # Monday 16 February 2026
REGISTER = "/desk/breaches/"


@pytest.fixture(autouse=True)
def now() -> Iterator[datetime]:
    with time_machine.travel(NOW):
        yield NOW


def at(breach: Breach, act: str = "") -> str:
    return f"{REGISTER}{breach.pk}/{act}"


def listed(client: Client, url: str = REGISTER, **asked: Any) -> list[dict[str, str]]:
    page = client.get(url, asked)
    assert page.status_code == 200
    return [{cell["label"]: cell["text"] for cell in row} for row in page.context["rows"]]


def statements(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return sum("SAVEPOINT" not in query["sql"] for query in captured)


def test_officer_sees_her_own_breach_and_explains_it(executor, registrar):
    assign(make_appeal(), executor, by=registrar, at=MONDAY)
    make_appeal()
    sweep(MONDAY + 5 * WEEK)
    own = Breach.objects.get(officer=executor)
    client = signed_in(executor)

    assert [row["Number"] for row in listed(client)] == [own.appeal.number]
    assert client.post(at(own, "explain/"), {"cause": "workload", "text": "Much to do."}).status_code == 302


def test_register_of_a_body_shows_its_own_newest_first(head, stranger):
    make_appeal()
    sweep(MONDAY + WEEK)
    make_appeal(MONDAY + WEEK)
    sweep(MONDAY + 2 * WEEK)

    first, second = listed(signed_in(head))

    assert (first["Noted"], second["Noted"]) == ("16 February 2026", "9 February 2026")
    assert second == {
        "Number": second["Number"],
        "Term": "Forwarding",
        "Due": "5 February 2026",
        "Noted": "9 February 2026",
        "Working days late": 7,
        "Cause": "Not explained yet",
        "Review": "–",
        "Measures": 0,
    }
    assert listed(signed_in(stranger)) == []


def test_register_at_the_desk_sends_the_oversight_to_its_own(overseer):
    response = signed_in(overseer).get(REGISTER)

    assert (response.status_code, response.url) == (302, "/oversight/register/")


def test_register_of_all_bodies_is_for_the_oversight_alone(breach, overseer, head):
    make_appeal(**place("education.school", "KZ-75", "email"))
    sweep(MONDAY + WEEK)

    rows = listed(signed_in(overseer), "/oversight/register/")

    assert len({row["Body"] for row in rows}) == 2
    assert signed_in(head).get("/oversight/register/").status_code == 403
    assert Client().get("/oversight/register/").status_code == 302


def test_register_narrowed_by_each_filter_keeps_what_fits(explained, overseer, head):
    make_appeal(**place("education.school", "KZ-75", "email"))
    make_appeal(**place(None, None))
    sweep(MONDAY + 2 * WEEK)
    school = Breach.objects.get(appeal__region__code="KZ-75")
    review_breach(explained, verdict=Verdict.ACCEPTED, text="", by=overseer, at=NOW)
    taken = {"taken_on": date(2026, 2, 12), "order_number": "17-к"}
    take_measure(explained, kind=MeasureKind.REMARK, officer=None, **taken, by=head, at=NOW)
    annul_breach(school, reason="A mistake.", by=overseer, at=NOW)
    client = signed_in(overseer)
    narrowed = [
        ({}, 3),
        ({"agency": explained.agency.code}, 1),
        ({"agency": " ".join(explained.agency.name_en.split()[-2:])}, 1),
        ({"agency": "nobody at all"}, 0),
        ({"level": "local"}, 2),
        ({"level": "president"}, 1),
        ({"region": "KZ-75"}, 1),
        ({"region": "not_stated"}, 1),
        ({"kind": "forwarding"}, 3),
        ({"kind": "reply"}, 0),
        ({"cause": "workload"}, 1),
        ({"cause": "unexplained"}, 1),
        ({"reviewed": "yes"}, 1),
        ({"reviewed": "no"}, 2),
        ({"measures": "yes"}, 1),
        ({"measures": "no"}, 2),
        ({"official": "yes"}, 2),
        ({"official": "no"}, 1),
        ({"annulled": "yes"}, 1),
        ({"annulled": "no"}, 2),
        ({"noted_from": "2026-02-10"}, 2),
        ({"noted_to": "2026-02-09"}, 1),
        ({"noted_from": "2026-02-09", "noted_to": "2026-02-16", "measures": "yes", "level": "local"}, 1),
    ]

    found = [(asked, len(listed(client, "/oversight/register/", **asked))) for asked, _n in narrowed]

    assert found == narrowed
    assert listed(client, "/oversight/register/", annulled="yes")[0]["Term"] == "Forwarding (the breach is annulled)"
    assert listed(client, "/oversight/register/", official="no")[0]["Term"] == "Forwarding (internal term)"


def test_filters_of_a_body_are_not_about_other_bodies(breach, head):
    form = signed_in(head).get(REGISTER, {"agency": ELSEWHERE, "level": "central"}).context["form"]

    assert not {"agency", "level"} & set(form.fields)
    assert len(listed(signed_in(head), agency=ELSEWHERE)) == 1


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"noted_from": "yesterday"}, "noted_from"),
        ({"noted_from": "2026-02-02", "noted_to": "2026-02-01"}, "noted_to"),
        ({"kind": "sloth"}, "kind"),
        ({"cause": "fate"}, "cause"),
        ({"region": "KZ-00"}, "region"),
        ({"annulled": "maybe"}, "annulled"),
    ],
)
def test_filter_that_cannot_be_used_is_named_at_its_field(head, asked, field):
    page = signed_in(head).get(REGISTER, asked)

    assert (page.status_code, list(page.context["form"].errors), page.context["rows"]) == (422, [field], [])
    assert signed_in(head).get(f"{REGISTER}export/", asked).status_code == 422


def test_counts_by_cause_are_of_what_is_shown_and_lead_there(explained, overseer):
    for _ in range(2):
        make_appeal()
    make_appeal(**place("education.school", "KZ-75", "email"))
    sweep(MONDAY + WEEK)
    annul_breach(Breach.objects.get(appeal__region__code="KZ-75"), reason="A mistake.", by=overseer, at=NOW)
    client = signed_in(overseer)

    tabs = client.get("/oversight/register/").context["tabs"]

    assert [(tab.label, tab.count) for tab in tabs] == [
        ("Not explained yet", 2),
        ("Too many appeals for the staff", 1),
        ("Annulled", 1),
    ]
    for tab in tabs:
        page = client.get(f"/oversight/register/{tab.url}")
        assert len(page.context["rows"]) == tab.count
        assert [current.label for current in page.context["tabs"] if current.is_current] == [tab.label]


def test_register_pages_follow_each_other_without_gap_or_repeat(head, monkeypatch):
    monkeypatch.setattr("appeals.web.desk.breaches.PAGE", 2)
    for n in range(5):
        make_appeal(MONDAY + timedelta(days=n % 2))
    sweep(MONDAY + WEEK)
    client, seen, url = signed_in(head), [], REGISTER

    while url:
        page = client.get(url)
        seen += [row[0]["text"] for row in page.context["rows"]]
        url = page.context["next_url"] and REGISTER + page.context["next_url"]

    assert len(seen) == len(set(seen)) == 5


def test_register_after_a_key_that_is_none_of_ours_is_a_page(breach, head):
    for key in ("x", "2026-02-31.5", "5", "2026-02-09.x", "9" * 40, "\x00"):
        assert signed_in(head).get(REGISTER, {"after": key}).status_code == 200


@pytest.mark.parametrize("url", [REGISTER, "/oversight/register/", "one"])
def test_pages_take_as_many_statements_for_one_row_as_for_three(url, breach, head, overseer):
    client = signed_in(overseer if "oversight" in url else head)
    url = at(breach) if url == "one" else url
    one = statements(client, url)
    for n in range(3):
        make_appeal()
        explain_breach(breach, cause=BreachCause.OTHER, text=f"More, {n}.", by=head, at=NOW)
        review_breach(breach, verdict=Verdict.ACCEPTED, text=f"{n}", by=overseer, at=NOW)
        taken = {"taken_on": date(2026, 2, 12), "order_number": f"{n}-к"}
        take_measure(breach, kind=MeasureKind.REMARK, officer=head, **taken, by=head, at=NOW)
    sweep(MONDAY + WEEK)

    assert statements(client, url) == one <= 8


@pytest.mark.parametrize(("language", "delimiter"), [("kk", ";"), ("ru", ";"), ("en", ",")])
def test_export_has_what_followed_and_nobody_of_the_applicants(explained, head, overseer, language, delimiter):
    clerk = make_officer(explained.agency, user=None)
    review_breach(explained, verdict=Verdict.MEASURES_DUE, text="", by=overseer, at=NOW)
    for number in ("17-к", "=18"):
        take_measure(
            explained,
            kind=MeasureKind.REMARK,
            officer=clerk,
            taken_on=date(2026, 2, 12),
            order_number=number,
            by=head,
            at=NOW,
        )
    client = signed_in(head)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language

    exported = client.get(f"{REGISTER}export/")
    text = b"".join(exported.streaming_content).decode()
    heads, row = csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=delimiter)

    assert exported["Content-Disposition"] == 'attachment; filename="breaches-2026-02-16.csv"'
    assert len(heads) == len(row) == 16
    assert row[0] == explained.appeal.number
    assert (row[5], row[6], row[7], row[8]) == ("2026-02-05", "", "2026-02-09", "7")
    assert "17-к" in row[12]
    assert "=18" in row[12]
    assert "Сынақ" not in text
    assert "900101350003" not in text
    assert "azamat@example.test" not in text


def test_export_has_the_rows_of_the_filter_in_words(explained, head, overseer):
    make_appeal()
    sweep(MONDAY + WEEK)
    client = signed_in(head)

    text = b"".join(client.get(f"{REGISTER}export/", {"cause": "workload"}).streaming_content).decode()

    (row,) = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    assert row["Cause"] == "Too many appeals for the staff"
    assert (row["Status of the appeal"], row["Counted"]) == ("Registered", "Officially")


@pytest.mark.parametrize("url", ["/desk/export/", f"{REGISTER}export/", "/oversight/cases/export/"])
@pytest.mark.parametrize(("language", "delimiter"), [("kk", ";"), ("ru", ";"), ("en", ",")])
def test_every_export_parts_its_cells_as_the_readers_spreadsheet_expects(url, language, delimiter, breach, overseer):
    client = signed_in(overseer)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language

    head = b"".join(client.get(url).streaming_content).decode().splitlines()[0]

    assert head.count(delimiter) >= 6
