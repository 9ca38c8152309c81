"""Applicants who do not exist: common names, numbers and addresses that can belong to nobody."""

from collections.abc import Callable
from random import Random

from appeals.domain.identifiers import check_digit
from appeals.enums import ApplicantType
from reception.domain.demonstration.shares import table

CENTENARIANS = ("1", "2")  # seventh digit of an IIN: a man, a woman born before 1900; nobody alive
LATIN = str.maketrans(
    "аәбвгғдеёзийкқлмнңоөпрстуұүфхһыіэ",
    "aabvggdeeziikqlmnnooprstuuufhhyie",
) | str.maketrans({"ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ю": "yu", "я": "ya", "ъ": "", "ь": ""})


def applicant(lot: Random, kind: ApplicantType, *, place: str, email: bool, serial: int) -> dict[str, str]:
    """The details of a person or firm at `place`; with an e-mail address of its own where wanted."""
    is_firm = kind == ApplicantType.FIRM
    name = firm_name(lot) if is_firm else person_name(lot)
    written = latin(name.split("»")[0] if is_firm else " ".join(name.split()[:2]))
    return {
        "name": name,
        "idn": _bin(lot) if is_firm else _iin(lot),
        "email": f"{written}.{serial}@mail.test" if email else "",
        "phone": f"+70000{lot.randrange(10**6):06}",  # no network has the code 000
        "address": place,
    }


def person_name(lot: Random) -> str:
    """Family name, given name, patronymic after the Kazakh pattern."""
    names = table("people")
    woman = lot.random() < 0.54
    family = lot.choice(names["families"])[woman]
    given = lot.choice(names["women" if woman else "men"])
    return f"{family} {given} {lot.choice(names['men'])}{'қызы' if woman else 'ұлы'}"


def firm_name(lot: Random) -> str:
    return f"«{lot.choice(table('people')['firms'])}-{lot.randrange(1, 100)}» ЖШС"


def latin(name: str) -> str:
    """`name` as it stands in an address."""
    letters = name.casefold().translate(LATIN)
    return ".".join("".join(char if char.isascii() and char.isalnum() else " " for char in letters).split())


def _iin(lot: Random) -> str:
    return _checked(lambda: f"{_birth(lot)}{lot.choice(CENTENARIANS)}{lot.randrange(10**4):04}")


def _bin(lot: Random) -> str:
    """Registered in 1950, when there were no firms."""
    return _checked(lambda: f"50{lot.randrange(1, 13):02}40{lot.randrange(10**5):05}")


def _birth(lot: Random) -> str:
    return f"{lot.randrange(100):02}{lot.randrange(1, 13):02}{lot.randrange(1, 29):02}"


def _checked(eleven: Callable[[], str]) -> str:
    while True:
        number = eleven()
        digit = check_digit(number)
        if digit is not None:
            return f"{number}{digit}"
