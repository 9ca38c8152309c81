"""Inside the body: the appeal is accepted, given to an officer, taken up."""

from datetime import datetime

from django.db import transaction

from agencies.models import Officer
from appeals.domain import clocks, holds
from appeals.domain.acceptance import take
from appeals.domain.history import record
from appeals.domain.lifecycle import move
from appeals.domain.terms import local_date
from appeals.enums import ClockKind, EventKind, Status
from appeals.models import Appeal
from appeals.rules import insist, refusal_to_accept, refusal_to_assign, refusal_to_begin_review


@transaction.atomic
def accept(appeal: Appeal, *, by: Officer, at: datetime) -> Appeal:
    """The holder takes `appeal` as its own: nothing obliges it to forward any more."""
    appeal = Appeal.objects.locked(appeal)
    insist(refusal_to_accept(by, appeal, accepted=clocks.is_accepted(appeal.clocks.all())))
    take(appeal, by=by, at=at)
    return appeal


@transaction.atomic
def assign(appeal: Appeal, to: Officer, *, by: Officer, at: datetime) -> Appeal:
    """Give `appeal` to the officer `to`, who answers for it from now on; this accepts it, too.

    While a correction is awaited, only where the days for the answer run on; it can still come afterwards.
    """
    appeal = Appeal.objects.locked(appeal)
    on = local_date(at, appeal.agency)
    insist(refusal_to_assign(by, appeal, to, on=on, reply=clocks.reply_clock(appeal)))
    holds.end(appeal, on=on)
    if not clocks.is_accepted(appeal.clocks.all()):
        take(appeal, by=by, at=at)
    move(appeal, Status.ASSIGNED, officer=to)
    record(appeal, EventKind.ASSIGNED, by=by, at=at, officer=to.pk)
    return appeal


@transaction.atomic
def begin_review(appeal: Appeal, *, by: Officer, at: datetime) -> Appeal:
    """The officer to whom `appeal` is assigned takes it up; also as it stands, where a correction did not come.

    Then nothing obliges the body to return it any more. Where the days for the answer run on while a correction is
    awaited nobody has to wait for it, either: it is taken until the answer is sent, which ends the applicant's term.
    """
    appeal = Appeal.objects.locked(appeal)
    on, reply, is_lapsed = local_date(at, appeal.agency), clocks.reply_clock(appeal), holds.is_lapsed(appeal)
    insist(refusal_to_begin_review(by, appeal, reply=reply, is_lapsed=is_lapsed))
    holds.end(appeal, on=on)
    clocks.cancel(appeal, [ClockKind.RETURN], on=on, at=at)
    if appeal.status != Status.IN_REVIEW:
        move(appeal, Status.IN_REVIEW)
    record(appeal, EventKind.REVIEW_BEGUN, by=by, at=at)
    return appeal
