"""The secrets of one local installation: made once, kept beside its data, readable by its owner only."""

import base64
import os
import secrets
from pathlib import Path

from config.local.places import VAR

KEPT = VAR / "run" / "secrets.env"


def local_secrets(kept: Path = KEPT) -> dict[str, str]:
    """The variables of `kept`; without its keys the personal data in the local database is lost for good."""
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        write_privately(kept, "".join(f"{name}={value}\n" for name, value in fresh().items()))
    lines = (line.partition("=") for line in kept.read_text().splitlines() if "=" in line)
    return {name.strip(): value.strip() for name, _, value in lines}


def fresh() -> dict[str, str]:
    """New secrets in the form that `config/env.py` reads: keys as `<id>:<base64 of 32 random bytes>`."""
    return {
        "DJANGO_SECRET_KEY": secrets.token_urlsafe(50),
        "PERSONAL_DATA_KEYS": f"k1:{random_key()}",
        "LOOKUP_KEYS": f"l1:{random_key()}",
    }


def random_key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def write_privately(path: Path, text: str) -> None:
    """All of `text` or nothing, under 0600 from the first byte."""
    aside = path.with_suffix(".new")
    aside.unlink(missing_ok=True)
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
