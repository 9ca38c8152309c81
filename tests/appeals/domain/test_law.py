"""The shipped terms come in once; what an administrator made of them stays."""

from datetime import date

import pytest

from appeals.domain.law import load_terms
from appeals.enums import ClockKind
from appeals.models import Term

pytestmark = pytest.mark.django_db


def test_load_again_changes_nothing():
    assert load_terms() == (0, 0)


def test_load_after_the_law_was_edited_leaves_the_edit():
    shipped = Term.objects.get(clock=ClockKind.REPLY, kind="", valid_to=None)
    Term.objects.filter(pk=shipped.pk).update(valid_to=date(2027, 6, 30))
    Term.objects.create(
        clock=ClockKind.REPLY, length=10, unit=shipped.unit, valid_from=date(2027, 7, 1), basis="Code, a later wording"
    )

    assert load_terms() == (0, 1)
    assert Term.objects.get(pk=shipped.pk).valid_to == date(2027, 6, 30)


def test_load_a_term_that_an_edit_left_no_room_for_is_left_out():
    Term.objects.filter(clock=ClockKind.REPLY, kind="", valid_to=None).update(valid_from=date(2025, 12, 30))

    assert load_terms() == (0, 1)
