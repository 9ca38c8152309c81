"""Words that make an appeal urgent: what the shipped lexicon finds, and what it leaves alone."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from appeals.domain.helplines import lines
from appeals.domain.law import load_terms
from appeals.domain.urgency import Phrase, dangers, phrases
from appeals.enums import Danger
from appeals.models import Helpline, UrgentPhrase

pytestmark = pytest.mark.django_db

URGENT = {
    Danger.CRIME: (
        "Сосед угрожает меня убить, ходит с ножом.",
        "В нашем дворе продают наркотики, прошу принять меры",
        "МЕНЯ УБЬЮТ!",
        "Угрожают расправой моей семье",
        "Готовится преступление, я знаю кто и где",
        "Вчера вечером пропала дочь, 9 лет",
        "Көршім мені өлтіремін деп қорқытып жатыр",
        "Ауламызда есірткі сатып отыр",
        "Кеше қызымды алып қашып кетті, көмектесіңіздер",
        "Балам жоғалып кетті",
        "Пышақпен жаралап кетті",
    ),
    Danger.LIFE: (
        "В подъезде сильно пахнет газом, диспетчер не берёт трубку",
        "У ребёнка диабет, уже третий день нет инсулина",
        "Скорая не приехала, мама умирает",
        "Обрушился балкон, под завалами люди",
        "Өмірге қауіп төніп тұр",
        "Подъезде газ иісі шығып тұр",
        "Балаға инсулин берілмей жатыр, инсулин жоқ",
        "Әкем өлім аузында жатыр",
    ),
    Danger.SELF_HARM: (
        "Я больше не хочу жить",
        "Не хочу больше жить, сил нет",
        "Если не поможете, наложу на себя руки",
        "Сын режет себя, мы не знаем, что делать",
        "Я покончу с собой",
        "Өмір сүргім келмейді",
        "Өзіме қол жұмсаймын",
        "Өлгім келеді, ешкім көмектеспейді",
        "Асылып өлемін",
    ),
    Danger.VIOLENCE: (
        "Муж меня избивает, я с детьми боюсь идти домой",
        "Отец пьёт и бьёт детей",
        "Воспитательница ударила моего ребёнка",
        "Учитель избил сына в школе",
        "В семье соседей домашнее насилие",
        "Отчим пристаёт к дочери",
        "Күйеуім мені ұрады, балаларым қорқады",
        "Тәрбиеші баланы ұрып жатыр",
        "Отбасындағы зорлықтан шаршадық",
        "Баламды соққыға жығып кетті",
    ),
}
AS_TYPED = {  # without the letters that Kazakh has beside Russian, or with one for another
    "куйеуим мени урады": Danger.VIOLENCE,
    "КУЙЕУЫМ МЕНЫ УРАДЫ": Danger.VIOLENCE,
    "озиме кол жумсаймын": Danger.SELF_HARM,
    "олгим келеди": Danger.SELF_HARM,
    "омирге кауип тонип тур": Danger.LIFE,
    "мени олтiремiн деп коркытып жатыр": Danger.CRIME,
    "мени олтиремин дейди": Danger.CRIME,
    "отец бьет детей": Danger.VIOLENCE,
    "отец бье\u0308т детей": Danger.VIOLENCE,
    "изби\u00adвает": Danger.VIOLENCE,
    "е\u0301сли не поможете, поко\u0301нчу с собо\u0438\u0306": Danger.SELF_HARM,
}
ORDINARY = (
    "Дорога убитая, ямы по колено, прошу отремонтировать.",
    "На улице Абая убитый асфальт, машины ломаются",
    "Убийственная жара в автобусах, кондиционеры не работают",
    "Есть угроза срыва отопительного сезона",
    "Умираем от скуки: в селе нет ни клуба, ни спортзала",
    "Отопления нет третий день, в квартире 12 градусов, дети мёрзнут",
    "Прошу пересчитать пенсию с учётом стажа",
    "Пенсию задержали, жить не на что",
    "Прошу построить детскую площадку во дворе",
    "Нам угрожают отключить свет за долги, хотя мы всё оплатили",
    "Мне угрожают штрафом за парковку у дома",
    "Собака напала на ребёнка, отловите бродячих собак",
    "Службы пытаются устранить аварию, но воды всё нет",
    "Не хочу жить в аварийном доме, когда будет переселение?",
    "Мы больше не можем жить в таких условиях: плесень, сырость",
    "Предлагаю усилить профилактику суицида среди подростков",
    "Прошу сведения о деде: пропал без вести в 1943 году",
    "Банк начислил проценты, прошу проверить",
    "Скорость на трассе не соблюдают, нужен светофор",
    "В больнице большая очередь к врачу",
    "Сносят сквер, вырубают деревья; деревья умирают без полива",
    "Мой аул может умереть без школы",
    "Көшеміздің жолы жаман, шұңқыр көп, жөндеп беріңіздер.",
    "Үйімізде үш күннен бері жылу жоқ. Жылуды қосып беруіңізді сұраймын.",
    "Зейнетақымды қайта есептеп беруіңізді өтінемін",
    "Кезек күтіп өлтірді шаршаудан, маман жетіспейді",
    "Мал өліп жатыр, жем-шөп бөлінсе екен",
    "Ауылда автобус жүрмейді, мектепке бару қиын",
    "Саябақтағы ағаштар су жетпей өліп жатыр",
    "Айыппұлмен қорқытады, заңды ма?",
    "Жаттықтырушы ұрпақ тәрбиелейді, залды жылытыңыздар",
    "Таң атып келе жатқанда қоқыс жинайды",
    "Балабақшаға кезек қашан жетеді?",
    "Көше суға батып қалды, арық тазаланбаған",
    "Өзіне қол жұмсаудың алдын алу шаралары туралы ұсыныс",
)


@pytest.mark.parametrize(("danger", "text"), [(danger, text) for danger in URGENT for text in URGENT[danger]])
def test_text_that_tells_of_danger_is_found_urgent(danger, text):
    found = dangers(text, phrases())

    assert found is not None
    assert found.danger == danger
    assert all(words in text for words in found.words)


@pytest.mark.parametrize(("text", "danger"), AS_TYPED.items())
def test_text_typed_on_another_keyboard_is_found_urgent(text, danger):
    found = dangers(text, phrases())

    assert found is not None
    assert found.danger == danger


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_appeal_is_not_urgent(text):
    assert dangers(text, phrases()) is None


def phrase(words: str, *, is_exception: bool = False) -> Phrase:
    return Phrase("ru", words, Danger.CRIME, is_exception)


def sentences(told: Any) -> Iterator[str]:
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict | list):
        for inner in told.values() if isinstance(told, dict) else told:
            yield from sentences(inner)


def test_letters_of_the_demonstration_are_not_urgent():
    """They are written in bulk, without the duty officers' messages."""
    folder = Path(__file__).parents[3] / "reception" / "data" / "demo"
    written = [text for path in folder.glob("*.toml") for text in sentences(tomllib.loads(path.read_text("utf-8")))]

    assert len(written) > 100
    assert [text for text in written if dangers(text, phrases())] == []


