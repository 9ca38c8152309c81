"""Which topic a text is about, by an embedded linear model: ranked, with a confidence and the words that decided.

Linear support vector machines, one a topic, over words, their beginnings and letter n-grams, trained by
`train_suggestion` and shipped as a small file; a text it is not sure of gets no suggestion. An official always decides.
"""

import gzip
import json
from base64 import b85decode
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp, log, log1p, sqrt
from pathlib import Path
from typing import Self

from django.conf import settings

from appeals.domain.reading import features_by_word, is_plain, known_words
from appeals.models import Appeal, Suggestion

FORMAT = 2  # of the file; another cannot be read, and the model has to be trained again
RANKED = 5
SHOWN_FIRST = 3  # topics that a person is shown
DECIDING = 5
TELLING = 0.25  # of what the first of the deciding words said: a word that said less decided nothing
PROBABLE = 0.6  # confidence from which a topic is probably the right one
TELLS_MORE_UP_TO = 16  # words known to the model; from there on confidence does not grow with them


@dataclass(frozen=True)
class Suggested:
    """Topics by falling confidence (0 to 1, together at most 1); none where the model keeps silent."""

    model: str
    language: str
    ranked: tuple[tuple[str, float], ...]
    words: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.ranked)


@dataclass(frozen=True)
class Calibration:
    """How scores become confidences: measured at training, so that of texts told x % sure x % are right.

    One word says less than its score pretends, many say more; a score above `roof` says no more than the roof.
    """

    roof: float
    base: float
    growth: float

    def sharpness(self, words: int) -> float:
        """By what scores are multiplied where the model knows so many `words` of a text."""
        return self.base + self.growth * log1p(min(words, TELLS_MORE_UP_TO))


@dataclass(frozen=True)
class Model:
    """Weights by feature and output: one output a topic, and a last one above zero where the text is Kazakh."""

    version: str
    topics: tuple[str, ...]
    features: Mapping[str, int]
    weights: bytes  # of each feature in turn, one signed byte an output
    scales: tuple[float, ...]  # what one step of a weight is worth, by output
    biases: tuple[float, ...]
    rarity: tuple[float, ...]  # inverse document frequency, by feature
    calibration: Calibration
    threshold: float  # confidence of the topics shown, together, below which nothing is suggested

    @classmethod
    def read(cls, path: Path) -> Self:
        """The model written at `path`; a `ValueError` where another version of the portal wrote it."""
        told = json.loads(gzip.decompress(path.read_bytes()))
        if told.get("format") != FORMAT:
            raise ValueError(f"{path} is a model of another version: write it anew with train_suggestion.")
        return cls(
            version=told["version"],
            topics=tuple(told["topics"]),
            features={name: n for n, name in enumerate(told["features"].split(" "))},
            weights=b85decode(told["weights"]),
            scales=tuple(told["scales"]),
            biases=tuple(told["biases"]),
            rarity=tuple(told["rarity"]),
            calibration=Calibration(**told["calibration"]),
            threshold=told["threshold"],
        )

    def suggest(self, text: str) -> Suggested:
        """What `text` is about; of a text of any length only the beginning is read."""
        by_word = features_by_word(text)
        values = self._values(by_word)
        scores = self._scores(values)
        language = "kk" if scores.pop() > 0 else "ru"
        confidences = self._confidences(scores, known_words(by_word, self.features))
        order = sorted(range(len(self.topics)), key=scores.__getitem__, reverse=True)[:RANKED]
        if not values or sum(confidences[n] for n in order[:SHOWN_FIRST]) < self.threshold:
            return Suggested(self.version, language, (), ())
        ranked = tuple((self.topics[n], round(confidences[n], 4)) for n in order)
        return Suggested(self.version, language, ranked, self._deciding(by_word, values, order[0]))

    def deciding(self, text: str, topic: str) -> tuple[str, ...]:
        """The words of `text` that speak most for `topic`, one of those this model knows."""
        by_word = features_by_word(text)
        return self._deciding(by_word, self._values(by_word), self.topics.index(topic))

    def _confidences(self, scores: Sequence[float], words: int) -> list[float]:
        sharpness = self.calibration.sharpness(words)
        return _softmax([min(score, self.calibration.roof) * sharpness for score in scores])

    def _values(self, by_word: Mapping[str, Iterable[str]]) -> dict[int, float]:
        """The text as a vector of length one: log frequency times rarity."""
        counts = Counter(f for features in by_word.values() for f in features if f in self.features)
        raw = {self.features[name]: (1 + log(n)) * self.rarity[self.features[name]] for name, n in counts.items()}
        length = sqrt(sum(value * value for value in raw.values()))
        return {feature: value / length for feature, value in raw.items()}

    def _scores(self, values: Mapping[int, float]) -> list[float]:
        width, sums = len(self.scales), [0.0] * len(self.scales)
        for feature, value in values.items():
            row = memoryview(self.weights)[feature * width : (feature + 1) * width].cast("b")
            for n, weight in enumerate(row):
                sums[n] += weight * value
        return [bias + scale * total for bias, scale, total in zip(self.biases, self.scales, sums, strict=True)]

    def _deciding(self, by_word: Mapping[str, Iterable[str]], values: Mapping[int, float], topic: int) -> tuple:
        """The words that spoke most for `topic`, as they were written."""
        width = len(self.scales)
        weights = memoryview(self.weights).cast("b")
        spoke: dict[str, float] = {}
        for word, features in by_word.items():
            known = {self.features[name] for name in features if name in self.features}
            spoke[word] = sum(values[f] * weights[f * width + topic] for f in known)
        best = sorted((word for word in spoke if not is_plain(word)), key=spoke.__getitem__, reverse=True)[:DECIDING]
        return tuple(word for word in best if spoke[word] > 0 and spoke[word] >= spoke[best[0]] * TELLING)


@lru_cache(maxsize=1)
def model() -> Model:
    """The model this installation uses; read once a process."""
    return Model.read(settings.SUGGESTION_MODEL)


def suggest(text: str) -> Suggested:
    """What `text` is about, by the model of this installation."""
    return model().suggest(text)


def deciding(text: str, topic: str) -> tuple[str, ...]:
    """The words of `text` that speak most for the suggested `topic`."""
    return model().deciding(text, topic)


def instead(ranked: Sequence[Sequence], chosen: str | None) -> str:
    """The code of the first of the `ranked` topics, where it is not the one `chosen`; empty where there is none.

    Against a choice only what is probable speaks.
    """
    code, confidence = next(iter(ranked), ("", 0.0))
    return "" if code == chosen or (chosen and confidence < PROBABLE) else code


def kept(appeal: Appeal, text: str) -> Suggestion:
    """What its text suggested when `appeal` was registered, beside what the applicant chose; not saved yet."""
    found = suggest(text)
    return Suggestion(
        appeal=appeal,
        model=found.model,
        language=found.language,
        ranked=[list(pair) for pair in found.ranked],
        words=list(found.words),
        chosen_id=appeal.topic_id,
        on=appeal.registered_on,
    )


def _softmax(scores: list[float]) -> list[float]:
    top = max(scores)
    raised = [exp(score - top) for score in scores]
    total = sum(raised)
    return [value / total for value in raised]
