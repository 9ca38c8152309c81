"""Topics suggested from a text: what decides, when the model keeps silent, what training makes."""

import csv

import pytest
from django.conf import settings
from django.core.management import call_command

from agencies.models import Topic
from appeals.domain import measuring
from appeals.domain.suggesting import READ_UP_TO, Model, folded, suggest
from appeals.domain.training import Sample, train, write

HELD_OUT = settings.BASE_DIR / "bench" / "suggestion" / "held_out.csv"
PHRASES = settings.BASE_DIR / "agencies" / "data" / "kz" / "topic_phrases.csv"

WATER = ["нет воды", "отключили воду", "вода холодная", "су жоқ", "су өшіп қалды", "ыстық су жоқ", "вода ржавая"]
ROADS = [
    *("яма на дороге", "дорога разбита", "асфальт плохой", "дорога узкая"),
    *("жол бұзылған", "жолда шұңқыр", "асфальт жоқ"),
]
BUSES = ["автобус не приходит", "маршрутка грубит", "водитель автобуса курит", "автобус келмейді", "автобус толы"]


def samples(*, theirs: tuple[str, ...] = ()) -> list[Sample]:
    told = [("water", text) for text in WATER] + [("roads", text) for text in ROADS]
    told += [("buses", text) for text in BUSES]
    known = [Sample(topic, "kk" if set(text) & set("ұіқ") else "ru", text) for topic, text in told]
    return known + [Sample("roads", "ru", text, is_ours=False) for text in theirs]


@pytest.fixture(scope="module")
def trained(tmp_path_factory) -> Model:
    path = tmp_path_factory.mktemp("model") / "model.json.gz"
    write(train(samples()), path)
    return Model.read(path)


@pytest.mark.parametrize(
    ("text", "topic", "language"),
    [
        ("У нас второй день нет воды", "water", "ru"),
        ("Қашан су болады, су жоқ", "water", "kk"),
        ("Жол бұзылған, асфальт керек", "roads", "kk"),
        ("ДОРОГУ РАЗБИЛИИ", "roads", "ru"),
    ],
)
def test_a_text_is_suggested_its_topic_first(trained, text, topic, language):
    suggested = trained.suggest(text)

    assert suggested.ranked[0][0] == topic
    assert suggested.language == language
    assert sum(confidence for _, confidence in suggested.ranked) <= 1.001


def test_the_words_that_decided_are_told_as_they_were_written(trained):
    assert "дороге" in trained.suggest("Опять Яма на Дороге возле дома").words


@pytest.mark.parametrize("text", ["", "я", "🙂🙂🙂", "12345 67", " \n\t ", "\x00", "zxqw wqxz"])
def test_a_text_that_tells_nothing_gets_no_suggestion(trained, text):
    assert not trained.suggest(text)


def test_of_a_text_of_any_length_the_beginning_is_read(trained):
    beginning = "нет воды " * (READ_UP_TO // 9 + 1)

    assert trained.suggest(beginning + "яма на дороге " * 100_000).ranked == trained.suggest(beginning).ranked


def test_kazakh_letters_typed_plainly_and_doubled_letters_make_no_difference():
    assert folded("Қоғамдық") == folded("когамдык")
    assert folded("отоплениее") == folded("Отопление")


def test_the_same_samples_make_the_same_model():
    assert train(samples())["version"] == train(samples())["version"]


def test_what_a_single_applicant_wrote_leaves_no_word_in_the_model():
    told = train(samples(theirs=("жалуется Ыбыраймолла на дорогу",)))

    assert "ибираймол" not in told["features"]


@pytest.mark.django_db
def test_every_topic_of_the_directory_can_be_suggested_by_the_shipped_model():
    model = Model.read(settings.SUGGESTION_MODEL)

    assert set(model.topics) == set(Topic.objects.exclude(group=None).values_list("code", flat=True))
    assert settings.SUGGESTION_MODEL.stat().st_size < 2_000_000


def test_shipped_model_is_as_good_as_it_is_said_to_be():
    judged = list(measuring.judge(Model.read(settings.SUGGESTION_MODEL), measuring.read(HELD_OUT)))

    for of_language in measuring.by(judged, "language").values():
        found = measuring.score(of_language)
        assert len(of_language) >= 150
        assert found.covered >= 0.9
        assert found.top_3 >= 0.85


def test_no_text_that_suggestions_are_measured_by_was_trained_on():
    with PHRASES.open(newline="", encoding="utf-8") as file:
        learnt = {_bare(row["text"]) for row in csv.DictReader(file)}

    assert not [known.text for known in measuring.read(HELD_OUT) if _bare(known.text) in learnt]


def test_measuring_prints_its_tables(capsys):
    call_command("measure_suggestion")

    printed = capsys.readouterr().out
    assert "| kk |" in printed
    assert "| about | taken for | texts |" in printed


def test_a_confident_text_is_suggested_by_the_model_of_this_installation():
    assert suggest("Батарея суық, ыстық су жоқ").ranked[0][0] == "housing.utilities"


def _bare(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalpha())


def test_scores_count_silence_apart_and_places_among_what_was_said():
    known = measuring.Known("water", "ru", "plain", "…")
    judged = [
        measuring.Judged(known, is_silent=False, place=1, first="water"),
        measuring.Judged(known, is_silent=False, place=3, first="roads"),
        measuring.Judged(known, is_silent=False, place=None, first="roads"),
        measuring.Judged(known, is_silent=True, place=None, first=""),
    ]

    found = measuring.score(judged)

    assert (found.texts, found.covered) == (4, 0.75)
    assert found.top_1 == pytest.approx(1 / 3)
    assert found.top_3 == pytest.approx(2 / 3)
    assert measuring.confusions(judged) == {("water", "roads"): 2, ("water", ""): 1}
