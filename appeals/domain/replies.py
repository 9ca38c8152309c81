"""The answer: prepared by the officer, signed and sent by the head (Art. 80, 89(2))."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.domain.calendar import calendar
from agencies.models import Officer
from appeals.domain import clocks, notices
from appeals.domain.history import record
from appeals.domain.lifecycle import move
from appeals.domain.routing import superior_instance
from appeals.domain.statistics.counting import count, days_to_answer
from appeals.domain.terms import local_date
from appeals.enums import ClockKind, EventKind, Measure, NoticeKind, Outcome, Status
from appeals.errors import InvalidIntake
from appeals.models import Appeal, Reply
from appeals.rules import insist, refusal_to_prepare_reply, refusal_to_reply

OWED_UNTIL_CLOSED = (ClockKind.REPLY,)
NO_LONGER_OWED = (ClockKind.FORWARDING, ClockKind.PASSING_UP)


@dataclass(frozen=True)
class Answer:
    """What an answer must say: the outcome, the reasons, the law, and how to complain further."""

    outcome: Outcome
    text: str
    law: str
    remedy: str


@transaction.atomic
def prepare_reply(appeal: Appeal, answer: Answer, *, by: Officer, at: datetime) -> Appeal:
    """Lay `answer` before the head for signing; a second one replaces the first. Takes the review up."""
    appeal = Appeal.objects.locked(appeal)
    insist(refusal_to_prepare_reply(by, appeal))
    _check(answer)
    if appeal.status == Status.ASSIGNED:
        move(appeal, Status.IN_REVIEW)
    Reply.objects.update_or_create(
        appeal=appeal,
        defaults={
            "outcome": answer.outcome,
            "text": answer.text,
            "law": answer.law,
            "remedy": answer.remedy,
            "superior": superior_instance(appeal.agency, local_date(at, appeal.agency)),
            "prepared_by": by,
            "prepared_at": at,
        },
    )
    record(appeal, EventKind.REPLY_PREPARED, by=by, at=at, text=answer.text, outcome=answer.outcome)
    return appeal


@transaction.atomic
def reply(appeal: Appeal, *, by: Officer, at: datetime, seen: datetime) -> Appeal:
    """Sign the reply prepared at the instant `seen` and send it: the appeal is answered. Late, the breach stays.

    Nobody signs what she did not read: a wording prepared meanwhile is refused.
    """
    appeal = Appeal.objects.locked(appeal)
    insist(refusal_to_reply(by, appeal, getattr(appeal, "reply", None), seen=seen))
    on, signed = local_date(at, appeal.agency), appeal.reply
    signed.signed_by, signed.signed_at = by, at
    signed.save(update_fields=["signed_by", "signed_at"])
    close(appeal, Status.ANSWERED, at=at)
    record(appeal, EventKind.ANSWERED, by=by, at=at, text=signed.text, outcome=signed.outcome)
    notices.owe(appeal, NoticeKind.ANSWERED, at=at)
    count(appeal, Measure.ANSWERED, appeal.agency, on=on, days=days_to_answer(appeal, on=on, calendar=calendar()))
    return appeal


def close(appeal: Appeal, status: Status, *, at: datetime) -> None:
    """Bring the locked `appeal` to a final status: its reply clock is met, nothing else is owed."""
    on = local_date(at, appeal.agency)
    move(appeal, status, closed_on=on)
    clocks.meet(appeal, OWED_UNTIL_CLOSED, on=on, at=at)
    clocks.cancel(appeal, NO_LONGER_OWED, on=on, at=at)


def _check(answer: Answer) -> None:
    needed = {
        "text": _("Write the answer and its reasons."),
        "law": _("Name the law the answer relies on."),
        "remedy": _("Say how the applicant can complain further."),
    }
    for field, message in needed.items():
        if not getattr(answer, field).strip():
            raise InvalidIntake(message, field=field)
