"""How often a door may be tried. Counted in fixed windows in the cache, so that all web nodes count together."""

from datetime import UTC, datetime, timedelta

from django.core.cache import cache

WINDOW = timedelta(minutes=15)


def locked_until(door: str, limits: dict[str, int], *, at: datetime) -> datetime | None:
    """Count one try at `door` for each name in `limits`; the end of the window when one has had too many."""
    seconds = int(WINDOW.total_seconds())
    window = int(at.timestamp()) // seconds
    tries = {name: _counted(f"{door}:{name}:{window}", seconds) for name in limits}
    if all(tries[name] <= limit for name, limit in limits.items()):
        return None
    return datetime.fromtimestamp((window + 1) * seconds, UTC)


def _counted(key: str, seconds: int) -> int:
    cache.add(key, 0, timeout=2 * seconds)
    return cache.incr(key)
