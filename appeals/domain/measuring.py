"""How good suggestions are on texts whose topic is known: coverage, first and first three places, confusions."""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from appeals.domain.suggesting import SHOWN_FIRST, Model


@dataclass(frozen=True)
class Known:
    """A text with the topic it is about, its language, and the style it is written in."""

    topic: str
    language: str
    style: str
    text: str


@dataclass(frozen=True)
class Judged:
    """What the model made of a text: its place among the suggested topics (1 is first), none where it was missed."""

    known: Known
    is_silent: bool
    place: int | None
    first: str


@dataclass(frozen=True)
class Score:
    """Shares from 0 to 1: of all texts `covered`; of those covered, right at the first place and within three."""

    texts: int
    covered: float
    top_1: float
    top_3: float


def read(path: Path) -> list[Known]:
    """The texts of a table `topic,language,style,text`."""
    with path.open(newline="", encoding="utf-8") as file:
        return [Known(**row) for row in csv.DictReader(file)]


def judge(model: Model, texts: Iterable[Known]) -> Iterator[Judged]:
    for known in texts:
        suggested = model.suggest(known.text)
        codes = [code for code, _ in suggested.ranked]
        place = codes.index(known.topic) + 1 if known.topic in codes else None
        yield Judged(known, not suggested, place, codes[0] if codes else "")


def score(judged: Sequence[Judged]) -> Score:
    """The shares for `judged`; all zero for none."""
    spoken = [one for one in judged if not one.is_silent]
    of_all, of_spoken = max(len(judged), 1), max(len(spoken), 1)
    first = sum(one.place == 1 for one in spoken)
    shown = sum(one.place is not None and one.place <= SHOWN_FIRST for one in spoken)
    return Score(len(judged), len(spoken) / of_all, first / of_spoken, shown / of_spoken)


def by(judged: Iterable[Judged], trait: str) -> dict[str, list[Judged]]:
    """`judged` by language, style or topic of the text."""
    found = defaultdict(list)
    for one in judged:
        found[getattr(one.known, trait)].append(one)
    return dict(sorted(found.items()))


def confusions(judged: Iterable[Judged]) -> Counter[tuple[str, str]]:
    """How often a text about the first topic was taken to be about the second; silence is the empty topic."""
    return Counter((one.known.topic, one.first) for one in judged if one.place != 1)
