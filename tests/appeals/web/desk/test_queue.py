"""The queue: what is in it, in which order, how it is narrowed, and what it costs."""

import pytest
from django.test import Client

from agencies.enums import Role
from agencies.models import Topic
from appeals.domain.assignment import assign
from appeals.domain.closing import terminate
from appeals.domain.forwarding import forward
from appeals.domain.routing import office
from appeals.enums import AccessedData, Kind, TerminationGround
from appeals.models import AccessRecord
from tests.appeals.web.desk.conftest import signed_in
from tests.factories import MONDAY, make_appeal, make_officer, make_user


def numbers(client: Client, query: str = "") -> list[str]:
    return [row.appeal.number for row in client.get(f"/desk/{query}").context["rows"]]


def test_queue_shows_what_the_body_holds_open_worst_term_first(registrar):
    later = make_appeal()
    worse = make_appeal(received_at=MONDAY.replace(month=1, day=26))
    elsewhere = make_appeal(topic=Topic.objects.get(code="education.school"))
    assert elsewhere.agency != registrar.agency

    assert numbers(signed_in(registrar)) == [worse.number, later.number]


@pytest.mark.django_db
def test_queue_without_a_sign_in_leads_to_it():
    response = Client().get("/desk/")

    assert response.status_code == 302
    assert response.url.startswith("/accounts/login/")


@pytest.mark.django_db
def test_queue_for_a_user_without_a_post_is_refused_and_says_so():
    client = Client(headers={"accept-language": "en"})
    client.force_login(make_user())

    response = client.get("/desk/")

    assert response.status_code == 403
    assert "no post is entered for you" in response.content.decode()


@pytest.mark.django_db
def test_queue_sends_oversight_to_its_own_page():
    overseer = make_officer(office(), Role.OVERSIGHT)

    response = signed_in(overseer).get("/desk/")

    assert response.status_code == 302
    assert response.url.startswith("/oversight/")


@pytest.mark.django_db
def test_queue_of_the_office_is_what_is_in_triage():
    triage = make_appeal(topic=None)
    make_appeal()

    assert numbers(signed_in(make_officer(office(), Role.REGISTRAR))) == [triage.number]


def test_queue_pages_by_key_without_losing_or_repeating(registrar, monkeypatch):
    monkeypatch.setattr("appeals.web.desk.queue.PAGE", 2)
    made = [make_appeal().number for _ in range(5)]
    client = signed_in(registrar)

    seen, url = [], "/desk/"
    while url:
        page = client.get(url)
        seen += [row.appeal.number for row in page.context["rows"]]
        url = page.context["next_url"] and f"/desk/{page.context['next_url']}"

    assert seen == made


def test_queue_with_a_key_that_is_none_starts_at_the_beginning(appeal, registrar):
    client = signed_in(registrar)

    for key in ("", "x", "2026-02-30.1", ".", "2026-01-01.x", "9" * 400):
        assert numbers(client, f"?after={key}") == [appeal.number], key


def test_queue_narrowed_by_each_filter_keeps_what_fits(registrar, executor):
    mine = assign(make_appeal(), executor, by=registrar, at=MONDAY)
    other = make_appeal(kind=Kind.PROPOSAL, region=None, holder=registrar.agency, received_at=MONDAY.replace(day=3))
    client = signed_in(executor)

    assert numbers(client, "?officer=mine") == [mine.number]
    assert numbers(client, f"?officer={executor.pk}") == [mine.number]
    assert numbers(client, "?officer=nobody") == [other.number]
    assert numbers(client, "?kind=proposal") == [other.number]
    assert numbers(client, "?status=assigned") == [mine.number]
    assert numbers(client, "?region=KZ-79") == [mine.number]
    assert numbers(client, "?region=not_stated") == [other.number]
    assert numbers(client, "?topic=housing.utilities&channel=virtual_reception") == [other.number, mine.number]
    assert numbers(client, "?channel=letter") == []
    assert numbers(client, "?received_from=2026-02-03") == [other.number]
    assert numbers(client, "?received_to=2026-02-02") == [mine.number]
    assert numbers(client, "?term=overdue") == [other.number, mine.number]
    assert numbers(client, "?term=soon") == []


