"""The shipped terms of law with what comes beside them, brought into the database."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction

from appeals.models import Helpline, LadderStep, SpecialType, Term, UrgentPhrase

SHIPPED = Path(__file__).parents[1] / "data" / "kz"
KEYS = ("clock", "kind", "special_type", "valid_from")
FLAGS = ("first_day_counts", "rolls", "stops_for_correction", "verified")
MAY_BE_NONE = ("valid_from", "valid_to", "extension_cap")


@transaction.atomic
def load_terms(folder: Path = SHIPPED) -> tuple[int, int]:
    """Add the terms of `folder` that are not there: how many were added, and how many left as they were edited.

    What an administrator ended, changed or replaced stays: the law in force is her business. The
    special types, the urgent words and the helplines come along, each once and never over what stands;
    the ladder of warnings only where there is none.
    """
    _load_special_types(folder)
    _load_urgent(folder)
    if not LadderStep.objects.exists():
        LadderStep.objects.bulk_create(LadderStep(**row) for row in _rows(folder / "ladder.csv"))
    added = kept = 0
    for row in map(_typed, _rows(folder / "terms.csv")):
        values = {name: value for name, value in row.items() if name not in KEYS}
        known = Term.objects.filter(**{name: row[name] for name in KEYS})
        if known.exists():
            kept += not known.filter(**values).exists()
        else:
            kept += not (entered := _entered(row))
            added += entered
    return added, kept


def _load_special_types(folder: Path) -> None:
    known = set(SpecialType.objects.values_list("code", flat=True))
    shipped = [SpecialType(**row) for row in _rows(folder / "special_types.csv")]
    SpecialType.objects.bulk_create(special for special in shipped if special.code not in known)


def _load_urgent(folder: Path) -> None:
    phrases = [
        UrgentPhrase(**row | {"is_exception": row["is_exception"] == "1"}) for row in _rows(folder / "urgent.csv")
    ]
    lines = [
        Helpline(**row | {"dangers": row["dangers"].split(), "verified": row["verified"] == "1"})
        for row in _rows(folder / "helplines.csv")
    ]
    UrgentPhrase.objects.bulk_create(phrases, ignore_conflicts=True)
    Helpline.objects.bulk_create(lines, ignore_conflicts=True)


def _entered(row: dict[str, Any]) -> bool:
    """Whether the term found room among those in force."""
    try:
        with transaction.atomic():
            Term.objects.create(**row)
    except IntegrityError:
        return False
    return True


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _typed(row: dict[str, str]) -> dict[str, Any]:
    typed: dict[str, Any] = {name: value or None if name in MAY_BE_NONE else value for name, value in row.items()}
    return typed | {name: row[name] == "1" for name in FLAGS} | {"length": int(row["length"])}
