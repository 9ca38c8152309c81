"""How an appeal is handed on to the body that is to answer it, and what that does to the terms (Art. 65)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.domain.calendar import calendar
from agencies.models import Agency, Officer
from appeals.domain import clocks, holds, notices
from appeals.domain.history import record
from appeals.domain.lifecycle import move
from appeals.domain.statistics.counting import count
from appeals.domain.terms import local_date
from appeals.enums import EventKind, Measure, NoticeKind, Status
from appeals.errors import InvalidIntake
from appeals.models import Appeal, Forwarding, Reply
from appeals.rules import insist, refusal_to_forward


def arrival(appeal: Appeal, to: Agency, at: datetime) -> date:
    """The local date from which `to` has the appeal; never before the day the appeal counts as received."""
    return max(local_date(at, to), appeal.registered_on)


@transaction.atomic
def forward(appeal: Appeal, to: Agency, *, by: Officer, at: datetime, reason: str) -> Appeal:
    """Hand `appeal` over to `to`, the competent body, and tell the applicant (Art. 65, 91(4)).

    The forwarding clock of the body that lets go is met, its reply clock cancelled; the receiver
    gets its own, from the day after arrival (Art. 76(2)). Forwarding late is possible, and leaves
    a breach with the body that was late. A reply prepared and not signed stays behind.
    """
    appeal = Appeal.objects.locked(appeal)
    on = local_date(at, appeal.agency)
    insist(refusal_to_forward(by, appeal, to, on=on))
    if not reason.strip():
        raise InvalidIntake(_("Say why the appeal is forwarded."), field="reason")
    left = appeal.agency
    holds.end(appeal, on=on)
    clocks.let_go(appeal, on=on, at=at)
    move(appeal, Status.REGISTERED, agency=to, officer=None, hops=appeal.hops + 1)
    clocks.start(appeal, on=arrival(appeal, to, at), calendar=calendar())
    Reply.objects.filter(appeal=appeal, signed_at=None).delete()
    Forwarding.objects.create(appeal=appeal, left=left, to=to, by=by, on=on)
    record(appeal, EventKind.FORWARDED, by=by, at=at, text=reason, left=left.code, to=to.code)
    notices.owe(appeal, NoticeKind.FORWARDED, at=at, about=appeal.hops)
    count(appeal, Measure.FORWARDED, left, on=on)
    return appeal
