"""The shipped terms of law, brought into the database."""

import csv
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction

from appeals.models import Term

SHIPPED = Path(__file__).parents[1] / "data" / "kz" / "terms.csv"
KEYS = ("clock", "kind", "special_type", "valid_from")
FLAGS = ("first_day_counts", "rolls", "extendable", "verified")


@transaction.atomic
def load_terms(path: Path = SHIPPED) -> tuple[int, int]:
    """Add the rows of `path` that are not there: how many were added, and how many left as they were edited.

    What an administrator ended, changed or replaced stays: the law in force is her business.
    """
    added = kept = 0
    with path.open(encoding="utf-8", newline="") as lines:
        for row in map(_typed, csv.DictReader(lines)):
            values = {name: value for name, value in row.items() if name not in KEYS}
            known = Term.objects.filter(**{name: row[name] for name in KEYS})
            if known.exists():
                kept += not known.filter(**values).exists()
            else:
                kept += not (entered := _entered(row))
                added += entered
    return added, kept


def _entered(row: dict[str, Any]) -> bool:
    """Whether the term found room among those in force."""
    try:
        with transaction.atomic():
            Term.objects.create(**row)
    except IntegrityError:
        return False
    return True


def _typed(row: dict[str, str]) -> dict[str, Any]:
    typed: dict[str, Any] = {name: value or None if name.startswith("valid_") else value for name, value in row.items()}
    return typed | {name: row[name] == "1" for name in FLAGS} | {"length": int(row["length"])}
