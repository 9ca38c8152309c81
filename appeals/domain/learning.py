"""What is learnt from texts whose topic is known: features, their rarity, and a weight for each topic."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.preprocessing import normalize
from sklearn.svm import LinearSVC

from appeals.domain.reading import features_by_word

FEATURES = 24_000  # kept of all that were seen: the heaviest
STRENGTH = 0.7  # inverse of the regularisation, found by cross-validation, as were the n-grams
FEWEST_WRITERS = 5  # of whom each feature must be known that applicants bring: no one's name or own words are kept


@dataclass(frozen=True)
class Sample:
    """A text that is known to be about a topic; `writer` tells one applicant from another, empty for the directory."""

    topic: str
    language: str
    text: str
    writer: str = ""


@dataclass(frozen=True)
class Learnt:
    """Weights and biases have a row for each topic, and a last one for Kazakh; `rarity` one number a feature."""

    topics: tuple[str, ...]
    features: tuple[str, ...]
    rarity: np.ndarray
    weights: np.ndarray
    biases: np.ndarray

    def scores(self, texts: Iterable[str]) -> np.ndarray:
        """What each topic scores with each of the `texts`."""
        matrix = _matrix(map(_counted, texts), self.features, self.rarity)
        return matrix @ self.weights[:-1].T + self.biases[:-1]


def learn(samples: Sequence[Sample]) -> Learnt:
    """The same samples teach the same."""
    counts = [_counted(sample.text) for sample in samples]
    features, rarity = _vocabulary(samples, counts)
    matrix = _matrix(counts, features, rarity)
    by_topic = _machine().fit(matrix, [sample.topic for sample in samples])
    by_language = _machine().fit(matrix, [sample.language == "kk" for sample in samples])
    weights = np.vstack([by_topic.coef_, by_language.coef_])
    kept = np.sort(np.argsort(-np.abs(weights).max(axis=0), kind="stable")[:FEATURES])
    return Learnt(
        topics=tuple(by_topic.classes_),
        features=tuple(features[n] for n in kept),
        rarity=rarity[kept],
        weights=weights[:, kept],
        biases=np.concatenate([by_topic.intercept_, by_language.intercept_]),
    )


def _machine() -> LinearSVC:
    return LinearSVC(C=STRENGTH, random_state=0)


def _counted(text: str) -> Counter[str]:
    return Counter(f for features in features_by_word(text).values() for f in features)


def _vocabulary(samples: Sequence[Sample], counts: Sequence[Counter[str]]) -> tuple[list[str], np.ndarray]:
    """Features seen at least twice in the directory's words, or of enough applicants; with their rarity."""
    seen, ours, writers = Counter[str](), Counter[str](), defaultdict[str, set[str]](set)
    for sample, counted in zip(samples, counts, strict=True):
        seen.update(counted.keys())
        if not sample.writer:
            ours.update(counted.keys())
            continue
        for feature in counted:
            writers[feature].add(sample.writer)
    common = {feature for feature, found in writers.items() if len(found) >= FEWEST_WRITERS}
    kept = sorted(common | {feature for feature, n in ours.items() if n > 1})
    return kept, np.array([log((1 + len(samples)) / (1 + seen[feature])) + 1 for feature in kept])


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
