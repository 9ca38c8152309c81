"""Messages owed. An act writes the row in its own transaction; a worker empties the rows.

A message is sent at least once: the row is leased, sent, then marked. Its Message-ID never
changes, so a receiver can tell a repeat.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import translation

from agencies.models import Officer
from appeals.domain.numbering import slug
from appeals.enums import ApplicantType, Medium, NoticeKind
from appeals.errors import Bounced, Undelivered
from appeals.models import Appeal, Notice

LEASE = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=6)
MOST_ATTEMPTS = 36

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Letter:
    """A message ready to go."""

    to: str
    subject: str
    body: str
    message_id: str


def owe(appeal: Appeal, kind: NoticeKind, *, at: datetime, about: str | int = "") -> None:
    """Owe the applicant a message, by e-mail where there is one, else by post; `about` tells occasions apart."""
    owe_all([to_applicant(appeal, kind, at=at, about=about)])


def owe_all(notices: Iterable[Notice]) -> None:
    """Owe many; one already owed stays one."""
    Notice.objects.bulk_create(notices, ignore_conflicts=True)


def to_applicant(appeal: Appeal, kind: NoticeKind, *, at: datetime, about: str | int = "") -> Notice:
    return Notice(
        appeal=appeal,
        kind=kind,
        key=f"{kind}:{appeal.pk}:{about}",
        medium=Medium.EMAIL if appeal.applicant.has_email else Medium.POST,
        owed_at=at,
        try_after=at,
    )


def to_officer(appeal: Appeal, kind: NoticeKind, officer: Officer, *, at: datetime, about: str | int) -> Notice:
    return Notice(
        appeal=appeal,
        kind=kind,
        key=f"{kind}:{about}:{officer.pk}",
        officer=officer,
        owed_at=at,
        try_after=at,
    )


@transaction.atomic
def claim(*, at: datetime, limit: int) -> list[int]:
    """Lease up to `limit` owed e-mails to the caller for `LEASE`; who dies with them loses nothing."""
    owed = Notice.objects.owed(at).select_for_update(skip_locked=True).order_by("try_after", "pk")
    ids = list(owed.values_list("pk", flat=True)[:limit])
    Notice.objects.filter(pk__in=ids).update(try_after=at + LEASE, attempts=F("attempts") + 1)
    return ids


def deliver(notice_id: int, *, send: Callable[[Letter], None], at: datetime) -> None:
    """Send one leased message; a bounce is final and shown, anything else is tried again, later and later.

    After `MOST_ATTEMPTS`, about a week, it is given up and shown like a bounce.
    """
    notice = Notice.objects.select_related("appeal__applicant", "officer__user").get(pk=notice_id)
    if notice.delivered_at or notice.bounced_at:
        return
    try:
        send(worded(notice))
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
        notice.delivered_at, notice.failure = at, ""
    notice.save(update_fields=["delivered_at", "bounced_at", "try_after", "failure"])


def worded(notice: Notice) -> Letter:
    """The message in its reader's own language."""
    appeal = notice.appeal
    if notice.officer:
        to, language, details = notice.officer.user.email, notice.officer.user.language, {}
    else:
        details = appeal.applicant.unseal()
        to, language = details["email"], appeal.applicant.language
    with translation.override(language):
        context = {
            "appeal": appeal,
            "officer": notice.officer,
            "name": details.get("name", ""),
            "is_firm": appeal.applicant.type == ApplicantType.FIRM,
            "key": appeal.coupon.unseal()["key"] if not notice.officer else "",
            "site": settings.SITE_URL,
            "slug": slug(appeal.number),
        }
        subject = render_to_string(f"notices/{notice.kind}/subject.txt", context)
        body = render_to_string(f"notices/{notice.kind}/body.txt", context)
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    return Letter(to, " ".join(subject.split()), body.strip() + "\n", f"<notice-{notice.pk}@{domain}>")