def test_queue_shows_closed_and_forwarded_ones_when_asked(registrar, head):
    closed, passed_on = make_appeal(), make_appeal()
    terminate(closed, TerminationGround.DECIDED, by=head, at=MONDAY, reason="Decided in 2025.")
    forward(passed_on, office(), by=head, at=MONDAY, reason="Not ours.")
    client = signed_in(registrar)

    assert numbers(client) == []
    assert numbers(client, "?status=closed") == [closed.number]
    assert numbers(client, "?status=terminated") == [closed.number]
    assert numbers(client, "?status=answered") == []
    assert numbers(client, "?status=passed_on") == [passed_on.number]


@pytest.mark.parametrize(
    "words",
    ["900101350003", "AZAMAT@example.test", "+77010000000", "сынақ  азамат", "жылу", "жылуды қосып"],
)
def test_search_finds_by_exact_person_or_by_words_of_the_text(words, registrar):
    found = make_appeal()
    make_appeal(text="Мектепте орын жоқ.", details={"name": "Басқа Адам"}, holder=registrar.agency)

    assert [row.appeal for row in signed_in(registrar).get("/desk/", {"q": words}).context["rows"]] == [found]


@pytest.mark.parametrize("path", ["/desk/", "/desk/export/"])
def test_search_by_a_person_leaves_a_record_at_each_case_that_is_not_the_readers(path, assigned, executor):
    other = make_appeal()
    make_appeal(text="900101350003 жылу", details={"name": "Басқа Адам"})

    signed_in(executor).get(path, {"q": "900101350003"})

    record = AccessRecord.objects.get()
    assert (record.appeal, record.officer) == (other, executor)
    assert (record.what, record.purpose) == (AccessedData.APPLICANT, "search")


@pytest.mark.parametrize("words", ["", "жылу", "number"])
@pytest.mark.parametrize("path", ["/desk/", "/desk/export/"])
def test_search_by_text_or_number_leaves_no_record(path, words, appeal, registrar):
    client = signed_in(registrar)

    response = client.get(path, {"q": appeal.number if words == "number" else words})

    assert response.status_code == 200
    assert not AccessRecord.objects.exists()


def test_search_by_a_person_costs_no_more_than_a_page_may(appeal, registrar, rows_read):
    make_appeal()
    client = signed_in(registrar)

    with rows_read() as statements:
        client.get("/desk/", {"q": "900101350003"})

    assert len(statements) == 8, "\n".join(statements)
    assert AccessRecord.objects.count() == 2


def test_search_finds_a_number_also_when_it_is_closed_or_passed_on(registrar, head):
    closed, passed_on, open_one = make_appeal(), make_appeal(), make_appeal()
    terminate(closed, TerminationGround.DECIDED, by=head, at=MONDAY, reason="Decided in 2025.")
    forward(passed_on, office(), by=head, at=MONDAY, reason="Not ours.")
    client = signed_in(registrar)

    assert numbers(client, f"?q={closed.number}") == [closed.number]
    assert numbers(client, f"?q={passed_on.number}") == [passed_on.number]
    assert numbers(client, f"?q={closed.number}&status=answered") == []
    assert numbers(client, "?q=жылу") == [open_one.number]


def test_search_does_not_find_a_number_the_reader_may_not_know_of(appeal, stranger):
    assert numbers(signed_in(stranger), f"?q={appeal.number}") == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("жылу " * 32, "жылу " * 31 + "жылу"),
        ("жылу " * 31 + "жылуды", "жылу " * 30 + "жылу…"),
        ("жылу " * 31 + "жылу, қосыңыз", "жылу " * 31 + "жылу…"),
        ("жылу " * 31 + "бір-екі", "жылу " * 30 + "жылу…"),
        ("ж" * 200, "ж" * 160 + "…"),
        ("ж" * 160, "ж" * 160),
    ],
)
def test_queue_shortens_a_long_text_between_words_and_says_so(text, shown, registrar):
    make_appeal(text=text)

    page = signed_in(registrar).get("/desk/").content.decode()

    assert f"<div>{shown}" in page


