"""What the tests of the case share."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext


@pytest.fixture
def rows_read() -> Callable[..., Iterator[CaptureQueriesContext]]:
    """Counts statements that touch rows; marks of a transaction's beginning and end are none."""

    @contextmanager
    def counted() -> Iterator[list[str]]:
        statements: list[str] = []
        with CaptureQueriesContext(connection) as captured:
            yield statements
        marks = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")
        statements += [q["sql"] for q in captured if not q["sql"].startswith(marks)]

    return counted
