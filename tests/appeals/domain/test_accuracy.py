"""What came of suggestions: against the topics under which appeals were answered, along four ways of telling apart."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.enums import Role
from agencies.models import Agency, Topic
from appeals.domain.accuracy import Along, Tally, accuracy
from appeals.domain.forwarding import forward
from appeals.domain.reclassification import Classes, reclassify
from appeals.domain.statistics.periods import Period
from appeals.enums import Status
from appeals.models import Appeal, Suggestion
from tests.appeals.domain.statistics.situations import DAY, WEEK, answered, place, post
from tests.factories import MONDAY, make_appeal

pytestmark = pytest.mark.django_db

FEBRUARY = Period(date(2026, 2, 1), date(2026, 2, 28))
SPRING = Period(date(2026, 1, 1), date(2026, 5, 31))
HEATING, ROADS, SCHOOL = "housing.utilities", "roads.local", "education.school"
UTILITIES = "akimat.utilities.kz-79"


def sent(suggested: str, *, topic: str | None = HEATING, at: datetime = MONDAY, **said: Any) -> Appeal:
    """An appeal for whose text these topics were suggested, the best first."""
    appeal = make_appeal(at, **place(topic, "KZ-79"))
    ranked = [[code, round(0.5 - n / 10, 1)] for n, code in enumerate(suggested.split())]
    Suggestion.objects.filter(appeal=appeal).update(ranked=ranked, **said)
    return appeal


def confirmed(suggested: str, *, becomes: str | None = None, at: datetime = MONDAY, **said: Any) -> Appeal:
    """The same, answered the day after, under another topic where it `becomes` about one."""
    appeal = sent(suggested, at=at, **said)
    if becomes:
        appeal = changed(appeal, becomes, at=at + DAY)
    return answered(appeal, at=at + DAY)


def changed(appeal: Appeal, to: str, *, at: datetime) -> Appeal:
    classes = replace(Classes.of(appeal), topic=Topic.objects.get(code=to))
    return reclassify(appeal, classes, reason="It was misread.", by=post(appeal, Role.HEAD), at=at)


def from_nobody_sure(suggested: str, *, becomes: str) -> Appeal:
    """Sent without a topic: the Office passes it on, and the body that gets it names the topic."""
    appeal = sent(suggested, topic=None)
    to = Agency.objects.get(code=UTILITIES)
    appeal = forward(appeal, to, by=post(appeal, Role.REGISTRAR), at=MONDAY, reason="It is about heating.")
    return answered(changed(appeal, becomes, at=MONDAY + DAY), at=MONDAY + DAY)


def test_suggestion_is_held_against_the_topic_of_the_answer():
    confirmed(f"{HEATING} {ROADS}")
    confirmed(f"{ROADS} {SCHOOL} {HEATING}")
    confirmed(f"{ROADS} {SCHOOL} land.allocation {HEATING}")
    confirmed("")

    found = accuracy(FEBRUARY)

    assert found.total == Tally(texts=4, suggested=3, first=1, in_three=2, chosen=4, chosen_right=4)
    assert (found.total.unsure, found.total.changed) == (0, 0)


def test_topic_changed_by_an_official_speaks_for_the_suggestion_and_against_the_choice():
    confirmed(ROADS, becomes=ROADS)
    confirmed(HEATING)

    found = accuracy(FEBRUARY)

    assert found.total == Tally(texts=2, suggested=2, first=2, in_three=2, chosen=2, chosen_right=1)
    assert found.total.changed == 1
    assert found.tallies[Along.TOPIC] == {
        ROADS: Tally(texts=1, suggested=1, first=1, in_three=1, chosen=1, chosen_right=0),
        HEATING: Tally(texts=1, suggested=1, first=1, in_three=1, chosen=1, chosen_right=1),
    }


def test_appeal_sent_without_a_topic_counts_as_not_sure_and_not_as_changed():
    from_nobody_sure(HEATING, becomes=HEATING)

    found = accuracy(FEBRUARY)

    assert found.total == Tally(texts=1, suggested=1, first=1, in_three=1, chosen=0, chosen_right=0)
    assert (found.total.unsure, found.total.changed) == (1, 0)


def test_appeal_confirms_nothing_until_it_is_answered():
    sent(HEATING)
    Appeal.objects.filter(pk=sent(HEATING).pk).update(status=Status.RETURNED, closed_on=MONDAY.date())

    found = accuracy(FEBRUARY)

    assert (found.registered, found.total) == (2, Tally())
    assert not any(found.tallies.values())


def test_answer_without_a_topic_confirms_none():
    appeal = confirmed(HEATING)
    Appeal.objects.filter(pk=appeal.pk).update(topic=None)

    assert accuracy(FEBRUARY).total == Tally()


def test_figures_are_told_apart_by_month_topic_language_and_version():
    confirmed(HEATING, language="kk", model="old")
    confirmed(ROADS, language="ru", model="old")
    confirmed(HEATING, language="kk", model="new", at=MONDAY + 5 * WEEK)

    found = accuracy(SPRING)

    assert {along.value: {key: tally.texts for key, tally in found.tallies[along].items()} for along in Along} == {
        "month": {"2026-02": 2, "2026-03": 1},
        "topic": {HEATING: 3},
        "language": {"kk": 2, "ru": 1},
        "model": {"old": 2, "new": 1},
    }
    assert found.tallies[Along.LANGUAGE]["ru"].first == 0
    assert found.along(Along.MODEL)[0][0] == "old"
    assert found.topics == {HEATING: Topic.objects.get(code=HEATING).name_en}


def test_period_takes_the_days_of_registration_both_ends_included():
    confirmed(HEATING)
    day = MONDAY.date()

    assert accuracy(Period(day, day)).total.texts == 1
    assert accuracy(Period(day - 2 * WEEK, day - DAY)).registered == 0
    assert accuracy(Period(day + DAY, day + WEEK)).registered == 0


@pytest.mark.parametrize("texts", [1, 3])
def test_accuracy_takes_three_queries_however_many_texts(texts):
    for _ in range(texts):
        confirmed(f"{HEATING} {ROADS}")

    with CaptureQueriesContext(connection) as done:
        accuracy(SPRING)

    assert len(done) == 3
