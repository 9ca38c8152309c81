"""A body ceases: its successor goes on with its open cases where they stand, by the same last days."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from django.db import transaction
from django.db.models import Count

from agencies.domain.calendar import calendar, local_dates
from agencies.domain.tree import living
from agencies.models import Agency
from appeals.domain import alarms, clocks, disputes, holds, notices
from appeals.domain.forwarding import arrival, leave_undecided
from appeals.domain.history import Line, record_all
from appeals.domain.lifecycle import move, move_all
from appeals.domain.routing import office
from appeals.enums import OPEN, ClockKind, EventKind, NoticeKind, Status
from appeals.models import Appeal, Clock, Dispute, Group, Hearing, Hold, Reply
from appeals.rules.holder import would_judge_itself


@dataclass(frozen=True)
class Heir:
    """Who goes on with the cases of a body that ceased; `why` they are in triage at the Office instead, in a code."""

    agency: Agency
    why: str = ""


@dataclass(frozen=True)
class Estate:
    """How many open appeals of the ceased body `left` go to whom."""

    left: Agency
    heir: Heir
    appeals: int


def planned(*, at: datetime) -> list[Estate]:
    """What `succeed` would do with open appeals at the instant `at`, body by body; changes nothing."""
    found: dict[tuple[Agency, Heir], int] = defaultdict(int)
    for zone, on in local_dates(at):
        held = Appeal.objects.open().filter(agency__in=ceased(zone, on))
        counted = held.order_by().values_list("agency", "complained_of").annotate(Count("pk"))
        for agency_id, complained_of_id, n in counted:
            bodies = Agency.objects.in_bulk([agency_id, complained_of_id or agency_id])
            left = bodies[agency_id]
            found[left, heir_of(left, bodies[complained_of_id] if complained_of_id else None, on)] += n
    return [Estate(left, heir, n) for (left, heir), n in sorted(found.items(), key=lambda line: line[0][0].code)]


@transaction.atomic
def succeed(*, zone: str, on: date, at: datetime, limit: int) -> int:
    """Hand at most `limit` cases of bodies that ceased before the local date `on` over; how many there were.

    The successor goes on with an open case by the last days that ran, and owes from then on; what had run out
    is a breach of the body that ceased. The case waits for an officer, or for the applicant still. Replies not
    signed, and inner terms, are dropped. Who is on duty at the successor is told of what is urgent. Where nobody
    succeeds, or the successor would judge itself, the case is in triage at the President's Office. What was left
    to a ceased body to decide is left to the one above today. Running twice changes nothing.
    """
    gone = ceased(zone, on)
    found = Appeal.objects.open().filter(agency__in=gone).select_related("applicant", "agency", "complained_of")
    batch = list(found.select_for_update(of=("self",), skip_locked=True, no_key=True).order_by("pk")[:limit])
    shares: dict[tuple[Agency, Agency | None], list[Appeal]] = defaultdict(list)
    for appeal in batch:
        shares[appeal.agency, appeal.complained_of].append(appeal)
    for (left, complained_of), appeals in shares.items():
        heir = heir_of(left, complained_of, on)
        undecided: dict[int, dict[str, Any]] = {}
        if heir.why:
            undecided = {appeal.pk: leave_undecided(appeal, on=on) for appeal in appeals}
            _send_to_triage(appeals, left, heir, on=on, at=at)
        else:
            _take_over(appeals, left, heir.agency, on=on, at=at)
        _tell(appeals, left, heir, undecided, at=at)
    return len(batch) or _pass_on_duties(gone, on=on, at=at, limit=limit) or _ask_anew(gone, on=on, at=at, limit=limit)


def ceased(zone: str, on: date) -> list[Agency]:
    """The bodies of `zone` whose last day lies before the local date `on`."""
    return list(Agency.objects.filter(zone=zone, valid_to__lt=on).select_related("successor__successor"))


def heir_of(left: Agency, complained_of: Agency | None, on: date) -> Heir:
    """Who goes on with what `left` held; a body complained of is stood for by its successor, and by no other judge."""
    successor = living(left, on)
    if successor is None:
        return Heir(office(), "no_successor")
    if complained_of and would_judge_itself(successor, complained_of) and not would_judge_itself(left, complained_of):
        return Heir(office(), "conflict")
    return Heir(successor)


def _take_over(appeals: Sequence[Appeal], left: Agency, to: Agency, *, on: date, at: datetime) -> None:
    ids = [appeal.pk for appeal in appeals]
    waiting = [appeal for appeal in appeals if appeal.status == Status.ON_HOLD]
    clocks.pass_on(ids, left, to, on=on, at=at)
    move_all([appeal for appeal in appeals if appeal not in waiting], Status.REGISTERED, agency=to, officer=None)
    Appeal.objects.filter(pk__in=[appeal.pk for appeal in waiting]).update(agency=to, officer=None)
    Hold.objects.filter(appeal__in=waiting, resumed_on=None).update(status_before=Status.REGISTERED)
    Hearing.objects.filter(appeal__in=ids, agency=left).update(agency=to)
    Group.objects.filter(appeals__in=ids, agency=left).update(agency=to)
    Reply.objects.filter(appeal__in=ids, signed_at=None).delete()
    clocks.refresh_all(ids)


def _send_to_triage(appeals: Iterable[Appeal], left: Agency, heir: Heir, *, on: date, at: datetime) -> None:
    """One by one: bodies that nobody succeeds are few. The terms of `left` end, the Office has its own."""
    days = calendar()
    for appeal in appeals:
        holds.end(appeal, on=on)
        clocks.cancel(appeal, list(ClockKind), on=on, at=at)
        move(appeal, Status.REGISTERED, agency=heir.agency, officer=None, group=None)
        clocks.start(appeal, on=arrival(appeal, heir.agency, at, days), calendar=days)
        Reply.objects.filter(appeal=appeal, signed_at=None).delete()


def _tell(
    appeals: Sequence[Appeal], left: Agency, heir: Heir, undecided: Mapping[int, dict[str, Any]], *, at: datetime
) -> None:
    told = {"left": left.code, "to": heir.agency.code} | ({"why": heir.why} if heir.why else {})
    lines = [Line(appeal, EventKind.SUCCEEDED, told | undecided.get(appeal.pk, {})) for appeal in appeals]
    record_all(lines, at=at)
    notices.owe_all(notices.to_applicant(a, NoticeKind.SUCCEEDED, at=at, about=left.pk) for a in appeals)
    for urgent in filter(attrgetter("is_urgent"), appeals):
        urgent.agency = heir.agency
        alarms.hand_over(urgent, at=at)


def _pass_on_duties(gone: Collection[Agency], *, on: date, at: datetime, limit: int) -> int:
    """What ceased bodies still owe in cases they closed or let go goes over; the cases stay where they are."""
    heirs = {left: heir for left in gone if (heir := living(left, on))}
    owed = Clock.objects.running().filter(agency__in=heirs).select_related("appeal", "agency").order_by("pk")
    batch = list(owed.select_for_update(of=("self", "appeal"), skip_locked=True, no_key=True)[:limit])
    shares: dict[Agency, dict[int, Appeal]] = defaultdict(dict)
    for clock in batch:
        shares[clock.agency][clock.appeal_id] = clock.appeal
    for left, appeals in shares.items():
        clocks.pass_on(appeals, left, heirs[left], on=on, at=at)
        told = {"left": left.code, "to": heirs[left].code}
        record_all([Line(appeal, EventKind.SUCCEEDED, told) for appeal in appeals.values()], at=at)
    return len(batch)


def _ask_anew(gone: Collection[Agency], *, on: date, at: datetime, limit: int) -> int:
    """Who answers was left to a body that ceased: the one above today decides."""
    asked = Dispute.objects.undecided().filter(above__in=gone, appeal__status__in=OPEN)
    asked = asked.select_related("appeal__agency", "appeal__complained_of", "above").order_by("pk")
    batch = list(asked.select_for_update(of=("self", "appeal"), skip_locked=True, no_key=True)[:limit])
    for dispute in batch:
        disputes.ask_another(dispute, on=on, at=at)
    return len(batch)
