"""The page on which a changed table of competence is tried."""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from agencies.enums import Role
from agencies.models import Competence, Topic
from appeals.domain.routing import OFFICE
from tests.appeals.web.desk.conftest import signed_in
from tests.factories import make_appeal, make_officer

pytestmark = pytest.mark.django_db

PAGE = "/oversight/competence/"
SHIPPED = settings.BASE_DIR / "agencies" / "data" / "kz" / "competences.csv"


def sent(client, content: bytes, name: str = "competences.csv"):
    return client.post(PAGE, {"file": SimpleUploadedFile(name, content, content_type="text/csv")})


def test_the_oversight_leads_to_the_page_and_the_page_asks_for_a_file(overseeing):
    assert PAGE in overseeing.get("/oversight/").content.decode()
    page = overseeing.get(PAGE)

    assert page.status_code == 200
    assert 'enctype="multipart/form-data"' in page.content.decode()


def test_a_changed_table_shows_what_would_have_gone_elsewhere_and_keeps_nothing(overseeing):
    for _ in range(2):
        make_appeal(topic=Topic.objects.get(code="waste"))
    before = Competence.objects.count()

    changed = SHIPPED.read_bytes().replace(b"waste,,0,,,,,,akimat.utilities", b"waste,,0,,,,,,akimat.land")

    page = sent(overseeing, changed)

    assert page.status_code == 200
    assert [cell["text"] for cell in page.context["rows"][0]] == [
        "Department of Energy and Infrastructure Development of Shymkent",
        "Land Relations Department of Shymkent",
        2,
        "Waste: 2",
    ]
    assert page.context["trial"].elsewhere == 2
    assert Competence.objects.count() == before


def test_the_table_as_it_stands_says_that_nothing_would_have_changed(overseeing):
    make_appeal()

    page = sent(overseeing, SHIPPED.read_bytes())

    assert "Every appeal would have gone to the same body." in page.content.decode()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"topic,agency\nwaste,ministry.water\n", "competences.csv, line 2: the column region is missing."),
        (b"x" * (2 * 1024 * 1024 + 1), "The file is larger than 2.0"),
        (b"\x89PNG\x00\xff", "is no table in UTF-8"),
    ],
)
def test_a_bad_file_is_refused_with_the_reason(overseeing, content, sentence):
    page = sent(overseeing, content)

    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert page.context["trial"] is None


def test_without_a_file_the_page_asks_again(overseeing):
    assert overseeing.post(PAGE).status_code == 422


@pytest.mark.parametrize(("agency", "role"), [(OFFICE, Role.REGISTRAR), ("akimat.utilities.kz-79", Role.HEAD)])
def test_whoever_does_not_oversee_is_refused(agency, role):
    client = signed_in(make_officer(agency, role))

    assert client.get(PAGE).status_code == 403
    assert sent(client, SHIPPED.read_bytes()).status_code == 403


def test_a_visitor_is_asked_to_sign_in(client):
    assert client.get(PAGE).status_code == 302


def test_the_page_costs_eight_statements_however_many_appeals_would_have_gone_elsewhere(overseeing, rows_read):
    changed, costs = SHIPPED.read_bytes().replace(b"akimat.utilities", b"akimat.land"), []
    sent(overseeing, changed)  # with the first page the session lasts on

    for n, topic in enumerate(("housing.utilities", "waste", "lighting"), start=1):
        make_appeal(topic=Topic.objects.get(code=topic))
        with rows_read() as statements:
            page = sent(overseeing, changed)
        costs.append(len(statements))
        assert page.context["trial"].elsewhere == n

    assert costs == [8, 8, 8]
