"""Terms of the law under its three wordings; the check values are those of the practice and of hand counts."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from agencies.domain.calendar import calendar
from appeals.domain import terms
from appeals.enums import ClockKind, Kind
from appeals.errors import NoTerm
from appeals.models import Appeal, Term

pytestmark = pytest.mark.django_db


def due(clock: ClockKind, kind: Kind, starts_on: date) -> date:
    term = terms.chosen(terms.in_force(starts_on), clock, Appeal(kind=kind))
    return terms.due_on(term, starts_on, calendar())


@pytest.mark.parametrize(
    ("starts_on", "due_on"),
    [
        (date(2022, 6, 7), date(2022, 6, 27)),  # the day of receipt was day 1
        (date(2022, 2, 28), date(2022, 3, 24)),  # over Nauryz and a worked Saturday
        (date(2024, 4, 29), date(2024, 5, 22)),
        (date(2025, 12, 26), date(2026, 1, 20)),  # the last working day of the old wording
        (date(2025, 12, 29), date(2026, 1, 22)),  # the first day of the new one
        (date(2026, 2, 2), date(2026, 2, 23)),
        (date(2026, 3, 6), date(2026, 4, 2)),
        (date(2026, 5, 5), date(2026, 5, 29)),
        (date(2026, 12, 14), date(2027, 1, 8)),
        (date(2021, 6, 1), date(2021, 6, 16)),  # the law of 2007: calendar days
        (date(2021, 6, 25), date(2021, 7, 12)),  # ends on Saturday 10 July, moves to Monday
    ],
)
def test_a_reply_to_an_application_is_due(starts_on, due_on):
    assert due(ClockKind.REPLY, Kind.APPLICATION, starts_on) == due_on


@pytest.mark.parametrize(
    ("starts_on", "due_on"),
    [
        (date(2025, 12, 29), date(2026, 1, 29)),
        (date(2026, 2, 2), date(2026, 3, 2)),
        (date(2026, 3, 6), date(2026, 4, 9)),
        (date(2026, 5, 5), date(2026, 6, 5)),
        (date(2026, 12, 14), date(2027, 1, 15)),
    ],
)
def test_a_reply_to_a_complaint_is_due(starts_on, due_on):
    assert due(ClockKind.REPLY, Kind.COMPLAINT, starts_on) == due_on


@pytest.mark.parametrize(
    ("starts_on", "due_on"),
    [
        (date(2022, 6, 7), date(2022, 6, 10)),
        (date(2022, 2, 28), date(2022, 3, 3)),
        (date(2024, 4, 29), date(2024, 5, 3)),
        (date(2025, 12, 29), date(2026, 1, 5)),
        (date(2026, 3, 6), date(2026, 3, 12)),
        (date(2026, 5, 5), date(2026, 5, 12)),
        (date(2026, 12, 14), date(2026, 12, 18)),
    ],
)
def test_forwarding_is_due_in_three_working_days_under_every_law(starts_on, due_on):
    assert due(ClockKind.FORWARDING, Kind.APPLICATION, starts_on) == due_on


def test_without_a_row_of_law_there_is_no_term():
    with pytest.raises(NoTerm, match="register of terms has no entry"):
        due(ClockKind.REPLY, Kind.APPLICATION, date(2014, 5, 5))


def test_two_terms_for_one_clock_on_one_day_are_refused_by_the_database():
    known = Term.objects.filter(clock=ClockKind.REPLY, kind="").latest("valid_from")
    known.pk, known.length = None, 30

    with pytest.raises(IntegrityError, match="term_one_at_a_time"), transaction.atomic():
        known.save()
