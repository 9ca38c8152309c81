from collections import Counter
from datetime import date, timedelta
from itertools import product

import pytest

from agencies.enums import Level, Role
from appeals.domain.accountability import annul_breach, explain_breach
from appeals.domain.routing import OFFICE
from appeals.domain.statistics.folding import fold
from appeals.domain.statistics.periods import Period
from appeals.domain.statistics.reading import Question, figures, open_now
from appeals.domain.statistics.rebuilding import differences
from appeals.enums import Axis, BreachCause, Measure
from appeals.models import Breach
from tests.appeals.domain.statistics.situations import WEEK, filled, place
from tests.factories import MONDAY, make_appeal, make_officer

pytestmark = pytest.mark.django_db

EVERYTHING = (Axis.AGENCY, Axis.REGION, Axis.CHANNEL, Axis.FORM, Axis.KIND, Axis.TOPIC)
WHOLE = Period(date(2026, 1, 1), date(2026, 3, 31))
PIECES = [
    WHOLE,
    Period(date(2026, 1, 20), date(2026, 3, 16)),
    Period(date(2026, 2, 1), date(2026, 2, 28)),
    Period(date(2026, 2, 9), date(2026, 2, 16)),
]


def asked(*periods: Period):
    return figures([Question(period, tuple(Measure), EVERYTHING) for period in periods])


@pytest.fixture
def country() -> None:
    filled()


@pytest.mark.usefixtures("country")
def test_figures_are_the_same_before_during_and_after_folding():
    before = asked(*PIECES)
    fold(limit=20)
    during = asked(*PIECES)
    fold(limit=1000)

    assert before == during == asked(*PIECES)
    assert before[0].total(Measure.REGISTERED) == 14


@pytest.mark.usefixtures("country")
def test_figures_along_every_axis_add_up_to_the_total():
    fold(limit=30)

    for found, measure, axis in product(asked(*PIECES), Measure, EVERYTHING):
        assert sum(found.of(measure, axis, value) for value in found.values(axis)) == found.total(measure)


@pytest.mark.usefixtures("country")
def test_figures_of_breaches_are_the_breaches_on_record():
    (found,) = figures([Question(WHOLE, [Measure.BREACHED], [Axis.CLOCK, Axis.REGION, Axis.AGENCY])])

    on_record = Breach.objects.filter(is_official=True)
    bodies = Counter(str(agency) for agency in on_record.values_list("agency", flat=True))
    places = Counter(str(place or "") for place in on_record.values_list("appeal__region", flat=True))
    terms = Counter(on_record.values_list("kind", flat=True))
    assert {value: found.of(Measure.BREACHED, Axis.AGENCY, value) for value in found.values(Axis.AGENCY)} == bodies
    assert {value: found.of(Measure.BREACHED, Axis.REGION, value) for value in found.values(Axis.REGION)} == places
    assert {value: found.of(Measure.BREACHED, Axis.CLOCK, value) for value in found.values(Axis.CLOCK)} == terms
    assert "" in places


@pytest.mark.usefixtures("country")
def test_figures_by_cause_follow_what_the_bodies_name_and_name_anew():
    said = [BreachCause.WORKLOAD, BreachCause.ABSENCE, BreachCause.WORKLOAD]
    official = Breach.objects.filter(is_official=True)[:3]
    for breach, cause in zip(official, said, strict=True):
        head = make_officer(breach.agency, Role.HEAD)
        explain_breach(breach, cause=BreachCause.OTHER, text="At first.", by=head, at=MONDAY + 9 * WEEK)
        fold(limit=1)  # the old cause is taken back, and the new one is not added yet
        explain_breach(breach, cause=cause, text="Looked into.", by=head, at=MONDAY + 9 * WEEK)
    overseer = make_officer(OFFICE, Role.OVERSIGHT)
    annul_breach(official[2], reason="A mistake.", by=overseer, at=MONDAY + 9 * WEEK)

    (found,) = figures([Question(WHOLE, [Measure.BREACHED], [Axis.CAUSE])])

    on_record = Counter(Breach.objects.standing().filter(is_official=True).values_list("cause", flat=True))
    counted = {value: found.of(Measure.BREACHED, Axis.CAUSE, value) for value in found.values(Axis.CAUSE)}
    assert counted == on_record
    assert (counted["workload"], counted["absence"]) == (1, 1)
    assert differences() == []


@pytest.mark.usefixtures("country")
def test_breaches_of_the_office_are_counted_apart():
    (found,) = figures([Question(WHOLE, [Measure.BREACHED, Measure.BREACHED_INTERNALLY])])

    assert found.at(Measure.BREACHED, Level.PRESIDENT) == 0
    assert found.at(Measure.BREACHED_INTERNALLY, Level.PRESIDENT) == 2
    assert found.total(Measure.BREACHED) == Breach.objects.filter(is_official=True).count()


def test_figures_outside_the_period_are_left_out():
    make_appeal(MONDAY)

    days = [Period(date(2026, 2, day), date(2026, 2, day)) for day in (1, 2, 3)]
    assert [found.total(Measure.REGISTERED) for found in asked(*days)] == [0, 1, 0]


def test_figures_take_one_query_however_much_is_asked(django_assert_num_queries):
    make_appeal()

    with django_assert_num_queries(1):
        asked(*PIECES)


def test_open_now_tells_what_is_overdue_from_what_is_soon():
    late, calm = make_appeal(MONDAY), make_appeal(MONDAY + timedelta(weeks=2))
    make_appeal(MONDAY, **place("education.school", "KZ-75"))
    on = date(2026, 2, 18)

    found = {held.agency_id: held for held in open_now(on=on, soon=date(2026, 2, 23))[0]}

    utilities = found[late.agency_id]
    assert calm.agency_id == late.agency_id
    assert (utilities.level, utilities.is_official) == (Level.LOCAL, True)
    assert (utilities.held, utilities.overdue, utilities.soon) == (2, 1, 1)
    assert len(found) == 2


def test_open_now_on_the_due_day_calls_it_soon_and_not_overdue():
    appeal = make_appeal(MONDAY)

    (held,), _unexplained, _unsettled = open_now(on=appeal.next_due_on, soon=appeal.next_due_on)

    assert (held.overdue, held.soon) == (0, 1)
