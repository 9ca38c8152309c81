from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agencies.enums import Role
from appeals.domain import assignment, breaches, forwarding, numbering, replies
from appeals.enums import Outcome
from appeals.models import AccessRecord, Appeal
from tests.factories import MONDAY, make_appeal, make_officer, make_user

pytestmark = pytest.mark.django_db
ELSEWHERE = "akimat.utilities.kz-75"
OFFICE = "president.office"


def cost(client: Client, address: str) -> int:
    """Statements of one request, without the savepoints that only a test's own transaction needs."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return sum("SAVEPOINT" not in query["sql"] for query in captured)


def url(appeal: Appeal, rest: str = "") -> str:
    return f"/api/v1/appeals/{numbering.slug(appeal.number)}/{rest}"


def test_queue_shows_what_the_body_holds_open_worst_clock_first(client: Client):
    late, later = make_appeal(MONDAY + timedelta(days=1)), make_appeal(MONDAY + timedelta(days=7))
    worst = make_appeal()
    Appeal.objects.filter(pk=worst.pk).update(next_due_on=date(2026, 1, 1))
    client.force_login(make_officer().user)

    rows = client.get("/api/v1/queue/").json()["results"]

    assert [row["number"] for row in rows] == [worst.number, late.number, later.number]
    assert (rows[0]["next_due_on"], rows[0]["slug"]) == ("2026-01-01", numbering.slug(worst.number))


def test_queue_is_paged_by_key_to_the_last_row_even_where_days_are_equal(client: Client):
    expected = {make_appeal().number for _ in range(5)}
    client.force_login(make_officer().user)

    found, following = [], "/api/v1/queue/?page_size=2"
    while following:
        page = client.get(following).json()
        found += [row["number"] for row in page["results"]]
        following = page["next"]

    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize(
    "asked", ["q=жылу", "status=registered", "topic=housing.utilities", "received_from=2026-02-01"]
)
def test_queue_takes_the_filters_of_the_desk(client: Client, asked: str):
    appeal = make_appeal()
    client.force_login(make_officer().user)

    rows = client.get(f"/api/v1/queue/?{asked}").json()["results"]

    assert [row["number"] for row in rows] == [appeal.number]


def test_queue_searched_by_a_person_leaves_a_record_at_each_case_shown(client: Client):
    made, officer = [make_appeal() for _ in range(3)], make_officer()
    client.force_login(officer.user)

    client.get("/api/v1/queue/?q=жылу")
    client.get("/api/v1/queue/?q=azamat@example.test&page_size=2")

    records = AccessRecord.objects.order_by("pk")
    assert [record.appeal for record in records] == made[:2]
    assert {(record.officer, record.purpose) for record in records} == {(officer, "search")}


@pytest.mark.parametrize("asked", ["received_to=9999-12-31", "received_from=0001-01-01"])
def test_queue_reaches_to_the_last_and_from_the_first_day_there_is(client: Client, asked: str):
    appeal = make_appeal()
    client.force_login(make_officer().user)

    rows = client.get(f"/api/v1/queue/?{asked}").json()["results"]

    assert [row["number"] for row in rows] == [appeal.number]


def test_queue_has_both_hours_of_the_day_on_which_the_clocks_went_back(client: Client):
    """At midnight after 29 February 2024 Almaty went from UTC+6 to UTC+5: its last hour came twice."""
    appeal = make_appeal(at=datetime(2024, 2, 29, 18, 30, tzinfo=UTC))
    client.force_login(make_officer().user)

    first, next_day = (
        client.get(f"/api/v1/queue/?{asked}").json()["results"]
        for asked in ("received_to=2024-02-29", "received_from=2024-03-01")
    )

    assert ([row["number"] for row in first], next_day) == ([appeal.number], [])


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("status=lost", "status"),
        ("received_to=9999-12-32", "received_to"),
        ("received_from=soon", "received_from"),
        ("received_from=2026-02-02&received_to=2026-02-01", "received_to"),
        ("q=%00", "q"),
        ("officer=x", "officer"),
        ("after=nowhere", "after"),
        ("after=2026-99-99.1", "after"),
        ("page_size=201", "page_size"),
    ],
)
def test_queue_asked_badly_is_refused_at_the_field(client: Client, asked: str, field: str):
    client.force_login(make_officer().user)

    answer = client.get(f"/api/v1/queue/?{asked}")

    assert (answer.status_code, list(answer.json())) == (400, [field])


@pytest.mark.parametrize("rest", ["", "?q=жылу", "?status=passed_on", "?status=closed"])
def test_queue_and_search_of_a_stranger_are_empty(client: Client, rest: str):
    make_appeal()
    client.force_login(make_officer(ELSEWHERE, Role.HEAD).user)

    assert client.get(f"/api/v1/queue/{rest}").json() == {"next": None, "results": []}


@pytest.mark.parametrize("rows", [1, 3])
def test_queue_costs_the_same_queries_however_many_rows(client: Client, rows: int):
    for _ in range(rows):
        make_appeal()
    client.force_login(make_officer().user)
    client.get("/api/v1/queue/")

    assert cost(client, "/api/v1/queue/") == 5


def test_case_shows_text_clocks_history_and_what_the_reader_may_do(client: Client):
    appeal = make_appeal()
    client.force_login(make_officer(role=Role.HEAD).user)

    case = client.get(url(appeal), headers={"accept-language": "en"}).json()

    refusals = {row["act"]: row["refusal"] for row in case["acts"]}
    assert case["text"].startswith("Үйімізде үш күннен")
    assert [clock["kind"] for clock in case["clocks"]] == ["registration", "forwarding", "reply"]
    assert [(event["seq"], event["kind"]) for event in case["events"]] == [(1, "registered"), (2, "routed")]
    assert (refusals["accept"], refusals["reply"]) == ("", "There is no prepared reply to sign.")
    assert case["reply"] is None


def test_case_passed_on_tells_nothing_of_a_reply_before_it_is_signed(client: Client):
    appeal, registrar = make_appeal(), make_officer(role=Role.REGISTRAR)
    decider = make_officer(ELSEWHERE, Role.HEAD)
    forwarding.forward(appeal, decider.agency, by=registrar, at=MONDAY, reason="Theirs.")
    appeal.refresh_from_db()
    assignment.assign(appeal, decider, by=decider, at=MONDAY)
    answer = replies.Answer(Outcome.REFUSED, "Жылу берілмейді.", "76-бап", "Үш ай ішінде.")
    replies.prepare_reply(appeal, answer, by=decider, at=MONDAY)

    told = {}
    for officer in (registrar, decider):
        client.force_login(officer.user)
        told[officer] = client.get(url(appeal)).json()

    assert (told[registrar]["reply"], told[decider]["reply"]["text"]) == (None, answer.text)
    assert told[registrar]["events"][-1]["data"] == {}
    assert told[decider]["events"][-1]["data"] == {"outcome": "refused"}


def test_case_holds_no_personal_data(client: Client):
    appeal = make_appeal()
    client.force_login(make_officer(role=Role.HEAD).user)

    told = client.get(url(appeal)).content.decode()

    for secret in ("Сынақ Азамат", "900101350003", "azamat@example.test", "77010000000"):
        assert secret not in told


@pytest.mark.parametrize("rest", ["", "applicant/?purpose=x"])
def test_case_of_another_body_is_not_there(client: Client, rest: str):
    appeal = make_appeal()
    client.force_login(make_officer(ELSEWHERE, Role.HEAD).user)

    answer = client.get(url(appeal, rest))

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert answer.content == client.get(f"/api/v1/appeals/zht-2026-99999999/{rest}").content
    assert not AccessRecord.objects.exists()


@pytest.mark.parametrize("rest", ["queue/", "officers/", "breaches/", "appeals/zht-2026-00000001/"])
def test_officials_part_without_signing_in_is_refused(client: Client, rest: str):
    answer = client.get(f"/api/v1/{rest}")

    assert (answer.status_code, answer.json()["code"]) == (403, "not_authenticated")


@pytest.mark.parametrize("rest", ["queue/", "officers/", "breaches/", "appeals/zht-2026-00000001/"])
def test_officials_part_without_a_post_is_refused(client: Client, rest: str):
    client.force_login(make_user())

    answer = client.get(f"/api/v1/{rest}")

    assert (answer.status_code, answer.json()["code"]) == (403, "no_post")


def test_case_costs_the_same_queries_however_long_its_history(client: Client):
    short, long, head = make_appeal(), make_appeal(), make_officer(role=Role.HEAD)
    assignment.assign(long, head, by=head, at=MONDAY)
    assignment.begin_review(long, by=head, at=MONDAY)
    client.force_login(head.user)
    client.get(url(short))

    assert cost(client, url(short)) == cost(client, url(long)) == 8


def test_applicant_is_shown_for_a_purpose_and_the_look_is_on_record(client: Client):
    appeal, officer = make_appeal(), make_officer(role=Role.HEAD)
    client.force_login(officer.user)

    answer = client.get(url(appeal, "applicant/?purpose=To call back"))

    record = AccessRecord.objects.get()
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert (answer.json()["type"], answer.json()["name"]) == ("person", "Сынақ Азамат")
    assert (record.appeal, record.officer, record.purpose) == (appeal, officer, "To call back")


@pytest.mark.parametrize("asked", ["", "purpose=", "purpose=%00", f"purpose={'x' * 256}"])
def test_applicant_without_a_fit_purpose_is_not_shown(client: Client, asked: str):
    appeal = make_appeal()
    client.force_login(make_officer(role=Role.HEAD).user)

    answer = client.get(url(appeal, f"applicant/?{asked}"))

    assert (answer.status_code, list(answer.json())) == (400, ["purpose"])
    assert not AccessRecord.objects.exists()


def test_officers_are_those_of_my_body_who_work_on_appeals(client: Client):
    executor, head = make_officer(), make_officer(role=Role.HEAD)
    make_officer(role=Role.REGISTRAR), make_officer(ELSEWHERE)
    make_officer(valid_to=timezone.localdate() - timedelta(days=1))
    client.force_login(head.user)

    rows = client.get("/api/v1/officers/").json()

    assert sorted(row["id"] for row in rows) == sorted([executor.pk, head.pk])


def broken(how_many: int) -> list[Appeal]:
    appeals = [make_appeal() for _ in range(how_many)]
    while breaches.note_missed(zone="Asia/Almaty", on=date(2026, 4, 1), at=MONDAY + timedelta(days=60), limit=50):
        pass
    return appeals


def test_breaches_are_paged_for_the_oversight_newest_first(client: Client):
    appeals = broken(3)
    client.force_login(make_officer(OFFICE, Role.OVERSIGHT).user)

    found, following = [], "/api/v1/breaches/?page_size=4"
    while following:
        page = client.get(following).json()
        found += page["results"]
        following = page["next"]

    assert len(found) == 6
    assert {row["appeal"] for row in found} == {appeal.number for appeal in appeals}
    assert {(row["kind"], row["region"], row["agency"]["code"]) for row in found} == {
        ("forwarding", "KZ-79", "akimat.utilities.kz-79"),
        ("reply", "KZ-79", "akimat.utilities.kz-79"),
    }


@pytest.mark.parametrize("role", [role for role in Role if role != Role.OVERSIGHT])
def test_breaches_of_other_bodies_are_for_the_oversight_alone(client: Client, role: Role):
    broken(1)
    client.force_login(make_officer(OFFICE, role).user)

    assert client.get("/api/v1/breaches/").json()["results"] == []


@pytest.mark.parametrize("asked", ["after=x", "after=2026-02-30.1", "after=.", "after=2026-02-02.x"])
def test_breaches_after_no_place_are_refused(client: Client, asked: str):
    client.force_login(make_officer(OFFICE, Role.OVERSIGHT).user)

    answer = client.get(f"/api/v1/breaches/?{asked}")

    assert (answer.status_code, list(answer.json())) == (400, ["after"])


@pytest.mark.parametrize("rows", [1, 3])
def test_breaches_cost_the_same_queries_however_many_rows(client: Client, rows: int):
    broken(rows)
    client.force_login(make_officer(OFFICE, Role.OVERSIGHT).user)
    client.get("/api/v1/breaches/")

    assert cost(client, "/api/v1/breaches/") == 5
