"""Values from the environment: each has one reader, and a missing one is named with the place that explains it."""

import os

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str | None = None) -> str:
    """The variable `name`; raises `ImproperlyConfigured` where it is absent and has no default."""
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"{name} is not set; docs/settings.md says what it holds.")
    return value


def number(name: str, default: int) -> int:
    """The variable `name` as a whole number."""
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} is {value!r}, not a whole number; see docs/settings.md.") from None


def flag(name: str, default: bool = False) -> bool:
    """The variable `name` as yes or no: `1`, `true`, `yes` and `on` mean yes."""
    return text(name, "1" if default else "").lower() in ("1", "true", "yes", "on")


def listed(name: str, default: str | None = "") -> list[str]:
    """The variable `name` as a comma-separated list, blanks left out."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def keys(name: str) -> dict[str, str]:
    """Named keys `id:base64,id:base64` in their order; the first is the one to seal with."""
    pairs = [part.partition(":") for part in listed(name, None)]
    if not pairs or not all(key_id and value for key_id, _, value in pairs):
        raise ImproperlyConfigured(f"{name} must read id:base64,id:base64; see docs/settings.md.")
    return {key_id: value for key_id, _, value in pairs}


def broker(redis_url: str) -> str:
    """The same server as Celery writes it: a Unix socket is `redis+socket://`, its database the virtual host."""
    if not redis_url.startswith("unix://"):
        return redis_url
    return redis_url.replace("unix://", "redis+socket://", 1).replace("db=", "virtual_host=", 1)
