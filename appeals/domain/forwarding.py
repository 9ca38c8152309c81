"""How an appeal is handed on to the body that is to answer it, and back, and what that does to the terms (Art. 65)."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, cast

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.domain.calendar import calendar
from agencies.domain.tree import living, successions
from agencies.domain.working_days import WorkingCalendar
from agencies.models import Agency, Officer
from appeals.domain import alarms, arrays, clocks, holds, notices
from appeals.domain.history import record
from appeals.domain.lifecycle import move
from appeals.domain.statistics.counting import count
from appeals.domain.terms import counted_as_received_on, local_date
from appeals.enums import ClockKind, EventKind, Measure, NoticeKind, Status
from appeals.errors import InvalidIntake
from appeals.models import Appeal, Dispute, Forwarding, Reply
from appeals.rules import Journey, insist, is_counted, refusal_to_forward, refusal_to_send_back


@transaction.atomic
def forward(appeal: Appeal, to: Agency, *, by: Officer, at: datetime, reason: str) -> Appeal:
    """Hand `appeal` over to `to`, the competent body, and tell the applicant (Art. 65, 91(4)).

    The forwarding clock of the body that lets go is met, its reply clock cancelled; the receiver
    gets its own, from the day after arrival (Art. 76(2)). Forwarding late is possible, and leaves
    a breach with the body that was late. A reply prepared and not signed stays behind. The third
    forwarding, and a second return, are for the body above alone (`disputes`).
    """
    appeal = Appeal.objects.locked(appeal)
    on = local_date(at, appeal.agency)
    insist(refusal_to_forward(by, appeal, to, on=on, journey=journey_of(appeal, on)))
    if not reason.strip():
        raise InvalidIntake(_("Say why the appeal is forwarded."), field="reason")
    told = {"left": appeal.agency.code, "to": to.code} | said_of_day(appeal, on=on) | leave_undecided(appeal, on=on)
    hand_on(appeal, to, by=by, at=at, is_hop=is_counted(appeal), on_last_day="on_last_day" in told)
    record(appeal, EventKind.FORWARDED, by=by, at=at, text=reason, **told)
    tell(appeal, NoticeKind.FORWARDED, at=at)
    return appeal


@transaction.atomic
def send_back(appeal: Appeal, *, by: Officer, at: datetime, reason: str) -> Appeal:
    """Give `appeal` back to the body it came from as not for this one, and tell the applicant.

    Once in its life, before it is accepted, and while the forwarding clock runs. For the body it comes back to
    it arrives anew: terms of its own begin on the day after (Art. 76(2)), so that a body is never late by
    another's error; that nobody gains time by it again is what the limit of one return is for.
    """
    appeal = Appeal.objects.locked(appeal)
    on = local_date(at, appeal.agency)
    journey = journey_of(appeal, on)
    forwarding = clocks.running_one(appeal, ClockKind.FORWARDING)
    insist(refusal_to_send_back(by, appeal, forwarding, on=on, journey=journey))
    if not reason.strip():
        raise InvalidIntake(_("Say why the appeal is not for your body."), field="reason")
    to = cast(Agency, journey.came_from)
    told = {"left": appeal.agency.code, "to": to.code} | said_of_day(appeal, on=on) | leave_undecided(appeal, on=on)
    hand_on(appeal, to, by=by, at=at, is_hop=False, on_last_day="on_last_day" in told)
    record(appeal, EventKind.SENT_BACK, by=by, at=at, text=reason, **told)
    tell(appeal, NoticeKind.SENT_BACK, at=at)
    return appeal


def arrival(appeal: Appeal, to: Agency, at: datetime, days: WorkingCalendar) -> date:
    """The working day from which `to` has the appeal: after its hours or on a day off, the next one (Art. 64(3)).

    Never before the day the appeal itself counts as received.
    """
    return max(counted_as_received_on(at, to, days), appeal.registered_on)


def hand_on(appeal: Appeal, to: Agency, *, by: Officer | None, at: datetime, is_hop: bool, on_last_day: bool) -> None:
    """Put the locked `appeal` into the hands of `to`, as part of an act that says why; terms follow it.

    `is_hop`: it counts as a forwarding by competence; `on_last_day`: the body let its term for that run out.
    """
    left, on = appeal.agency, local_date(at, appeal.agency)
    holds.end(appeal, on=on)
    clocks.let_go(appeal, on=on, at=at)
    move(appeal, Status.REGISTERED, agency=to, officer=None, group=None, hops=appeal.hops + is_hop)
    days = calendar()
    clocks.start(appeal, on=arrival(appeal, to, at, days), calendar=days)
    Reply.objects.filter(appeal=appeal, signed_at=None).delete()
    lefts = Agency.objects.filter(pk__in=appeal.forwardings.values("left")).select_related("successor__successor")
    had_it = to.pk in had_by(lefts, on)
    Forwarding.objects.create(appeal=appeal, left=left, to=to, by=by, on=on, is_return=had_it, on_last_day=on_last_day)
    count(appeal, Measure.FORWARDED, left, on=on)
    if appeal.is_urgent:
        alarms.hand_over(appeal, at=at)


def leave_undecided(appeal: Appeal, *, on: date) -> dict[str, Any]:
    """Where the body above was asked whose the locked `appeal` is, end that: the act that moves it does not wait.

    What the history says of it in the line of that act.
    """
    asked = appeal.disputes.undecided().select_related("above").first()
    if asked is None:
        return {}
    asked.ended_on = on
    asked.save(update_fields=["ended_on"])
    return {"undecided": asked.above.code}


def tell(appeal: Appeal, kind: NoticeKind, *, at: datetime) -> None:
    """Owe the applicant of an appeal just handed on the message of `kind`, one for each time."""
    notices.owe(appeal, kind, at=at, about=appeal.forwardings.count())


def said_of_day(appeal: Appeal, *, on: date) -> dict[str, Any]:
    """What the history says of the day: only that it is the last of the term for handing on, or later."""
    clock = clocks.letting_go(appeal)
    return {"on_last_day": True} if clock is not None and clock.due_on <= on else {}


def journey_of(appeal: Appeal, on: date) -> Journey:
    """How `appeal` came to its holder, as it stands on the local date `on`; one query.

    From then on what stands above its holder and above whom it complains of is known as well.
    """
    told = (arrays.told_bodies(), arrays.told_forwardings(), arrays.told_disputes())
    rows, hops, disputes = Appeal.objects.filter(pk=appeal.pk).values_list(*told).get()
    bodies = arrays.bodies(appeal, rows)
    return journey(appeal, arrays.forwardings(hops, bodies), arrays.disputes(appeal, disputes, bodies), on)


def journey(appeal: Appeal, hops: Sequence[Forwarding], disputes: Sequence[Dispute], on: date) -> Journey:
    """The same, from the hops of `appeal` and the `disputes` over it, both oldest first.

    Who succeeded a body stands where that one stood.
    """
    last = hops[-1] if hops else None
    decided = [dispute.to for dispute in disputes if dispute.decided_on]
    is_own = last is not None and appeal.agency_id in had_by([last.left], on)
    return Journey(
        came_from=last.left if last and not is_own and _is_or_became(last.to, appeal.agency_id) else None,
        had_by=had_by((hop.left for hop in hops), on),
        returns=sum(hop.is_return for hop in hops),
        is_disputed=any(dispute.is_undecided for dispute in disputes),
        is_settled=bool(decided) and _is_or_became(decided[-1], appeal.agency_id),
    )


def had_by(lefts: Iterable[Agency], on: date) -> frozenset[int]:
    """The keys of the bodies `lefts` that let an appeal go, and of who stands in their place on the local date `on`."""
    return frozenset(body.pk for left in lefts for body in (left, living(left, on)) if body)


def _is_or_became(body: Agency | None, holder_id: int) -> bool:
    return body is not None and any(step.pk == holder_id for step in successions(body))
