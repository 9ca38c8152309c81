"""Endings without an answer: the appeal is returned, or its review terminated. Both are reasoned and told."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import Officer
from appeals.domain import clocks, notices
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
    """Return `appeal` to the applicant with reasons (Art. 64(7)); it bars no new one (Art. 64(8))."""
    appeal = Appeal.objects.locked(appeal)
    insist(refusal_to_return(by, appeal))
    clocks.meet(appeal, [ClockKind.FORWARDING], on=local_date(at, appeal.agency), at=at)
    return _end(appeal, Status.RETURNED, ground, by=by, at=at, reason=reason)


@transaction.atomic
def terminate(appeal: Appeal, ground: TerminationGround, *, by: Officer, at: datetime, reason: str) -> Appeal:
    """End the review of `appeal` without a decision (Art. 70(1), 88(1)), and tell the applicant why."""
    appeal = Appeal.objects.locked(appeal)
    insist(refusal_to_terminate(by, appeal))
    return _end(appeal, Status.TERMINATED, ground, by=by, at=at, reason=reason)


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
