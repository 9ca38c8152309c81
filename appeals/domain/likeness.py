"""Which appeals are alike in their text: found by the bands of their signatures, judged by all of their hashes."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import connection

from appeals.domain import minhash
from appeals.models import Appeal, Signature

MASS_FOR = timedelta(days=90)  # within which like appeals of many people are looked for
REPEAT_FOR = timedelta(days=365)  # within which a person's earlier appeal on the same topic and place is looked for
MOST_CANDIDATES = 1000
SHARING_A_BAND = "SELECT appeal_id, hashes FROM appeals_alike(%s, %s, %s)"


def signature(appeal: Appeal, text: str) -> Signature:
    """Of the `text` of `appeal`, not saved; with nothing in it where the text says too little."""
    hashes = minhash.hashes(text)
    return Signature(appeal=appeal, bands=minhash.bands(hashes), hashes=hashes, on=appeal.registered_on)


def alike(hashes: minhash.Hashes, *, since: date) -> list[tuple[int, float]]:
    """The appeals registered since then whose texts are like the one with `hashes`, with their likeness, most first.

    Of a campaign of many thousands, so many as there is room for.
    """
    if not hashes:
        return []
    with connection.cursor() as cursor:
        cursor.execute(SHARING_A_BAND, [minhash.bands(hashes), since, MOST_CANDIDATES])
        candidates = cursor.fetchall()
    found = [(appeal_id, minhash.likeness(hashes, other)) for appeal_id, other in candidates]
    return sorted(((pk, share) for pk, share in found if share >= minhash.ALIKE), key=lambda row: (-row[1], row[0]))


def families(signed: Sequence[tuple[int, minhash.Hashes]]) -> list[list[int]]:
    """The appeals, each with its hashes, in families: whoever is like one of a family belongs to it.

    Families of one are left out; each keeps the order of `signed`, the largest is first.
    """
    first_of: dict[int, int] = {}  # the first appeal of each band
    hashes_of, parent = dict(signed), {pk: pk for pk, _ in signed}

    def head(pk: int) -> int:
        while parent[pk] != pk:
            parent[pk] = parent[parent[pk]]
            pk = parent[pk]
        return pk

    for pk, hashes in signed:
        for band in minhash.bands(hashes):
            other = first_of.setdefault(band, pk)
            if head(other) != head(pk) and minhash.likeness(hashes, hashes_of[other]) >= minhash.ALIKE:
                parent[head(pk)] = head(other)
    gathered: dict[int, list[int]] = {}
    for pk, _ in signed:
        gathered.setdefault(head(pk), []).append(pk)
    return sorted((family for family in gathered.values() if len(family) > 1), key=len, reverse=True)
