"""`make clean`: everything that can be made again, and the local database with it."""

import shutil

from config.local.binaries import home
from config.local.busy import only_one
from config.local.places import ROOT, VAR, VENV, say

CACHES = (".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", ".import_linter_cache")
MADE = (VENV, ROOT / "node_modules", VAR, *(ROOT / name for name in CACHES))


def clean() -> int:
    """Remove what this clone made for itself; refused while it runs."""
    with only_one("being cleaned"):
        for path in (home(VAR), *MADE):
            shutil.rmtree(path, ignore_errors=True)
        for compiled in (ROOT / "locale").glob("*/LC_MESSAGES/*.mo"):
            compiled.unlink()
    say("Removed: the environment, packages, caches, and all of var/ with the local database and its keys.")
    return 0
