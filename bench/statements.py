"""What a request asks of the database: taken down as it runs, explained, and asked again by the bare driver."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg2
from django.db import connection

CONTROL = ("SAVEPOINT", "RELEASE", "ROLLBACK", "SET CONSTRAINTS")


@dataclass(frozen=True)
class Statement:
    """One statement with its parameters in place; `buffers` are the pages of 8 kB a SELECT touched."""

    sql: str
    buffers: int


@contextmanager
def taken_down(*, explained: bool = True) -> Iterator[list[Statement]]:
    """Everything Django executes in the block, except the control of transactions.

    Where `explained` what reads is executed once more, to learn its buffers.
    """
    taken: list[Statement] = []

    def take(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        result = execute(sql, params, many, context)
        if not sql.startswith(CONTROL):
            for each in params if many else [params]:
                complete = completed(sql, each)
                taken.append(Statement(complete, touched(complete) if explained and is_read(sql) else 0))
        return result

    with connection.execute_wrapper(take):
        yield taken


def is_read(sql: str) -> bool:
    """What can be explained by executing it again; a `WITH` may also write."""
    return sql.lstrip("( \n").startswith(("SELECT", "WITH")) and " RETURNING " not in sql


def completed(sql: str, params: Any) -> str:
    with connection.connection.cursor() as cursor:
        return cursor.mogrify(sql, params or None).decode()


def touched(sql: str) -> int:
    """Shared buffers of one execution, found in memory or read; locks and numbers it draws are drawn again."""
    with connection.connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) {sql}")
        plan = cursor.fetchone()[0][0]["Plan"]
    return plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]


@contextmanager
def bare_driver() -> Iterator[Any]:
    """A connection to the same database with nothing of Django around it."""
    parameters = {**connection.get_connection_params(), "cursor_factory": None}
    driver = psycopg2.connect(**parameters)
    driver.autocommit = True
    try:
        yield driver
    finally:
        driver.close()


@contextmanager
def rolled_back(driver: Any) -> Iterator[None]:
    """What the bare `driver` does in the block is undone."""
    driver.autocommit = False
    try:
        yield
    finally:
        driver.rollback()
        driver.autocommit = True


def ask(driver: Any, statements: Sequence[Statement]) -> None:
    """Execute `statements` one after the other and fetch what they return."""
    with driver.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement.sql)
            if cursor.description:
                cursor.fetchall()
