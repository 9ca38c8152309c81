"""What is urgent and open, for who is on duty: the longest unsettled first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import F

from agencies.enums import Level, Role
from agencies.models import Officer
from appeals.domain import numbering
from appeals.enums import AccessedData
from appeals.models import AccessRecord, Appeal, Urgency

MOST = 50
ON_TOP = 10  # above the queue
PURPOSE = "urgent"
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class UrgentLine:
    """One urgent appeal, `minutes` after it was raised; `hours` and `days` are the whole ones of them."""

    appeal: Appeal
    urgency: Urgency
    minutes: int
    phone: str = ""

    @property
    def hours(self) -> int:
        return self.minutes // 60

    @property
    def days(self) -> int:
        return self.hours // 24

    @property
    def slug(self) -> str:
        return numbering.slug(self.appeal.number)


def lines(officer: Officer, *, at: datetime, most: int = MOST) -> Sequence[UrgentLine]:
    """What is urgent of what the body of `officer` holds; at the President's Office, of everything; one query."""
    seen = Appeal.objects.visible_to(officer).open().filter(is_urgent=True)
    if not watches_all(officer):
        seen = seen.held_by(officer.agency)
    oldest = F("urgency__settled_at").asc(nulls_first=True), "urgency__raised_at", "pk"
    rows = seen.select_related("agency", "region", "topic", "applicant", "urgency").order_by(*oldest)[:most]
    return [UrgentLine(appeal, appeal.urgency, (at - appeal.urgency.raised_at) // MINUTE) for appeal in rows]


def watches_all(officer: Officer) -> bool:
    """Whether `officer` is on duty for the whole country."""
    return officer.role == Role.DUTY and officer.agency.level == Level.PRESIDENT


def with_phones(lines: Sequence[UrgentLine], *, by: Officer, at: datetime) -> Sequence[UrgentLine]:
    """The same with the telephone where one was given; the look of `by` at each is put on record.

    But for what is assigned to her.
    """
    told = [replace(line, phone=line.appeal.applicant.unseal().get("phone", "")) for line in lines]
    AccessRecord.objects.bulk_create(
        AccessRecord(appeal=line.appeal, officer=by, what=AccessedData.APPLICANT, purpose=PURPOSE, at=at)
        for line in told
        if line.phone and line.appeal.officer_id != by.pk
    )
    return told
