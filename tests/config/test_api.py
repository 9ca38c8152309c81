"""The description of the API, and the page that shows it."""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from tests.factories import make_officer


def test_schema_is_valid_and_complete():
    written = StringIO()

    call_command("spectacular", "--validate", "--fail-on-warn", stdout=written)

    for path in ("appeals/", "register/", "follow/", "queue/", "appeals/{slug}/forward/"):
        assert f"/api/v1/{path}:" in written.getvalue()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.django_db
def test_docs_page_has_no_inline_script_nor_another_origin(client: Client, language: str):
    page = client.get("/api/v1/docs/", headers={"Accept-Language": language})

    told = page.content.decode()
    assert page.status_code == 200
    assert not re.findall(r"<script(?![^>]*\bsrc=)|<style|\son\w+=", told)
    assert not re.findall(r"(?:src|href)=\"(?:https?:)?//", told)


@pytest.mark.django_db
def test_docs_page_starts_the_reader_from_the_origin(client: Client):
    script = client.get("/api/v1/docs/?script=")

    assert script["Content-Type"].startswith("application/javascript")
    assert b"SwaggerUIBundle(" in script.content


@pytest.mark.django_db
def test_schema_is_served_as_json(client: Client):
    schema = client.get("/api/v1/schema/?format=json").json()

    assert schema["openapi"].startswith("3.")


@pytest.mark.django_db
def test_api_root_leads_to_its_description(client: Client):
    assert client.get("/api/v1/")["Location"] == "/api/v1/docs/"


@pytest.mark.parametrize("place", ["regions", "agencies", "where", "appeals", "follow", "queue", "breaches"])
@pytest.mark.django_db
def test_options_of_any_address_is_answered(client: Client, place: str):
    client.force_login(make_officer().user)

    assert client.options(f"/api/v1/{place}/").status_code in (200, 403)
