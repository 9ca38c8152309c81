"""One database with the directory loaded, rolled back after each test; a clone of it where commits must be real."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import setup_databases, teardown_databases
from django.utils import translation
from psycopg2.sql import SQL, Identifier

from tests.databases import clone


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_modify_db_settings, django_db_blocker) -> Iterator[None]:
    """The shipped jurisdiction is loaded once, into the database every test starts from."""
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False)
        call_command("load_directory", "--yes", verbosity=0)
        call_command("load_terms", verbosity=0)
        number_like_a_full_database()
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


def number_like_a_full_database() -> None:
    """New rows get seven-digit keys, as in life: a key written "1,001,234" into a page is then seen by any test."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT schemaname, sequencename FROM pg_sequences")
        for sequence in cursor.fetchall():
            cursor.execute(SQL("ALTER SEQUENCE {} RESTART WITH 1001234").format(Identifier(*sequence)))


@pytest.fixture
def own_database(django_db_setup, django_db_blocker) -> Iterator[str]:
    """A database of the test's own, for workers and threads that commit; its name."""
    with django_db_blocker.unblock(), clone() as name:
        yield name


@pytest.fixture(autouse=True)
def english_unless_said_otherwise() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def client() -> Client:
    """A visitor whose browser asks for English."""
    return Client(headers={"accept-language": "en"})


@pytest.fixture(autouse=True)
def fresh_cache() -> None:
    cache.clear()


@pytest.fixture
def monday() -> datetime:
    """Monday 2 February 2026, 10:00 in Astana: no holiday within five weeks after it."""
    return datetime(2026, 2, 2, 5, tzinfo=UTC)
