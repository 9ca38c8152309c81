"""Endings without an answer: the appeal is returned, or its review terminated. Both are reasoned and told."""

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
from appeals.rules import insist, refusal_to_return, refusal_to_terminate


@transaction.atomic
def return_without_review(appeal: Appeal, ground: ReturnGround, *, by: Officer, at: datetime, reason: str) -> Appeal:
    """Return `appeal` to the applicant with reasons (Art. 64(7)); it bars no new one (Art. 64(8)).

    Within three working days: of the end of the time for a correction, or else of the day the body got
    the appeal. Later it is possible, and leaves a breach.
    """
    appeal = Appeal.objects.locked(appeal)
    insist(refusal_to_return(by, appeal, ground, is_lapsed=holds.is_lapsed(appeal)))
    on = local_date(at, appeal.agency)
    if ground != ReturnGround.NOT_CORRECTED and clocks.is_accepted(appeal.clocks.all()):
        clocks.start_one(appeal, ClockKind.RETURN, on=_got_on(appeal), calendar=calendar())
    clocks.meet(appeal, [ClockKind.FORWARDING, ClockKind.RETURN], on=on, at=at)
    return _end(appeal, Status.RETURNED, ground, by=by, at=at, reason=reason)


@transaction.atomic
def terminate(appeal: Appeal, ground: TerminationGround, *, by: Officer, at: datetime, reason: str) -> Appeal:
    """End the review of `appeal` without a decision (Art. 70(1), 88(1)), and tell the applicant why."""
    appeal = Appeal.objects.locked(appeal)
    insist(refusal_to_terminate(by, appeal))
    _end(appeal, Status.TERMINATED, ground, by=by, at=at, reason=reason)
    clocks.start_one(appeal, ClockKind.TERMINATION_NOTICE, on=local_date(at, appeal.agency), calendar=calendar())
    return appeal


def _got_on(appeal: Appeal) -> date:
    """The local date from which the holder has had `appeal`."""
    letting_go = appeal.clocks.filter(agency=appeal.agency, kind__in=clocks.LETTING_GO)
    return letting_go.values_list("starts_on", flat=True).last() or appeal.registered_on


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
) -> Appeal:
    if not reason.strip():
        raise InvalidIntake(_("Give the reason; the applicant will read it."), field="reason")
    event, notice = ENDING[status]
    close(appeal, status, at=at)
    record(appeal, event, by=by, at=at, text=reason, ground=ground)
    notices.owe(appeal, notice, at=at)
    count(appeal, Measure.CLOSED, appeal.agency, on=local_date(at, appeal.agency))
    return appeal
