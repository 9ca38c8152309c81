"""A database of nothing but signatures: random ones by the hundred thousand, and those of the planted letters."""

from datetime import date, timedelta

from django.db import connection

from appeals.domain import minhash
from appeals.models import Signature
from bench.likeness.letters import Letter, letters

DAY = date(2026, 6, 1)
KEPT_FOR = 730  # days over which the random ones spread; the planted ones are of the last month
INDEX = "signature_bands"
RANDOM = """
INSERT INTO appeals_signature (appeal_id, bands, hashes, "on")
SELECT n, numbers[1:%(bands)s], numbers[%(bands)s + 1:], %(day)s::date - (mod(n, %(days)s))::int
FROM generate_series(1, %(signatures)s) AS n, LATERAL (
    SELECT array_agg((random() * 4294967295 - 2147483648)::int) AS numbers
    FROM generate_series(1, %(bands)s + %(hashes)s + mod(n, 1))
) AS drawn
"""


def make(signatures: int) -> None:
    """`signatures` random ones, then the planted letters', numbered on; there are no appeals to them."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(f"DROP INDEX {INDEX}")
        cursor.execute("SELECT setseed(0.5)")
        numbers = {"bands": minhash.BANDS, "hashes": minhash.HASHES, "day": DAY, "days": KEPT_FOR}
        cursor.execute(RANDOM, numbers | {"signatures": signatures})
        Signature.objects.bulk_create(
            [planted(letter, signatures + n) for n, letter in enumerate(letters(), start=1)], batch_size=1000
        )
        cursor.execute("SET maintenance_work_mem = '512MB'")
        cursor.execute(f"CREATE INDEX {INDEX} ON appeals_signature USING gin (bands) WITH (fastupdate = off)")
        cursor.execute("SET session_replication_role = DEFAULT")


def planted(letter: Letter, pk: int) -> Signature:
    hashes = minhash.hashes(letter.text)
    return Signature(appeal_id=pk, bands=minhash.bands(hashes), hashes=hashes, on=DAY - timedelta(days=pk % 30))
