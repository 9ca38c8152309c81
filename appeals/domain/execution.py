"""What an answer promised is carried out, within five working days (Art. 86(3))."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import Officer
from appeals.domain import clocks, notices
from appeals.domain.history import record
from appeals.domain.terms import local_date
from appeals.enums import ClockKind, EventKind, NoticeKind
from appeals.errors import InvalidIntake
from appeals.models import Appeal
from appeals.rules import insist, refusal_to_report_execution


@transaction.atomic
def report_execution(appeal: Appeal, *, text: str, by: Officer, at: datetime) -> Appeal:
    """Report that the decision is carried out, and tell the applicant what was done. Late, the breach stays."""
    appeal = Appeal.objects.locked(appeal)
    insist(refusal_to_report_execution(by, appeal, clocks.running_one(appeal, ClockKind.EXECUTION)))
    if not text.strip():
        raise InvalidIntake(_("Write what was done; the applicant will read it."), field="text")
    clocks.meet(appeal, [ClockKind.EXECUTION], on=local_date(at, appeal.agency), at=at)
    record(appeal, EventKind.EXECUTED, by=by, at=at, text=text)
    notices.owe(appeal, NoticeKind.EXECUTED, at=at)
    return appeal
