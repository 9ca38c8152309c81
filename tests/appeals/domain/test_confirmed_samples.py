"""What an installation's own appeals add to the training of suggestions, and what they never leave in it."""

import gzip
import json
from hashlib import sha256

import pytest

from agencies.models import Topic
from appeals.domain.learning import FEWEST_WRITERS, Sample
from appeals.domain.reading import folded
from appeals.domain.training import confirmed_samples, train, write
from appeals.models import Appeal
from tests.appeals.domain.statistics.situations import DAY, answered, place
from tests.appeals.domain.test_suggesting import samples
from tests.factories import MONDAY, make_appeal

pytestmark = pytest.mark.django_db
NAMED = "Мен Ыбыраймоллақызы Шырынгүл, ИИН 900101350003, тел. +7 701 555 66 77, shyryn.gul@example.kz: Гололедица"


def confirmed(text: str, *, topic: str = "roads.local", language: str = "ru", by: int = 0) -> Appeal:
    """An answered appeal of the person of this number."""
    digits = f"{by:012d}"
    details = {"name": f"Person {by}", "idn": digits, "email": "", "phone": "", "address": ""}
    appeal = make_appeal(MONDAY, text=text, language=language, details=details, **place(topic, "KZ-79"))
    return answered(appeal, at=MONDAY + DAY)


def told() -> list[Sample]:
    """The confirmed samples without what tells their writers apart."""
    return sorted((Sample(one.topic, one.language, one.text) for one in confirmed_samples()), key=lambda one: one.text)


def file_after(tmp_path, *more: Sample) -> str:
    """What is written in the file of a model that learnt from the confirmed appeals too."""
    path = tmp_path / "model.json.gz"
    write(train([*samples(), *confirmed_samples(), *more]), path)
    return gzip.decompress(path.read_bytes()).decode()


def test_answered_appeals_are_samples_of_the_topic_they_were_answered_under():
    confirmed("Яма у школы")
    confirmed("Жол бұзылған", language="kk")
    confirmed("No water since Monday", topic="housing.utilities", language="en")
    moved = confirmed("Опять яма")
    Appeal.objects.filter(pk=moved.pk).update(topic=Topic.objects.get(code="roads.republican"))

    assert told() == [
        Sample("housing.utilities", "ru", "No water since Monday"),
        Sample("roads.local", "kk", "Жол бұзылған"),
        Sample("roads.republican", "ru", "Опять яма"),
        Sample("roads.local", "ru", "Яма у школы"),
    ]


def test_writers_are_told_apart_by_digests_and_not_by_their_data():
    for by, text in enumerate(("Яма", "Яма опять", "Шұңқыр"), start=1):
        confirmed(text, by=by // 2)

    writers = {sample.text: sample.writer for sample in confirmed_samples()}

    assert writers["Яма опять"] == writers["Шұңқыр"]
    assert writers["Яма"] not in ("", writers["Шұңқыр"])
    assert len(writers["Яма"]) == len(sha256().hexdigest())


def test_open_appeals_and_answers_without_a_topic_are_no_samples():
    make_appeal(MONDAY, **place("roads.local", "KZ-79"))
    Appeal.objects.filter(pk=confirmed("Яма у школы").pk).update(topic=None)

    assert list(confirmed_samples()) == []


def test_word_enters_the_model_once_five_applicants_wrote_it(tmp_path):
    for n in range(FEWEST_WRITERS):
        confirmed(f"Гололедица у дома {n}", by=n)

    assert "=гололедица" in json.loads(file_after(tmp_path))["features"].split(" ")


@pytest.mark.parametrize("appeals", [1, 2])
def test_name_that_stands_in_one_or_two_appeals_is_not_in_the_file(tmp_path, appeals):
    for n in range(FEWEST_WRITERS):
        confirmed(NAMED if n < appeals else "Гололедица", by=n)

    written = file_after(tmp_path)

    assert "=гололедица" in written
    for word in ("Ыбыраймоллақызы", "Шырынгүл", "shyryn"):
        assert folded(word)[:5] not in written


def test_name_that_one_applicant_writes_in_every_appeal_is_not_in_the_file(tmp_path):
    for n in range(FEWEST_WRITERS + 1):
        confirmed(f"{NAMED} {'опять ' * n}", by=7)

    assert folded("Шырынгүл")[:5] not in file_after(tmp_path)


def test_numbers_and_addresses_that_many_wrote_are_not_in_the_file(tmp_path):
    for n in range(FEWEST_WRITERS):
        confirmed(NAMED, by=n)

    features = json.loads(file_after(tmp_path))["features"]

    assert "=гололедица" in features
    assert not any(letter.isdigit() for letter in features)
    assert "ехампле" not in features
