"""Signatures of texts, and what is found by them."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from appeals.domain import likeness, minhash
from appeals.domain.parts import forward_part
from appeals.models import Signature
from tests.factories import MONDAY, make_appeal, make_officer

ROOT = Path(__file__).parents[3]
TEXT = (
    "Біздің көшеде үш аптадан бері шамдар жанбайды, кешке балалар қараңғыда жүреді. "
    "Былтыр да дәл осылай болған, сонда екі ай күттік. Шамдарды жөндеп, бағандарды тексеріп беруіңізді сұраймын."
)
OTHER = (
    "Прошу пересчитать пенсию: в трудовом стаже не учтены четыре года работы на заводе, "
    "хотя справку из архива я сдавал в прошлом месяце вместе с заявлением и копией трудовой книжки."
)
SINCE = (MONDAY - timedelta(days=90)).date()


def changed(text: str, lot: Random, share: float = 0.08) -> str:
    words = text.split()
    for place in lot.sample(range(len(words)), round(share * len(words))):
        words[place] = "".join(lot.choices("абвгдежзиклмн", k=6))
    return " ".join(words)


def test_signature_of_the_same_words_otherwise_typed_is_the_same():
    typed = TEXT.upper().replace("Қ", "К").replace(",", " !!!").replace("Ү", "У")

    assert minhash.hashes(typed + " 2026") == minhash.hashes(TEXT)


def test_signature_never_changes():
    told = minhash.hashes(TEXT)

    assert told[:4] == [-2029998165, -1896540818, -2053531811, -2115274166]
    assert minhash.bands(told)[:2] == [1774080501, 1103461009]


def test_signature_is_the_same_in_another_process():
    code = f"from appeals.domain import minhash; print(minhash.bands(minhash.hashes({TEXT!r})))"
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env={"PYTHONHASHSEED": "7"}, capture_output=True)

    assert told.stdout.decode().strip() == str(minhash.bands(minhash.hashes(TEXT)))


@pytest.mark.parametrize(
    "text", ["", "а", "Жылу жоқ", "😀😀😀 🙏", "12 34 56 78 90", "!!! ... ???", "\n\t ", "\ud800 a b c"]
)
def test_text_that_says_too_little_has_an_empty_signature_and_is_like_nothing(text: str):
    told = minhash.hashes(text)

    assert told == minhash.bands(told) == []
    assert minhash.likeness(told, told) == 0


@pytest.mark.parametrize("text", ["сөз " * 250_000, "а" * 1_000_000, " ".join(map(str, range(150_000))), TEXT * 5000])
def test_text_of_a_megabyte_is_read_at_its_beginning(text: str):
    assert minhash.hashes(text) == minhash.hashes(text[: minhash.MOST_CHARACTERS])


def test_signature_fits_the_columns():
    numbers = [*minhash.hashes(TEXT), *minhash.bands(minhash.hashes(TEXT))]

    assert len(numbers) == minhash.HASHES + minhash.BANDS
    assert all(-(2**31) <= number < 2**31 for number in numbers)


def test_likeness_follows_the_share_of_words_changed():
    lot = Random(1)  # noqa: S311
    little, much = changed(TEXT, lot), changed(TEXT, lot, share=0.6)

    assert minhash.likeness(minhash.hashes(TEXT), minhash.hashes(little)) > minhash.ALIKE
    assert minhash.likeness(minhash.hashes(TEXT), minhash.hashes(much)) < minhash.ALIKE
    assert minhash.likeness(minhash.hashes(TEXT), minhash.hashes(OTHER)) < 0.1


@pytest.mark.django_db
def test_registration_writes_the_signature_of_the_text():
    appeal = make_appeal(text=TEXT)

    signed = Signature.objects.get()
    assert signed.appeal == appeal
    assert signed.hashes == minhash.hashes(TEXT)
    assert signed.bands == minhash.bands(signed.hashes)
    assert signed.on == appeal.registered_on


@pytest.mark.django_db
def test_registration_of_a_few_words_writes_an_empty_signature():
    make_appeal(text="Жылу жоқ")

    assert Signature.objects.values_list("bands", "hashes").get() == ([], [])


@pytest.mark.django_db
def test_part_has_a_signature_of_its_questions_alone():
    whole = make_appeal(text=TEXT)
    registrar = make_officer(role="registrar")
    to = make_officer("akimat.utilities.kz-75").agency

    part = forward_part(whole, to, questions=OTHER, reason="Theirs.", by=registrar, at=MONDAY)

    assert part.signature.hashes == minhash.hashes(OTHER)


@pytest.mark.django_db
def test_alike_finds_near_texts_most_like_first_and_no_others():
    lot = Random(2)  # noqa: S311
    same, near = make_appeal(text=TEXT), make_appeal(text=changed(TEXT, lot))
    make_appeal(text=OTHER)
    make_appeal(text="Жылу жоқ")

    found = likeness.alike(minhash.hashes(TEXT), since=SINCE)

    assert [pk for pk, _share in found] == [same.pk, near.pk]
    assert found[0][1] == 1


@pytest.mark.django_db
def test_alike_leaves_out_what_is_older():
    make_appeal(text=TEXT)

    assert likeness.alike(minhash.hashes(TEXT), since=(MONDAY + timedelta(days=1)).date()) == []


@pytest.mark.django_db
def test_alike_of_an_empty_signature_asks_nothing(django_assert_num_queries):
    make_appeal(text="😀")

    with django_assert_num_queries(0):
        assert likeness.alike([], since=SINCE) == []


def test_families_gather_what_is_alike_the_largest_first():
    lot = Random(3)  # noqa: S311
    lights = [(n, minhash.hashes(changed(TEXT, lot))) for n in (1, 3, 5)]
    pensions = [(n, minhash.hashes(changed(OTHER, lot))) for n in (2, 4)]
    alone = [(6, minhash.hashes("Мектепте орын жоқ, балам екі ауысымда оқиды")), (7, []), (8, [])]

    assert likeness.families([*pensions, *lights, *alone]) == [[1, 3, 5], [2, 4]]
