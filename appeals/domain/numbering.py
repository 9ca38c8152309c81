"""Numbers: `ЖТ-2026-00000001` for a person, `ЗТ-…` for a firm; one sequence a prefix and year.

A number is never given twice. Gaps are possible: a registration that fails keeps the number it drew.
"""

import re
from datetime import date

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from appeals.enums import ApplicantType

DECEMBER = 12
PREFIXES = {ApplicantType.PERSON: "ЖТ", ApplicantType.FIRM: "ЗТ"}
SLUGS = {"ЖТ": "zht", "ЗТ": "zt"}
SPOKEN = {"жт": "ЖТ", "зт": "ЗТ", "zht": "ЖТ", "jt": "ЖТ", "zt": "ЗТ"}
NUMBER = re.compile(r"^\s*([^\W\d_]{2,3})[\s\-–—]*(\d{4})[\s\-–—]*(\d{1,8})(?:[/\-](\d{1,3}))?\s*$")


def next_number(applicant_type: ApplicantType, year: int) -> str:
    """Draw the next number of the series; the series of a new year is opened when first asked for."""
    prefix = PREFIXES[applicant_type]
    return numbered(prefix, year, draw(series(prefix, year), 1)[0])


def numbered(prefix: str, year: int, serial: int) -> str:
    return f"{prefix}-{year}-{serial:08}"


def series(prefix: str, year: int) -> str:
    """The sequence behind a prefix and year."""
    return f"appeal_number_{SLUGS[prefix]}_{year:d}"


def draw(sequence: str, how_many: int) -> list[int]:
    """The next `how_many` serial numbers of `sequence`."""
    with connection.cursor() as cursor:
        _open(cursor, sequence)
        cursor.execute("SELECT nextval(%s) FROM generate_series(1, %s)", [sequence, how_many])
        return [serial for (serial,) in cursor.fetchall()]


@transaction.atomic
def open_next_year(on: date) -> None:
    """In December open the series of the next year: on its first morning nobody waits for that."""
    if on.month == DECEMBER:
        with connection.cursor() as cursor:
            for prefix in PREFIXES.values():
                _open(cursor, series(prefix, on.year + 1))


def slug(number: str) -> str:
    """The number as it stands in addresses: `zht-2026-00000001`, a child `zht-2026-00000001-1`."""
    prefix, _, rest = number.partition("-")
    return f"{SLUGS[prefix]}-{rest.replace('/', '-')}"


def parsed(text: str) -> str:
    """The number meant by `text`, in either script, with or without dashes; empty when it is none."""
    match = NUMBER.match(text)
    prefix = SPOKEN.get(match[1].casefold()) if match else None
    if not match or not prefix:
        return ""
    return numbered(prefix, int(match[2]), int(match[3])) + (f"/{int(match[4])}" if match[4] else "")


def _open(cursor: CursorWrapper, sequence: str) -> None:
    """See to it that `sequence` is there; of several at once one makes it."""
    cursor.execute("SELECT to_regclass(%s)", [sequence])
    if cursor.fetchone()[0] is None:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [sequence])
        cursor.execute(f"CREATE SEQUENCE IF NOT EXISTS {sequence}")
