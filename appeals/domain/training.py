"""Training the model that suggests topics. Needs scikit-learn (requirements/ml.txt); what it makes needs nothing.

The shipped model learns from the directory's own words: names and descriptions of the topics, and
`topic_phrases.csv` beside them. An installation adds its confirmed choices: appeals answered under a topic.
"""

import csv
import gzip
import hashlib
import json
from base64 import b85encode
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from sklearn.model_selection import cross_val_predict
from sklearn.preprocessing import normalize
from sklearn.svm import LinearSVC

from agencies.models import Topic
from appeals.domain.suggesting import READ_UP_TO, features_by_word
from appeals.enums import Status
from appeals.models import Appeal

FEATURES = 24_000  # kept of all that were seen: the heaviest
STRENGTH = 0.7  # inverse of the regularisation, found by cross-validation, as were the n-grams
FOLDS = 5
COVERED = 0.95  # share of unseen training texts that the threshold lets through
FEWEST_APPEALS = 5  # in which a feature of confirmed appeals must occur: no applicant's own words are kept
MOST_APPEALS = 300  # of a topic, the newest


@dataclass(frozen=True)
class Sample:
    """A text that is known to be about a topic; `is_ours` where the directory says so, else an applicant wrote it."""

    topic: str
    language: str
    text: str
    is_ours: bool = True


def own_samples(folder: Path) -> Iterator[Sample]:
    """What the directory itself says of its topics."""
    for topic in Topic.objects.exclude(group=None):
        for language in ("kk", "ru"):
            yield Sample(topic.code, language, topic.named(language))
            for phrase in getattr(topic, f"description_{language}").split(","):
                yield Sample(topic.code, language, phrase)
    with (folder / "topic_phrases.csv").open(newline="", encoding="utf-8") as file:
        yield from (Sample(row["topic"], row["language"], row["text"]) for row in csv.DictReader(file))


def confirmed_samples() -> Iterator[Sample]:
    """Texts of answered appeals under the topic they were answered under."""
    answered = Appeal.objects.filter(status=Status.ANSWERED).order_by("-pk")
    for topic in Topic.objects.exclude(group=None):
        told = answered.filter(topic=topic).values_list("language", "content__text")[:MOST_APPEALS]
        for language, text in told:
            yield Sample(topic.code, "kk" if language == "kk" else "ru", text, is_ours=False)


def train(samples: Sequence[Sample]) -> dict[str, Any]:
    """The model as it is written to its file; the same samples make the same model."""
    counts = [_counted(sample.text) for sample in samples]
    features, rarity = _vocabulary(samples, counts)
    matrix = _matrix(counts, features, rarity)
    topics = np.array([sample.topic for sample in samples])
    languages = np.array([sample.language == "kk" for sample in samples])
    by_topic, by_language = _machine().fit(matrix, topics), _machine().fit(matrix, languages)
    weights = np.vstack([by_topic.coef_, by_language.coef_])
    kept = np.sort(np.argsort(-np.abs(weights).max(axis=0), kind="stable")[:FEATURES])
    weights, names = weights[:, kept], [features[n] for n in kept]
    scales = np.abs(weights).max(axis=1) / 127
    unseen = cross_val_predict(_machine(), matrix, topics, cv=FOLDS, method="decision_function")
    sharpness, threshold = _confidence(unseen, topics, by_topic.classes_)
    told = {
        "topics": list(by_topic.classes_),
        "features": " ".join(names),
        "weights": b85encode(np.round(weights / scales[:, None]).T.astype(np.int8).tobytes()).decode(),
        "scales": [float(f"{scale:.6g}") for scale in scales],
        "biases": [float(f"{b:.6g}") for b in (*by_topic.intercept_, *by_language.intercept_)],
        "rarity": [round(float(rarity[n]), 3) for n in kept],
        "sharpness": round(sharpness, 3),
        "threshold": round(threshold, 3),
    }
    version = hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:12]
    return {"version": version, **told}


def write(told: dict[str, Any], path: Path) -> None:
    path.write_bytes(gzip.compress(json.dumps(told, ensure_ascii=False).encode(), compresslevel=9, mtime=0))


def _machine() -> LinearSVC:
    return LinearSVC(C=STRENGTH, random_state=0)


def _counted(text: str) -> Counter[str]:
    return Counter(f for features in features_by_word(text[:READ_UP_TO]).values() for f in features)


def _vocabulary(samples: Sequence[Sample], counts: Sequence[Counter[str]]) -> tuple[list[str], np.ndarray]:
    """Features seen at least twice in the directory's words, or in enough appeals; with their rarity."""
    ours, theirs = Counter[str](), Counter[str]()
    for sample, counted in zip(samples, counts, strict=True):
        (ours if sample.is_ours else theirs).update(counted.keys())
    found = sorted({f for f, n in ours.items() if n > 1} | {f for f, n in theirs.items() if n >= FEWEST_APPEALS})
    return found, np.array([log((1 + len(samples)) / (1 + ours[f] + theirs[f])) + 1 for f in found])


def _matrix(counts: Iterable[Counter[str]], features: Sequence[str], rarity: np.ndarray) -> csr_matrix:
    at = {name: n for n, name in enumerate(features)}
    values, columns, starts = [], [], [0]
    for counted in counts:
        for name, n in counted.items():
            if name in at:
                columns.append(at[name])
                values.append((1 + log(n)) * rarity[at[name]])
        starts.append(len(columns))
    return normalize(csr_matrix((values, columns, starts), shape=(len(starts) - 1, len(features))))


def _confidence(scores: np.ndarray, topics: np.ndarray, classes: np.ndarray) -> tuple[float, float]:
    """By what to multiply scores so that confidences come true, and the least confidence worth telling."""
    right = np.searchsorted(classes, topics)

    def surprise(sharpness: float) -> float:
        return -np.log(_softmax(scores * sharpness)[np.arange(len(right)), right] + 1e-12).mean()

    sharpness = float(minimize_scalar(surprise, bounds=(0.2, 20), method="bounded").x)
    return sharpness, float(np.quantile(_softmax(scores * sharpness).max(axis=1), 1 - COVERED))


def _softmax(scores: np.ndarray) -> np.ndarray:
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)
