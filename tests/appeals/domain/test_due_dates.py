"""The last day of a term: what holds under any rule, and the same days by somebody else's code."""

import random
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agencies.domain.calendar import calendar
from agencies.domain.working_days import WorkingCalendar, days, months_after
from appeals.domain.terms import due_on
from appeals.enums import TermUnit
from appeals.models import Term
from tests.agencies.test_working_days import DAYS, SURE, calendars

RULES = st.builds(
    Term,
    length=st.integers(0, 30),
    unit=st.sampled_from([TermUnit.WORKING_DAYS, TermUnit.CALENDAR_DAYS]),
    first_day_counts=st.booleans(),
    rolls=st.booleans(),
).filter(lambda term: term.length >= term.first_day_counts)
MONTHS = st.builds(Term, length=st.integers(1, 3), unit=st.just(TermUnit.MONTHS), rolls=st.booleans())


@SURE
@given(calendars(), RULES | MONTHS, DAYS)
def test_a_due_date_is_never_on_a_day_off_where_the_rule_rolls(known, term, starts_on):
    due = due_on(term, starts_on, known)

    assert due >= starts_on
    if term.rolls or term.unit == TermUnit.WORKING_DAYS:
        assert known.is_working(due)


@SURE
@given(calendars(), RULES, DAYS)
def test_a_longer_term_is_never_due_earlier(known, term, starts_on):
    longer = Term(length=term.length + 1, unit=term.unit, first_day_counts=term.first_day_counts, rolls=term.rolls)

    assert due_on(longer, starts_on, known) >= due_on(term, starts_on, known)


@settings(SURE, max_examples=50)
@given(calendars(), RULES, DAYS)
def test_one_day_off_more_never_makes_a_term_end_earlier(known, term, starts_on):
    due = due_on(term, starts_on, known)

    for day in days(starts_on, due):
        stricter = WorkingCalendar(known.first, known.last, off=known.off | {day}, worked=known.worked - {day})
        assert due_on(term, starts_on, stricter) >= due


@pytest.mark.django_db
def test_ten_thousand_dates_and_terms_are_due_when_numpy_says():
    known, terms, chance = calendar(), list(Term.objects.all()), random.Random(76)  # noqa: S311
    off = [day for day in days(known.first, known.last) if not known.is_working(day)]
    theirs = np.busdaycalendar(weekmask="1111111", holidays=off)
    span = (known.last - known.first).days - 200

    cases = [(chance.choice(terms), known.first + timedelta(days=chance.randrange(span))) for _ in range(10_000)]

    assert len(terms) > 5
    assert [due_on(term, start, known) for term, start in cases] == [_said(*case, theirs) for case in cases]


def _said(term: Term, starts_on: date, theirs: np.busdaycalendar) -> date:
    length = term.length - term.first_day_counts
    if term.unit == TermUnit.WORKING_DAYS:
        roll = "forward" if term.first_day_counts or not length else "backward"
        return np.busday_offset(starts_on, length, roll=roll, busdaycal=theirs).item()
    end = months_after(starts_on, length) if term.unit == TermUnit.MONTHS else starts_on + timedelta(days=length)
    return np.busday_offset(end, 0, roll="forward", busdaycal=theirs).item() if term.rolls else end