def test_the_danger_that_weighs_most_is_named_and_every_other_is_known():
    found = dangers("Муж избивает меня, угрожает убить. Не хочу жить.", phrases())

    assert found is not None
    assert found.danger == Danger.SELF_HARM
    assert found.dangers == {Danger.SELF_HARM, Danger.VIOLENCE, Danger.CRIME}
    assert found.words == ("Муж избивает", "угрожает убить", "Не хочу жить")
    assert found.is_for_police


def test_phrase_matches_the_beginnings_of_words_in_their_order_alone():
    lexicon = [phrase("большой пожар"), phrase("не ем")]

    assert dangers("Большой, пожарище", lexicon)
    assert dangers("пожар большой", lexicon) is None
    assert dangers("небольшой пожар", lexicon) is None
    assert dangers("не ем", lexicon)
    assert dangers("не емкость", lexicon) is None


def test_what_an_exception_contains_does_not_count_and_what_is_beside_it_does():
    lexicon = [phrase("убий"), phrase("убийственная жара", is_exception=True)]

    assert dangers("Убийственная жара", lexicon) is None
    found = dangers("Убийственная жара и убийство", lexicon)
    assert found is not None
    assert found.words == ("убийство",)


@pytest.mark.parametrize("text", ["", "а", "?", "😀" * 20_000, "\x00", "ш" * 1_000_000, "не хочу " * 125_000])
def test_bad_text_is_searched_all_the_same(text):
    assert dangers(text, phrases()) is None


def test_helplines_are_those_of_the_danger_and_of_every_danger():
    assert [line.number for line in lines(Danger.CRIME)] == ["112", "102"]
    assert [line.number for line in lines(Danger.SELF_HARM)] == ["112", "103", "111"]
    assert [line.number for line in lines(Danger.VIOLENCE)] == ["112", "102", "103", "111"]
    assert [line.number for line in lines(Danger.LIFE)] == ["112", "102", "103", "101"]


def test_loading_again_never_overwrites_what_an_administrator_edited():
    UrgentPhrase.objects.filter(phrase="избива").update(is_active=False)
    Helpline.objects.filter(number="101").update(name_ru="Пожарные", is_active=False)
    before = UrgentPhrase.objects.count(), Helpline.objects.count()

    load_terms()

    assert (UrgentPhrase.objects.count(), Helpline.objects.count()) == before
    assert Helpline.objects.get(number="101").name_ru == "Пожарные"
    assert dangers("избивает", phrases()) is None
    assert "101" not in [line.number for line in lines(Danger.LIFE)]


def test_lexicon_is_read_by_one_query_and_anew_after_a_change(django_assert_num_queries):
    with django_assert_num_queries(1):
        before = phrases()

    UrgentPhrase.objects.create(language="ru", phrase="цунами", danger=Danger.LIFE)

    assert len(phrases()) == len(before) + 1
    assert dangers("Идёт цунами", phrases())


def test_no_shipped_phrase_makes_an_exception_of_the_whole_of_another():
    """An exception that is a phrase itself would silence it."""
    rows = phrases()
    urgent = {(row.language, row.phrase) for row in rows if not row.is_exception}

    assert not urgent & {(row.language, row.phrase) for row in rows if row.is_exception}
