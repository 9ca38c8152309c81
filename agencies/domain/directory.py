"""Loading the directory of the state from a folder of tables: first the difference, then the change."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import models, transaction

from agencies.domain.tables import TABLES, Row, Table, checked, shown


@dataclass(frozen=True)
class Change:
    """One field of one row that the folder wants otherwise."""

    table: str
    key: str
    field: str
    old: Any
    new: Any


@dataclass
class Diff:
    """What loading would do; `missing` stands in the database only, is told, and never deleted."""

    added: list[tuple[str, str]] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    missing: list[tuple[str, str]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.added or self.changed)


def load(folder: Path, *, apply: bool, add_only: bool = False) -> Diff:
    """Bring the directory in line with `folder`, or only tell what would change.

    Rows are known by their codes, so that loading twice changes nothing. With `add_only` what stands
    stays as it is: somebody may have changed it here on purpose. A folder that contradicts itself is
    refused whole, with the file and the line.
    """
    diff = Diff()
    with transaction.atomic():
        standing = {table.name: _standing(table) for table in TABLES}
        wanted = checked(folder, {name: set(rows) for name, (rows, _) in standing.items()})
        for table in TABLES:
            rows, ids = standing[table.name]
            new, changed = _compare(table, wanted[table.name], rows, diff)
            if apply and (new or changed):
                _write(table, new, {} if add_only else changed, ids)
    return diff


def _standing(table: Table) -> tuple[dict[tuple, Row], dict[tuple, int]]:
    """The rows of the database by key, references as codes; and their ids."""
    paths = [f"{name}__code" if name in table.references else name for name in table.fields]
    rows, ids = {}, {}
    for pk, *values in table.model._default_manager.order_by().values_list("pk", *paths):
        row = dict(zip(table.fields, values, strict=True))
        rows[table.key_of(row)] = row
        ids[table.key_of(row)] = pk
    return rows, ids


def _compare(table: Table, wanted: dict, standing: dict, diff: Diff) -> tuple[list[Row], dict[tuple, Row]]:
    new = [row for key, row in wanted.items() if key not in standing]
    changed = {key: row for key, row in wanted.items() if key in standing and row != standing[key]}
    diff.added += [(table.name, shown(table.key_of(row))) for row in new]
    diff.missing += [(table.name, shown(key)) for key in standing if key not in wanted]
    diff.changed += [
        Change(table.name, shown(key), name, standing[key][name], value)
        for key, row in changed.items()
        for name, value in row.items()
        if value != standing[key][name]
    ]
    return new, changed


def _write(table: Table, new: list[Row], changed: dict[tuple, Row], ids: dict[tuple, int]) -> None:
    """Rows that refer to their own table are entered first and linked after."""
    codes = {name: _ids_by_code(model) for name, model in table.references.items() if model is not table.model}
    own = [name for name, model in table.references.items() if model is table.model]
    plain = [name for name in table.fields if name not in own]
    entered = table.model._default_manager.bulk_create(table.model(**dict(_columns(row, plain, codes))) for row in new)
    if own:
        codes |= dict.fromkeys(own, _ids_by_code(table.model))
        linked = [_linked(obj, row, own, codes) for obj, row in zip(entered, new, strict=True)]
        table.model._default_manager.bulk_update(linked, own)
    if changed:
        objects = [table.model(pk=ids[key], **dict(_columns(row, table.fields, codes))) for key, row in changed.items()]
        table.model._default_manager.bulk_update(objects, table.fields)


def _linked(obj: models.Model, row: Row, own: list[str], codes: dict[str, dict[str, int]]) -> models.Model:
    for name, value in _columns(row, own, codes):
        setattr(obj, name, value)
    return obj


def _columns(row: Row, names: Any, codes: dict[str, dict[str, int]]) -> Iterator[tuple[str, Any]]:
    for name in names:
        if name in codes:
            yield f"{name}_id", codes[name][row[name]] if row[name] else None
        else:
            yield name, row[name]


def _ids_by_code(model: type[models.Model]) -> dict[str, int]:
    return dict(model._default_manager.order_by().values_list("code", "pk"))
