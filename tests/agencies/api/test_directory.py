import pytest
from django.test import Client

from agencies.models import Agency
from tests.factories import make_officer

pytestmark = pytest.mark.django_db
LISTS = ["regions", "topics", "channels", "agencies"]


@pytest.mark.parametrize("name", LISTS)
def test_directory_names_every_row_in_three_languages(client: Client, name: str):
    answer = client.get(f"/api/v1/{name}/").json()

    rows = answer["results"] if name == "agencies" else answer
    assert rows
    assert all(row[f"name_{language}"] for row in rows for language in ("kk", "ru", "en"))


@pytest.mark.parametrize("name", LISTS)
def test_directory_asked_again_by_etag_is_not_sent_again(client: Client, name: str):
    first = client.get(f"/api/v1/{name}/")

    again = client.get(f"/api/v1/{name}/", headers={"If-None-Match": first["ETag"]})

    assert first["Cache-Control"] == "max-age=300, public"
    assert (again.status_code, again.content) == (304, b"")


def test_directory_for_who_is_signed_in_stays_out_of_shared_caches(client: Client):
    client.force_login(make_officer().user)

    assert client.get("/api/v1/regions/")["Cache-Control"] == "max-age=300, private"


def test_topics_stand_below_their_headings(client: Client):
    headings = {row["code"]: row for row in client.get("/api/v1/topics/").json()}

    assert "housing.utilities" in {topic["code"] for topic in headings["heading.housing"]["topics"]}
    assert "housing.utilities" not in headings


def test_agencies_are_paged_by_key_to_the_last_row(client: Client):
    found, url = [], "/api/v1/agencies/?page_size=70"
    while url:
        page = client.get(url).json()
        found += [row["code"] for row in page["results"]]
        url = page["next"]

    assert found == sorted(set(found))
    assert len(found) > 140


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("function=akimat.utilities&region=KZ-79", ["akimat.utilities.kz-79"]),
        ("level=president", ["president", "president.office"]),
        ("search=ӘКІМШІЛІГІ&level=president", ["president.office"]),
        ("search=nothing like it", []),
    ],
)
def test_agencies_filtered_are_those_asked_for(client: Client, asked: str, expected: list[str]):
    rows = client.get(f"/api/v1/agencies/?{asked}").json()["results"]

    assert [row["code"] for row in rows] == expected


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("level=village", "level"),
        ("region=KZ-00", "region"),
        ("region=%00", "region"),
        ("function=nobody", "function"),
        ("search=%00", "search"),
    ],
)
def test_agencies_filtered_by_what_is_not_there_are_refused_at_the_field(client: Client, asked: str, field: str):
    answer = client.get(f"/api/v1/agencies/?{asked}")

    assert (answer.status_code, list(answer.json())) == (400, [field])


def test_agencies_leave_out_bodies_that_are_no_more(client: Client):
    Agency.objects.filter(code="akimat.utilities.kz-79").update(valid_to="2020-01-01")

    rows = client.get("/api/v1/agencies/?function=akimat.utilities&region=KZ-79").json()["results"]

    assert rows == []


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("level=galactic", "level"),
        ("search=%00", "search"),
        ("page_size=0", "page_size"),
        ("page_size=1e9", "page_size"),
        ("after=%00", "after"),
        (f"after={'x' * 200}", "after"),
    ],
)
def test_agencies_asked_badly_are_refused_at_the_field(client: Client, asked: str, field: str):
    answer = client.get(f"/api/v1/agencies/?{asked}")

    assert answer.status_code == 400
    assert list(answer.json()) == [field]


@pytest.mark.parametrize("name", LISTS)
def test_directory_cannot_be_written(client: Client, name: str):
    answer = client.post(f"/api/v1/{name}/", {}, content_type="application/json")

    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")


@pytest.mark.parametrize("name", LISTS)
def test_directory_is_read_with_a_fixed_number_of_queries(client: Client, name: str, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        client.get(f"/api/v1/{name}/")


def test_directory_speaks_nothing_but_json(client: Client):
    answer = client.get("/api/v1/regions/", headers={"Accept": "text/html"})

    assert (answer.status_code, answer.json()["code"]) == (406, "not_acceptable")


def test_an_unknown_address_is_answered_in_json(client: Client):
    answer = client.get("/api/v1/nothing/here/")

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
