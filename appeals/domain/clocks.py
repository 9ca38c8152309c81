"""Clocks start, are met and are cancelled here; `Appeal.next_due_on` is written nowhere else."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from agencies.domain.working_days import WorkingCalendar
from agencies.models import Agency
from appeals.domain import breaches, terms
from appeals.enums import ClockKind, OwedBy
from appeals.models import NOTHING_DUE, Appeal, Clock
from appeals.rules import is_complained_of

LETTING_GO = (ClockKind.FORWARDING, ClockKind.PASSING_UP)


def kinds_for(appeal: Appeal, holder: Agency) -> tuple[ClockKind, ...]:
    """Which clocks run while `holder` has the appeal.

    A body not bound by the Code (Art. 3(4)) only has to forward. The body complained of has three
    days to pass the complaint up (Art. 91(4)); the term to decide runs at its superior.
    """
    if not holder.bound_by_code:
        return (ClockKind.FORWARDING,)
    if is_complained_of(holder, appeal):
        return (ClockKind.PASSING_UP,)
    return (ClockKind.FORWARDING, ClockKind.REPLY)


def start(appeal: Appeal, *, on: date, calendar: WorkingCalendar) -> None:
    """Start the holder's clocks from the local date `on`: the day of registration, or of arrival."""
    Clock.objects.bulk_create(due_clocks(appeal, kinds_for(appeal, appeal.agency), on, calendar))
    refresh(appeal)


def due_clocks(appeal: Appeal, kinds: Collection[ClockKind], on: date, calendar: WorkingCalendar) -> list[Clock]:
    """The holder's clocks of `kinds` from `on`, under the law of that day; nothing is saved."""
    rows = terms.in_force(on)
    chosen = [(kind, terms.chosen(rows, kind, appeal)) for kind in kinds]
    return [
        Clock(
            appeal=appeal,
            kind=kind,
            term=term,
            agency=appeal.agency,
            owed_by=OwedBy.BODY,
            is_official=appeal.agency.bound_by_code,
            starts_on=on,
            due_on=terms.due_on(term, on, calendar),
        )
        for kind, term in chosen
    ]


def meet(appeal: Appeal, kinds: Collection[ClockKind], *, on: date, at: datetime) -> None:
    """The holder did on `on` what its running clocks of `kinds` ask; done late, the breach is noted now."""
    _end(_running(appeal, kinds), "met_on", on=on, at=at)
    refresh(appeal)


def cancel(appeal: Appeal, kinds: Collection[ClockKind], *, on: date, at: datetime) -> None:
    """The holder no longer owes what its running clocks of `kinds` ask; being late already stays on record."""
    _end(_running(appeal, kinds), "cancelled_on", on=on, at=at)
    refresh(appeal)


def let_go(appeal: Appeal, *, on: date, at: datetime) -> None:
    """The holder sends the appeal on: its forwarding clock is met, its reply clock cancelled.

    A body that had accepted the appeal and forwards it after all owed the forwarding all along:
    its cancelled clock is met now, and past the third day that is a breach (Art. 65(1)).
    """
    accepted = appeal.clocks.filter(agency=appeal.agency, kind__in=LETTING_GO).exclude(cancelled_on=None)
    for clock in accepted.order_by("-pk")[:1]:
        clock.cancelled_on, clock.appeal = None, appeal
        _end([clock], "met_on", on=on, at=at)
    _end(_running(appeal, LETTING_GO), "met_on", on=on, at=at)
    _end(_running(appeal, [ClockKind.REPLY]), "cancelled_on", on=on, at=at)
    refresh(appeal)


def refresh(appeal: Appeal) -> None:
    """Set `next_due_on` to the least running due date of the holder."""
    due = appeal.clocks.running().filter(agency=appeal.agency, owed_by=OwedBy.BODY).order_by("due_on")
    appeal.next_due_on = due.values_list("due_on", flat=True).first() or NOTHING_DUE
    appeal.save(update_fields=["next_due_on"])


def is_accepted(clocks: Iterable[Clock]) -> bool:
    """Whether, by the clocks of an appeal, its holder has taken it as its own: none for letting it go runs."""
    return not any(clock.is_running and clock.kind in LETTING_GO for clock in clocks)


def _running(appeal: Appeal, kinds: Collection[ClockKind]) -> list[Clock]:
    clocks = list(appeal.clocks.running().filter(kind__in=kinds).select_related("agency"))
    for clock in clocks:
        clock.appeal = appeal
    return clocks


def _end(clocks: Collection[Clock], how: str, *, on: date, at: datetime) -> None:
    for clock in clocks:
        setattr(clock, how, on)
        clock.save(update_fields=["met_on", "cancelled_on"])
    breaches.note([clock for clock in clocks if clock.due_on < on and clock.breached_on is None], on=on, at=at)
