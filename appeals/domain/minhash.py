"""Signatures of texts by MinHash (Broder 1997): what share of their word pairs two texts have in common.

Pure: the same text has the same signature in every process and version of Python. Case, punctuation,
digits, ё and the Kazakh letters that are often typed as Russian ones make no difference.
"""

import re
import struct
import unicodedata
from collections.abc import Iterator, Sequence
from hashlib import shake_128
from itertools import pairwise

BANDS, ROWS = 24, 3  # chosen on planted families among letters with the usual courtesies: docs/bench.md
HASHES = BANDS * ROWS
LEAST_WORDS = 4  # fewer say too little to be like anything
MOST_CHARACTERS = 20_000  # what follows is not looked at: a text that long is known by its beginning
ALIKE = 0.35  # of two texts from one pattern, each with 8 % of its words changed, it is 0.56 on average

WORD = re.compile(r"[^\W\d_]+")
FOLDED = str.maketrans("ёәғқңөұүһі", "еагкноуухи")
SIGNED = struct.Struct(f"<{HASHES}i")

Hashes = Sequence[int]


def hashes(text: str) -> list[int]:
    """The least value that each of `HASHES` functions has over the pairs of words in `text`; signed, 32 bits each.

    Empty where there are fewer than `LEAST_WORDS` words: such a text is like no other.
    """
    pairs = set(pairwise(words(text)))
    if len(pairs) < LEAST_WORDS - 1:
        return []
    values = (SIGNED.unpack(shake_128(" ".join(pair).encode()).digest(SIGNED.size)) for pair in pairs)
    return list(map(min, *values))


def bands(hashes: Hashes) -> list[int]:
    """One number for each group of `ROWS` hashes and its place; texts that share one of them may be alike."""
    return [_band(place, hashes[place : place + ROWS]) for place in range(0, len(hashes), ROWS)]


def likeness(one: Hashes, other: Hashes) -> float:
    """The estimated share of word pairs that two texts have in common, from 0 to 1; an empty text has none."""
    if not one or len(one) != len(other):
        return 0.0
    return sum(a == b for a, b in zip(one, other, strict=True)) / len(one)


def words(text: str) -> Iterator[str]:
    """The words of `text` without what typing makes of them."""
    plain = unicodedata.normalize("NFKC", text[:MOST_CHARACTERS]).casefold().translate(FOLDED)
    return (match[0] for match in WORD.finditer(plain))


def _band(place: int, group: Hashes) -> int:
    told = struct.pack(f"<{len(group) + 1}i", place, *group)
    return int.from_bytes(shake_128(told).digest(4), "little", signed=True)
