"""Which kind of appeal a text looks like, by telling words, which are data; without any, an application."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from appeals.domain.reading import folded, words_of
from appeals.enums import Kind

SHIPPED = Path(__file__).parents[1] / "data" / "kz" / "kinds.csv"
# of two kinds that speak as loudly, the one that protects more
IN_ORDER = (Kind.COMPLAINT, Kind.REPORT, Kind.PROPOSAL, Kind.INQUIRY, Kind.OPINION)
WHOLE = 2  # a word of so few letters in a phrase is a word of the text, not its beginning


class Cue(NamedTuple):
    """Words of a kind, as they are found in folded words with spaces between them."""

    kind: Kind
    pattern: re.Pattern[str]
    length: int  # in words


@dataclass(frozen=True)
class Likely:
    """The kind, and the words of the text that told it; no words where it is only what is usual."""

    kind: Kind
    words: tuple[str, ...]


def likely_kind(text: str) -> Likely:
    """The kind most of whose cues stand in `text`: words that follow one another and begin as the cue's do."""
    written = words_of(text)
    bare = " ".join(map(folded, written))
    heard: dict[Kind, dict[str, None]] = defaultdict(dict)
    for cue in cues():
        if match := cue.pattern.search(bare):
            place = bare.count(" ", 0, match.start())
            heard[cue.kind][" ".join(written[place : place + cue.length])] = None
    kind = max(IN_ORDER, key=lambda kind: len(heard[kind]))
    return Likely(kind, tuple(heard[kind])) if heard[kind] else Likely(Kind.APPLICATION, ())


@lru_cache(maxsize=1)
def cues() -> tuple[Cue, ...]:
    """The shipped cues; read once a process."""
    with SHIPPED.open(newline="", encoding="utf-8") as file:
        return tuple(_read(csv.DictReader(file)))


def _read(rows: Iterable[dict[str, str]]) -> Iterator[Cue]:
    for row in rows:
        words = [folded(word) for word in row["phrase"].split()]
        begun = " ".join(re.escape(word) + (r"(?!\S)" if len(word) <= WHOLE else r"\S*") for word in words)
        yield Cue(Kind(row["kind"]), re.compile(rf"(?<!\S){begun}"), len(words))
