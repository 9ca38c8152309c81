"""How often the doors that stand open to everybody may be tried, by page and by program together.

Counted by address alone: numbers of appeals can be guessed, so a count by number would let a stranger keep
the applicant out. The windows are fixed and stand in the cache, so that all web nodes count together.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core.cache import cache

WINDOW = timedelta(minutes=15)


@dataclass(frozen=True)
class Door:
    """One that an address may try so many times in a window."""

    name: str
    tries: int

    def locked_until(self, address: str, *, at: datetime) -> datetime | None:
        """Count one try from `address`; the end of the window when it has had too many."""
        seconds = int(WINDOW.total_seconds())
        window = int(at.timestamp()) // seconds
        key = f"{self.name}:{address}:{window}"
        cache.add(key, 0, timeout=2 * seconds)
        if cache.incr(key) <= self.tries:
            return None
        return datetime.fromtimestamp((window + 1) * seconds, UTC)


FOLLOW = Door("follow", 30)
WHERE = Door("where", 120)  # many people may share one address of their provider, and each asks a few times
