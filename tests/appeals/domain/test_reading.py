"""How words are read out of what people type: alphabets, look-alikes, addresses, what is bounded."""

import pytest

from appeals.domain.reading import LONGEST, READ_UP_TO, features_by_word, folded, is_plain, words_of


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("когамдык", "Қоғамдық"),
        ("отоплениее", "Отопление"),
        ("ЖАРЫҚ", "жарық"),
        ("обьект", "объект"),
        ("об’ект", "объект"),
        ("ещё", "еще"),
        ("qoğamdyq", "қоғамдық"),
        ("qogamdyq", "қоғамдық"),
        ("zhol", "жол"),
        ("jol", "жол"),
        ("şaǵym", "шағым"),
        ("shagym", "шағым"),
        ("otoplenie", "отопление"),
        ("вoдa", "вода"),  # two Latin letters
        ("мeктeп", "мектеп"),
        ("cүт", "сүт"),
    ],
)
def test_ways_of_typing_a_word_are_folded_into_one(typed, meant):
    assert folded(typed) == folded(meant)


def test_different_words_stay_different():
    assert len({folded(word) for word in ("жол", "жал", "су", "сөз", "вода", "водка", "шот", "сот")}) == 8


def test_words_are_read_as_they_were_written_and_nothing_else_is():
    text = "Су жоқ!!! 87011234567, ИИН 900101300123 🙂 см. https://kz.example/su?x=1 немесе aigul@example.kz #Жарық_жоқ"

    assert words_of(text) == ["Су", "жоқ", "ИИН", "см", "немесе", "Жарық", "жоқ"]


def test_letters_in_two_parts_and_marks_nobody_sees_make_no_difference():
    assert words_of("Каи\u0306ырлы") == ["Кайырлы"]
    assert words_of("Қай\u00adыр\u200bлы") == ["Қайырлы"]


def test_word_that_is_cut_where_reading_ends_is_not_read():
    text = "жол " * (READ_UP_TO // 4 - 1) + "көпірлер"

    assert set(words_of(text)) == {"жол"}
    assert words_of("ж" * 1_000_000) == []


def test_words_that_differ_in_case_alone_are_one_and_stand_as_they_were_written_first():
    assert list(features_by_word("Жол, жол, ЖОЛ, zhol")) == ["Жол"]


def test_what_is_learnt_of_a_text_is_bounded_by_what_is_read_of_it():
    many = " ".join(f"{a}{b}{c}" for a in "абвгдежзик" for b in "лмнопрсту" for c in "абвгдежзик") * 400
    long = " ".join("абвг" * 200 for _ in range(5))

    assert len(many) > 1_000_000
    assert sum(map(len, features_by_word(many).values())) < 10 * READ_UP_TO
    assert features_by_word(long) == {}
    assert len("абвг" * 200) > LONGEST


@pytest.mark.parametrize("word", ["не", "Біздің", "пожалуйста", "nashi", "уже", "ҮШІН"])
def test_word_that_says_nothing_of_the_matter_is_plain(word):
    assert is_plain(word)


@pytest.mark.parametrize("word", ["жол", "вода", "су", "свет", "ит", "суд"])
def test_word_that_says_something_is_not_plain(word):
    assert not is_plain(word)
