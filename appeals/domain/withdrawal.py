"""The applicant takes the appeal back, any time before the decision (Art. 64(9))."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import Officer
from appeals.domain import notices
from appeals.domain.history import record
from appeals.domain.replies import close
from appeals.domain.statistics.counting import count
from appeals.domain.terms import local_date
from appeals.enums import EventKind, Measure, NoticeKind, Status
from appeals.errors import InvalidIntake
from appeals.models import Appeal
from appeals.rules import insist, refusal_to_withdraw


@transaction.atomic
def withdraw(appeal: Appeal, *, at: datetime, by: Officer | None = None, reason: str = "") -> Appeal:
    """End `appeal` as its applicant wishes: on her page, or by a written statement that `by` enters and names.

    Nothing is owed any more; a breach stays on record. It bars no new appeal, and parts of it that
    other bodies have go on.
    """
    appeal = Appeal.objects.locked(appeal)
    insist(refusal_to_withdraw(by, appeal))
    if by is not None and not reason.strip():
        raise InvalidIntake(_("Name the written statement: its date, and its number if it has one."), field="reason")
    close(appeal, Status.WITHDRAWN, at=at, is_decided=False)
    record(appeal, EventKind.WITHDRAWN, by=by, at=at, text=reason.strip())
    notices.owe(appeal, NoticeKind.WITHDRAWN, at=at)
    count(appeal, Measure.CLOSED, appeal.agency, on=local_date(at, appeal.agency))
    return appeal
