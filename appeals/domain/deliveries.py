"""Messages owed go out: e-mails by a worker, letters by an officer who puts them on record.

An e-mail is sent at least once: the row is leased, sent, then marked. Its Message-ID never
changes, so a receiver can tell a repeat.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import translation

from agencies.models import Agency, Officer
from appeals.domain import clocks, digests
from appeals.domain.history import record
from appeals.domain.numbering import slug
from appeals.domain.terms import local_date
from appeals.enums import ApplicantType, ClockKind, EventKind, Medium, NoticeKind
from appeals.errors import Bounced, Undelivered
from appeals.models import Appeal, Notice
from appeals.rules import insist
from appeals.rules.posting import refusal_to_post

LEASE = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=6)
MOST_ATTEMPTS = 36
# what a body has a term for telling the applicant; the telling meets it
TOLD_IN_TIME = {
    NoticeKind.EXTENDED: ClockKind.EXTENSION_NOTICE,
    NoticeKind.TERMINATED: ClockKind.TERMINATION_NOTICE,
}

# acts of a body that may have let the appeal go since; the letter names who acted, not who holds it by now
ACTS = {
    NoticeKind.CORRECTION_NEEDED: EventKind.HELD,
    NoticeKind.EXTENDED: EventKind.EXTENDED,
    NoticeKind.HEARING: EventKind.HEARING_NOTIFIED,
    NoticeKind.FILE_SHOWN: EventKind.FILE_SHOWN,
    NoticeKind.COMPETENCE_DISPUTED: EventKind.COMPETENCE_DISPUTED,
}

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Letter:
    """A message ready to go."""

    to: str
    subject: str
    body: str
    message_id: str


@transaction.atomic
def claim(*, at: datetime, limit: int) -> list[int]:
    """Lease up to `limit` owed e-mails to the caller for `LEASE`; who dies with them loses nothing."""
    owed = Notice.objects.owed(at).select_for_update(skip_locked=True).order_by("try_after", "pk")
    ids = list(owed.values_list("pk", flat=True)[:limit])
    Notice.objects.filter(pk__in=ids).update(try_after=at + LEASE, attempts=F("attempts") + 1)
    return ids


def deliver(notice_id: int, *, send: Callable[[Letter], None], at: datetime) -> None:
    """Send one leased message; a bounce is final and shown, anything else is tried again, later and later.

    After `MOST_ATTEMPTS`, about a week, it is given up and shown like a bounce. The term for telling
    what was sent is met.
    """
    notice = Notice.objects.select_related("appeal__applicant", "officer__user").get(pk=notice_id)
    if notice.delivered_at or notice.bounced_at:
        return
    try:
        send(worded(notice, at=at))
    except Bounced as failure:
        notice.bounced_at, notice.failure = at, str(failure)[:255]
    except Exception as failure:  # one letter that cannot be worded or sent must not hold up the others
        if not isinstance(failure, Undelivered):
            logger.exception("notice %s", notice.pk)
        notice.failure = (str(failure) if isinstance(failure, Undelivered) else type(failure).__name__)[:255]
        if notice.attempts >= MOST_ATTEMPTS:
            notice.bounced_at = at
        notice.try_after = at + min(timedelta(minutes=2 ** min(notice.attempts, 10)), LONGEST_WAIT)
    else:
        notice.failure = ""
        _mark_sent(notice, at=at)
        return
    notice.save(update_fields=["bounced_at", "try_after", "failure"])


@transaction.atomic
def post(notice: Notice, *, by: Officer, at: datetime) -> Notice:
    """Put on record that `by` sent `notice` to the applicant by post; the term for telling it is met.

    A message that came back from a mailbox goes by post, too, and keeps why it came back.
    """
    appeal = Appeal.objects.locked(cast(Appeal, notice.appeal))
    notice = appeal.notices.get(pk=notice.pk)
    had_it = appeal.clocks.filter(agency=by.agency_id).exists()
    is_sent, goes_by_post = notice.delivered_at is not None, notice.goes_by_post
    insist(refusal_to_post(by, had_it=had_it, is_sent=is_sent, goes_by_post=goes_by_post))
    notice.medium, notice.posted_by, notice.bounced_at = Medium.POST, by, None
    notice.save(update_fields=["medium", "posted_by", "bounced_at"])
    record(appeal, EventKind.NOTICE_POSTED, by=by, at=at, notice=notice.kind)
    _mark_sent(notice, at=at)
    return notice


def worded(notice: Notice, *, at: datetime) -> Letter:
    """The message in its reader's own language, with what is so at the instant `at`.

    Raises `Bounced` when it is a digest of a day that is over.
    """
    if notice.kind == NoticeKind.DIGEST and digests.is_out_of_date(notice, at=at):
        raise Bounced("Out of date")
    with translation.override(_language(notice)):
        context = _told_of(notice, at=at)
        subject = render_to_string(f"notices/{notice.kind}/subject.txt", context)
        body = render_to_string(f"notices/{notice.kind}/body.txt", context)
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    return Letter(context["to"], " ".join(subject.split()), body.strip() + "\n", f"<notice-{notice.pk}@{domain}>")


def _language(notice: Notice) -> str:
    return notice.officer.user.language if notice.officer else cast(Appeal, notice.appeal).applicant.language


def _told_of(notice: Notice, *, at: datetime) -> dict[str, Any]:
    """What the texts may name: to an official nothing of the applicant, nor the key."""
    told: dict[str, Any] = {"site": settings.SITE_URL, "officer": notice.officer}
    if notice.officer:
        told["to"] = notice.officer.user.email
    if notice.officer and notice.appeal is None:
        return told | {"digest": digests.digest(notice.officer.agency, at=at)}
    appeal = cast(Appeal, notice.appeal)
    told |= {"appeal": appeal, "slug": slug(appeal.number), "body": _acting(notice, appeal)}
    if notice.officer:
        return told
    details = appeal.applicant.unseal()
    return told | {
        "to": details["email"],
        "name": details.get("name", ""),
        "is_firm": appeal.applicant.type == ApplicantType.FIRM,
        "key": appeal.coupon.unseal()["key"],
    }


def _acting(notice: Notice, appeal: Appeal) -> Agency:
    """The body whose act `notice` tells of."""
    act = ACTS.get(NoticeKind(notice.kind))
    lines = appeal.events.filter(kind=act, at=notice.owed_at).select_related("by__agency") if act else []
    return next((line.by.agency for line in lines if line.by), appeal.agency)


@transaction.atomic
def _mark_sent(notice: Notice, *, at: datetime) -> None:
    """`notice` has reached its reader, as far as the body can see to it; the term for telling it is met."""
    kind = TOLD_IN_TIME.get(NoticeKind(notice.kind))
    appeal = Appeal.objects.locked(cast(Appeal, notice.appeal)) if kind else None
    notice.delivered_at = at
    notice.save(update_fields=["delivered_at", "failure"])
    if kind and appeal:
        clocks.meet(appeal, [kind], on=local_date(at, appeal.agency), at=at)
