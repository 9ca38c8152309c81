"""Training the model that suggests topics. Needs scikit-learn (requirements/ml.txt); what it makes needs nothing.

The shipped model learns from the directory's own words: names and descriptions of the topics, and beside them
`topic_phrases.csv` and `topic_ambiguous.csv`. An installation adds what it confirmed: appeals answered under a topic.
"""

import csv
import gzip
import hashlib
import json
from base64 import b85encode
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from agencies.models import Topic
from appeals.domain.calibrating import calibrate
from appeals.domain.learning import Sample, learn
from appeals.domain.suggesting import FORMAT
from appeals.enums import Status
from appeals.models import Appeal

MOST_APPEALS = 300  # of a topic, the newest
EVEN = 0.5  # the right topic is as likely among those shown as not; below, nothing is shown
TOLD = 3  # times
KNOWN_BY = ("idn", "phone", "email", "name")  # the digests that tell one applicant from another


def own_samples(folder: Path) -> Iterator[Sample]:
    """What the directory itself says of its topics; a text that may be about several is a sample of each.

    Each of these is told several times, against all the texts that have its words and one topic; the first once more.
    """
    for topic in Topic.objects.exclude(group=None):
        for language in ("kk", "ru"):
            yield Sample(topic.code, language, topic.named(language))
            for phrase in getattr(topic, f"description_{language}").split(","):
                yield Sample(topic.code, language, phrase)
    yield from (Sample(row["topic"], row["language"], row["text"]) for row in _rows(folder / "topic_phrases.csv"))
    for row in _rows(folder / "topic_ambiguous.csv"):
        topics = row["topics"].split()
        yield from (Sample(topic, row["language"], row["text"]) for topic in (topics[0], *topics * TOLD))


def confirmed_samples() -> Iterator[Sample]:
    """Texts of answered appeals under the topic they were answered under."""
    answered = Appeal.objects.filter(status=Status.ANSWERED).order_by("-pk")
    digests = [f"applicant__{purpose}_digest" for purpose in KNOWN_BY]
    for topic in Topic.objects.exclude(group=None):
        told = answered.filter(topic=topic).values_list("language", "content__text", "applicant", *digests)
        for language, text, applicant, *known_by in told[:MOST_APPEALS]:
            writer = next((bytes(digest).hex() for digest in known_by if digest), str(applicant))
            yield Sample(topic.code, "kk" if language == "kk" else "ru", text, writer)


def train(samples: Sequence[Sample]) -> dict[str, Any]:
    """The model as it is written to its file; the same samples make the same model."""
    learnt = learn(samples)
    calibration, reliability = calibrate(samples)
    scales = np.abs(learnt.weights).max(axis=1) / 127
    told = {
        "format": FORMAT,
        "topics": list(learnt.topics),
        "features": " ".join(learnt.features),
        "weights": b85encode(np.round(learnt.weights / scales[:, None]).T.astype(np.int8).tobytes()).decode(),
        "scales": [float(f"{scale:.6g}") for scale in scales],
        "biases": [float(f"{bias:.6g}") for bias in learnt.biases],
        "rarity": [round(float(rarity), 3) for rarity in learnt.rarity],
        "calibration": asdict(calibration),
        "reliability": {name: round(gap, 3) for name, gap in asdict(reliability).items()},
        "threshold": EVEN,
    }
    version = hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:12]
    return {"version": version, **told}


def write(told: dict[str, Any], path: Path) -> None:
    path.write_bytes(gzip.compress(json.dumps(told, ensure_ascii=False).encode(), compresslevel=9, mtime=0))


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)
