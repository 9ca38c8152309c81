"""The working calendar as the state has it: seeded once, corrected by decree, read when needed."""

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

import holidays
from django.db import transaction
from django.db.models import Case, Subquery, When
from django.utils.translation import gettext as _

from agencies.domain.working_days import SATURDAY, WorkingCalendar, days
from agencies.enums import Origin
from agencies.errors import OutsideCalendar
from agencies.models import Agency, CalendarDay, CalendarYear

DECEMBER = 12
YEARS_AHEAD = 5
TRANSFERS_KNOWN_TO = 2025  # the library has the Government's transfers of days off up to this year
RUSSIAN = {
    "New Year's Day": "Новый год",
    "Orthodox Christmas": "Православное Рождество",
    "International Women's Day": "Международный женский день",
    "Nowruz Holiday": "Наурыз мейрамы",
    "Kazakhstan's People Solidarity Holiday": "Праздник единства народа Казахстана",
    "Defender of the Fatherland Day": "День защитника Отечества",
    "Victory Day": "День Победы",
    "Capital Day": "День Столицы",
    "Constitution Day": "День Конституции Республики Казахстан",
    "Eid al-Adha": "Первый день Курбан айта",
    "First President Day": "День Первого Президента Республики Казахстан",
    "Independence Day": "День Независимости",
    "Republic Day": "День Республики",
    "Day off": "Выходной день",
}
REMARKS = {
    "observed": (" (демалыс ауыстырылды)", " (выходной перенесён)", " (day off moved)"),
    "estimated": (" (болжамды күн)", " (предполагаемый день)", " (expected day)"),
    "substituted": (" (жұмыс күнімен ауыстырылды)", " (в обмен на рабочий день)", " (for a day worked)"),
}


@transaction.atomic
def seed_calendar(*, first: int = 2015, last: int = 2030) -> int:
    """Enter the computed exceptions of the years `first` to `last`; how many days were entered.

    A year already there is left as it is: an upgrade of the library moves no legal date.
    """
    list(CalendarYear.objects.select_for_update()[:1])  # two at once enter a year once
    known = set(CalendarYear.objects.values_list("year", flat=True))
    years = [year for year in range(first, last + 1) if year not in known]
    CalendarYear.objects.bulk_create(CalendarYear(year=year, confirmed=year <= TRANSFERS_KNOWN_TO) for year in years)
    return len(CalendarDay.objects.bulk_create(day for year in years for day in _computed(year)))


def extend_calendar(on: date) -> int:
    """Enter the years still missing up to five years after `on`; how many days were entered."""
    return seed_calendar(last=on.year + YEARS_AHEAD)


def unconfirmed_years(on: date) -> list[int]:
    """The years whose transfers of days off ought to be known on the local date `on` and are not confirmed.

    This year always; the next one from 1 December on. By one query.
    """
    due = [on.year, on.year + 1] if on.month == DECEMBER else [on.year]
    confirmed = set(CalendarYear.objects.filter(year__in=due, confirmed=True).values_list("year", flat=True))
    return [year for year in due if year not in confirmed]


def calendar() -> WorkingCalendar:
    """The calendar as it stands in this moment, by one query; a decree beats the seed.

    Nothing is kept between calls, so that a change is seen at once by every process: fetch it
    once an act or a page, and pass it on.
    """
    years = CalendarYear.objects.values("year")
    seeded_first = Case(When(origin=Origin.SEEDED, then=0), default=1)
    rows = CalendarDay.objects.order_by(seeded_first).values_list(
        "day",
        "is_working",
        "origin",
        Subquery(years.order_by("year")[:1]),
        Subquery(years.order_by("-year")[:1]),
    )
    if not rows:
        raise OutsideCalendar(_("The working calendar is empty; `manage.py load_directory` fills it."))
    *_day, first, last = rows[0]
    known = {day: is_working for day, is_working, *_years in rows}
    return WorkingCalendar(
        date(first, 1, 1),
        date(last, 12, 31),
        off=frozenset(day for day, is_working in known.items() if not is_working),
        worked=frozenset(day for day, is_working in known.items() if is_working),
    )


def local_dates(now: datetime) -> list[tuple[str, date]]:
    """Each time zone in which a body works, with the local date there at the instant `now`."""
    zones = Agency.objects.order_by("zone").values_list("zone", flat=True).distinct()
    return [(zone, now.astimezone(ZoneInfo(zone)).date()) for zone in zones]


def _computed(year: int) -> Iterator[CalendarDay]:
    """Weekdays off and weekend days worked, as the library knows them."""
    kazakh = holidays.country_holidays("KZ", years=year, language="kk")
    english = holidays.country_holidays("KZ", years=year, language="en_US")
    for day in days(date(year, 1, 1), date(year, 12, 31)):
        if day.weekday() < SATURDAY and day in english:
            in_kazakh, in_russian, in_english = _names(kazakh[day], english[day])
            yield CalendarDay(day=day, origin=Origin.SEEDED, name_kk=in_kazakh, name_ru=in_russian, name_en=in_english)
        elif day.weekday() >= SATURDAY and english.is_working_day(day):
            yield CalendarDay(
                day=day,
                origin=Origin.SEEDED,
                is_working=True,
                name_kk="Жұмыс күні (демалыс күні ауыстырылды)",
                name_ru="Рабочий день (выходной перенесён)",
                name_en="Working day (day off moved)",
            )


def _names(kazakh: str, english: str) -> tuple[str, str, str]:
    """The names of a day off; the library has no Russian, and its Kazakh remarks read badly."""
    name, _, remark = english.partition(" (")
    kk, ru, en = next((words for key, words in REMARKS.items() if remark.startswith(key)), ("", "", ""))
    return kazakh.partition(" (")[0] + kk, RUSSIAN.get(name, name) + ru, name + en
