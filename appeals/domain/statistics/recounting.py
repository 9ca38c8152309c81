"""An appeal is classed anew: what it was counted as is taken back, and counted as what it is."""

from agencies.models import Agency
from appeals.domain.statistics.counting import count_all, counted, counted_breach
from appeals.enums import EventKind, Measure
from appeals.models import Appeal, CountDelta


def on_record(appeal: Appeal) -> list[CountDelta]:
    """Every act that the open `appeal` is counted by so far, under what it is now; nothing is saved.

    The twin, for one appeal, of what `rebuilding` reads for all.
    """
    told = appeal.events.filter(kind__in=[EventKind.REGISTERED, EventKind.ROUTED]).values_list("kind", "data")
    data = dict(told)
    first = Agency.objects.get(code=data[EventKind.ROUTED]["agency"])
    acts = [counted(appeal, Measure.REGISTERED, first, on=data[EventKind.REGISTERED]["registered_on"])]
    acts += [
        counted(appeal, Measure.FORWARDED, hop.left, on=hop.on) for hop in appeal.forwardings.select_related("left")
    ]
    standing = list(appeal.breaches.filter(annulled_on=None).select_related("agency"))
    for breach in standing:
        breach.appeal = appeal
    return [*acts, *map(counted_breach, standing)]


def recount(before: list[CountDelta], after: list[CountDelta]) -> None:
    """Take the acts `before` back and count `after` instead."""
    for act in before:
        act.n = -1
    count_all([*before, *after])
