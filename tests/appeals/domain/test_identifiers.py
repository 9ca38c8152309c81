"""Check digits and telephone numbers."""

import pytest

from appeals.domain.identifiers import check_digit, e164, is_bin, is_iin


@pytest.mark.parametrize("number", ["900101350003", "851231400120", "050601500336", "900101300811", "900101300823"])
def test_iin_with_its_check_digit_is_one(number: str):
    assert is_iin(number)
    assert not is_bin(number)


@pytest.mark.parametrize("number", ["201140001233", "010240000018", "991240007774"])
def test_bin_with_its_check_digit_is_one(number: str):
    assert is_bin(number)
    assert not is_iin(number)


@pytest.mark.parametrize(
    "number", ["", "90010135000", "9001013500033", "900101350004", "901301350003", "90010135000a", "９00101350003"]
)
def test_number_with_a_fault_is_no_iin(number: str):
    assert not is_iin(number)


@pytest.mark.parametrize("eleven", ["90010130080", "90010130161"])
def test_check_digit_of_an_impossible_number_is_none(eleven: str):
    assert check_digit(eleven) is None


def test_every_wrong_last_digit_is_found():
    fits = [last for last in "0123456789" if is_iin("90010135000" + last)]

    assert fits == ["3"]


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("+7 701 000 00 00", "+77010000000"),
        ("8 (701) 000-00-00", "+77010000000"),
        ("87010000000", "+77010000000"),
        ("701 000 00 00", "+77010000000"),
        ("+7 7172 74 00 00", "+77172740000"),
        ("+49 30 1234567", "+49301234567"),
        ("", ""),
        ("123", ""),
        ("+7 701 000 00", ""),
        ("call me", ""),
        ("8 701 000 00 00 ask for Asel", ""),
        ("1234567890123456", ""),
    ],
)
def test_phone_typed_in_any_way_is_kept_in_one(typed: str, number: str):
    assert e164(typed) == number
