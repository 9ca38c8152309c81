"""Numbers in either script mean the same appeal."""

import pytest

from appeals.domain.numbering import parsed, slug


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
