"""Rows of figures: what each counts, how it stands against the others, and where its numbers lead."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from appeals.domain.statistics.labels import People

FEW = 100  # registered appeals; a rate over fewer says little
NOTHING = "–"
FEW_MARK = "*"
UNVERIFIED_MARK = "≈"


@dataclass(frozen=True)
class Cell:
    """One cell; `share`, from 0 to 100, draws a bar, `note` stands small beneath the text."""

    label: str
    text: str
    url: str = ""
    note: str = ""
    is_number: bool = True
    share: float | None = None


@dataclass(frozen=True)
class Table:
    """Figures under a caption, with their sum; `more_url` leads to the rows left out."""

    key: str
    caption: str
    rows: Sequence[Sequence[Cell]]
    total: Sequence[Cell]
    more_url: str = ""
    more: str = ""

    @property
    def has_few(self) -> bool:
        return any(cell.text.endswith(FEW_MARK) for row in self.rows for cell in row)

    @property
    def has_unverified(self) -> bool:
        return any(cell.text.startswith(UNVERIFIED_MARK) for row in self.rows for cell in row)


def name(label: str, text: str) -> Cell:
    return Cell(label, text, is_number=False)


def number(label: str, n: int, url: str = "") -> Cell:
    """A whole number, leading to its cases where there are any."""
    return Cell(label, whole(n), url if n else "")


def bar(label: str, n: int, longest: int, url: str = "") -> Cell:
    """A number with its bar, as long as its part of the longest."""
    return Cell(label, whole(n), url if n else "", share=round(100 * n / longest, 1) if longest else None)


def rate(label: str, n: int, of: int) -> Cell:
    """`n` for every 1,000 of `of`; marked where they are few, a dash where there are none."""
    return Cell(label, decimal(1000 * n / of) + FEW_MARK * (of < FEW) if of else NOTHING)


def part(label: str, n: int, of: int, *, is_drawn: bool = False) -> Cell:
    """`n` in a hundred of `of`, both beneath it; a dash where there are none."""
    if not of:
        return Cell(label, NOTHING)
    drawn = round(100 * n / of, 1) if is_drawn else None
    return Cell(label, percent(n, of), note=n_of(n, of), share=drawn)


def change(label: str, now: int, before: int) -> Cell:
    """What was added or taken since the period before, and what it was then."""
    return Cell(label, signed(now - before), note=_("was %(n)s") % {"n": whole(before)})


def per_people(label: str, n: int, people: People | None) -> Cell:
    """`n` for every 100,000 inhabitants."""
    return Cell(label, decimal(100_000 * n / people.number) if people else NOTHING)


def inhabitants(label: str, people: People | None) -> Cell:
    """How many, and on which day; marked where no source confirms it."""
    if people is None:
        return Cell(label, NOTHING)
    mark = "" if people.is_verified else f"{UNVERIFIED_MARK}\N{NO-BREAK SPACE}"
    return Cell(label, mark + whole(people.number), note=date_format(people.on, "SHORT_DATE_FORMAT"))


def whole(n: int) -> str:
    return number_format(n, 0, force_grouping=True)


def decimal(n: float) -> str:
    return number_format(round(n, 1), 1, force_grouping=True)


def percent(n: int, of: int) -> str:
    """`n` in a hundred of `of`; a dash where there are none."""
    return f"{decimal(100 * n / of)}\N{NO-BREAK SPACE}%" if of else NOTHING


def n_of(n: int, of: int) -> str:
    return _("%(n)s of %(of)s") % {"n": whole(n), "of": whole(of)}


def signed(n: int) -> str:
    """With its sign; a real minus, not a hyphen."""
    if n == 0:
        return "0"
    return f"+{whole(n)}" if n > 0 else f"−{whole(-n)}"
