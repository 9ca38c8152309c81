"""What one look for like texts touches, what it finds of what was planted, and what a signature costs to make."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import shake_128
from itertools import pairwise
from statistics import mean, median
from time import process_time
from typing import Any

from django.db import connection

from appeals.domain import likeness, minhash
from bench.likeness.letters import FAMILIES, MEMBERS, Letter, letters
from bench.likeness.making import DAY, INDEX
from bench.measuring import timed
from bench.statements import taken_down

LOOKED_FOR = 3  # members of each family
SIGNED = 500  # letters
SINCE = DAY - likeness.MASS_FOR
SCANS = """
SELECT ours.idx_scan, of_table.seq_scan FROM pg_stat_user_indexes AS ours
JOIN pg_stat_user_tables AS of_table USING (relid) WHERE ours.indexrelname = %s
"""


@dataclass(frozen=True)
class Looks:
    """Means of one look; `recall` of the family's other members, `precision` of what was found."""

    queries: float
    buffers: float
    recall: float
    precision: float
    ms: float
    by_index: float  # searches of the index
    by_table: float  # readings of the whole table


@dataclass(frozen=True)
class Signing:
    """Medians in microseconds of the processor a letter, with the digests of its word pairs alone as the floor."""

    whole: float
    floor: float
    words: float


def looks(signatures: int) -> Looks:
    """In a database with so many random signatures, by members of every planted family."""
    planted = list(enumerate(letters(), start=signatures + 1))
    families = [planted[n * MEMBERS : (n + 1) * MEMBERS] for n in range(FAMILIES)]
    taken, times, hits, found, wanted = [], [], 0, 0, 0
    before = scans()
    for family in families:
        for pk, letter in family[:LOOKED_FOR]:
            hashes = minhash.hashes(letter.text)
            with taken_down() as statements:
                others = {each for each, _ in likeness.alike(hashes, since=SINCE)} - {pk}
            times.append(timed(lambda hashes=hashes: likeness.alike(hashes, since=SINCE)))
            taken.append(list(statements))
            hits += len(others & {each for each, _ in family})
            found, wanted = found + len(others), wanted + MEMBERS - 1
    asked = 3 * len(taken)  # to be counted, explained and timed
    by_index, by_table = ((after - earlier) / asked for after, earlier in zip(scans(), before, strict=True))
    return Looks(
        queries=mean(len(statements) for statements in taken),
        buffers=mean(statement.buffers for statements in taken for statement in statements),
        recall=hits / wanted,
        precision=hits / found if found else 0.0,
        ms=median(times) * 1000,
        by_index=by_index,
        by_table=by_table,
    )


def scans() -> tuple[int, int]:
    """How often the index of the bands was searched so far, and the whole table read."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute(SCANS, [INDEX])
        return cursor.fetchone()


def signing() -> Signing:
    """Each letter and its floor take turns."""
    chosen = [letter for _, letter in zip(range(SIGNED), _mixed(), strict=False)]
    pairs = [[" ".join(pair).encode() for pair in set(pairwise(minhash.words(letter.text)))] for letter in chosen]
    whole, floor = [], []
    for letter, of_letter in zip(chosen, pairs, strict=True):
        whole.append(processed(lambda letter=letter: minhash.bands(minhash.hashes(letter.text))))
        floor.append(processed(lambda of_letter=of_letter: _digested(of_letter)))
    return Signing(median(whole) * 1e6, median(floor) * 1e6, median(len(of_letter) + 1 for of_letter in pairs))


def processed(run: Callable[[], Any]) -> float:
    """Seconds of the processor: nothing but computing, whatever else runs."""
    started = process_time()
    run()
    return process_time() - started


def _mixed() -> Iterator[Letter]:
    """Of all lengths: the first of each family, then the strangers."""
    everything: Sequence[Letter] = list(letters())
    yield from everything[: FAMILIES * MEMBERS : MEMBERS]
    yield from everything[FAMILIES * MEMBERS :]


def _digested(pairs: Sequence[bytes]) -> None:
    for pair in pairs:
        shake_128(pair).digest(minhash.SIGNED.size)
