"""`make check`: everything that can be told without running the tests."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from config.local.keys import fresh
from config.local.links import broken_links
from config.local.messages import compile_messages, gaps, strays
from config.local.places import ROOT, VAR, say
from config.local.servers import Urls, servers

PYTHON = sys.executable
MOST_LINES = 40
TOOLS = {
    "style": [PYTHON, "-m", "ruff", "check", "--output-format", "concise", "."],
    "formatting": [PYTHON, "-m", "ruff", "format", "--check", "."],
    "types": [PYTHON, "-m", "mypy"],
    "import contracts": ["lint-imports", "--no-logo"],
    "templates": ["djlint", "--lint", "--quiet", "templates"],
}
DJANGO = {
    "migrations": [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
    "deployment": [PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
}


def check() -> int:
    """Every check, one line each, with its findings below it; 1 when any found something."""
    compile_messages()
    failed = [name for name, findings in outcomes() if not told(name, findings)]
    say(f"{len(failed)} of the checks failed: {', '.join(failed)}" if failed else "All checks passed.")
    return bool(failed)


def told(name: str, findings: list[str]) -> bool:
    say(f"{name:<18} {'FAILED' if findings else 'ok'}")
    if len(findings) > MOST_LINES:
        say(f"    … {len(findings) - MOST_LINES} lines before")
    for line in findings[-MOST_LINES:]:
        say(f"    {line}")
    return not findings


def outcomes() -> Iterator[tuple[str, list[str]]]:
    with servers("test") as urls:
        env = production(urls)
        for name, command in TOOLS.items():
            yield name, complaints(command, {**env, "DJANGO_SETTINGS_MODULE": "config.settings.test"})
        for name, command in DJANGO.items():
            yield name, complaints(command, env)
    yield "translations", list(gaps()) + (list(strays()) if shutil.which("xgettext") else [])
    if not shutil.which("xgettext"):
        say("    (sources not compared with the catalogues: `apt install gettext` for that)")
    yield "addresses in locks", list(addresses_in_locks())
    yield "links in documents", list(broken_links())


def complaints(command: list[str], env: dict[str, str]) -> list[str]:
    """What a tool printed when it failed; nothing when it passed."""
    done = subprocess.run(command, check=False, cwd=ROOT, env=env, capture_output=True, text=True)
    if not done.returncode:
        return []
    return (done.stdout + done.stderr).strip().splitlines() or [f"exit code {done.returncode}"]


def production(urls: Urls) -> dict[str, str]:
    """The environment of a production process, with secrets made for this check."""
    own = {
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "DATABASE_URL": urls.database_url,
        "REDIS_URL": urls.redis_url,
        "VAR_DIR": str(VAR / "check"),
        "ALLOWED_HOSTS": "reception.example",
        "SITE_URL": "https://reception.example",
    }
    return {**os.environ, **fresh(), **own}


def addresses_in_locks(folder: Path = ROOT / "requirements") -> Iterator[str]:
    """Locks hold versions and hashes; an address would tie the project to one registry."""
    for path in sorted(folder.glob("*.txt")):
        if "://" in path.read_text():
            yield f"{path.name} holds an address"