def test_search_finds_a_number_in_either_script(appeal, registrar):
    serial = appeal.number.rpartition("-")[2]
    make_appeal()

    for number in (appeal.number, f"zht 2026 {serial}", f"ЖТ–2026–{int(serial)}", f"jt-2026-{serial}"):
        assert numbers(signed_in(registrar), f"?q={number}") == [appeal.number], number


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?status=lost", "Select a valid choice"),
        ("?region=KZ-00", "Select a valid choice"),
        ("?officer=1e9", "Select a valid choice"),
        ("?received_from=31.31.2026", "Enter a valid date"),
        ("?received_from=2026-02-02&received_to=2026-02-01", "ends before it begins"),
        ("?q=%00", "Null characters are not allowed"),
    ],
)
def test_queue_with_a_filter_that_cannot_be_says_so_at_the_field(query, said, appeal, registrar):
    response = signed_in(registrar).get(f"/desk/{query}")

    assert response.status_code == 422
    assert said in response.content.decode()


def test_another_body_sees_nothing_in_list_search_count_and_export(appeal, stranger):
    client = signed_in(stranger)
    page = client.get("/desk/")

    assert page.context["rows"] == []
    assert {tab.count for tab in page.context["tabs"]} == {0}
    for query in (f"?q={appeal.number}", "?q=900101350003", "?q=жылу", "?status=passed_on", "?status=closed"):
        assert numbers(client, query) == [], query
    exported = b"".join(client.get("/desk/export/").streaming_content).decode()
    assert appeal.number not in exported


def test_counts_are_of_the_body_and_the_officer(registrar, executor):
    assign(make_appeal(), executor, by=registrar, at=MONDAY)
    make_appeal()

    tabs = {tab.url: tab.count for tab in signed_in(executor).get("/desk/").context["tabs"]}

    assert tabs == {"/desk/": 2, "?officer=mine": 1, "?officer=nobody": 1, "?term=overdue": 2, "?term=soon": 0}


@pytest.mark.parametrize("how_many", [1, 3])
def test_queue_reads_as_much_for_one_row_as_for_three(how_many, registrar, executor, rows_read):
    for _ in range(how_many):
        assign(make_appeal(), executor, by=registrar, at=MONDAY)
    client = signed_in(registrar)

    with rows_read() as statements:
        assert len(numbers(client)) == how_many

    assert len(statements) == 7, "\n".join(statements)


def test_export_is_the_filtered_list_without_personal_data(appeal, registrar):
    make_appeal(kind=Kind.PROPOSAL)

    response = signed_in(registrar).get("/desk/export/?kind=application")
    text = b"".join(response.streaming_content).decode("utf-8-sig")

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert [line.split(",")[0] for line in text.splitlines()] == ["Number", appeal.number]
    for private in ("Азамат", "900101350003", "example.test", "+7701", "жылу"):
        assert private not in text


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_export_takes_the_sting_out_of_formulas(start, appeal, registrar):
    Topic.objects.filter(pk=appeal.topic_id).update(name_en=f"{start}HYPERLINK()")

    text = b"".join(signed_in(registrar).get("/desk/export/").streaming_content).decode()

    assert f",'{start}HYPERLINK()" in text


def test_export_with_a_filter_that_cannot_be_is_refused(registrar):
    assert signed_in(registrar).get("/desk/export/?status=lost").status_code == 422


@pytest.mark.parametrize("path", ["", "export/"])
def test_a_post_to_a_list_is_no_method(path, registrar):
    assert signed_in(registrar).post(f"/desk/{path}").status_code == 405
