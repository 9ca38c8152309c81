"""The ladder: whom its steps tell of a body's term, before the last day and once it is broken."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Q

from agencies.domain.working_days import WorkingCalendar
from agencies.enums import Role
from agencies.models import Agency, Officer
from appeals.domain import notices
from appeals.domain.terms import local_date
from appeals.enums import ClockKind, NoticeKind, Recipient
from appeals.models import Clock, LadderStep, Notice

IN_A_BODY = (Role.REGISTRAR, Role.UNIT_HEAD, Role.HEAD, Role.DEPUTY)


def steps() -> Mapping[str, Sequence[LadderStep]]:
    """The steps of every kind of clock, the earliest first; a kind's own replace those for any. One query."""
    rows = sorted(LadderStep.objects.all(), key=lambda step: (-step.working_days, step.pk))
    own: dict[str, list[LadderStep]] = defaultdict(list)
    for step in rows:
        own[step.clock].append(step)
    return {kind: own[kind] or own[""] for kind in ClockKind}


class Staff:
    """Who can be told of `clocks` on the local date `on`; one query for all of them."""

    def __init__(self, clocks: Sequence[Clock], on: date) -> None:
        asked = Q(agency__in={clock.agency_id for clock in clocks}, role__in=IN_A_BODY)
        asked |= Q(role=Role.OVERSIGHT) | Q(pk__in=filter(None, map(executor_id, clocks)))
        self.by_id: dict[int, Officer] = {}
        self.by_post: dict[tuple[int, str], list[Officer]] = defaultdict(list)
        for officer in Officer.objects.in_office(on).filter(asked).select_related("agency").order_by("pk"):
            self.by_id[officer.pk] = officer
            self.by_post[officer.agency_id, officer.role].append(officer)

    def told(self, clock: Clock, recipient: str) -> Sequence[Officer]:
        """Who gets what is meant for `recipient`; where nobody is, the head does, and where there is none, deputies."""
        executor = self.by_id.get(executor_id(clock) or 0)
        match recipient:
            case Recipient.OVERSIGHT:
                return [officer for officer in self.by_id.values() if officer.role == Role.OVERSIGHT]
            case Recipient.EXECUTOR:
                return [executor] if executor else self._at(clock, Role.REGISTRAR) or self._heads(clock)
            case Recipient.UNIT_HEAD if executor and executor.unit_id:
                leading = self._at(clock, Role.UNIT_HEAD)
                return [head for head in leading if head.unit_id == executor.unit_id] or self._heads(clock)
        return self._heads(clock)

    def _heads(self, clock: Clock) -> Sequence[Officer]:
        return self._at(clock, Role.HEAD) or self._at(clock, Role.DEPUTY)

    def _at(self, clock: Clock, role: Role) -> Sequence[Officer]:
        return self.by_post[clock.agency_id, role]


def owed(
    kind: NoticeKind, clock: Clock, taken: Sequence[LadderStep], staff: Staff, days: WorkingCalendar, *, at: datetime
) -> list[Notice]:
    """What the steps `taken` owe officers about `clock`: once a last day, step and officer; silent on days off."""
    return [
        notices.to_officer(
            clock.appeal,
            kind,
            officer,
            at=at,
            about=f"{clock.pk}:{clock.due_on}:{step.working_days}",
            not_before=out_of_days_off(officer.agency, days, at=at),
        )
        for step in taken
        for officer in staff.told(clock, step.recipient)
    ]


def out_of_days_off(agency: Agency, days: WorkingCalendar, *, at: datetime) -> datetime:
    """The instant `at`; on a day off, when the next working day of `agency` starts."""
    on = local_date(at, agency)
    worked = days.rolled(on)
    return at if worked == on else datetime.combine(worked, agency.day_starts, ZoneInfo(agency.zone))


def executor_id(clock: Clock) -> int | None:
    """Who owes the inner term, or works on the appeal in the body that owes it."""
    return clock.officer_id or (clock.appeal.officer_id if clock.agency_id == clock.appeal.agency_id else None)
