"""The cases behind a figure: the same acts that were counted, as rows."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from agencies.enums import Level
from appeals.domain.routing import OFFICE
from appeals.domain.statistics.periods import Period
from appeals.models import Appeal, Breach

NOT_STATED = "none"


class Show(TextChoices):
    """Which cases a figure stands for."""

    BREACHES = "breaches", _("Breaches")
    INTERNAL_BREACHES = "internal_breaches", _("Breaches of internal terms")
    REGISTERED = "registered", _("Registered appeals")
    OPEN = "open", _("Open appeals")
    OVERDUE = "overdue", _("Overdue now")
    SOON = "soon", _("Due within three working days")
    INTERNAL_OVERDUE = "internal_overdue", _("Overdue by internal terms")


BREACHES = (Show.BREACHES, Show.INTERNAL_BREACHES)
IN_A_PERIOD = (*BREACHES, Show.REGISTERED)


@dataclass(frozen=True)
class Chosen:
    """Codes that narrow the cases down; empty chooses all, `NOT_STATED` those that state none."""

    level: str = ""
    agency: str = ""
    region: str = ""
    topic: str = ""
    channel: str = ""
    term: str = ""


def breaches(chosen: Chosen, period: Period, *, is_official: bool) -> QuerySet[Breach]:
    """The breaches noted in `period` that count, newest first."""
    found = Breach.objects.standing().filter(
        _given(agency__level=chosen.level, agency__code=chosen.agency, kind=chosen.term),
        _about(chosen, "appeal__"),
        is_official=is_official,
        detected_on__range=(period.first, period.last),
    )
    related = ("agency", "officer", "clock", "appeal__region", "appeal__topic", "appeal__channel")
    return found.select_related(*related).order_by("-detected_on", "-pk")


def registered(chosen: Chosen, period: Period) -> QuerySet[Appeal]:
    """The appeals registered in `period`, newest first; their body is the one that got them first."""
    found = Appeal.objects.filter(
        _about(chosen),
        _first_with(Q(routing__agency__code=chosen.agency), is_office=chosen.agency == OFFICE, asked=chosen.agency),
        _first_with(
            Q(routing__agency__level=chosen.level), is_office=chosen.level == Level.PRESIDENT, asked=chosen.level
        ),
        registered_on__range=(period.first, period.last),
    )
    return found.select_related("agency", "routing__agency", "region", "topic", "channel").order_by("-pk")


def held(chosen: Chosen, show: Show, *, on: date, soon: date) -> QuerySet[Appeal]:
    """The open appeals that `show` asks for on the local date `on`, worst first; `soon` is the last day of "soon"."""
    wanted = {
        Show.OPEN: Q(),
        Show.OVERDUE: Q(next_due_on__lt=on, agency__bound_by_code=True),
        Show.SOON: Q(next_due_on__range=(on, soon), agency__bound_by_code=True),
        Show.INTERNAL_OVERDUE: Q(next_due_on__lt=on, agency__bound_by_code=False),
    }
    found = Appeal.objects.open().filter(
        wanted[show], _about(chosen), _given(agency__level=chosen.level, agency__code=chosen.agency)
    )
    return found.select_related("agency", "officer", "region", "topic", "channel").order_by("next_due_on", "pk")


def _first_with(condition: Q, *, is_office: bool, asked: str) -> Q:
    """The Office has what no body was found for."""
    if not asked:
        return Q()
    return condition | Q(routing__agency=None) if is_office else condition


def _about(chosen: Chosen, prefix: str = "") -> Q:
    stated = {"region": chosen.region, "topic": chosen.topic, "channel": chosen.channel}
    missing = {name for name, code in stated.items() if code == NOT_STATED}
    given = {f"{prefix}{name}__code": code for name, code in stated.items() if name not in missing}
    return _given(**given) & Q(**{f"{prefix}{name}": None for name in missing})


def _given(**conditions: Any) -> Q:
    """The conditions whose value is not empty."""
    return Q(**{name: value for name, value in conditions.items() if value})


def nothing() -> QuerySet[Breach]:
    return Breach.objects.none()


def key_of(case: Breach | Appeal, show: Show) -> str:
    """Where `case` stands in its list, for the link to what comes after it."""
    if show == Show.REGISTERED:
        return str(case.pk)
    day = case.detected_on if isinstance(case, Breach) else case.next_due_on
    return f"{day.isoformat()}.{case.pk}"


def after(found: QuerySet, show: Show, key: str) -> QuerySet:
    """What comes after `key` in the list; everything where the key is none of ours."""
    day, _dot, pk = key.rpartition(".")
    try:
        last, on = int(pk), date.fromisoformat(day) if day else None
    except ValueError:
        return found
    if show == Show.REGISTERED:
        return found.filter(pk__lt=last)
    if on is None:
        return found
    if show in BREACHES:
        return found.filter(Q(detected_on__lt=on) | Q(pk__lt=last), detected_on__lte=on)
    return found.filter(Q(next_due_on__gt=on) | Q(pk__gt=last), next_due_on__gte=on)
