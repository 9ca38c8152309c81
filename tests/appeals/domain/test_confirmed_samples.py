"""What an installation's own appeals add to the training of suggestions."""

import pytest

from agencies.models import Topic
from appeals.domain.training import Sample, confirmed_samples, train
from appeals.models import Appeal
from tests.appeals.domain.statistics.situations import DAY, answered, place
from tests.appeals.domain.test_suggesting import samples
from tests.factories import MONDAY, make_appeal

pytestmark = pytest.mark.django_db


def confirmed(text: str, *, topic: str = "roads.local", language: str = "ru") -> Appeal:
    return answered(make_appeal(MONDAY, text=text, language=language, **place(topic, "KZ-79")), at=MONDAY + DAY)


def test_answered_appeals_are_samples_of_the_topic_they_were_answered_under():
    confirmed("Яма у школы")
    confirmed("Жол бұзылған", language="kk")
    confirmed("No water since Monday", topic="housing.utilities", language="en")
    moved = confirmed("Опять яма")
    Appeal.objects.filter(pk=moved.pk).update(topic=Topic.objects.get(code="roads.republican"))

    assert sorted(confirmed_samples(), key=lambda sample: sample.text) == [
        Sample("housing.utilities", "ru", "No water since Monday", is_ours=False),
        Sample("roads.local", "kk", "Жол бұзылған", is_ours=False),
        Sample("roads.republican", "ru", "Опять яма", is_ours=False),
        Sample("roads.local", "ru", "Яма у школы", is_ours=False),
    ]


def test_open_appeals_and_answers_without_a_topic_are_no_samples():
    make_appeal(MONDAY, **place("roads.local", "KZ-79"))
    Appeal.objects.filter(pk=confirmed("Яма у школы").pk).update(topic=None)

    assert list(confirmed_samples()) == []


def test_word_enters_the_model_from_five_answered_appeals_and_not_from_one():
    for n in range(5):
        confirmed(f"Гололедица у дома {n}")
    confirmed("Пишет Ыбыраймолла")

    features = train([*samples(), *confirmed_samples()])["features"].split(" ")

    assert "=гололедица" in features
    assert not [feature for feature in features if "ибираймол" in feature]
