"""Codes become sentences in the reader's language."""

from datetime import timedelta

import pytest
from django.utils import translation

from appeals.domain.wording import basis_of, history_of, names_in, told_to_applicant
from appeals.enums import ClockKind
from appeals.models import Appeal
from tests.factories import MONDAY, make_appeal

pytestmark = pytest.mark.django_db

EVENING = timedelta(hours=10)


def told(appeal: Appeal) -> list[str]:
    events = history_of(appeal)
    return [entry.text for entry in told_to_applicant(events, names_in(event.data for event in events))]


def test_an_appeal_that_came_after_hours_says_which_day_it_counts_from():
    assert told(make_appeal(at=MONDAY + EVENING))[0] == "Counts as received: 3 February 2026."


def test_an_appeal_that_came_in_hours_says_no_more_than_that():
    assert told(make_appeal())[0] == ""


def test_the_basis_of_a_term_is_worded_in_the_readers_language():
    term = make_appeal().clocks.get(kind=ClockKind.REPLY).term

    with translation.override("ru"):
        assert basis_of(term) != term.basis
