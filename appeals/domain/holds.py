"""The applicant is asked for what is missing, and the term for the answer stands still (Art. 64(6))."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.domain.calendar import calendar
from agencies.domain.working_days import ONE_DAY, WorkingCalendar
from agencies.models import Officer
from appeals.domain import clocks, notices, terms
from appeals.domain.acceptance import take
from appeals.domain.history import record
from appeals.domain.lifecycle import move
from appeals.domain.terms import local_date
from appeals.enums import ClockKind, DueCause, EventKind, NoticeKind, Status
from appeals.errors import InvalidIntake
from appeals.models import Appeal, Clock, Hold
from appeals.rules import insist, refusal_to_hold, refusal_to_resume


@transaction.atomic
def hold(appeal: Appeal, *, missing: str, days: int, by: Officer, at: datetime) -> Appeal:
    """Ask the applicant for what is `missing`, within `days` working days; this accepts the appeal, too.

    The reply clock, if its term says so, stands still from today, or from its first day if that is to come,
    until the correction comes or its time is over. Raises `InvalidIntake` when nothing is named or the days
    are more than the law allows.
    """
    appeal = Appeal.objects.locked(appeal)
    on, reply = local_date(at, appeal.agency), clocks.reply_clock(appeal)
    insist(refusal_to_hold(by, appeal, reply, on=on, was_held=appeal.holds.exists()))
    if not missing.strip():
        raise InvalidIntake(_("Say what is missing; the applicant will read it."), field="missing")
    until = _last_day(appeal, days, on)
    if not clocks.is_accepted(appeal.clocks.all()):
        take(appeal, by=by, at=at)
    held = reply if reply and reply.term.stops_for_correction else None
    begun = max(on, terms.first_counted(reply.term, reply.starts_on)) if reply else on
    Hold.objects.create(appeal=appeal, clock=held, status_before=appeal.status, held_on=begun)
    if held:
        held.is_held = True
        held.save(update_fields=["is_held"])
    move(appeal, Status.ON_HOLD)
    clocks.start_one(appeal, ClockKind.CORRECTION, on=on, calendar=calendar(), due_on=until)
    clocks.refresh(appeal)
    record(appeal, EventKind.HELD, by=by, at=at, text=missing, until=until.isoformat())
    notices.owe(appeal, NoticeKind.CORRECTION_NEEDED, at=at)
    return appeal


@transaction.atomic
def resume(appeal: Appeal, *, correction: str, at: datetime, by: Officer | None = None) -> Appeal:
    """Take the `correction` from the applicant, or from `by` to whom it was handed; the reply clock goes on.

    As many working days as it stood still are given back. A correction that comes after its time, but
    before the appeal is returned, is taken as well.
    """
    appeal = Appeal.objects.locked(appeal)
    insist(refusal_to_resume(by, appeal, is_awaited=is_awaited(appeal)))
    if not correction.strip():
        raise InvalidIntake(_("Write what was missing."), field="correction")
    on = local_date(at, appeal.agency)
    clocks.meet(appeal, [ClockKind.CORRECTION], on=on, at=at)
    clocks.cancel(appeal, [ClockKind.RETURN], on=on, at=at)
    if appeal.status == Status.ON_HOLD:
        _go_on(appeal, on, calendar())
    record(appeal, EventKind.RESUMED, by=by, at=at, text=correction)
    return appeal


@transaction.atomic
def note_lapsed(*, zone: str, on: date, at: datetime, limit: int) -> int:
    """What applicants did not do in time, at most `limit` of it, before the local date `on`; how many there were.

    It is no breach. After a correction that did not come the reply clock goes on, and the body has its
    term to return the appeal (Art. 64(7)); an objection that was not made leaves the way free.
    """
    lapsed = (
        Clock.objects.lapsed(on)
        .in_zone(zone)
        .select_for_update(of=("self", "appeal"), skip_locked=True, no_key=True)
        .select_related("appeal__applicant", "appeal__agency", "agency", "term")
        .order_by("due_on", "pk")
    )
    batch, days = list(lapsed[:limit]), calendar()
    for clock in batch:
        _lapse(clock, days, on=on, at=at)
    return len(batch)


def end(appeal: Appeal, *, on: date) -> None:
    """The wait is over without a correction: the locked `appeal` is handed on or closed, or its holder goes on."""
    if appeal.status == Status.ON_HOLD:
        _release(appeal, on, calendar())


def is_awaited(appeal: Appeal) -> bool:
    """Whether the applicant can still supply what was missing."""
    return appeal.clocks.running().filter(kind__in=[ClockKind.CORRECTION, ClockKind.RETURN]).exists()


def is_lapsed(appeal: Appeal) -> bool:
    """Whether a correction was asked for, did not come in time, and the appeal may be returned for it."""
    return appeal.clocks.running().filter(kind=ClockKind.RETURN).exists()


def _last_day(appeal: Appeal, days: int, on: date) -> date:
    """The applicant's last day; refuses less than a day and more than the longest the law allows."""
    known = calendar()
    term = terms.chosen(terms.in_force(on), ClockKind.CORRECTION, appeal)
    if not 1 <= days <= term.length:
        raise InvalidIntake(
            _("Give the applicant between 1 and %(n)s working days.") % {"n": term.length}, field="days"
        )
    return known.after(on, days)


def _lapse(clock: Clock, days: WorkingCalendar, *, on: date, at: datetime) -> None:
    clock.cancelled_on = on
    clock.save(update_fields=["cancelled_on"])
    appeal = clock.appeal
    record(appeal, EventKind.LAPSED, at=at, clock=clock.kind, due_on=clock.due_on.isoformat())
    if clock.kind == ClockKind.CORRECTION and appeal.status == Status.ON_HOLD:
        _go_on(appeal, on, days)
        clocks.start_one(appeal, ClockKind.RETURN, on=clock.due_on, calendar=days)
        notices.owe(appeal, NoticeKind.CORRECTION_LAPSED, at=at)


def _go_on(appeal: Appeal, on: date, days: WorkingCalendar) -> None:
    """Back to where the appeal was before the wait."""
    held = _release(appeal, on, days)
    move(appeal, Status(held.status_before))


def _release(appeal: Appeal, on: date, days: WorkingCalendar) -> Hold:
    """The clock goes on: on the day after the applicant's last one at the latest, whenever that is noted."""
    held = appeal.holds.select_related("clock__term").get(resumed_on=None)
    asked = appeal.clocks.filter(kind=ClockKind.CORRECTION).latest("pk")
    held.resumed_on = max(held.held_on, min(on, asked.due_on + ONE_DAY))
    held.save(update_fields=["resumed_on"])
    if held.clock:
        clock = held.clock
        clock.appeal, clock.is_held = appeal, False
        clock.save(update_fields=["is_held"])
        due_on = terms.after_hold(clock.term, clock.due_on, held.held_on, held.resumed_on, days)
        clocks.set_due(clock, due_on, DueCause.HELD, on=on)
    clocks.refresh(appeal)
    return held
