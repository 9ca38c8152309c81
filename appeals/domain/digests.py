"""Once a working morning each body's leaders read how its terms stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from agencies.domain.calendar import calendar
from agencies.enums import Role
from agencies.models import Agency, Officer
from appeals.domain import notices, numbering
from appeals.domain.queues import SOON
from appeals.domain.terms import local_date
from appeals.enums import NoticeKind, Status
from appeals.models import Appeal, Breach, Extension, Notice

READERS = (Role.HEAD, Role.CONTROLLER, Role.UNIT_HEAD)  # deputies where there is no head
NAMED = 10


@dataclass(frozen=True)
class Line:
    """One of the most urgent appeals."""

    number: str
    slug: str
    due_on: date


@dataclass(frozen=True)
class Digest:
    """How the terms of `agency` stand on the local date `on`."""

    agency: Agency
    on: date
    overdue: int
    today: int
    soon: int
    waiting: int
    extensions: int
    breaches: int
    first: Sequence[Line]


def owe_digests(*, zone: str, on: date, at: datetime, limit: int) -> int:
    """Owe the leaders of at most `limit` bodies in `zone` their digest of the day `on`; of how many bodies.

    From the start of the body's working day on, if it has something to say, once; a missed morning is
    made up later the same day.
    """
    days = calendar()
    if not days.is_working(on):
        return 0
    due = _without(on).filter(zone=zone, day_starts__lte=at.astimezone(ZoneInfo(zone)).time())
    bodies = due.filter(_has_to_say(days.after(on, SOON)), Exists(_readers(on).filter(agency=OuterRef("pk"))))
    batch = list(bodies.order_by("pk").values_list("pk", flat=True)[:limit])
    readers = _readers(on).filter(agency__in=batch).order_by("pk")
    notices.owe_all(
        Notice(kind=NoticeKind.DIGEST, key=f"{_key(on)}{reader.pk}", officer=reader, owed_at=at, try_after=at)
        for reader in readers
    )
    return len(batch)


def digest(agency: Agency, *, at: datetime) -> Digest:
    """The figures of `agency` at the instant `at`; three queries beside the calendar."""
    on = local_date(at, agency)
    until = calendar().after(on, SOON)
    held = Appeal.objects.held_by(agency).open()
    counts = held.aggregate(
        overdue=Count("pk", filter=Q(next_due_on__lt=on)),
        today=Count("pk", filter=Q(next_due_on=on)),
        soon=Count("pk", filter=Q(next_due_on__gt=on, next_due_on__lte=until)),
        waiting=Count("pk", filter=Q(status=Status.ON_HOLD)),
        extensions=Count("pk", filter=Exists(_undecided().filter(clock__appeal=OuterRef("pk")))),
    )
    urgent = held.filter(next_due_on__lte=until).worst_first().values_list("number", "next_due_on")[:NAMED]
    return Digest(
        agency=agency,
        on=on,
        **counts,
        breaches=Breach.objects.unexplained().filter(agency=agency).count(),
        first=[Line(number, numbering.slug(number), due_on) for number, due_on in urgent],
    )


def is_out_of_date(notice: Notice, *, at: datetime) -> bool:
    """Whether the day of the digest `notice` is over at the instant `at`."""
    return notice.key < _key(local_date(at, notice.officer.agency)) if notice.officer else False


def _without(on: date) -> QuerySet[Agency]:
    """Bodies not told yet on the day `on`."""
    told = Notice.objects.filter(key__startswith=_key(on)).values("officer__agency")
    return Agency.objects.exclude(pk__in=told)


def _key(on: date) -> str:
    return f"{NoticeKind.DIGEST}:{on}:"


def _readers(on: date) -> QuerySet[Officer]:
    here = Officer.objects.in_office(on)
    heads = here.filter(role=Role.HEAD, agency=OuterRef("agency"))
    return here.filter(Q(role__in=READERS) | Q(~Exists(heads), role=Role.DEPUTY))


def _has_to_say(until: date) -> Q:
    """Whether any figure of the body is more than none."""
    here = {"agency": OuterRef("pk")}
    held = Appeal.objects.open().filter(**here)
    return (
        Q(Exists(held.filter(next_due_on__lte=until)))
        | Q(Exists(held.filter(status=Status.ON_HOLD)))
        | Q(Exists(_undecided().filter(clock__agency=OuterRef("pk"))))
        | Q(Exists(Breach.objects.unexplained().filter(**here)))
    )


def _undecided() -> QuerySet[Extension]:
    return Extension.objects.filter(decided_on=None, clock__met_on=None, clock__cancelled_on=None)
