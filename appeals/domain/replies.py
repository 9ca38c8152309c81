"""The answer: prepared by the officer, signed and sent by the head (Art. 80, 89(2))."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.domain.calendar import calendar
from agencies.models import Officer
from appeals.domain import clocks, hearings, holds, notices
from appeals.domain.history import record
from appeals.domain.lifecycle import move
from appeals.domain.routing import superior_instance
from appeals.domain.statistics.counting import count, days_to_answer
from appeals.domain.terms import local_date
from appeals.enums import ClockKind, EventKind, Measure, NoticeKind, Outcome, Status
from appeals.errors import InvalidIntake
from appeals.models import Appeal, Reply
from appeals.rules import insist, refusal_to_prepare_reply, refusal_to_reply, refusal_to_satisfy

OWED_UNTIL_CLOSED = (ClockKind.REPLY,)
CARRIED_OUT = (Outcome.SATISFIED, Outcome.PARTLY)
NO_LONGER_OWED = (*clocks.LETTING_GO, *clocks.OF_THE_WORK)


@dataclass(frozen=True)
class Answer:
    """What an answer must say: the outcome, the reasons, the law, and how to complain further.

    `needs_execution`: something is still to be done, within five working days of the answer (Art. 86(3)).
    """

    outcome: Outcome
    text: str
    law: str
    remedy: str
    needs_execution: bool = False


@transaction.atomic
def prepare_reply(appeal: Appeal, answer: Answer, *, by: Officer, at: datetime) -> Appeal:
    """Lay `answer` before the head for signing; a second one replaces the first. Takes the review up.

    The same words, sent again by whoever prepared them, are no second act, unless they end the term to return it.
    """
    appeal = Appeal.objects.locked(appeal)
    insist(refusal_to_prepare_reply(by, appeal))
    _check(answer)
    told = _told(appeal, answer, by=by, at=at)
    is_same = appeal.status == Status.IN_REVIEW and Reply.objects.filter(appeal=appeal, **told).exists()
    if is_same and not holds.is_lapsed(appeal):
        return appeal
    clocks.cancel(appeal, [ClockKind.RETURN], on=local_date(at, appeal.agency), at=at)
    if appeal.status == Status.ASSIGNED:
        move(appeal, Status.IN_REVIEW)
    _write(appeal, told, at=at)
    record(appeal, EventKind.REPLY_PREPARED, by=by, at=at, text=answer.text, outcome=answer.outcome)
    return appeal


@transaction.atomic
def reply(appeal: Appeal, *, by: Officer, at: datetime, seen: datetime) -> Appeal:
    """Sign the reply prepared at the instant `seen` and send it: the appeal is answered. Late, the breach stays.

    Nobody signs what she did not read: a wording prepared meanwhile is refused. Nor an adverse one
    before the third working day after the applicant was told of it, unless no hearing is needed (Art. 73).
    """
    appeal = Appeal.objects.locked(appeal)
    on = local_date(at, appeal.agency)
    prepared, hearing = getattr(appeal, "reply", None), hearings.owed(appeal, on=on)
    insist(refusal_to_reply(by, appeal, prepared, on=on, hearing=hearing, seen=seen))
    _send(appeal, appeal.reply, by=by, at=at)
    return appeal


@transaction.atomic
def satisfy(
    appeal: Appeal, *, text: str, law: str, remedy: str, by: Officer, at: datetime, needs_execution: bool = False
) -> Appeal:
    """The body complained of satisfies the complaint in full itself, and it need not go up (Art. 91(4)).

    Only within its three working days, and only by head or deputy; whatever is less than all goes to the superior.
    """
    appeal = Appeal.objects.locked(appeal)
    on = local_date(at, appeal.agency)
    insist(refusal_to_satisfy(by, appeal, clocks.running_one(appeal, ClockKind.PASSING_UP), on=on))
    answer = Answer(Outcome.SATISFIED, text, law, remedy, needs_execution)
    _check(answer)
    written = _write(appeal, _told(appeal, answer, by=by, at=at), at=at)
    clocks.meet(appeal, [ClockKind.PASSING_UP], on=on, at=at)
    _send(appeal, written, by=by, at=at)
    return appeal


def close(appeal: Appeal, status: Status, *, at: datetime, is_decided: bool = True) -> None:
    """Bring the locked `appeal` to a final status: its reply clock is met, nothing else is owed.

    Where nothing was decided, the applicant took the appeal back or it never was one, that clock is cancelled.
    """
    on = local_date(at, appeal.agency)
    holds.end(appeal, on=on)
    move(appeal, status, closed_on=on)
    (clocks.meet if is_decided else clocks.cancel)(appeal, OWED_UNTIL_CLOSED, on=on, at=at)
    clocks.cancel(appeal, NO_LONGER_OWED, on=on, at=at)


def _told(appeal: Appeal, answer: Answer, *, by: Officer, at: datetime) -> dict[str, Any]:
    """What stands in the row of a reply, but for the moment."""
    said = {name: getattr(answer, name) for name in ("outcome", "text", "law", "remedy", "needs_execution")}
    return said | {"superior": superior_instance(appeal.agency, local_date(at, appeal.agency)), "prepared_by": by}


def _write(appeal: Appeal, told: dict[str, Any], *, at: datetime) -> Reply:
    return Reply.objects.update_or_create(appeal=appeal, defaults=told | {"prepared_at": at})[0]


def _send(appeal: Appeal, signed: Reply, *, by: Officer, at: datetime) -> None:
    on, days = local_date(at, appeal.agency), calendar()
    signed.signed_by, signed.signed_at = by, at
    signed.save(update_fields=["signed_by", "signed_at"])
    close(appeal, Status.ANSWERED, at=at)
    if signed.needs_execution:
        clocks.start_one(appeal, ClockKind.EXECUTION, on=on, calendar=days)
    record(appeal, EventKind.ANSWERED, by=by, at=at, text=signed.text, outcome=signed.outcome)
    notices.owe(appeal, NoticeKind.ANSWERED, at=at)
    count(appeal, Measure.ANSWERED, appeal.agency, on=on, days=days_to_answer(appeal, on=on, calendar=days))


def _check(answer: Answer) -> None:
    needed = {
        "text": _("Write the answer and its reasons."),
        "law": _("Name the law the answer relies on."),
        "remedy": _("Say how the applicant can complain further."),
    }
    for field, message in needed.items():
        if not getattr(answer, field).strip():
            raise InvalidIntake(message, field=field)
    if answer.needs_execution and answer.outcome not in CARRIED_OUT:
        raise InvalidIntake(
            _("Only what was satisfied, or satisfied in part, is still to be carried out."), field="needs_execution"
        )
