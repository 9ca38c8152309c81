"""The table of moves, and the one writer of `status`. LIFECYCLE.md is drawn from here."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from appeals.enums import FINAL, Status
from appeals.errors import IllegalMove
from appeals.models import Appeal

ENDS = {Status.RETURNED, Status.TERMINATED, Status.WITHDRAWN}
MOVES: dict[Status, set[Status]] = {
    # to itself: handed on; answered: a complaint that the body complained of satisfies before it goes up,
    # or, once assigned, what was prepared for signing before the appeal was given to a colleague
    Status.REGISTERED: {Status.REGISTERED, Status.ASSIGNED, Status.ON_HOLD, Status.ANSWERED} | ENDS,
    Status.ASSIGNED: {Status.REGISTERED, Status.ASSIGNED, Status.IN_REVIEW, Status.ON_HOLD, Status.ANSWERED} | ENDS,
    Status.IN_REVIEW: {Status.REGISTERED, Status.ASSIGNED, Status.ON_HOLD, Status.ANSWERED} | ENDS,
    Status.ON_HOLD: {Status.REGISTERED, Status.ASSIGNED, Status.IN_REVIEW} | ENDS,  # back to where it was
    **{final: set() for final in FINAL},
}


def move(appeal: Appeal, to: Status, **changes: Any) -> None:
    """Put the locked `appeal` into status `to`, with `changes` to its other fields; raises `IllegalMove`."""
    _check(appeal, to)
    appeal.status = to
    for name, value in changes.items():
        setattr(appeal, name, value)
    appeal.save(update_fields=["status", *changes])


def move_all(appeals: Sequence[Appeal], to: Status, **changes: Any) -> None:
    """The same for many locked `appeals`, with one statement; none moves where one may not."""
    for appeal in appeals:
        _check(appeal, to)
    Appeal.objects.filter(pk__in=[appeal.pk for appeal in appeals]).update(status=to, **changes)


def _check(appeal: Appeal, to: Status) -> None:
    if to not in MOVES[Status(appeal.status)]:
        raise IllegalMove(
            _("An appeal that is “%(from)s” cannot become “%(to)s”.")
            % {"from": appeal.get_status_display(), "to": to.label}
        )


def drawing() -> str:
    """The table as Mermaid text."""
    moves = [f"    {origin} --> {target}" for origin in Status for target in Status if target in MOVES[origin]]
    ends = [f"    {final} --> [*]" for final in FINAL]
    return "\n".join(["stateDiagram-v2", "    [*] --> registered", *moves, *ends])
