"""What the browser's session keeps of a citizen: which draft, which receipt, which opened case. Never a key."""

from datetime import datetime, timedelta
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from reception.domain import drafts
from reception.domain.drafts import SHELF_LIFE, Answers
from reception.models import Draft

DRAFT, RECEIPT, OPENED = "draft", "receipt", "opened"
OPEN_FOR = timedelta(minutes=60)


def draft_id(request: HttpRequest) -> UUID | None:
    stored = request.session.get(DRAFT)
    return UUID(stored) if stored else None


def draft(request: HttpRequest) -> Draft | None:
    return drafts.unsent(draft_id(request))


def answer(request: HttpRequest, given: Answers) -> Draft:
    """Keep the answers, and the way back to them: the browser may be closed and opened again."""
    written = drafts.answer(draft_id(request), given, language=get_language() or "kk", at=timezone.now())
    request.session[DRAFT] = str(written.pk)
    if not request.user.is_authenticated:
        request.session.set_expiry(int(SHELF_LIFE.total_seconds()))
    return written


def forget_draft(request: HttpRequest) -> None:
    """The session is again one that ends with the browser."""
    request.session.pop(DRAFT, None)
    if not request.user.is_authenticated:
        request.session.set_expiry(None)


def keep_receipt(request: HttpRequest, appeal_id: int) -> None:
    """The draft has become an appeal, opened to who sent it; a second click finds the same one."""
    if not request.user.is_authenticated:
        request.session.set_expiry(None)
    request.session[RECEIPT] = appeal_id
    open_case(request, appeal_id)


def receipt(request: HttpRequest) -> int | None:
    return request.session.get(RECEIPT)


def open_case(request: HttpRequest, appeal_id: int) -> None:
    """The case stays open to this browser for an hour; on a shared machine, nobody finds it later."""
    until = timezone.now() + OPEN_FOR
    request.session[OPENED] = {"appeal": appeal_id, "until": until.isoformat()}


def opened_case(request: HttpRequest) -> int | None:
    kept = request.session.get(OPENED)
    if not kept or datetime.fromisoformat(kept["until"]) < timezone.now():
        return None
    return kept["appeal"]


def close_case(request: HttpRequest) -> None:
    for name in (OPENED, RECEIPT):
        request.session.pop(name, None)
