"""Counting in working days: what holds of any calendar, and the same count by somebody else's code."""

import random
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agencies.domain.calendar import calendar
from agencies.domain.working_days import ONE_DAY, WorkingCalendar, days
from agencies.enums import Origin
from agencies.errors import OutsideCalendar
from agencies.models import CalendarDay

FIRST, LAST = date(2024, 1, 1), date(2027, 12, 31)
SURE = settings(derandomize=True, deadline=None)
DAYS = st.dates(date(2025, 1, 1), date(2026, 12, 31))
LENGTHS = st.integers(0, 60)


@st.composite
def calendars(draw: st.DrawFn) -> WorkingCalendar:
    """Any weekdays off and any days of the weekend worked, scattered thinly enough to count 60 days on."""
    changed = draw(st.sets(DAYS, max_size=150))
    return WorkingCalendar(
        FIRST,
        LAST,
        off=frozenset(day for day in changed if day.weekday() < 5),
        worked=frozenset(day for day in changed if day.weekday() >= 5),
    )


@SURE
@given(calendars(), DAYS, LENGTHS)
def test_working_days_added_and_counted_back_are_as_many(known, start, n):
    assert known.between(start, known.after(start, n)) == n
    assert known.between(known.before(start, n) - ONE_DAY, start - ONE_DAY) == n


@SURE
@given(calendars(), DAYS, LENGTHS)
def test_before_undoes_after_from_any_working_day(known, day, n):
    start = known.rolled(day)

    assert known.before(known.after(start, n), n) == start
    assert known.after(known.before(start, n), n) == start


@SURE
@given(calendars(), DAYS, st.integers(1, 60))
def test_a_count_ends_on_a_working_day_and_later_for_every_day_more(known, start, n):
    end = known.after(start, n)

    assert known.is_working(end)
    assert start < end < known.after(start, n + 1)


@SURE
@given(calendars(), DAYS)
def test_a_day_rolls_to_the_first_working_day_from_itself_on(known, day):
    rolled = known.rolled(day)

    assert known.is_working(rolled)
    assert not any(known.is_working(passed) for passed in days(day, rolled - ONE_DAY))


@SURE
@given(calendars(), DAYS, DAYS)
def test_working_days_between_two_dates_are_as_many_back_as_forth(known, one, other):
    assert known.between(one, other) == -known.between(other, one)


@SURE
@given(st.lists(DAYS, unique=True, max_size=40), st.randoms(use_true_random=False), DAYS, LENGTHS)
def test_the_order_in_which_days_off_are_given_never_matters(off, chance, start, n):
    shuffled = chance.sample(off, len(off))

    known, same = (WorkingCalendar(FIRST, LAST, off=frozenset(given)) for given in (off, shuffled))

    assert known == same
    assert known.after(start, n) == same.after(start, n)


@pytest.mark.django_db
def test_the_order_in_which_days_are_entered_never_matters():
    decree = {"origin": Origin.DECREE, "act": "No. 1"}
    rows = [
        CalendarDay(day=date(2026, 12, 16), is_working=True, **decree),
        CalendarDay(day=date(2026, 12, 17), **decree),
        *CalendarDay.objects.filter(day__year=2026),
    ]
    seen = []
    for seed in range(5):
        CalendarDay.objects.filter(day__year=2026).delete()
        random.Random(seed).shuffle(rows)  # noqa: S311
        for row in rows:
            row.pk = None
            row.save(force_insert=True)
        seen.append(calendar())

    assert all(known == seen[0] for known in seen)
    assert [seen[0].is_working(date(2026, 12, day)) for day in (15, 16, 17)] == [True, True, False]


@SURE
@given(calendars(), st.dates().filter(lambda day: not FIRST <= day <= LAST))
def test_a_date_outside_the_calendar_is_always_refused(known, day):
    for asked in (known.is_working, known.rolled):
        with pytest.raises(OutsideCalendar, match="which lies outside it"):
            asked(day)


@pytest.mark.parametrize(
    ("counted", "by"),
    [
        (lambda known: known.after(LAST, 1), "forwards"),
        (lambda known: known.before(FIRST, 1), "backwards"),
        (lambda known: known.after(date(2027, 12, 1), 40), "a long way"),
        (lambda known: known.rolled(LAST), "to the next working day"),
        (lambda known: known.between(date(2027, 12, 1), date(2028, 1, 10)), "between"),
        (lambda known: known.days_off(date(2023, 12, 31), date(2024, 1, 3)), "days off"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_count_over_the_edge_of_the_calendar_is_refused(counted, by):
    with pytest.raises(OutsideCalendar, match="covers the days from 1 January 2024 to 31 December 2027"):
        counted(WorkingCalendar(FIRST, LAST, off=frozenset([LAST])))


@pytest.mark.django_db
def test_ten_thousand_dates_and_lengths_are_counted_as_numpy_counts_them():
    known, chance = calendar(), random.Random(20260202)  # noqa: S311
    theirs = np.busdaycalendar(
        weekmask="1111111",
        holidays=[day for day in days(known.first, known.last) if not known.is_working(day)],
    )
    first, last = known.first + timedelta(days=100), known.last - timedelta(days=100)
    starts = [first + timedelta(days=chance.randrange((last - first).days)) for _ in range(10_000)]
    lengths = [chance.randint(1, 45) for _ in starts]
    ends = [start + timedelta(days=chance.randint(0, 90)) for start in starts]

    after = np.busday_offset(starts, lengths, roll="backward", busdaycal=theirs).tolist()
    before = np.busday_offset(starts, [-n for n in lengths], roll="forward", busdaycal=theirs).tolist()
    rolled = np.busday_offset(starts, 0, roll="forward", busdaycal=theirs).tolist()
    counted = np.busday_count(_next(starts), _next(ends), busdaycal=theirs).tolist()

    assert [known.after(start, n) for start, n in zip(starts, lengths, strict=True)] == after
    assert [known.before(start, n) for start, n in zip(starts, lengths, strict=True)] == before
    assert [known.rolled(start) for start in starts] == rolled
    assert [known.between(start, end) for start, end in zip(starts, ends, strict=True)] == counted


def _next(given: list[date]) -> list[date]:
    return [day + ONE_DAY for day in given]
