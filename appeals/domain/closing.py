"""Endings without an answer: returned, terminated, or struck off as registered by mistake. All reasoned and told."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.domain.calendar import calendar
from agencies.models import Officer
from appeals.domain import clocks, holds, notices
from appeals.domain.history import record
from appeals.domain.replies import close
from appeals.domain.statistics.counting import count
from appeals.domain.terms import local_date
from appeals.enums import ClockKind, EventKind, Measure, NoticeKind, ReturnGround, Status, TerminationGround
from appeals.errors import InvalidIntake
from appeals.models import Appeal
from appeals.rules import insist, refusal_to_return, refusal_to_strike_off, refusal_to_terminate


@transaction.atomic
def return_without_review(
    appeal: Appeal, ground: ReturnGround, *, by: Officer, at: datetime, reason: str, earlier: Appeal | None = None
) -> Appeal:
    """Return `appeal` to the applicant with reasons (Art. 64(7)); it bars no new one (Art. 64(8)).

    Within three working days: of the end of the time for a correction, or else of the day the body got
    the appeal. Later it is possible, and leaves a breach. `earlier` is the one that it repeats.
    """
    appeal = Appeal.objects.locked(appeal)
    insist(refusal_to_return(by, appeal, ground, is_lapsed=holds.is_lapsed(appeal)))
    on = local_date(at, appeal.agency)
    if ground != ReturnGround.NOT_CORRECTED and clocks.is_accepted(appeal.clocks.all()):
        clocks.start_one(appeal, ClockKind.RETURN, on=_got_on(appeal), calendar=calendar())
    clocks.meet(appeal, [ClockKind.FORWARDING, ClockKind.RETURN], on=on, at=at)
    return _end(appeal, Status.RETURNED, ground, by=by, at=at, reason=reason, earlier=earlier)


@transaction.atomic
def terminate(
    appeal: Appeal, ground: TerminationGround, *, by: Officer, at: datetime, reason: str, earlier: Appeal | None = None
) -> Appeal:
    """End the review of `appeal` without a decision (Art. 70(1), 88(1)), and tell the applicant why.

    `earlier` is the one that it repeats, or on which there is a decision.
    """
    appeal = Appeal.objects.locked(appeal)
    insist(refusal_to_terminate(by, appeal, ground))
    _end(appeal, Status.TERMINATED, ground, by=by, at=at, reason=reason, earlier=earlier)
    if not appeal.applicant.is_unreachable:
        clocks.start_one(appeal, ClockKind.TERMINATION_NOTICE, on=local_date(at, appeal.agency), calendar=calendar())
    return appeal


@transaction.atomic
def strike_off(appeal: Appeal, *, reason: str, by: Officer, at: datetime, duplicate_of: Appeal | None = None) -> Appeal:
    """End `appeal` as registered by mistake: its clocks are cancelled, not met, and the applicant is told why.

    Where it was entered twice, `duplicate_of` is the true one, which goes on.
    """
    if duplicate_of is not None:
        _lock_both(appeal, duplicate_of)
    appeal = Appeal.objects.locked(appeal)
    on = local_date(at, appeal.agency)
    insist(refusal_to_strike_off(by, appeal, entered_on=entered_on(appeal), on=on))
    if duplicate_of is not None:
        _check_true(appeal, duplicate_of)
        appeal.previous = duplicate_of
        appeal.save(update_fields=["previous"])
    return _end(appeal, Status.TERMINATED, TerminationGround.BY_MISTAKE, by=by, at=at, reason=reason, true=duplicate_of)


def entered_on(appeal: Appeal) -> date:
    """The local date on which `appeal` was entered, be it received earlier or counted from later."""
    return local_date(appeal.coupon.issued_at, appeal.agency)


def _lock_both(appeal: Appeal, true: Appeal) -> None:
    """In one order for all: of two appeals struck off for each other at the same moment, one goes on."""
    both = Appeal.objects.select_for_update(no_key=True).filter(pk__in=[appeal.pk, true.pk])
    list(both.order_by("pk").values_list("pk"))


def _check_true(appeal: Appeal, true: Appeal) -> None:
    """The appeal that goes on is another one, and none that was itself struck off for `appeal`."""
    if true.pk == appeal.pk:
        raise InvalidIntake(_("An appeal is no duplicate of itself."), field="duplicate_of")
    if true.events.filter(kind=EventKind.TERMINATED, data__ground=TerminationGround.BY_MISTAKE).exists():
        raise InvalidIntake(_("That appeal was itself registered by mistake."), field="duplicate_of")


def _got_on(appeal: Appeal) -> date:
    """The local date from which the holder has had `appeal`."""
    letting_go = appeal.clocks.filter(agency=appeal.agency, kind__in=clocks.LETTING_GO)
    return letting_go.values_list("starts_on", flat=True).last() or appeal.registered_on


def _repeat(appeal: Appeal, earlier: Appeal) -> None:
    """Tie `appeal` to the `earlier` one, which was considered to its end; what it is tied to already stays."""
    if earlier.is_open or (earlier.received_at, earlier.pk) >= (appeal.received_at, appeal.pk):
        raise InvalidIntake(_("Only an appeal that was received and closed before can be repeated."), field="earlier")
    if appeal.previous_id is None:
        appeal.previous = earlier
        appeal.save(update_fields=["previous"])


ENDING = {
    Status.RETURNED: (EventKind.RETURNED, NoticeKind.RETURNED),
    Status.TERMINATED: (EventKind.TERMINATED, NoticeKind.TERMINATED),
}


def _end(
    appeal: Appeal,
    status: Status,
    ground: ReturnGround | TerminationGround,
    *,
    by: Officer,
    at: datetime,
    reason: str,
    true: Appeal | None = None,
    earlier: Appeal | None = None,
) -> Appeal:
    if not reason.strip():
        raise InvalidIntake(_("Give the reason; the applicant will read it."), field="reason")
    if earlier is not None:
        _repeat(appeal, earlier)
    event, notice = ENDING[status]
    close(appeal, status, at=at, is_decided=ground != TerminationGround.BY_MISTAKE)
    told = {"duplicate_of": true.number} if true else {"previous": earlier.number} if earlier else {}
    record(appeal, event, by=by, at=at, text=reason, ground=ground, **told)
    notices.owe(appeal, notice, at=at)
    count(appeal, Measure.CLOSED, appeal.agency, on=local_date(at, appeal.agency))
    return appeal
