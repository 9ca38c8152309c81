"""What cannot wait: marked, told to the duty officers at once, by night and on days off, and settled (Art. 64(7-2))."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from agencies.enums import Level, Role
from agencies.models import Officer
from appeals.domain import notices
from appeals.domain.history import record
from appeals.domain.terms import local_date
from appeals.domain.urgency import Found
from appeals.enums import Alarm, Danger, EventKind, NoticeKind
from appeals.errors import InvalidIntake
from appeals.models import Appeal, Urgency
from appeals.rules import insist
from appeals.rules.urgent import refusal_to_mark_urgent, refusal_to_settle_urgency

# whoever is there first: a body without a duty officer is not told by nobody
TOLD: Sequence[tuple[Role, ...]] = ((Role.DUTY,), (Role.HEAD, Role.DEPUTY), (Role.REGISTRAR,))


@transaction.atomic
def mark_urgent(appeal: Appeal, danger: Danger, *, by: Officer, at: datetime, reason: str) -> Appeal:
    """Say that `appeal` cannot wait, because of `danger`; the duty officers are told at once.

    What was settled as a false alarm can be marked again.
    """
    appeal = Appeal.objects.locked(appeal)
    insist(refusal_to_mark_urgent(by, appeal))
    _insist_on_reason(reason)
    _raise(appeal, danger=danger, raised_at=at, raised_by=by)
    appeal.is_urgent = True
    appeal.save(update_fields=["is_urgent"])
    record(appeal, EventKind.MARKED_URGENT, by=by, at=at, text=reason, danger=danger)
    alert(appeal, at=at, with_office=True)
    return appeal


@transaction.atomic
def settle_urgency(appeal: Appeal, alarm: Alarm, *, by: Officer, at: datetime, reason: str) -> Appeal:
    """Say whether the danger is real; after a false alarm `appeal` is one like any other."""
    appeal = Appeal.objects.locked(appeal)
    raised = Urgency.objects.filter(appeal=appeal).first()
    insist(refusal_to_settle_urgency(by, appeal, is_settled=bool(raised and raised.settled_at)))
    _insist_on_reason(reason)
    is_real = alarm == Alarm.REAL
    Urgency.objects.filter(appeal=appeal).update(settled_by=by, settled_at=at, is_real=is_real)
    appeal.is_urgent = is_real
    appeal.save(update_fields=["is_urgent"])
    record(appeal, EventKind.URGENCY_SETTLED, by=by, at=at, text=reason, alarm=alarm)
    return appeal


def raise_by_words(appeal: Appeal, found: Found, *, at: datetime, is_denied: bool) -> None:
    """Put on record, as a part of registration, what the words of `appeal` tell of; tell the duty officers.

    `is_denied`: the applicant says that it is not urgent, or that nobody is in danger.
    """
    _raise(appeal, danger=found.danger, words=list(found.words), is_denied=is_denied, raised_at=at)
    told: dict[str, Any] = {"danger": found.danger} | ({"is_denied": True} if is_denied else {})
    record(appeal, EventKind.MARKED_URGENT, at=at, **told)
    alert(appeal, at=at, with_office=True)


def pass_on(appeal: Appeal, part: Appeal, *, at: datetime) -> None:
    """What is said of the urgent `appeal` holds for a `part` of it, too, until its own body settles it."""
    raised = appeal.urgency
    _raise(part, danger=raised.danger, words=raised.words, is_denied=raised.is_denied, raised_at=at)
    record(part, EventKind.MARKED_URGENT, at=at, danger=raised.danger)
    alert(part, at=at)


def hand_over(appeal: Appeal, *, at: datetime) -> None:
    """Tell the duty officers of the body that has the urgent `appeal` from now on; it settles the danger anew.

    What another body found stays in the history.
    """
    Urgency.objects.filter(appeal=appeal).update(settled_by=None, settled_at=None, is_real=None)
    alert(appeal, at=at)


def alert(appeal: Appeal, *, at: datetime, with_office: bool = False) -> None:
    """Owe the duty officers of the holder, and of the President's Office, a message that waits for no working day."""
    bodies = Q(agency=appeal.agency_id) | (Q(agency__level=Level.PRESIDENT) if with_office else Q())
    on_duty = Officer.objects.in_office(local_date(at, appeal.agency)).filter(bodies, role__in=sum(TOLD, ()))
    about = f"{appeal.pk}:{at:%Y%m%d%H%M%S}"
    by_body: dict[int, list[Officer]] = defaultdict(list)
    for officer in on_duty.order_by("pk"):
        by_body[officer.agency_id].append(officer)
    notices.owe_all(
        notices.to_officer(appeal, NoticeKind.URGENT, officer, at=at, about=about)
        for colleagues in by_body.values()
        for officer in _first_there(colleagues)
    )


def _first_there(colleagues: Sequence[Officer]) -> Sequence[Officer]:
    there = ([officer for officer in colleagues if officer.role in roles] for roles in TOLD)
    return next(filter(None, there), [])


def _raise(appeal: Appeal, **raised: object) -> None:
    anew = {"words": [], "is_denied": False, "raised_by": None, "settled_by": None, "settled_at": None, "is_real": None}
    Urgency.objects.update_or_create(appeal=appeal, defaults=anew | raised)


def _insist_on_reason(reason: str) -> None:
    if not reason.strip():
        raise InvalidIntake(_("Give the reason."), field="reason")
