"""Clocks start, are met and are cancelled here; `Appeal.next_due_on` is written nowhere else."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from agencies.domain.working_days import WorkingCalendar
from agencies.models import Agency, Officer
from appeals.domain import breaches, terms
from appeals.enums import ClockKind, DueCause, OwedBy
from appeals.models import NOTHING_DUE, Appeal, Breach, Clock, DueChange
from appeals.rules import is_complained_of

LETTING_GO = (ClockKind.FORWARDING, ClockKind.PASSING_UP)
# what ends with the holder's work on the appeal, be it handed on or closed
OF_THE_WORK = (
    ClockKind.RETURN,
    ClockKind.EXTENSION_NOTICE,
    ClockKind.CO_EXECUTOR,
    ClockKind.CORRECTION,
    ClockKind.OBJECTION,
)
OF_THE_APPLICANT = (ClockKind.CORRECTION, ClockKind.OBJECTION)


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


def start_one(
    appeal: Appeal,
    kind: ClockKind,
    *,
    on: date,
    calendar: WorkingCalendar,
    due_on: date | None = None,
    officer: Officer | None = None,
) -> Clock | None:
    """Start one more clock of the holder, or of the applicant, from the local date `on`; none where the law has none.

    `due_on` is a day an official set within the longest the term allows; `officer` owes an inner one.
    One of the kind that runs already for the same holder goes on.
    """
    if running := appeal.clocks.running().filter(kind=kind, agency=appeal.agency, officer=officer).first():
        return running
    term = terms.found_for(terms.in_force(on), kind, kind=appeal.kind, special_type=appeal.special_type)
    if term is None:
        return None
    clock = Clock.objects.create(
        appeal=appeal,
        kind=kind,
        term=term,
        agency=appeal.agency,
        officer=officer,
        owed_by=OwedBy.APPLICANT if kind in OF_THE_APPLICANT else OwedBy.BODY,
        is_official=appeal.agency.bound_by_code and kind != ClockKind.CO_EXECUTOR,
        starts_on=on,
        given_days=calendar.between(on, due_on) if due_on else None,
        due_on=due_on or terms.due_on(term, on, calendar),
    )
    refresh(appeal)
    return clock


def reply_clock(appeal: Appeal) -> Clock | None:
    """The running term for the answer."""
    return running_one(appeal, ClockKind.REPLY)


def running_one(appeal: Appeal, kind: ClockKind, *, officer: Officer | None = None) -> Clock | None:
    """The running term of `kind`, of whichever body owes it; an inner one is that of `officer`."""
    return next((clock for clock in _running(appeal, [kind]) if clock.officer_id == (officer and officer.pk)), None)


def asked_for_file(clocks: Iterable[Clock], agency_id: int) -> Clock | None:
    """Of the `clocks` of an appeal the running one for showing the file: of the body `agency_id`, else of another."""
    asked = [clock for clock in clocks if clock.kind == ClockKind.FILE_ACCESS and clock.is_running]
    return min(asked, key=lambda clock: clock.agency_id != agency_id, default=None)


def set_due(clock: Clock, due_on: date, cause: DueCause, *, on: date) -> None:
    """Move the last day of `clock` to `due_on`, by an act that says so; warnings begin anew."""
    if due_on == clock.due_on:
        return
    DueChange.objects.create(clock=clock, cause=cause, was=clock.due_on, became=due_on, on=on)
    clock.due_on, clock.warned = due_on, 0
    clock.save(update_fields=["due_on", "warned"])
    refresh(clock.appeal)


def meet(appeal: Appeal, kinds: Collection[ClockKind], *, on: date, at: datetime) -> None:
    """The holder did on `on` what its running clocks of `kinds` ask; done late, the breach is noted now."""
    _end(_running(appeal, kinds), "met_on", on=on, at=at)
    refresh(appeal)


def meet_one(clock: Clock, *, on: date, at: datetime) -> None:
    """What the running `clock` asks was done on `on`; others of its kind go on."""
    _end([clock], "met_on", on=on, at=at)
    refresh(clock.appeal)


def cancel(appeal: Appeal, kinds: Collection[ClockKind], *, on: date, at: datetime) -> None:
    """The holder no longer owes what its running clocks of `kinds` ask; being late already stays on record."""
    _end(_running(appeal, kinds), "cancelled_on", on=on, at=at)
    refresh(appeal)


def let_go(appeal: Appeal, *, on: date, at: datetime) -> None:
    """The holder sends the appeal on: its forwarding clock is met, its reply clock cancelled."""
    hand_over(appeal, on=on, at=at)
    _end(_running(appeal, [ClockKind.REPLY, *OF_THE_WORK]), "cancelled_on", on=on, at=at)
    refresh(appeal)


def hand_over(appeal: Appeal, *, on: date, at: datetime) -> None:
    """The holder sends the appeal or a part of it on: what it owed for that is met.

    A body that had accepted the appeal, or had sent a part of it on before, owed the forwarding all along:
    its clock is met now, and past the third day that is a breach (Art. 65).
    """
    if clock := letting_go(appeal):
        clock.cancelled_on, clock.appeal = None, appeal
        _end([clock], "met_on", on=on, at=at)
    refresh(appeal)


def letting_go(appeal: Appeal) -> Clock | None:
    """The holder's last term for handing the appeal on, be it running or not.

    None where it let the appeal go before, and has it again as the successor of a body: that term it kept or broke.
    """
    owed = appeal.clocks.filter(agency=appeal.agency, kind__in=LETTING_GO).select_related("agency", "term")
    clock = owed.order_by("-pk").first()
    last_left = appeal.forwardings.order_by("-pk").values_list("left", flat=True).first()
    return clock if clock and (clock.is_running or last_left != appeal.agency_id) else None


def refresh(appeal: Appeal) -> None:
    """Set `next_due_on` to the least running due date of the holder; what is excused presses no more."""
    due = appeal.clocks.pressing().filter(agency=appeal.agency, owed_by=OwedBy.BODY).order_by("due_on")
    appeal.next_due_on = due.values_list("due_on", flat=True).first() or NOTHING_DUE
    appeal.save(update_fields=["next_due_on"])


def excuse(breach: Breach, *, on: date) -> None:
    """What the annulled `breach` was about stays owed, and is late no more; nor is the term that took its place."""
    own = breach.appeal.clocks.filter(breached_on=breach.detected_on)
    own.filter(Q(pk=breach.clock_id) | Q(breaches=None)).update(excused_on=on)
    refresh(breach.appeal)


def pass_on(appeals: Collection[int], left: Agency, to: Agency, *, on: date, at: datetime) -> None:
    """`to`, which succeeded `left`, owes from now on what ran in the locked `appeals`, by the same last days.

    What ran out by then is a breach of `left`; inner terms of its officers end. Where both were asked for the file
    the earlier last day stays. Warnings begin anew.
    """
    owed = Clock.objects.filter(appeal__in=appeals, agency=left)
    breaches.note(list(owed.missed(on).select_related("appeal__applicant", "agency", "term")), on=on, at=at)
    owed.running().filter(kind=ClockKind.CO_EXECUTOR).update(cancelled_on=on)
    both = Clock.objects.running().filter(kind=ClockKind.FILE_ACCESS, agency__in=[left, to])
    is_earlier = Q(due_on__lt=OuterRef("due_on")) | Q(due_on=OuterRef("due_on"), pk__lt=OuterRef("pk"))
    again = Exists(both.filter(is_earlier, appeal=OuterRef("appeal")))
    both.filter(again, appeal__in=appeals).update(cancelled_on=on)
    owed.running().update(agency=to, warned=0)


def refresh_all(appeals: Collection[int]) -> None:
    """Set `next_due_on` of many, with one statement."""
    due = Clock.objects.pressing().filter(appeal=OuterRef("pk"), agency=OuterRef("agency"), owed_by=OwedBy.BODY)
    least = Subquery(due.order_by("due_on").values("due_on")[:1])
    Appeal.objects.filter(pk__in=appeals).update(next_due_on=Coalesce(least, Value(NOTHING_DUE)))


def is_accepted(clocks: Iterable[Clock]) -> bool:
    """Whether, by the clocks of an appeal, its holder has taken it as its own: none for letting it go runs."""
    return not any(clock.is_running and clock.kind in LETTING_GO for clock in clocks)


def _running(appeal: Appeal, kinds: Collection[ClockKind]) -> list[Clock]:
    clocks = list(appeal.clocks.running().filter(kind__in=kinds).select_related("agency", "term"))
    for clock in clocks:
        clock.appeal = appeal
    return clocks


def _end(clocks: Collection[Clock], how: str, *, on: date, at: datetime) -> None:
    for clock in clocks:
        setattr(clock, how, on)
        clock.save(update_fields=["met_on", "cancelled_on"])
    late = [clock for clock in clocks if clock.due_on < on and clock.breached_on is None]
    breaches.note([clock for clock in late if clock.owed_by == OwedBy.BODY], on=on, at=at)
