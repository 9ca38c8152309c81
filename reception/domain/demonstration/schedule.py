"""When the stories of a demonstration begin: a year of days and hours, and open cases laid out by hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain, zip_longest
from random import Random
from zoneinfo import ZoneInfo

from agencies.domain.working_days import ONE_DAY, WorkingCalendar, days
from appeals.enums import ClockKind, Kind
from reception.domain.demonstration.scenes import Scene, scenes
from reception.domain.demonstration.shares import table
from reception.domain.demonstration.story import SWEPT_AT
from reception.domain.demonstration.world import World

CAPITAL = ZoneInfo("Asia/Almaty")
YEAR = 365  # days
OFFICE_HOURS = range(9, 18)
LAID_OUT, SCENES = 12, 20  # of so many stories at most one is laid out by hand, at most one written
PREFIX = "demo:"  # of the intake keys of every demonstration
WAITING = 40  # the last stories whose messages are still to be sent
REPLY_DAYS = (15, 14, 16)  # working days of the reply term, as counted under the law of different times


@dataclass(frozen=True)
class Cast:
    """An open case laid out by hand, due `distance` working days after the date; negative is overdue."""

    topic: str
    region: str
    distance: int


@dataclass(frozen=True)
class Start:
    """Story number `index` begins when something is received `at`."""

    index: int
    at: datetime
    in_office_hours: bool
    is_recent: bool = False
    by_hand: Cast | Scene | None = None

    @property
    def cast(self) -> Cast | None:
        return self.by_hand if isinstance(self.by_hand, Cast) else None


@dataclass(frozen=True)
class Plan:
    """Which demonstration: its size, its seed, and the date on which it stands."""

    appeals: int
    seed: int
    until: date

    @property
    def ends_at(self) -> datetime:
        """The first sweep of `until` has run; nothing has happened on that day yet."""
        return datetime.combine(self.until, SWEPT_AT, CAPITAL) + timedelta(seconds=1)

    @property
    def noon(self) -> datetime:
        """By then officials have done on `until` what the stories left open."""
        return datetime.combine(self.until, time(12), CAPITAL)

    @property
    def first(self) -> date:
        return self.until - YEAR * ONE_DAY

    def lot(self, *of: object) -> Random:
        """Chance for one thing, independent of every other."""
        return Random(":".join(map(str, (self.seed, self.until, *of))))  # noqa: S311

    def key(self, index: int) -> str:
        """The intake key of a story: tells the demonstration it belongs to, and its place."""
        return f"{PREFIX}{self.seed}:{self.appeals}:{self.until}:{index}"


def planned(key: str) -> tuple[Plan, int]:
    """The plan and the index behind an intake key of a demonstration."""
    _, seed, appeals, until, index = key.split(":")
    return Plan(int(appeals), int(seed), date.fromisoformat(until)), int(index)


def starts(plan: Plan, world: World) -> Iterator[Start]:
    """All beginnings in the order of time, a day at a time."""
    by_hand: list[tuple[datetime, Cast | Scene]] = [*_laid_out(plan, world), *_scenes(plan, world)]
    dealt, index = Dealt(plan.appeals - len(by_hand)), 0
    volumes = [_volume(day, world.calendar) for day in days(plan.first, plan.until - ONE_DAY)]
    for day, volume in zip(days(plan.first, plan.until - ONE_DAY), volumes, strict=True):
        lot = plan.lot(day)
        moments = [_moment(day, world.calendar, lot) for _ in range(dealt.share(volume / sum(volumes)))]
        of_day: list[tuple[datetime, Cast | Scene | None]] = [(at, None) for at in moments]
        of_day += [(at, written) for at, written in by_hand if at.date() == day]
        for at, written in sorted(of_day, key=lambda start: start[0]):
            in_hours = world.calendar.is_working(day) and at.hour in OFFICE_HOURS
            yield Start(index, at, in_hours, index >= plan.appeals - WAITING, written)
            index += 1


class Dealt:
    """Deals out a whole number in parts that add up to it."""

    def __init__(self, total: int) -> None:
        self.total, self.given, self.share_given = total, 0, 0.0

    def share(self, part: float) -> int:
        self.share_given += part
        due = round(self.share_given * self.total)
        given, self.given = due - self.given, due
        return given


def share_in_office_hours(plan: Plan, calendar: WorkingCalendar) -> float:
    """Which part of all that comes in meets somebody in the office."""
    every = list(days(plan.first, plan.until - ONE_DAY))
    hours = table("shares")["hours"]["working"]
    working = sum(_volume(day, calendar) for day in every if calendar.is_working(day))
    total = sum(_volume(day, calendar) for day in every)
    return working / total * sum(hours[hour] for hour in OFFICE_HOURS) / sum(hours)


def _volume(day: date, calendar: WorkingCalendar) -> float:
    return 1.0 if calendar.is_working(day) else table("shares")["hours"]["day_off_to_working"]


def _moment(day: date, calendar: WorkingCalendar, lot: Random) -> datetime:
    hours = table("shares")["hours"]["working" if calendar.is_working(day) else "day_off"]
    hour = lot.choices(range(24), hours)[0]
    return datetime.combine(day, time(hour, lot.randrange(60), lot.randrange(60)), CAPITAL)


def _laid_out(plan: Plan, world: World) -> list[tuple[datetime, Cast]]:
    """The cases laid out by hand that fit into the plan, each with the moment it is received."""
    rows = [
        [Cast(row["topics"][n % len(row["topics"])], row.get("region", ""), d) for n, d in enumerate(row["distances"])]
        for row in table("shares")["laid_out"]
    ]
    casts = [cast for cast in chain.from_iterable(zip_longest(*rows)) if cast]
    lot = plan.lot("laid out")
    return [(_received(cast, plan, world, lot), cast) for cast in casts[: plan.appeals // LAID_OUT]]


def _scenes(plan: Plan, world: World) -> list[tuple[datetime, Scene]]:
    """The written scenes that fit into the plan, each with the moment it is received."""
    written = scenes()[: plan.appeals // SCENES]
    days = [world.calendar.before(plan.until, s.age) if s.age else plan.until - ONE_DAY for s in written]
    return [(datetime.combine(day, s.hour, CAPITAL), s) for s, day in zip(written, days, strict=True)]


def _received(cast: Cast, plan: Plan, world: World, lot: Random) -> datetime:
    """In the morning of the day from which the reply is due at the right distance; if that is `until`, the evening
    before."""
    calendar = world.calendar
    today = calendar.rolled(plan.until)
    due = calendar.after(today, cast.distance) if cast.distance > 0 else calendar.before(today, -cast.distance)
    registered = [calendar.before(due, n) for n in REPLY_DAYS]
    day = next(d for d in registered if world.due_on(ClockKind.REPLY, Kind.APPLICATION, d) == due)
    minute = timedelta(minutes=lot.randrange(150), seconds=lot.randrange(60))
    if day >= plan.until:
        return datetime.combine(plan.until - ONE_DAY, time(19), CAPITAL) + minute
    return datetime.combine(day, time(9, 10), CAPITAL) + minute
