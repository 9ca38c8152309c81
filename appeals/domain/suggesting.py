"""Which topic a text is about, by an embedded linear model: ranked, with a confidence and the words that decided.

Linear support vector machines, one a topic, over words, their beginnings and letter n-grams, trained by
`train_suggestion` and shipped as a small file; a text it is not sure of gets no suggestion. An official always decides.
"""

import gzip
import json
import re
from base64 import b85decode
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp, log, sqrt
from pathlib import Path
from typing import Self

from django.conf import settings

from appeals.models import Appeal, Suggestion

READ_UP_TO = 6_000  # characters; the matter of a longer text is told by then
RANKED = 5
DECIDING = 5
WORD = re.compile(r"[^\W\d_]+")
REPEATED = re.compile(r"(.)\1+")
# Kazakh is often typed without its own letters, and both languages with these mixed up.
FOLDED = str.maketrans("әіңғүұқөһёыщй", "аингуукохеиши", "ъь")
STEMS = (4, 5, 6, 7)  # letters: both languages carry their meaning at the beginning of a word
GRAMS = (3, 4)
PROBABLE = 0.6  # confidence from which a topic is probably the right one
SHORTEST = 2  # letters: “су” is water, “ит” a dog
# How any letter begins and ends, whatever it is about; folded beginnings of words.
COURTESIES = (
    *("прошу", "помогит", "помоч", "здравств", "уважаем", "пожалуист", "спасиб"),
    *("комектес", "сураимин", "отинем", "курмет", "салемет", "рахмет"),
)


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
class Model:
    """Weights by feature and output: one output a topic, and a last one above zero where the text is Kazakh."""

    version: str
    topics: tuple[str, ...]
    features: Mapping[str, int]
    weights: bytes  # of each feature in turn, one signed byte an output
    scales: tuple[float, ...]  # what one step of a weight is worth, by output
    biases: tuple[float, ...]
    rarity: tuple[float, ...]  # inverse document frequency, by feature
    sharpness: float  # by which scores are multiplied before they become confidences
    threshold: float  # confidence of the best topic below which nothing is suggested

    @classmethod
    def read(cls, path: Path) -> Self:
        told = json.loads(gzip.decompress(path.read_bytes()))
        return cls(
            version=told["version"],
            topics=tuple(told["topics"]),
            features={name: n for n, name in enumerate(told["features"].split(" "))},
            weights=b85decode(told["weights"]),
            scales=tuple(told["scales"]),
            biases=tuple(told["biases"]),
            rarity=tuple(told["rarity"]),
            sharpness=told["sharpness"],
            threshold=told["threshold"],
        )

    def suggest(self, text: str) -> Suggested:
        """What `text` is about; its first characters up to `READ_UP_TO` are read, so that any length is safe."""
        by_word = features_by_word(text[:READ_UP_TO])
        values = self._values(by_word)
        scores = self._scores(values)
        language = "kk" if scores.pop() > 0 else "ru"
        confidences = _softmax([score * self.sharpness for score in scores])
        order = sorted(range(len(self.topics)), key=confidences.__getitem__, reverse=True)[:RANKED]
        if not values or confidences[order[0]] < self.threshold:
            return Suggested(self.version, language, (), ())
        ranked = tuple((self.topics[n], round(confidences[n], 4)) for n in order)
        return Suggested(self.version, language, ranked, self._deciding(by_word, values, order[0]))

    def deciding(self, text: str, topic: str) -> tuple[str, ...]:
        """The words of `text` that speak most for `topic`, one of those this model knows."""
        by_word = features_by_word(text[:READ_UP_TO])
        return self._deciding(by_word, self._values(by_word), self.topics.index(topic))

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
        best = sorted((word for word, n in spoke.items() if n > 0), key=spoke.__getitem__, reverse=True)
        return tuple(best[:DECIDING])


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


def folded(word: str) -> str:
    """`word` without case, without the letters people mix up, without doubled letters."""
    return REPEATED.sub(r"\1", word.casefold().translate(FOLDED))


def features_by_word(text: str) -> dict[str, list[str]]:
    """The features of each word of `text`: itself, its beginnings, its letter n-grams; and the pair it begins."""
    words = [(word, folded(word)) for word in WORD.findall(text)]
    told = [(word, bare) for word, bare in words if len(bare) >= SHORTEST and not bare.startswith(COURTESIES)]
    found: dict[str, list[str]] = {}
    for n, (word, bare) in enumerate(told):
        features = found.setdefault(word.casefold(), [])
        features += _features_of(bare)
        if n + 1 < len(told):
            features.append(f"{bare[:5]}+{told[n + 1][1][:5]}")
    return found


@lru_cache(maxsize=20_000)
def _features_of(word: str) -> tuple[str, ...]:
    stems = (f"^{word[:n]}" for n in STEMS if len(word) > n)
    framed = f"<{word}>"
    grams = (framed[n : n + size] for size in GRAMS for n in range(len(framed) - size + 1))
    return (f"={word}", *stems, *grams)


def _softmax(scores: list[float]) -> list[float]:
    top = max(scores)
    raised = [exp(score - top) for score in scores]
    total = sum(raised)
    return [value / total for value in raised]
