"""Spans of local dates a figure is about."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from agencies.domain.working_days import ONE_DAY, months_after


@dataclass(frozen=True)
class Period:
    """From `first` to `last`, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def before(self) -> "Period":
        """As many days, right before."""
        return Period(self.first - timedelta(days=self.days), self.first - ONE_DAY)

    def whole_months(self) -> list[date]:
        """The first days of the months that lie wholly inside."""
        first = self.first if self.first.day == 1 else months_after(self.first.replace(day=1), 1)
        found = []
        while (following := months_after(first, 1)) - ONE_DAY <= self.last:
            found.append(first)
            first = following
        return found

    def rest(self) -> Iterator["Period"]:
        """What is left without the whole months: nothing, one or two pieces."""
        months = self.whole_months()
        if not months:
            yield self
            return
        if self.first < months[0]:
            yield Period(self.first, months[0] - ONE_DAY)
        after = months_after(months[-1], 1)
        if after <= self.last:
            yield Period(after, self.last)


def this_month(on: date) -> Period:
    return Period(on.replace(day=1), on)


def last_month(on: date) -> Period:
    last = on.replace(day=1) - ONE_DAY
    return Period(last.replace(day=1), last)


def this_quarter(on: date) -> Period:
    return Period(date(on.year, on.month - (on.month - 1) % 3, 1), on)


def this_year(on: date) -> Period:
    return Period(date(on.year, 1, 1), on)


def last_12_months(on: date) -> Period:
    """The twelve months that end on `on`."""
    return Period(months_after(on + ONE_DAY, -12), on)
