"""Words that make an appeal urgent (Art. 64(7-2)): found in a text by the lexicon, which is data."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from string import ascii_lowercase, ascii_uppercase
from typing import NamedTuple

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import CharField, F, Func, Value
from django.db.models.functions import Cast, Concat

from appeals.enums import Danger
from appeals.models import UrgentPhrase

# what weighs more comes first: whoever may harm herself, then whoever is being hurt
BY_WEIGHT = (Danger.SELF_HARM, Danger.VIOLENCE, Danger.LIFE, Danger.CRIME)
FOR_POLICE = frozenset({Danger.CRIME, Danger.VIOLENCE})
MOST_WORDS = 12
LONGEST_WORDS = 120  # characters
KAZAKH, OTHERS = "kk", ""
TAB = Value("\t")
# a word of so few letters in a phrase is a whole word of the text, and ends so; Kazakh has stems of two
WHOLE = {KAZAKH: 1, OTHERS: 2}
END = "$"

WORD = re.compile(r"\w+")
# accents, and hyphens that are not seen; й and ё typed as two signs lose the second one, as they do when folded
UNSEEN = dict.fromkeys(map(ord, "\u0300\u0301\u0306\u0308\u00ad\u200b\u200c\u200d\ufeff"))
CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяәіңғүұқөһ"
CAPITALS = str.maketrans(CYRILLIC.upper() + ascii_uppercase, CYRILLIC + ascii_lowercase)
FOLDED = str.maketrans("ёйәіңғүұқөһ", "еиаингуукох")
IN_KAZAKH = str.maketrans("ыi", "ии")


class Phrase(NamedTuple):
    """A row of the lexicon."""

    language: str
    phrase: str
    danger: str
    is_exception: bool


@dataclass(frozen=True)
class Found:
    """What a text tells of: the danger that weighs most, every other one, and the words, as they were written."""

    danger: Danger
    dangers: frozenset[Danger]
    words: tuple[str, ...]

    @property
    def is_for_police(self) -> bool:
        return bool(self.dangers & FOR_POLICE)


class Hit(NamedTuple):
    """Words `first` to `last` of a text."""

    first: int
    last: int
    phrase: Phrase


@dataclass
class Node:
    """Words that may follow, by their beginnings, and the phrases that end here."""

    after: dict[str, "Node"] = field(default_factory=dict)
    ending: list[Phrase] = field(default_factory=list)
    lengths: list[int] = field(default_factory=list)

    def add(self, words: Sequence[str], phrase: Phrase) -> None:
        if not words:
            self.ending.append(phrase)
            return
        self.after.setdefault(words[0], Node()).add(words[1:], phrase)
        self.lengths = sorted({len(word) for word in self.after})

    def hits(self, words: Sequence[str], place: int, first: int) -> Iterator[Hit]:
        """Every phrase that begins at the word `first` and goes on at `place`."""
        for phrase in self.ending:
            yield Hit(first, place - 1, phrase)
        if place < len(words):
            for following in self.following(words[place]):
                yield from following.hits(words, place + 1, first)

    def following(self, word: str) -> list["Node"]:
        """The nodes whose beginning `word` has."""
        ended = word + END
        found = [self.after.get(ended[:length]) for length in self.lengths if length <= len(ended)]
        return [node for node in found if node]


def phrases() -> tuple[Phrase, ...]:
    """The lexicon in use; one query, which brings one row: it is asked for with every appeal."""
    in_a_line = Func(F("phrase"), Value(r"\s+"), Value(" "), Value("g"), function="regexp_replace")  # typed by people
    row = Concat("language", TAB, in_a_line, TAB, "danger", TAB, Cast("is_exception", CharField()))
    told = UrgentPhrase.objects.filter(is_active=True).aggregate(told=StringAgg(row, "\n", order_by="pk"))["told"]
    return _read(told or "")


def dangers(text: str, phrases: Iterable[Phrase]) -> Found | None:
    """What `text` tells of by the lexicon `phrases`; none where nothing.

    A phrase stands where words that follow one another begin with its words. Case, ё and the letters
    that Kazakh has beside Russian do not matter. Where an exception stands, what it contains does not count.
    """
    shown = text.translate(UNSEEN)
    places = [found.span() for found in WORD.finditer(shown)]
    hits = [
        hit
        for language, root in _lexicon(tuple(phrases)).items()
        for hit in _hits(root, folded(shown, language), places)
    ]
    counting = list(_without_exceptions(hits, len(places)))
    if not counting:
        return None
    told = frozenset(Danger(hit.phrase.danger) for hit in counting)
    words = dict.fromkeys(shown[places[first][0] : places[last][1]][:LONGEST_WORDS] for first, last in _spans(counting))
    return Found(next(danger for danger in BY_WEIGHT if danger in told), told, tuple(words)[:MOST_WORDS])


def folded(text: str, language: str) -> str:
    """`text`, as long as it was, with one letter for those that are typed for one another."""
    same = text.translate(CAPITALS).translate(FOLDED)
    return same.translate(IN_KAZAKH) if language == KAZAKH else same


@lru_cache(maxsize=4)
def _read(told: str) -> tuple[Phrase, ...]:
    rows = (line.split("\t") for line in told.split("\n") if line)
    return tuple(Phrase(language, phrase, danger, flag == "true") for language, phrase, danger, flag in rows)


@lru_cache(maxsize=4)
def _lexicon(phrases: tuple[Phrase, ...]) -> dict[str, Node]:
    """The phrases by their first words; Kazakh apart: there и and ы are typed for one letter."""
    roots = {KAZAKH: Node(), OTHERS: Node()}
    for phrase in phrases:
        language = KAZAKH if phrase.language == KAZAKH else OTHERS
        words = WORD.findall(folded(phrase.phrase.translate(UNSEEN), language))
        if words:
            roots[language].add([word + END if len(word) <= WHOLE[language] else word for word in words], phrase)
    return roots


def _hits(root: Node, text: str, places: Sequence[tuple[int, int]]) -> Iterator[Hit]:
    words = [text[start:end] for start, end in places]
    for first, word in enumerate(words):
        for node in root.following(word):
            yield from node.hits(words, first + 1, first)


def _without_exceptions(hits: Iterable[Hit], n: int) -> Iterator[Hit]:
    """The hits that do not lie within an exception; `n` is the number of words."""
    ends, counting = [-1] * n, []
    for hit in hits:
        if hit.phrase.is_exception:
            ends[hit.first] = max(ends[hit.first], hit.last)
        else:
            counting.append(hit)
    covered = list(accumulate(ends, max))
    return (hit for hit in counting if covered[hit.first] < hit.last)


def _spans(hits: Iterable[Hit]) -> Iterator[tuple[int, int]]:
    """Where the hits stand, in the order of the text; one within another is told by that."""
    reached = -1
    for first, negative_last in sorted({(hit.first, -hit.last) for hit in hits}):
        if -negative_last > reached:
            reached = -negative_last
            yield first, reached
