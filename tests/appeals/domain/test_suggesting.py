"""Topics suggested from a text: what decides, when the model keeps silent, what training makes."""

import csv
import gzip
import json

import pytest
from django.conf import settings
from django.core.management import call_command

from agencies.models import Topic
from appeals.domain import measuring
from appeals.domain.learning import Sample
from appeals.domain.reading import READ_UP_TO
from appeals.domain.suggesting import PROBABLE, SHOWN_FIRST, Model, suggest
from appeals.domain.training import EVEN, train, write

MEASURES = [settings.BASE_DIR / "bench" / "suggestion" / name for name in ("held_out.csv", "stories.csv", "unseen.csv")]
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
    return known + [Sample("roads", "ru", text, writer="her") for text in theirs]


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
    assert "Дороге" in trained.suggest("Опять Яма на Дороге возле дома").words


@pytest.mark.parametrize("text", ["", "я", "🙂🙂🙂", "12345 67", " \n\t ", "\x00", "zxqw wqxz"])
def test_a_text_that_tells_nothing_gets_no_suggestion(trained, text):
    assert not trained.suggest(text)


def test_of_a_text_of_any_length_the_beginning_is_read(trained):
    beginning = "нет воды " * (READ_UP_TO // 9 + 1)

    assert trained.suggest(beginning + "яма на дороге " * 100_000).ranked == trained.suggest(beginning).ranked


def test_the_same_samples_make_the_same_model():
    assert train(samples())["version"] == train(samples())["version"]


def test_file_of_another_version_is_refused_and_says_what_to_do(tmp_path):
    path = tmp_path / "model.json.gz"
    path.write_bytes(gzip.compress(json.dumps({"version": "1", "sharpness": 7.8}).encode()))

    with pytest.raises(ValueError, match="train_suggestion"):
        Model.read(path)


def test_what_a_single_applicant_wrote_leaves_no_word_in_the_model():
    told = train(samples(theirs=("жалуется Ыбыраймолла на дорогу",)))

    assert "ибираймол" not in told["features"]


SHIPPED = Model.read(settings.SUGGESTION_MODEL)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("у нас в подьезде лифт сламался месец назат", "housing.management"),
        ("атопление холодное батареи ели теплые", "housing.utilities"),
        ("САДИККЕ КЕЗЕК 3 ЖЫЛ, БАЛАМ ҚАШАН БАРАДЫ???", "education.school"),
        ("zhol buzylgan, auylga zhete almaimyz", "roads.local"),
        ("ıstıq su joq, batareıa sýyq", "housing.utilities"),
        ("otoplenie ne rabotaet uzhe nedelyu, batarei holodnye", "housing.utilities"),
        ("комек керек, кредит толей алмай калдым", "finance.loans"),
        ("вoда в крaнe ржaвая", "housing.utilities"),
        ("🙂🙂🙂 су жоқ 😡😡😡", "housing.utilities"),
        ("автобус №32 нет уже 40 мин!!! тел 87010000000", "transport.public"),
        ("школада интернет жоқ, провайдер трубканы көтермейді", "digital.communications"),
        ("Пенсия маған неге мало есептелген", "social.pension"),
    ],
)
def test_careless_and_mixed_writing_is_suggested_its_topic(text, topic):
    assert topic in dict(SHIPPED.suggest(text).ranked[:SHOWN_FIRST])


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("Қоқыс екі аптадан бері шығарылмайды", "КОКЫС ЕКИ АПТАДАН БЕРИ ШЫГАРЫЛМАЙДЫ"),
        ("Мусор не вывозят", "мусоррр не вывозят 🤬 +7 701 000 00 00"),
        ("Лифт істемейді", "Лифт істемейді https://example.kz/lift/dom?id=5 www.example.kz a.b@example.kz"),
        ("Ауыз су жоқ", "Auyz su zhoq"),
    ],
)
def test_letters_case_addresses_and_numbers_change_nothing(text, same):
    assert SHIPPED.suggest(same).ranked == SHIPPED.suggest(text).ranked != ()


@pytest.mark.parametrize(
    "text",
    [
        *("помогите пожалуйста", "Сәлеметсіз бе", "не", "жоқ", "идите вы все", "здравствуйте, у нас беда"),
        *("No water in our house since Monday, please help", "My landlord does not return the deposit"),
        "asdf qwerty",
    ],
)
def test_text_that_names_no_matter_or_speaks_another_language_gets_no_suggestion(text):
    assert not SHIPPED.suggest(text)


