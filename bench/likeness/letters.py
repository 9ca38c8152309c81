"""Letters that nobody wrote: families from one pattern with some of the words changed, and others that have
nothing in common but the usual courtesies."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from random import Random

FAMILIES, MEMBERS, STRANGERS = 200, 10, 5_000
CHANGED = 0.08
LENGTHS = (25, 40, 80, 150, 300)  # words between the courtesies
SYLLABLES = [consonant + vowel for consonant in "бвгджзйклмнпрстфхшң" for vowel in "аеиоуыэяәө"]
VOCABULARY = 8_000
OPENINGS = (
    "Құрметті басшылық сізге мына мәселе бойынша жүгініп отырмын",
    "Здравствуйте уважаемые руководители обращаюсь к вам по следующему вопросу",
    "Сізден көмек сұрап осы өтінішті жазып отырмын мәселе мынада",
    "Прошу рассмотреть моё обращение и принять необходимые меры",
)
CLOSINGS = (
    "жауабыңызды заңда белгіленген мерзімде беруіңізді сұраймын",
    "прошу дать ответ в установленный законом срок",
    "алдын ала рақмет айтамын жауабыңызды күтемін",
    "заранее благодарю вас и жду ответа",
)


@dataclass(frozen=True)
class Letter:
    """`family` is its pattern's number, 0 for a stranger."""

    family: int
    text: str


def letters() -> Iterator[Letter]:
    """The same ones every time."""
    lot = Random(2026)  # noqa: S311
    for family in range(1, FAMILIES + 1):
        pattern = _words(lot)
        for _ in range(MEMBERS):
            yield Letter(family, " ".join(_changed(pattern, lot)))
    for _ in range(STRANGERS):
        yield Letter(0, " ".join(_words(lot)))


def _words(lot: Random) -> list[str]:
    words, weights = _vocabulary()
    middle = lot.choices(words, cum_weights=weights, k=lot.choice(LENGTHS))
    return [*lot.choice(OPENINGS).split(), *middle, *lot.choice(CLOSINGS).split()]


def _changed(pattern: list[str], lot: Random) -> list[str]:
    """The share `CHANGED` of the words, wherever they are, is other words."""
    words, weights = _vocabulary()
    changed = list(pattern)
    for place in lot.sample(range(len(changed)), round(CHANGED * len(changed))):
        changed[place] = lot.choices(words, cum_weights=weights)[0]
    return changed


@cache
def _vocabulary() -> tuple[list[str], list[float]]:
    """Words with their frequencies, summed up: as in any language a few are frequent and most are rare."""
    lot = Random(1997)  # noqa: S311
    words = ["".join(lot.choices(SYLLABLES, k=lot.randint(1, 4))) for _ in range(VOCABULARY)]
    return words, list(accumulate(1 / (rank + 3) for rank in range(VOCABULARY)))
