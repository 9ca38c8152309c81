"""Counting in working and calendar days over plain local dates. No database, no time zone, no clock."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _

from agencies.domain.wording import long_date
from agencies.errors import OutsideCalendar

ONE_DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True)
class WorkingCalendar:
    """Which days between `first` and `last`, both included, are worked.

    `off` are weekdays without work, `worked` are Saturdays and Sundays with it. A date outside
    the range raises `OutsideCalendar`: a legal date is never guessed.
    """

    first: date
    last: date
    off: frozenset[date] = field(default_factory=frozenset)
    worked: frozenset[date] = field(default_factory=frozenset)

    def is_working(self, day: date) -> bool:
        if not self.first <= day <= self.last:
            raise OutsideCalendar(self._sentence(day))
        return day in self.worked or (day.weekday() < SATURDAY and day not in self.off)

    def rolled(self, day: date) -> date:
        """`day` itself when it is worked, else the next working day (Art. 64(3), 76(5))."""
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def after(self, start: date, working_days: int) -> date:
        """The date `working_days` working days past `start`; `start` itself never counts."""
        day = start
        while working_days:
            day += ONE_DAY
            working_days -= self.is_working(day)
        return day

    def before(self, end: date, working_days: int) -> date:
        """The date `working_days` working days ahead of `end`; `end` itself never counts."""
        day = end
        while working_days:
            day -= ONE_DAY
            working_days -= self.is_working(day)
        return day

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; negative when `end` lies before."""
        if end < start:
            return -self.between(end, start)
        return sum(map(self.is_working, days(start + ONE_DAY, end)))

    def days_off(self, start: date, end: date) -> list[date]:
        """Days from `start` to `end`, both included, that the law declares off, weekends apart."""
        return [day for day in days(start, end) if not self.is_working(day) and day.weekday() < SATURDAY]

    def _sentence(self, day: date) -> str:
        sentence = _(
            "The working calendar covers the days from %(first)s to %(last)s. "
            "No term can be counted on %(day)s, which lies outside it."
        )
        return sentence % {"first": long_date(self.first), "last": long_date(self.last), "day": long_date(day)}


def days(start: date, end: date) -> Iterable[date]:
    """Every date from `start` to `end`, both included; none when `end` lies before."""
    return (start + timedelta(days=n) for n in range((end - start).days + 1))


def months_after(start: date, months: int) -> date:
    """The same day `months` calendar months on, or the last day of a shorter month."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
