"""The directory's tables as files: read, expanded to one body a region or district, checked. Nothing is written."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO, Any, cast

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from agencies.errors import DirectoryError
from agencies.models import Agency, Channel, Competence, Function, Population, Region, RegionName, Topic

Row = dict[str, Any]
NAMES = ("name_kk", "name_ru", "name_en")
DATES = ("valid_from", "valid_to")
PROOF = ("verified", "note")
REGION, DISTRICT = "region", "district"  # what a function has a body for


@dataclass(frozen=True)
class Table:
    """One file and the model it fills; `key` are the fields a row is known by."""

    name: str
    model: type[models.Model]
    key: tuple[str, ...]
    rest: tuple[str, ...]

    @cached_property
    def fields(self) -> tuple[str, ...]:
        return self.key + self.rest

    @cached_property
    def references(self) -> dict[str, type[models.Model]]:
        """Fields that name a row of another table, or of this one, by its code."""
        fields = [self.model._meta.get_field(name) for name in self.fields]
        return {f.name: f.related_model for f in fields if isinstance(f, models.ForeignKey)}

    @cached_property
    def loops(self) -> tuple[str, ...]:
        """References within the table; following one must come to an end."""
        return tuple(name for name, model in self.references.items() if model is self.model)

    def key_of(self, row: Row) -> tuple:
        return tuple(row[name] for name in self.key)


TABLES = (
    Table(
        "regions",
        Region,
        ("code",),
        (
            *NAMES,
            "kato",
            "of_kk",
            "of_ru",
            "centre_kk",
            "centre_ru",
            "centre_en",
            "zone",
            "superior",
            "predecessor",
            *DATES,
            *PROOF,
        ),
    ),
    Table("region_names", RegionName, ("region", *NAMES), (*DATES, *PROOF)),
    Table("populations", Population, ("region", "on"), ("people", *PROOF)),
    Table("functions", Function, ("code",), NAMES),
    Table(
        "agencies",
        Agency,
        ("code",),
        (
            *("level", "function", "superior", "successor", "region", "zone", *NAMES, *DATES),
            *("bound_by_code", "complaint_instance", *PROOF),
        ),
    ),
    Table(
        "topics",
        Topic,
        ("code",),
        ("group", "position", *NAMES, "description_kk", "description_ru", "description_en", *PROOF),
    ),
    Table(
        "competences",
        Competence,
        ("topic", "region", "in_district", "kind", "special_type", "addressee", "complained_of", "valid_from"),
        ("agency", "function", "valid_to", "basis", *PROOF),
    ),
    Table(
        "channels",
        Channel,
        ("code",),
        ("form", "position", *NAMES, "at_president", "at_central", "at_local", *PROOF),
    ),
)


@dataclass(frozen=True)
class Line:
    """A line of a file as it is written, and where it stands."""

    file: str
    number: int
    cells: dict[str, str]

    def cell(self, name: str) -> str:
        text = self.cells.get(name)
        if text is None:
            raise self.refuse(_("the column %(name)s is missing") % {"name": name})
        if "\x00" in text:
            raise self.refuse(_("a character with the code 0 stands in the column %(name)s") % {"name": name})
        return text.strip()

    def refuse(self, reason: str) -> DirectoryError:
        where = {"file": self.file, "line": self.number, "reason": reason}
        return DirectoryError(_("%(file)s, line %(line)s: %(reason)s.") % where)


def checked(folder: Path, standing: dict[str, set[tuple]]) -> dict[str, dict[tuple, Row]]:
    """All rows of `folder` by table and key; `standing` are the keys a row may also refer to."""
    lines = {table.name: _lines(folder / f"{table.name}.csv") for table in TABLES}
    _check_levels(lines["regions"])
    lines["agencies"] = _bodies(lines["functions"], lines["regions"], lines["agencies"])
    tables: dict[str, dict[tuple, tuple[Line, Row]]] = {}
    for table in TABLES:
        tables[table.name] = _rows(table, lines[table.name])
    for table in TABLES:
        _check_references(table, tables, standing)
        for loop in table.loops:
            _check_loop(table, loop, tables[table.name])
    return {name: {key: row for key, (line, row) in rows.items()} for name, rows in tables.items()}


def checked_alone(table: Table, name: str, file: IO[bytes], standing: dict[str, set[tuple]]) -> list[Row]:
    """The rows of `table` in `file`, called `name`, which may refer to nothing but what stands."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    try:
        rows = _rows(table, _read(name, text))
    finally:
        text.detach()
    _check_references(table, {other.name: {} for other in TABLES} | {table.name: rows}, standing)
    return [row for line, row in rows.values()]


def shown(key: Iterable[Any]) -> str:
    """A key as a person reads it."""
    return " ".join(str(part) for part in key if part not in (None, ""))


def _lines(path: Path) -> list[Line]:
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            return _read(path.name, file)
    except OSError as error:
        refusal = _("%(file)s cannot be read: %(error)s.") % {"file": path.name, "error": error.strerror}
        raise DirectoryError(refusal) from error


def _read(name: str, file: IO[str]) -> list[Line]:
    try:
        reader = csv.DictReader(file, strict=True)
        lines = [Line(name, reader.line_num, cells) for cells in reader]
    except (UnicodeDecodeError, csv.Error) as error:
        raise DirectoryError(_("%(file)s is no table in UTF-8: %(error)s.") % {"file": name, "error": error}) from error
    if not reader.fieldnames:
        raise DirectoryError(_("%(file)s is empty: not even the columns are named.") % {"file": name})
    return lines


