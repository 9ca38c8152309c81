"""The shape of the demonstration and its words, as shipped."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, TypeVar

FOLDER = Path(__file__).parents[2] / "data" / "demo"
T = TypeVar("T")


@cache
def table(name: str) -> dict[str, Any]:
    """The file `name` of the demonstration's data, read once."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def drawn(lot: Random, weights: Mapping[T, float]) -> T:
    """One of the keys, each with the chance its weight gives it."""
    return lot.choices(tuple(weights), tuple(weights.values()))[0]
