"""The working calendar: the law's check values, decrees, and what it refuses."""

import re
from datetime import UTC, date, datetime, time

import pytest

from agencies.domain.calendar import calendar, extend_calendar, local_dates, seed_calendar, unconfirmed_years
from agencies.enums import Origin
from agencies.errors import OutsideCalendar
from agencies.models import Agency, CalendarDay, CalendarYear

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("registered", "fifteen_with_first_day", "fifteen", "three", "twenty"),
    [
        ("2022-06-07", "2022-06-27", "2022-06-28", "2022-06-10", "2022-07-05"),
        ("2022-02-28", "2022-03-24", "2022-03-25", "2022-03-03", "2022-04-01"),
        ("2024-04-29", "2024-05-22", "2024-05-23", "2024-05-03", "2024-05-30"),
        ("2025-12-29", "2026-01-21", "2026-01-22", "2026-01-05", "2026-01-29"),
        ("2026-03-06", "2026-04-01", "2026-04-02", "2026-03-12", "2026-04-09"),
        ("2026-05-05", "2026-05-28", "2026-05-29", "2026-05-12", "2026-06-05"),
        ("2026-12-14", "2027-01-06", "2027-01-08", "2026-12-18", "2027-01-15"),
        ("2026-02-02", "2026-02-20", "2026-02-23", "2026-02-05", "2026-03-02"),
    ],
)
def test_count_from_a_day_gives_the_known_date(registered, fifteen_with_first_day, fifteen, three, twenty):
    days, start = calendar(), date.fromisoformat(registered)

    counted = [days.after(start, n).isoformat() for n in (14, 15, 3, 20)]

    assert counted == [fifteen_with_first_day, fifteen, three, twenty]


def test_seed_again_enters_nothing_and_touches_no_row():
    day = CalendarDay.objects.get(day=date(2026, 5, 27), origin=Origin.SEEDED)
    CalendarDay.objects.filter(pk=day.pk).update(name_en="Corrected")

    assert seed_calendar() == 0
    day.refresh_from_db()
    assert day.name_en == "Corrected"


def test_seed_confirms_the_years_whose_transfers_are_known():
    years = dict(CalendarYear.objects.values_list("year", "confirmed"))

    assert list(years) == list(range(2015, 2031))
    assert [year for year, confirmed in years.items() if confirmed] == list(range(2015, 2026))


def test_seed_names_each_day_in_three_languages():
    day = CalendarDay.objects.get(day=date(2026, 12, 16))

    assert (day.name_kk, day.name_ru, day.name_en) == (
        "Тәуелсіздік күні",
        "День Независимости",
        "Independence Day",
    )
    assert not CalendarDay.objects.filter(name_ru="").exists()


def test_a_decree_beats_the_seed_at_once_in_both_directions():
    CalendarDay.objects.create(day=date(2026, 5, 27), is_working=True, act="Decree")
    CalendarDay.objects.create(day=date(2026, 5, 28), is_working=False, act="Decree")
    CalendarDay.objects.create(day=date(2026, 5, 30), is_working=True, act="Decree")

    days = calendar()

    assert [days.is_working(date(2026, 5, n)) for n in (27, 28, 29, 30, 31)] == [
        True,
        False,
        True,
        True,
        False,
    ]


def test_calendar_takes_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        calendar()


def test_extend_calendar_enters_the_years_that_are_missing_and_only_those():
    assert extend_calendar(date(2025, 12, 31)) == 0

    entered = extend_calendar(date(2033, 1, 1))

    years = dict(CalendarYear.objects.values_list("year", "confirmed"))
    assert list(years) == list(range(2015, 2039))
    assert not any(years[year] for year in range(2031, 2039))
    assert CalendarDay.objects.filter(day__year__gt=2030).count() == entered > 8 * 10
    assert not calendar().is_working(date(2038, 12, 16))


def test_extend_calendar_again_changes_nothing():
    extend_calendar(date(2027, 3, 1))
    known = list(CalendarDay.objects.values_list())

    assert extend_calendar(date(2027, 3, 2)) == 0
    assert list(CalendarDay.objects.values_list()) == known


def test_extend_calendar_leaves_hours_and_zones_as_the_administration_set_them():
    Agency.objects.filter(code="akimat.kz-79").update(zone="Asia/Oral", day_ends=time(17))

    extend_calendar(date(2033, 1, 1))

    body = Agency.objects.get(code="akimat.kz-79")
    assert (body.zone, body.day_ends) == ("Asia/Oral", time(17))


@pytest.mark.parametrize(
    ("on", "confirmed", "years"),
    [
        (date(2025, 11, 30), [], []),
        (date(2025, 12, 1), [], [2026]),
        (date(2025, 12, 31), [], [2026]),
        (date(2025, 12, 1), [2026], []),
        (date(2026, 6, 1), [], [2026]),
        (date(2026, 6, 1), [2026], []),
        (date(2026, 11, 30), [2026], []),
        (date(2026, 12, 1), [], [2026, 2027]),
        (date(2026, 12, 1), [2026], [2027]),
        (date(2026, 12, 1), [2026, 2027], []),
        (date(2026, 12, 1), [2027], [2026]),
        (date(2060, 1, 1), [], [2060]),  # not entered at all
    ],
)
def test_unconfirmed_years_are_this_one_and_from_december_the_next(on, confirmed, years, django_assert_num_queries):
    CalendarYear.objects.filter(year__in=confirmed).update(confirmed=True, act="No. 1")

    with django_assert_num_queries(1):
        assert unconfirmed_years(on) == years


def test_a_date_outside_the_calendar_is_refused_in_words_for_people():
    sentence = (
        "The working calendar covers the days from 1 January 2015 to 31 December 2030. "
        "No term can be counted on 1 January 2031, which lies outside it."
    )

    with pytest.raises(OutsideCalendar, match=re.escape(sentence)):
        calendar().is_working(date(2031, 1, 1))


def test_days_off_outside_the_calendar_are_refused_rather_than_none():
    with pytest.raises(OutsideCalendar):
        calendar().days_off(date(2030, 12, 30), date(2031, 1, 9))


def test_an_empty_calendar_is_refused():
    CalendarDay.objects.all().delete()
    CalendarYear.objects.all().delete()

    with pytest.raises(OutsideCalendar, match="load_directory"):
        calendar()


def test_local_dates_name_each_zone_once_with_its_own_date():
    zones = dict(local_dates(datetime(2023, 6, 1, 18, 30, tzinfo=UTC)))

    assert zones["Asia/Almaty"] == date(2023, 6, 2)
    assert zones["Asia/Aqtobe"] == date(2023, 6, 1)
    assert len(zones) == 7
