"""The shipped terms of law, brought into the database."""

import csv
from pathlib import Path
from typing import Any

from django.db import transaction

from appeals.models import Term

SHIPPED = Path(__file__).parents[1] / "data" / "kz" / "terms.csv"
KEYS = ("clock", "kind", "special_type", "valid_from")
FLAGS = ("first_day_counts", "rolls", "extendable", "verified")


@transaction.atomic
def load_terms(path: Path = SHIPPED) -> tuple[int, int]:
    """Bring the rows of `path` in: how many were added and how many changed; the same file again changes nothing."""
    added = changed = 0
    with path.open(encoding="utf-8", newline="") as lines:
        for row in map(_typed, csv.DictReader(lines)):
            values = {name: value for name, value in row.items() if name not in KEYS}
            known = Term.objects.filter(**{name: row[name] for name in KEYS})
            if not known.exists():
                Term.objects.create(**row)
                added += 1
            elif not known.filter(**values).exists():
                known.update(**values)
                changed += 1
    return added, changed


def _typed(row: dict[str, str]) -> dict[str, Any]:
    typed: dict[str, Any] = {name: value or None if name.startswith("valid_") else value for name, value in row.items()}
    return typed | {name: row[name] == "1" for name in FLAGS} | {"length": int(row["length"])}
