"""Rows of a few appeals multiplied by the database itself, one statement a table, whatever columns the tables have."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.apps import apps
from django.db import connection, models

from appeals.models import NOTHING_DUE, Appeal, Applicant

# `n` is named inside so that the copies are made one after the other, each in the order of its rows.
COPY = """
INSERT INTO {table} ({columns})
SELECT {values}
FROM generate_series(1, %s) AS n,
    LATERAL (SELECT * FROM {table} WHERE {key} = ANY(%s) AND n > 0 ORDER BY {key}) AS original
"""


@dataclass(frozen=True)
class Spread:
    """Copy after copy lies `days` further back, and after `steps` copies where the original lies."""

    days: int
    steps: int

    @property
    def back(self) -> str:
        """The days of copy `n`."""
        return f"mod(n, {self.steps}) * {self.days}"


@dataclass(frozen=True)
class Originals:
    """The rows of one model that are multiplied, and how their keys move from copy to copy."""

    keys: list
    first: int = 0
    width: int = 0

    def moved(self, column: str) -> str:
        """The key in copy `n` of what `column` names: a number further on, or another UUID."""
        if self.width:
            return f"{column} + {self.first} + (n - 1) * {self.width}"
        return f"md5({column}::text || n)::uuid"


def multiply(appeals: Sequence[int], copies: int, spread: Spread) -> None:
    """Add `copies` of each of `appeals` with everything that is theirs.

    Unique texts get a suffix; sealed data stays as it is, and does not open in a copy, nor do
    the hashes of its history fit. What the rows refer to beside each other is shared.
    """
    found = {model: originals(model, path, appeals) for model, path in own_models().items()}
    for model, rows in found.items():
        if rows.keys:
            copy(model, found, copies, spread)


def own_models() -> dict[type[models.Model], str]:
    """Every model with rows of an appeal's own, with the lookup that leads from it to the appeal."""
    found: dict[type[models.Model], str] = {Appeal: "pk", Applicant: "appeal__pk"}
    known = 0
    while known < len(found):
        known = len(found)
        for model in apps.get_models(include_auto_created=True):
            if model not in found and (paths := list(_paths(model, found))):
                found[model] = min(paths)[-1]
    return found


def _paths(model: type[models.Model], known: dict[type[models.Model], str]) -> list[tuple[bool, int, str]]:
    """The ways from `model` to the appeal, the surest and shortest the least."""
    ways = []
    for field in model._meta.concrete_fields:
        if field.related_model in known:
            way = f"{field.name}__{known[field.related_model]}"
            ways.append((field.null, way.count("__"), way))
    return ways


def originals(model: type[models.Model], path: str, appeals: Sequence[int]) -> Originals:
    rows = model._base_manager.filter(**{f"{path}__in": appeals}).order_by("pk")
    keys = list(rows.values_list("pk", flat=True).distinct())
    if not keys or not isinstance(keys[0], int):
        return Originals(keys)
    last = model._base_manager.order_by("-pk").values_list("pk", flat=True)[0]
    return Originals(keys, first=last + 1 - keys[0], width=keys[-1] + 1 - keys[0])


def copy(model: type[models.Model], found: dict[type[models.Model], Originals], copies: int, spread: Spread) -> None:
    meta, quoted = model._meta, connection.ops.quote_name
    key = quoted(str(meta.pk.column))
    fields = [field for field in meta.concrete_fields if not field.generated]
    statement = COPY.format(
        table=quoted(meta.db_table),
        columns=", ".join(quoted(str(field.column)) for field in fields),
        values=", ".join(_value(field, quoted(str(field.column)), found, spread) for field in fields),
        key=key,
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [copies, found[model].keys])
        if isinstance(meta.pk, models.AutoField):
            last = f"(SELECT max({key}) FROM {quoted(meta.db_table)})"
            cursor.execute(f"SELECT setval(pg_get_serial_sequence(%s, %s), {last})", [meta.db_table, meta.pk.column])


def _value(field: models.Field, column: str, found: dict[type[models.Model], Originals], spread: Spread) -> str:
    """What copy `n` has in the place of `column`."""
    if field.related_model in found:
        return found[field.related_model].moved(column)
    if field.primary_key:
        return found[field.model].moved(column)
    if field.unique:
        return f"{column} || '-' || n"
    if isinstance(field, models.DateTimeField):
        return f"{column} - make_interval(days => {spread.back})"
    if isinstance(field, models.DateField):
        return f"CASE {column} WHEN '{NOTHING_DUE}' THEN {column} ELSE {column} - {spread.back} END"
    return column