def _check_levels(regions: list[Line]) -> None:
    """There are regions and districts in them, and nothing below."""
    superiors = {line.cell("code"): line.cell("superior") for line in regions}
    for line in regions:
        if superiors.get(line.cell("superior")):
            raise line.refuse(f"{line.cell('superior')} is itself a district, and has none")


def _bodies(functions: list[Line], regions: list[Line], agencies: list[Line]) -> list[Line]:
    """One body a function in each region or district of today, then the bodies written out, which win."""
    written = {line.cell("code") for line in agencies}
    firsts = {line.cell("code"): line for line in regions if not line.cell("superior")}
    local = {line.cell("code"): _per(line) for line in functions}
    living = [line for line in regions if not line.cell("valid_to")]
    expanded = (
        _body(function, region, firsts.get(region.cell("superior"), region), local)
        for function in functions
        for region in living
        if local[function.cell("code")] == (DISTRICT if region.cell("superior") else REGION)
    )
    return [line for line in expanded if line.cell("code") not in written] + agencies


def _per(function: Line) -> str:
    if (per := function.cell("per")) not in (REGION, DISTRICT):
        raise function.refuse(f"per {per!r}: a function has its bodies per {REGION} or per {DISTRICT}")
    return per


def _body(function: Line, place: Line, region: Line, local: dict[str, str]) -> Line:
    """The body that has `function` in `place`, which is `region` or lies in it, named by the function's pattern."""
    cells = {
        "code": _beside(function.cell("code"), place),
        "function": function.cell("code"),
        "region": place.cell("code"),
        "zone": place.cell("zone"),
        "valid_from": max(function.cell("valid_from"), place.cell("valid_from")),
        "bound_by_code": "1",
        "complaint_instance": "1",
    }
    cells |= {name: function.cell(name) for name in ("level", "valid_to", *PROOF)}
    for name in ("superior", "successor"):
        code = function.cell(name)
        cells[name] = _beside(code, place if local.get(code) == DISTRICT else region) if code in local else code
    for language in ("kk", "ru", "en"):
        cells[f"name_{language}"] = _titled(function, place, region, language)
    return Line(function.file, function.number, cells)


def _beside(function: str, place: Line) -> str:
    return f"{function}.{place.cell('code').lower()}"


def _titled(function: Line, place: Line, region: Line, language: str) -> str:
    words = {"name": place.cell(f"name_{language}"), "region": region.cell(f"name_{language}")}
    words |= {word: place.cells.get(f"{word}_{language}", "") for word in ("of", "by")}
    words["region_of"] = region.cells.get(f"of_{language}", "")
    try:
        return function.cell(f"title_{language}").format_map(words)
    except (KeyError, ValueError, IndexError):
        known = ", ".join(f"{{{word}}}" for word in words)
        raise function.refuse(f"title_{language} knows only {known}") from None


def _rows(table: Table, lines: list[Line]) -> dict[tuple, tuple[Line, Row]]:
    rows: dict[tuple, tuple[Line, Row]] = {}
    for line in lines:
        if None in line.cells:
            raise line.refuse(_("there are more cells than columns"))
        row = {name: _value(table, line, name) for name in table.fields}
        _check_row(line, row)
        key = table.key_of(row)
        if key in rows:
            known = {"row": shown(key), "line": rows[key][0].number}
            raise line.refuse(_("%(row)s already stands in line %(line)s") % known)
        rows[key] = (line, row)
    return rows


def _value(table: Table, line: Line, name: str) -> Any:
    """The cell as the model keeps it; a reference stays a code."""
    text = line.cell(name)
    column = cast(models.Field, table.model._meta.get_field(name))
    if not text and column.null:
        return None
    if name in table.references:
        return text
    try:
        return column.clean(text, None)
    except ValidationError as error:
        raise line.refuse(f"{name} {text!r}: {' '.join(error.messages).rstrip('.')}") from error


def _check_row(line: Line, row: Row) -> None:
    first, last = row.get("valid_from"), row.get("valid_to")
    if first and last and last < first:
        days = {"last": last, "first": first}
        raise line.refuse(_("the last day of validity, %(last)s, lies before the first, %(first)s") % days)
    if "agency" in row and bool(row["agency"]) == bool(row["function"]):
        raise line.refuse(_("a competence names either a body or a function"))


def _check_references(table: Table, tables: dict[str, dict], standing: dict[str, set[tuple]]) -> None:
    names = {t.model: t.name for t in TABLES}
    for name, model in table.references.items():
        known = {key[0] for key in (*tables[names[model]], *standing[names[model]])}
        for line, row in tables[table.name].values():
            if row[name] is not None and row[name] not in known:
                raise line.refuse(_("%(column)s '%(code)s' is unknown") % {"column": name, "code": row[name]})


def _check_loop(table: Table, name: str, rows: dict[tuple, tuple[Line, Row]]) -> None:
    """Following `name` from any row comes to an end."""
    ending: set[tuple] = set()
    for start in rows:
        path: list[tuple] = []
        for key in _chain(start, name, rows):
            if key in ending:
                break
            if key in path:
                circle = [*path[path.index(key) :], key]
                raise rows[key][0].refuse(f"{name} runs in a circle: {' → '.join(k[0] for k in circle)}")
            path.append(key)
        ending.update(path)


def _chain(key: tuple, name: str, rows: dict[tuple, tuple[Line, Row]]) -> Iterator[tuple]:
    while key in rows:
        yield key
        key = (rows[key][1][name],)
