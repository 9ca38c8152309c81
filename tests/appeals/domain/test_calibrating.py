"""Whether confidences mean what they say."""

import numpy as np
import pytest

from appeals.domain.calibrating import Reliability, Scored, calibrate, pieces, reliability
from appeals.domain.learning import Sample
from appeals.domain.suggesting import TELLS_MORE_UP_TO, Calibration

CERTAIN = Calibration(roof=3, base=30, growth=0)


def sure(*, right: int, wrong: int) -> Scored:
    """Texts that all score the first of four topics, whichever is right."""
    texts = right + wrong
    return Scored(
        scores=np.tile([1.0, -1.0, -1.0, -1.0], (texts, 1)),
        right=np.array([0] * right + [3] * wrong),
        weight=np.ones(texts),
        words=np.ones(texts, dtype=int),
        fold=np.zeros(texts, dtype=int),
    )


def test_certainty_that_comes_true_is_reliable():
    assert reliability(CERTAIN, sure(right=10, wrong=0)) == Reliability(pytest.approx(0), pytest.approx(0))


def test_certainty_that_fails_is_off_by_what_fails():
    found = reliability(CERTAIN, sure(right=6, wrong=4))

    assert found.first == pytest.approx(0.4)
    assert found.in_three == pytest.approx(0.4)


def test_a_handful_of_texts_is_enough_to_calibrate_by_and_one_word_never_tells_more_than_many():
    roads = [f"{place} жол бұзылған" for place in ("көше", "ауыл", "аула", "қала", "үй", "мектеп")]
    buses = [f"{place} автобус келмейді" for place in ("көше", "ауыл", "аула", "қала", "үй", "мектеп")]
    mixed = ["жол ақысы", "жол жүру", "жол қашық", "жол алыс", "жол бағасы"]
    samples = [Sample("roads", "kk", text) for text in (*roads, *mixed)]
    samples += [Sample("buses", "ru", text) for text in (*buses, *mixed)]
    samples += [
        Sample("water", "ru", f"вода {word}") for word in ("холодная", "грязная", "ржавая", "дорогая", "жёлтая")
    ]

    calibration, found = calibrate(samples)

    assert calibration.sharpness(1) <= calibration.sharpness(TELLS_MORE_UP_TO)
    assert 0 <= found.first <= 1


def test_sharpness_grows_with_the_words_known_and_then_no_more():
    calibration = Calibration(roof=0, base=4, growth=2)

    assert calibration.sharpness(0) == 4
    assert calibration.sharpness(1) < calibration.sharpness(5) < calibration.sharpness(TELLS_MORE_UP_TO)
    assert calibration.sharpness(1_000) == calibration.sharpness(TELLS_MORE_UP_TO)


def test_pieces_are_words_that_follow_one_another_with_a_telling_one_among_them():
    random = np.random.default_rng(0)
    text = "у нас во дворе опять яма"

    found = list(pieces(text, random))

    assert [len(piece.split()) for piece in found] == [1, 2, 3]
    assert all(piece in text for piece in found)
    assert found[0] in {"дворе", "яма"}
    assert list(pieces("яма", random)) == []
    assert list(pieces("у нас не было", random)) == []
