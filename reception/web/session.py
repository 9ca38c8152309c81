"""What the browser's session keeps of a citizen: which draft, which receipt, which opened case. Never a key."""

from collections.abc import Collection
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.sessions.backends.base import UpdateError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from reception.domain import drafts
from reception.domain.drafts import SHELF_LIFE, Answers
from reception.models import Draft

DRAFT, RECEIPT, OPENED, WHOLE = "draft", "receipt", "opened", "whole"
OPEN_FOR = timedelta(minutes=60)
SECOND_CLICK = timedelta(minutes=2)


def draft_id(request: HttpRequest) -> UUID | None:
    stored = request.session.get(DRAFT)
    return UUID(stored) if stored else None


def draft(request: HttpRequest) -> Draft | None:
    return drafts.unsent(draft_id(request))


def answer(request: HttpRequest, given: Answers, *, instead_of: Collection[str] = ()) -> Draft:
    """Keep the answers, and the way back to them: the browser may be closed and opened again."""
    language = get_language() or "kk"
    written = drafts.answer(draft_id(request), given, instead_of=instead_of, language=language, at=timezone.now())
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
    if not request.user.is_authenticated:  # signing in has changed the key already
        request.session.set_expiry(None)
        _move_out(request)
    request.session.pop(WHOLE, None)
    _keep(request, RECEIPT, appeal_id)
    _keep(request, OPENED, appeal_id)


def receipt(request: HttpRequest) -> int | None:
    return _kept(request, RECEIPT)


def open_case(request: HttpRequest, appeal_id: int) -> None:
    """The case is open to this browser, and not to who may have known its session before."""
    request.session.cycle_key()
    request.session.pop(WHOLE, None)
    _keep(request, OPENED, appeal_id)


def open_part(request: HttpRequest, part_id: int, *, of: int) -> None:
    """A part of the opened case `of` is open instead, with the way back to it."""
    _keep(request, WHOLE, of)
    _keep(request, OPENED, part_id)


def whole_case(request: HttpRequest) -> int | None:
    """The case from which a part of it was opened."""
    return _kept(request, WHOLE)


def return_to_whole(request: HttpRequest, appeal_id: int) -> None:
    request.session.pop(WHOLE, None)
    _keep(request, OPENED, appeal_id)


def opened_case(request: HttpRequest) -> int | None:
    return _kept(request, OPENED)


def close_case(request: HttpRequest) -> None:
    for name in (OPENED, RECEIPT, WHOLE):
        request.session.pop(name, None)


def _keep(request: HttpRequest, name: str, appeal_id: int) -> None:
    """For an hour; on a shared machine, nobody finds it later."""
    until = timezone.now() + OPEN_FOR
    request.session[name] = {"appeal": appeal_id, "until": until.isoformat()}


def _kept(request: HttpRequest, name: str) -> int | None:
    kept = request.session.get(name)
    if not kept or datetime.fromisoformat(kept["until"]) < timezone.now():
        return None
    return kept["appeal"]


def _move_out(request: HttpRequest) -> None:
    """A new key for the session; who knew the old one opens nothing with it.

    The old session keeps the draft for two minutes more: a second click comes with the old key,
    and must find the appeal that the first one made.
    """
    kept, left = dict(request.session.items()), request.session.session_key
    store = type(request.session)
    request.session = store()
    request.session.update(kept)
    if left:
        behind = store(left)
        behind.clear()
        behind[DRAFT] = kept[DRAFT]
        behind.set_expiry(timezone.now() + SECOND_CLICK)
        with suppress(UpdateError):  # it was ended meanwhile: nothing is left behind
            behind.save()
