"""Numbers in either script mean the same appeal."""

from datetime import date

import pytest
from django.db import connection

from appeals.domain.numbering import next_number, open_next_year, parsed, series, slug
from appeals.enums import ApplicantType


@pytest.mark.parametrize(
    "typed",
    ["ЖТ-2026-00000001", "жт-2026-1", " ZhT 2026 00000001 ", "zht-2026-00000001", "JT2026-1", "ЖТ—2026—00000001"],
)
def test_parse_any_way_of_typing_gives_the_number(typed):
    assert parsed(typed) == "ЖТ-2026-00000001"


@pytest.mark.parametrize("typed", ["", "2026-1", "XX-2026-1", "ЖТ-26-1", "ЖТ-2026-123456789", "ЖТ-2026-1; DROP", "😀"])
def test_parse_what_is_no_number_gives_nothing(typed):
    assert parsed(typed) == ""


@pytest.mark.parametrize(
    "number", ["ЖТ-2026-00000001", "ЗТ-2027-12345678", "ЖТ-2026-00000001/1", "ЗТ-2026-00000007/12"]
)
def test_the_slug_of_a_number_leads_back_to_it(number):
    assert slug(number).isascii()
    assert parsed(slug(number)) == number


def is_open(prefix: str, year: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [series(prefix, year)])
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_the_series_of_the_next_year_are_opened_in_december():
    open_next_year(date(2040, 11, 30))
    assert not is_open("ЖТ", 2041)

    for _ in range(2):
        open_next_year(date(2040, 12, 1))

    assert is_open("ЖТ", 2041)
    assert is_open("ЗТ", 2041)
    assert next_number(ApplicantType.FIRM, 2041) == "ЗТ-2041-00000001"
