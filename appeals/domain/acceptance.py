"""The holder takes an appeal as its own: nothing obliges it to forward any more."""

from datetime import datetime

from agencies.models import Officer
from appeals.domain import clocks
from appeals.domain.history import record
from appeals.domain.terms import local_date
from appeals.enums import ClockKind, EventKind
from appeals.models import Appeal


def take(appeal: Appeal, *, by: Officer, at: datetime) -> None:
    """Accept the locked `appeal` as part of another act."""
    clocks.cancel(appeal, [ClockKind.FORWARDING], on=local_date(at, appeal.agency), at=at)
    record(appeal, EventKind.ACCEPTED, by=by, at=at, agency=appeal.agency.code)
