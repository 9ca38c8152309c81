"""A slip in an answer already sent is corrected; the answer stays as it was signed, and so does its outcome."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import Officer
from appeals.domain import notices
from appeals.domain.history import record
from appeals.enums import EventKind, NoticeKind
from appeals.errors import InvalidIntake
from appeals.models import Appeal, Erratum
from appeals.rules import insist, refusal_to_correct_reply


@transaction.atomic
def correct_reply(appeal: Appeal, *, text: str, by: Officer, at: datetime) -> Appeal:
    """Put the correction `text` beside the answer that was sent, and tell the applicant.

    Any number of times, but none twice: a form sent again is refused.
    """
    appeal = Appeal.objects.locked(appeal)
    insist(refusal_to_correct_reply(by, appeal))
    if not text.strip():
        raise InvalidIntake(_("Write what it said and what it says now."), field="text")
    if appeal.reply.errata.filter(text=text).exists():
        raise InvalidIntake(_("This correction was already made."), field="text")
    Erratum.objects.create(reply=appeal.reply, text=text, signed_by=by, signed_at=at)
    record(appeal, EventKind.REPLY_CORRECTED, by=by, at=at, text=text)
    notices.owe(appeal, NoticeKind.REPLY_CORRECTED, at=at, about=appeal.reply.errata.count())
    return appeal
