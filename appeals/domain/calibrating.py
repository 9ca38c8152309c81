"""How sure a score makes: confidences are held against texts that the machine that scored them has not seen.

People write few words or many; so beside each text stand pieces of it of one, two and three words. Texts with the same
words, or of the same applicant, are never on both sides.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from appeals.domain.learning import Sample, learn
from appeals.domain.reading import features_by_word, folded, is_plain, known_words, words_of
from appeals.domain.suggesting import SHOWN_FIRST, TELLS_MORE_UP_TO, Calibration

FOLDS = 5
PIECES = (1, 2, 3)  # words
BEGINNING = 5  # letters by which texts with the same words are known
UNHEARD = -2.0  # the score of a topic that a fold knows nothing of
BINS = 10


@dataclass(frozen=True)
class Scored:
    """Texts, a row each: the score of each topic, the right one's column, what the text weighs, how it was read."""

    scores: np.ndarray
    right: np.ndarray
    weight: np.ndarray
    words: np.ndarray  # known to the machine that scored it
    fold: np.ndarray

    def of(self, chosen: np.ndarray) -> "Scored":
        parts = (self.scores, self.right, self.weight, self.words, self.fold)
        return Scored(*(part[chosen] for part in parts))


@dataclass(frozen=True)
class Reliability:
    """How far confidences are from the shares that come true, 0 to 1: of the first topic, of the first three."""

    first: float
    in_three: float


def calibrate(samples: Sequence[Sample]) -> tuple[Calibration, Reliability]:
    """The calibration for what is learnt from `samples`.

    How reliable it is, is said of one that was fitted to the even folds and is held against the odd ones.
    """
    scored = _scored(samples)
    odd = scored.fold % 2 == 1
    return _fitted(scored), reliability(_fitted(scored.of(~odd)), scored.of(odd))


def reliability(calibration: Calibration, scored: Scored) -> Reliability:
    confidences = _confidences(calibration, scored)
    order = np.argsort(-scored.scores, axis=1, kind="stable")[:, :SHOWN_FIRST]
    told = np.take_along_axis(confidences, order, axis=1)
    hits = order == scored.right[:, None]
    return Reliability(
        _gap(told[:, 0], hits[:, 0], scored.weight), _gap(told.sum(axis=1), hits.any(axis=1), scored.weight)
    )


def pieces(text: str, random: np.random.Generator) -> Iterator[str]:
    """Some words of `text` that follow one another, at least one of them telling; only what is shorter than it."""
    words = words_of(text)
    telling = [n for n, word in enumerate(words) if not is_plain(word)]
    for length in PIECES:
        if telling and length < len(words):
            begin = int(random.choice(telling)) - int(random.integers(length))
            begin = max(0, min(begin, len(words) - length))
            yield " ".join(words[begin : begin + length])


def _scored(samples: Sequence[Sample]) -> Scored:
    """Every sample and its pieces, as a machine scores them that learnt from the other folds; a text weighs one."""
    topics = sorted({sample.topic for sample in samples})
    fold, times = np.array(_folds(samples)), Counter(sample.text for sample in samples)
    parts = []
    for number in range(FOLDS):
        learnt = learn([sample for sample, of in zip(samples, fold, strict=True) if of != number])
        random, features = np.random.default_rng(number), set(learnt.features)
        told = [
            (text, topics.index(sample.topic), 1 / (len(PIECES) if n else 1) / times[sample.text])
            for sample, of in zip(samples, fold, strict=True)
            if of == number
            for n, text in enumerate([sample.text, *pieces(sample.text, random)])
        ]
        if not told:
            continue
        texts, right, weight = zip(*told, strict=True)
        scores = np.full((len(texts), len(topics)), UNHEARD)
        scores[:, [topics.index(topic) for topic in learnt.topics]] = learnt.scores(texts)
        words = [known_words(features_by_word(text), features) for text in texts]
        parts.append((scores, np.array(right), np.array(weight), np.array(words), np.full(len(texts), number)))
    return Scored(*(np.concatenate(part) for part in zip(*parts, strict=True)))


def _folds(samples: Sequence[Sample]) -> list[int]:
    """A fold for each sample: the texts of each topic in turn, but what is alike goes where the first of it went."""
    found: dict[object, int] = {}
    seen: dict[str, int] = {}
    folds = []
    for sample in samples:
        telling = (folded(word)[:BEGINNING] for word in words_of(sample.text) if not is_plain(word))
        alike = sample.writer or frozenset(telling)
        if alike not in found:
            seen[sample.topic] = seen.get(sample.topic, -1) + 1
            found[alike] = seen[sample.topic] % FOLDS
        folds.append(found[alike])
    return folds


def _fitted(scored: Scored) -> Calibration:
    """The calibration by which the right topics surprise least."""
    rows = np.arange(len(scored.right))

    def surprise(values: np.ndarray) -> float:
        told = _confidences(Calibration(*values), scored)[rows, scored.right]
        return -np.average(np.log(told + 1e-12), weights=scored.weight)

    bounds = [(-1, 3), (0.3, 30), (0, 30)]
    begin = {"initial_simplex": [[0, 4, 2], [0.5, 4, 2], [0, 5, 2], [0, 4, 3]], "xatol": 0.01, "fatol": 1e-5}
    found = minimize(surprise, [0, 4, 2], method="Nelder-Mead", bounds=bounds, options=begin)
    return Calibration(*(round(float(value), 3) for value in found.x))


def _confidences(calibration: Calibration, scored: Scored) -> np.ndarray:
    sharpness = np.array([calibration.sharpness(words) for words in range(TELLS_MORE_UP_TO + 1)])
    by_text = sharpness[np.minimum(scored.words, TELLS_MORE_UP_TO)]
    raised = np.minimum(scored.scores, calibration.roof) * by_text[:, None]
    raised = np.exp(raised - raised.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)


def _gap(told: np.ndarray, hit: np.ndarray, weight: np.ndarray) -> float:
    """The expected calibration error: over bins of confidence, how far its mean is from the share that was right."""
    bins = np.minimum((told * BINS).astype(int), BINS - 1)
    gaps = np.bincount(bins, weights=(told - hit) * weight, minlength=BINS)
    return float(np.abs(gaps).sum() / weight.sum())
