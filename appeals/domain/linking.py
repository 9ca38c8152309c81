"""A repeat or an addition is tied to the earlier appeal; it stays an appeal of its own (Art. 64(1), 64(8))."""

from datetime import datetime
from typing import cast

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import Officer
from appeals.domain.history import record
from appeals.enums import EventKind
from appeals.errors import InvalidIntake
from appeals.models import Appeal
from appeals.rules import insist, refusal_to_link, refusal_to_unlink


@transaction.atomic
def link(appeal: Appeal, to: Appeal, *, reason: str, by: Officer, at: datetime) -> Appeal:
    """Note that `appeal` repeats the earlier `to`, or adds to it. No clock and no duty changes by that."""
    appeal = Appeal.objects.locked(appeal)
    insist(refusal_to_link(by, appeal, to))
    _check(reason)
    appeal.previous = to
    appeal.save(update_fields=["previous"])
    record(appeal, EventKind.LINKED, by=by, at=at, text=reason, previous=to.number)
    return appeal


@transaction.atomic
def unlink(appeal: Appeal, *, reason: str, by: Officer, at: datetime) -> Appeal:
    """Take back that `appeal` follows on an earlier one."""
    appeal = Appeal.objects.locked(appeal)
    insist(refusal_to_unlink(by, appeal))
    _check(reason)
    left = cast(Appeal, appeal.previous)
    appeal.previous = None
    appeal.save(update_fields=["previous"])
    record(appeal, EventKind.UNLINKED, by=by, at=at, text=reason, previous=left.number)
    return appeal


def _check(reason: str) -> None:
    if not reason.strip():
        raise InvalidIntake(_("Give the reason."), field="reason")
