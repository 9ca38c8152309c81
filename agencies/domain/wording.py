"""Dates as people write them, in the language that is active."""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import groupby

from babel.dates import format_date
from django.utils import timezone
from django.utils.translation import get_language

ALPHABET = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"

# no line ends between a year and its short "г." or "ж.": that would stand alone on the next
LONG = {"kk": "y\xa0'ж'. d MMMM", "ru": "d MMMM y\xa0'г'.", "en": "d MMMM y"}
LONG_WITH_WEEKDAY = {"kk": "y\xa0'ж'. d MMMM, EEEE", "ru": "EEEE, d MMMM y\xa0'г'.", "en": "EEEE, d MMMM y"}
MONTH = {"kk": "y\xa0'ж'. MMMM", "ru": "LLLL y\xa0'г'.", "en": "LLLL y"}


def long_date(day: date) -> str:
    """`2026 ж. 21 қараша`, `21 ноября 2026 г.`, `21 November 2026`; an instant counts in the local zone."""
    return _written(day, LONG)


def long_day(day: date) -> str:
    """The long date with its weekday."""
    return _written(day, LONG_WITH_WEEKDAY)


def long_month(day: date) -> str:
    """The month of a day with its year: `2026 ж. қараша`, `ноябрь 2026 г.`, `November 2026`."""
    return _written(day, MONTH)


def long_days(days: Iterable[date]) -> str:
    """Long dates in order, those of one month together: `16 December 2026; 1, 4, 7 January 2027`."""
    language = _language()
    written = []
    for (year, month), group in groupby(sorted(days), key=lambda day: (day.year, day.month)):
        numbers = ", ".join(str(day.day) for day in group)
        written.append(format_date(date(year, month, 1), LONG[language].replace("d", f"'{numbers}'"), locale=language))
    return "; ".join(written)


def moment(at: datetime) -> str:
    """The long date of an instant and its local time to the minute."""
    return f"{long_date(at)}, {timezone.localtime(at):%H:%M}"


def alphabetical(name: str) -> list[tuple[bool, int]]:
    """The key that sorts names as the Kazakh and the Russian alphabet do; other letters come first."""
    return [(char in ALPHABET, ALPHABET.find(char) if char in ALPHABET else ord(char)) for char in name.casefold()]


def _language() -> str:
    return (get_language() or "kk").split("-")[0]


def _written(day: date, patterns: dict[str, str]) -> str:
    language = _language()
    local = timezone.localtime(day).date() if isinstance(day, datetime) else day
    return format_date(local, patterns[language], locale=language)
