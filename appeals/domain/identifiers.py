"""Numbers people go by: IIN, BIN, telephone. Pure."""

from datetime import date
from itertools import cycle, islice

LENGTH = 12
FIRST_WEIGHTS = tuple(range(1, 12))
SECOND_WEIGHTS = tuple(islice(cycle(range(1, 12)), 2, 13))
CENTURIES = {
    "0": (1800, 1900, 2000),
    "1": (1800,),
    "2": (1800,),
    "3": (1900,),
    "4": (1900,),
    "5": (2000,),
    "6": (2000,),
}
KINDS_OF_FIRM = "456"  # fifth digit: resident, non-resident, joint enterprise
DIGITS_ABROAD = range(8, 16)  # E.164 allows 15 at most
DIGITS_AT_HOME = 10  # after +7


def digits(text: str) -> str:
    """Only the digits of `text`, in ASCII; spaces and dashes are how people write."""
    return "".join(str(int(char)) for char in text if char.isdecimal())


def is_iin(number: str) -> bool:
    """Twelve digits: a date of birth, a century, and the right check digit."""
    return _is_checked(number) and any(_is_date(number, century) for century in CENTURIES.get(number[6], ()))


def is_bin(number: str) -> bool:
    """Twelve digits: year and month of registration, the kind of firm, and the right check digit."""
    return _is_checked(number) and 1 <= int(number[2:4]) <= 12 and number[4] in KINDS_OF_FIRM


def check_digit(eleven: str) -> int | None:
    """The twelfth digit; none where the first eleven belong to no number."""
    for weights in (FIRST_WEIGHTS, SECOND_WEIGHTS):
        rest = sum(int(digit) * weight for digit, weight in zip(eleven, weights, strict=True)) % 11
        if rest < 10:
            return rest
    return None


def e164(text: str) -> str:
    """The telephone number as `+77010000000`, however it was typed; empty when it is none.

    Without a plus it is taken as one of Kazakhstan, where 8 is dialled for +7.
    """
    plain = digits(text)
    if set(text) - set("+-–().  \u00a0\t") - {char for char in text if char.isdecimal()}:
        return ""
    if text.strip().startswith("+"):
        fits = len(plain) == DIGITS_AT_HOME + 1 if plain.startswith("7") else len(plain) in DIGITS_ABROAD
        return f"+{plain}" if fits else ""
    if len(plain) == DIGITS_AT_HOME + 1 and plain[0] in "78":
        plain = plain[1:]
    return f"+7{plain}" if len(plain) == DIGITS_AT_HOME and plain[0] in "67" else ""


def _is_checked(number: str) -> bool:
    is_number = len(number) == LENGTH and number.isascii() and number.isdecimal()
    return is_number and check_digit(number[:11]) == int(number[11])


def _is_date(number: str, century: int) -> bool:
    try:
        date(century + int(number[:2]), int(number[2:4]), int(number[4:6]))
    except ValueError:
        return False
    return True
