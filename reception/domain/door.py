"""How often the door to the cases may be tried, by page and by program together.

Counted by address alone: numbers can be guessed, so a count by number would let a stranger keep the
applicant out. The windows are fixed and stand in the cache, so that all web nodes count together.
"""

from datetime import UTC, datetime, timedelta

from django.core.cache import cache

WINDOW = timedelta(minutes=15)
TRIES = 30


def locked_until(address: str, *, at: datetime) -> datetime | None:
    """Count one try from `address`; the end of the window when it has had too many."""
    seconds = int(WINDOW.total_seconds())
    window = int(at.timestamp()) // seconds
    key = f"follow:{address}:{window}"
    cache.add(key, 0, timeout=2 * seconds)
    if cache.incr(key) <= TRIES:
        return None
    return datetime.fromtimestamp((window + 1) * seconds, UTC)
