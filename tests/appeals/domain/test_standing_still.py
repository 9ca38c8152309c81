"""How far a last day moves while its clock stands still, over the whole calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agencies.domain.calendar import calendar
from agencies.domain.working_days import WorkingCalendar
from appeals.domain.terms import after_hold
from appeals.enums import TermUnit
from appeals.models import Term

DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def shipped(django_db_setup: None, django_db_blocker) -> WorkingCalendar:
    with django_db_blocker.unblock():
        return calendar()


days_of_the_calendar = st.dates(date(2016, 1, 1), date(2029, 6, 30))


@settings(deadline=None, max_examples=300)
@given(due=days_of_the_calendar, held_on=days_of_the_calendar, k=st.integers(0, 40))
def test_standing_still_for_k_working_days_moves_the_last_day_by_exactly_k(shipped, due, held_on, k):
    due, held_on = shipped.rolled(due), shipped.rolled(held_on)
    term = Term(unit=TermUnit.WORKING_DAYS, length=15, rolls=True)

    moved = after_hold(term, due, held_on, shipped.after(held_on, k), shipped)

    assert shipped.between(due, moved) == k


@settings(deadline=None, max_examples=200)
@given(due=days_of_the_calendar, held_on=days_of_the_calendar, n=st.integers(0, 60))
def test_standing_still_in_calendar_days_moves_the_last_day_by_as_many_to_a_working_day(shipped, due, held_on, n):
    term = Term(unit=TermUnit.CALENDAR_DAYS, length=15, rolls=True)

    moved = after_hold(term, due, held_on, held_on + n * DAY, shipped)

    assert moved == shipped.rolled(due + n * DAY)