@pytest.mark.parametrize(
    "text", ["ж" * 1_000_000, "жол " * 250_000, "жол" * 350_000, "🙂" * 1_000_000, "@" * 1_000_000]
)
def test_text_of_a_megabyte_is_answered_by_its_beginning(text):
    assert SHIPPED.suggest(text) == SHIPPED.suggest(text[: READ_UP_TO + 1])


@pytest.mark.parametrize("text", ["жол", "дорога", "су", "вода", "үй", "обманули", "документы", "проезд"])
def test_word_that_may_mean_several_topics_makes_none_of_them_probable(text):
    found = SHIPPED.suggest(text)

    assert all(confidence < PROBABLE for _, confidence in found.ranked)


def test_a_sentence_makes_surer_than_its_word_alone():
    word, sentence = SHIPPED.suggest("жол"), SHIPPED.suggest("Ауыл ішіндегі көшенің жолы шұңқыр, асфальт жоқ")

    assert (sentence.ranked[0][0], word.ranked[0][0]) == ("roads.local", "roads.local")
    assert sentence.ranked[0][1] > 0.8


def test_what_is_suggested_is_at_least_as_likely_right_as_not():
    with PHRASES.open(newline="", encoding="utf-8") as file:
        texts = [row["text"] for row in csv.DictReader(file)][::20]

    told = [found.ranked for text in texts if (found := SHIPPED.suggest(text))]

    assert (
        min(sum(confidence for _, confidence in ranked[:SHOWN_FIRST]) for ranked in told) >= SHIPPED.threshold == EVEN
    )


def test_confidences_of_the_shipped_model_are_off_by_five_hundredths_at_most():
    told = json.loads(gzip.decompress(settings.SUGGESTION_MODEL.read_bytes()))

    assert told["reliability"]["first"] <= 0.05
    assert told["reliability"]["in_three"] <= 0.05


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Здравствуйте! Пишу третий раз: во дворе по улице Абая не горит ни один фонарь.", {"фонарь", "улице"}),
        ("ДӘРІГЕРГЕ ЖАЗЫЛА АЛМАЙМЫН, талон жоқ!!!", {"ДӘРІГЕРГЕ", "ЖАЗЫЛА", "талон"}),
        ("Работодатель не платит Зарплату четыре месяца", {"Работодатель", "Зарплату"}),
        ("Неліктен тендерді тек өз танысына береді?", {"тендерді", "танысына"}),
        ("zhol nashar, auylda", {"zhol", "nashar", "auylda"}),
    ],
)
def test_words_that_decided_are_whole_words_of_the_text_and_say_something(text, words):
    found = SHIPPED.suggest(text).words

    assert found
    assert set(found) <= words


@pytest.mark.django_db
def test_every_topic_of_the_directory_can_be_suggested_by_the_shipped_model():
    model = Model.read(settings.SUGGESTION_MODEL)

    assert set(model.topics) == set(Topic.objects.exclude(group=None).values_list("code", flat=True))
    assert settings.SUGGESTION_MODEL.stat().st_size < 2_000_000


@pytest.mark.parametrize(
    ("texts", "of_each"), list(zip(MEASURES, (150, 90, 100), strict=True)), ids=[path.stem for path in MEASURES]
)
def test_shipped_model_is_as_good_as_it_is_said_to_be(texts, of_each):
    judged = list(measuring.judge(Model.read(settings.SUGGESTION_MODEL), measuring.read(texts)))
    by_language = measuring.by(judged, "language")

    assert set(by_language) == {"kk", "ru"}
    for of_language in by_language.values():
        found = measuring.score(of_language)
        assert len(of_language) >= of_each
        assert found.covered >= 0.9
        assert found.top_3 >= 0.85


@pytest.mark.parametrize("texts", MEASURES, ids=lambda path: path.stem)
def test_no_text_that_suggestions_are_measured_by_was_trained_on(texts):
    learnt = set()
    for name in ("topic_phrases.csv", "topic_ambiguous.csv"):
        with PHRASES.with_name(name).open(newline="", encoding="utf-8") as file:
            learnt |= {_bare(row["text"]) for row in csv.DictReader(file)}

    assert not [known.text for known in measuring.read(texts) if _bare(known.text) in learnt]


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
