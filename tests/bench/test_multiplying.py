"""How the databases of the sweeps are made from a few appeals."""

from datetime import timedelta

import pytest
from django.db import connection

from agencies.enums import Role
from appeals.domain.assignment import assign
from appeals.models import NOTHING_DUE, Appeal, Event, Term
from bench.sweeps.multiplying import Spread, multiply, own_models
from tests.factories import MONDAY, make_appeal, make_officer

pytestmark = pytest.mark.django_db


def rows() -> dict[str, int]:
    return {model._meta.label: model._base_manager.count() for model in own_models()}


def test_multiply_copies_every_row_of_the_appeal_and_leaves_no_key_without_its_row():
    appeal = assign(make_appeal(), make_officer(), by=make_officer(role=Role.HEAD), at=MONDAY)
    before = rows()

    multiply([appeal.pk], 3, Spread(days=0, steps=1))

    connection.check_constraints()
    assert rows() == {name: 4 * number for name, number in before.items()}
    copy = Appeal.objects.order_by("-pk")[0]
    assert copy.applicant_id != appeal.applicant_id
    assert copy.content.text == appeal.content.text
    assert (copy.agency, copy.officer) == (appeal.agency, appeal.officer)
    kinds = [list(Event.objects.filter(appeal=each).values_list("seq", "kind")) for each in (appeal, copy)]
    assert kinds[0] == kinds[1]


def test_multiply_leaves_other_appeals_alone():
    appeal, other = make_appeal(), make_appeal()

    multiply([appeal.pk], 2, Spread(days=0, steps=1))

    assert Appeal.objects.filter(number__startswith=appeal.number).count() == 3
    assert Appeal.objects.filter(number__startswith=other.number).count() == 1


def test_multiply_spreads_dates_back_and_keeps_what_is_never_due():
    appeal = make_appeal()
    first = appeal.clocks.order_by("pk")[0]
    Appeal.objects.filter(pk=appeal.pk).update(next_due_on=NOTHING_DUE)

    multiply([appeal.pk], 3, Spread(days=7, steps=3))

    copies = Appeal.objects.order_by("pk")
    weeks = [(MONDAY - copy.received_at) / timedelta(weeks=1) for copy in copies]
    assert weeks == [0, 1, 2, 0]
    assert [copy.next_due_on for copy in copies] == [NOTHING_DUE] * 4
    dates = [copy.clocks.order_by("pk")[0].due_on for copy in copies]
    assert dates == [first.due_on - timedelta(weeks=number) for number in (0, 1, 2, 0)]


def test_multiply_lets_the_next_appeal_have_a_number_of_its_own():
    appeal = make_appeal()

    multiply([appeal.pk], 2, Spread(days=0, steps=1))

    assert make_appeal().pk == appeal.pk + 3


def test_the_rows_of_an_appeal_are_neither_law_nor_directory():
    assert Term not in own_models()
    assert not [model for model in own_models() if model._meta.app_label == "agencies"]
