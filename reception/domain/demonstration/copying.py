"""Rows into tables by COPY, as fast as the database takes them."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from io import StringIO
from typing import Any

from django.db import connection, models

ESCAPED = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


def drawn_ids(model: type[models.Model], how_many: int) -> list[int]:
    """The next `how_many` primary keys of `model`."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [model._meta.db_table, model._meta.pk.column, how_many],
        )
        return [number for (number,) in cursor.fetchall()]


def numbered(rows: Sequence[models.Model]) -> None:
    """Give the rows without one their primary key, in order."""
    for row, number in zip(rows, drawn_ids(type(rows[0]), len(rows)), strict=True):
        row.pk = number


def copy(rows: Sequence[models.Model]) -> None:
    """Store `rows`, all of one model, primary keys set; defaults of the database do not apply."""
    meta = rows[0]._meta
    fields = [field for field in meta.concrete_fields if not field.generated]
    names = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    lines = StringIO("".join(_line(row, fields) for row in rows))
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {connection.ops.quote_name(meta.db_table)} ({names}) FROM STDIN", lines)


def _line(row: models.Model, fields: Sequence[models.Field]) -> str:
    return "\t".join(_cells(row, fields)) + "\n"


def _cells(row: models.Model, fields: Sequence[models.Field]) -> Iterator[str]:
    for field in fields:
        value = getattr(row, field.attname)
        is_json = isinstance(field, models.JSONField)
        yield json.dumps(value, ensure_ascii=False).translate(ESCAPED) if is_json else _cell(value)


def _cell(value: Any) -> str:
    if value is None:
        return r"\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, str):
        return str(value).translate(ESCAPED)
    if isinstance(value, bytes):
        return rf"\\x{value.hex()}"
    if isinstance(value, list):
        return f"{{{','.join(map(_cell, value))}}}"
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
