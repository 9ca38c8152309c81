"""The databases of the sweeps: a few appeals of each sort, played by the verbs, then multiplied.

Nothing in them depends on the day they are made: they stand at the morning of `DAY`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import cycle, islice

from django.db import connection
from django.db.models import F

from agencies.enums import Role
from agencies.models import Agency, Officer
from appeals.domain import clocks
from appeals.domain.assignment import assign
from appeals.domain.breaches import note_missed
from appeals.domain.holds import hold
from appeals.domain.replies import prepare_reply, reply
from appeals.domain.routing import office
from appeals.domain.statistics import folding
from appeals.enums import ClockKind
from appeals.models import Appeal, Notice
from bench.situation import ANSWER, officer, register_in
from bench.sweeps.multiplying import Spread, multiply
from config.local.places import say

DAY = date(2026, 11, 18)  # a Wednesday, the day of the sweep
THREE_DAYS_BEFORE = date(2026, 11, 12)  # three working days before the terms that end the day before `DAY`
DUE_NEAR_ON = date(2026, 12, 2)  # all that is in work ends within three working days
ZONE, OTHER_ZONE = "Asia/Almaty", "Asia/Qyzylorda"
DUE = 1000
OPEN_OF = 20  # one appeal of so many is open
OVERDUE_OF = 5  # one of so many of them is late already, and on record
TEXT = "Ауламыздағы жарық үш аптадан бері жанбайды."
STILL = Spread(days=0, steps=1)


@dataclass(frozen=True)
class Post:
    """A body with who gives and signs, and who works."""

    body: Agency
    head: Officer
    executor: Officer


@dataclass(frozen=True)
class Sort:
    """`specimens` appeals played by `play`, one body after the other, multiplied until there are `appeals`."""

    name: str
    play: Callable[[Post], Appeal]
    appeals: int
    specimens: int
    spread: Spread = STILL
    only_here: bool = False


def sorts(appeals: int) -> list[Sort]:
    """What `appeals` appeals consist of, the oldest first."""
    others = appeals // OPEN_OF - 2 * DUE
    late = others // OVERDUE_OF
    return [
        Sort("answered", answered, appeals - appeals // OPEN_OF, 100, Spread(days=7, steps=104)),
        Sort("overdue and on record", overdue, late, 20, Spread(days=1, steps=30)),
        Sort("in work", in_work, others - late, 20, Spread(days=1, steps=5)),
        Sort("newly due", newly_due, DUE, 50, only_here=True),
        Sort("with a correction newly due", waiting, DUE, 50, only_here=True),
    ]


def make(appeals: int) -> None:
    """Fill the database that is connected, in which the directory and the terms are."""
    posts = list(staffed())
    here = [post for post in posts if post.body.zone == ZONE]
    for sort in sorts(appeals):
        if sort.appeals < sort.specimens or sort.appeals % sort.specimens:
            raise ValueError(f"{sort.appeals} appeals {sort.name} are no multiple of {sort.specimens}.")
        say(f"... {sort.appeals} appeals {sort.name}")
        played = [sort.play(post).pk for post in islice(cycle(here if sort.only_here else posts), sort.specimens)]
        catch_up()
        multiply_unchecked(played, sort.appeals // sort.specimens - 1, sort.spread)


def staffed() -> Iterator[Post]:
    """The bodies under the Code, each third of them moved to another zone; and somebody above them."""
    officer(office(), Role.OVERSIGHT)
    for number, body in enumerate(Agency.objects.alive(DAY).filter(bound_by_code=True).order_by("code")):
        body.zone = OTHER_ZONE if number % 3 == 0 else ZONE
        body.save(update_fields=["zone"])
        yield Post(body, officer(body, Role.HEAD), officer(body, Role.EXECUTOR))


def catch_up() -> None:
    """What the workers would have done by the evening before `DAY`."""
    for zone in (ZONE, OTHER_ZONE):
        while note_missed(zone=zone, on=DAY - timedelta(days=1), at=morning(DAY), limit=500):
            pass
    while folding.fold(limit=5000):
        pass
    Notice.objects.filter(delivered_at=None).update(delivered_at=F("owed_at"))


def multiply_unchecked(appeals: list[int], copies: int, spread: Spread) -> None:
    """Copies of what was checked need no triggers: they take longer than the rows."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        multiply(appeals, copies, spread)
        cursor.execute("SET session_replication_role = DEFAULT")


def in_work(post: Post, *, days_ago: int = 2) -> Appeal:
    at = morning(DAY - timedelta(days=days_ago))
    (appeal,) = register_in(post.body, 1, at=at, text=TEXT)
    return assign(appeal, post.executor, by=post.head, at=at)


def overdue(post: Post) -> Appeal:
    return in_work(post, days_ago=60)


def newly_due(post: Post) -> Appeal:
    """The term for the reply ended yesterday."""
    appeal = in_work(post, days_ago=21)
    appeal.clocks.filter(kind=ClockKind.REPLY).update(due_on=DAY - timedelta(days=1))
    clocks.refresh(appeal)
    return appeal


def waiting(post: Post) -> Appeal:
    """The applicant had four working days, the last of them yesterday."""
    at = morning(DAY - timedelta(days=7))
    return hold(in_work(post, days_ago=14), missing=TEXT, days=4, by=post.executor, at=at)


def answered(post: Post) -> Appeal:
    appeal = in_work(post, days_ago=40)
    at = morning(DAY - timedelta(days=37))
    appeal = prepare_reply(appeal, replace(ANSWER, text=TEXT), by=post.executor, at=at)
    return reply(appeal, by=post.head, at=at, seen=at)


def morning(day: date) -> datetime:
    """Ten o'clock in Astana."""
    return datetime.combine(day, time(5), UTC)
