"""Two at the same moment, on a database of their own where commits are real."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

from django.db import connection

from agencies.domain.calendar import extend_calendar
from agencies.models import CalendarDay, CalendarYear


def extended(on: date) -> int:
    try:
        return extend_calendar(on)
    finally:
        connection.close()


def test_extend_calendar_four_at_once_enters_each_year_once(own_database):
    before = CalendarDay.objects.count()

    with ThreadPoolExecutor(4) as pool:
        entered = sorted(pool.map(extended, [date(2028, 1, 1)] * 4))

    assert entered == [0, 0, 0, CalendarDay.objects.count() - before]
    assert list(CalendarYear.objects.values_list("year", flat=True)) == list(range(2015, 2034))
