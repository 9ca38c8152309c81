"""Breaches now: the first page of the oversight."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from agencies.domain.calendar import unconfirmed_years
from appeals.domain.statistics import periods
from appeals.domain.statistics.cases import Show
from appeals.domain.statistics.periods import Period
from appeals.enums import Measure
from appeals.filters import UNEXPLAINED
from appeals.web.oversight import sections
from appeals.web.oversight.links import cases_url, register_url
from appeals.web.oversight.overseers import overseers_only
from appeals.web.oversight.picture import A_PAGE, Picture, taken
from appeals.web.oversight.tables import FEW, NOTHING, decimal, signed, whole

PERIODS: dict[str, tuple[str | Promise, Callable[[date], Period]]] = {
    "this_month": (gettext_lazy("This month"), periods.this_month),
    "last_month": (gettext_lazy("Last month"), periods.last_month),
    "this_quarter": (gettext_lazy("This quarter"), periods.this_quarter),
    "this_year": (gettext_lazy("This year"), periods.this_year),
    "last_12_months": (gettext_lazy("Last 12 months"), periods.last_12_months),
}
USUAL = "this_month"


@dataclass(frozen=True)
class BigNumber:
    """A figure in large type; `change` says what it was before, `alarm` that it is bad news."""

    value: str
    label: str
    url: str = ""
    change: str = ""
    alarm: bool = False


@dataclass(frozen=True)
class Choice:
    label: str | Promise
    url: str
    is_current: bool


@overseers_only
@require_safe
def breaches(request: HttpRequest) -> HttpResponse:
    on = timezone.localdate(timezone.now())
    asked = request.GET.get("period", USUAL)
    if asked not in PERIODS:
        messages.warning(request, _("There is no such period; this month is shown instead."))
        asked = USUAL
    first = _first(request)
    picture = taken(PERIODS[asked][1](on), on=on, first=first)
    context = {
        "period": picture.period,
        "before": picture.period.before(),
        "choices": [Choice(label, f"?period={name}", name == asked) for name, (label, _period) in PERIODS.items()],
        "of_period": _of_period(picture),
        "of_now": _of_now(picture),
        "unexplained": _unexplained(picture),
        "internal": _internal_numbers(picture),
        "tables": [
            sections.by_level(picture),
            sections.by_body(picture, **_further(picture, f"?period={asked}&bodies=all", first)),
            sections.by_region(picture),
            sections.by_topic(picture),
            sections.by_channel(picture),
            sections.by_term(picture),
            sections.by_cause(picture),
        ],
        "few": FEW,
        "unconfirmed_years": unconfirmed_years(on),
    }
    return render(request, "oversight/breaches.html", context)


def _first(request: HttpRequest) -> int | None:
    """From which place all bodies are asked for; none where only the worst are."""
    if request.GET.get("bodies") != "all":
        return None
    place = request.GET.get("from", "")
    return int(place) if place.isascii() and place.isdigit() and len(place) < len("10000") else 0


def _further(picture: Picture, url: str, first: int | None) -> dict[str, str]:
    """Where the bodies are that are not shown, and what the link to them says."""
    if first is None:
        return {"more_url": f"{url}#body", "more": _("All bodies")}
    past = first + A_PAGE
    if past >= picture.known:
        return {"more_url": "", "more": ""}
    told = {"first": past + 1, "last": min(past + A_PAGE, picture.known), "all": picture.known}
    return {"more_url": f"{url}&from={past}#body", "more": _("Bodies %(first)s–%(last)s of %(all)s") % told}


def _of_period(picture: Picture) -> list[BigNumber]:
    broken, before = picture.now.total(Measure.BREACHED), picture.before.total(Measure.BREACHED)
    registered = picture.now.total(Measure.REGISTERED)
    against = _("%(change)s against the period before (%(n)s)")
    return [
        _linked(
            broken,
            _("Breaches"),
            cases_url(Show.BREACHES, picture.period),
            change=against % {"change": signed(broken - before), "n": whole(before)},
            alarm=broken > before,
        ),
        BigNumber(
            decimal(1000 * broken / registered) if registered else NOTHING,
            _("Breaches for every 1,000 appeals registered"),
        ),
        _linked(registered, _("Appeals registered"), cases_url(Show.REGISTERED, picture.period)),
    ]


def _of_now(picture: Picture) -> list[BigNumber]:
    official = [body for body in picture.held if body.is_official]
    overdue, soon = sum(body.overdue for body in official), sum(body.soon for body in official)
    return [
        _linked(sum(body.held for body in picture.held), _("Open"), cases_url(Show.OPEN)),
        _linked(overdue, _("Overdue"), cases_url(Show.OVERDUE), alarm=overdue > 0),
        _linked(soon, _("Due within three working days"), cases_url(Show.SOON)),
        BigNumber(whole(picture.unsettled), _("Urgent, not settled yet"), alarm=picture.unsettled > 0),
    ]


def _unexplained(picture: Picture) -> BigNumber:
    """The breaches of any time that the bodies still owe an explanation of."""
    return _linked(picture.unexplained, _("Breaches not explained yet"), register_url(UNEXPLAINED))


def _internal_numbers(picture: Picture) -> list[BigNumber]:
    """The terms the President's Office sets itself; the Code does not bind it (Art. 3(4))."""
    overdue = sum(body.overdue for body in picture.held if not body.is_official)
    return [
        _linked(
            picture.now.total(Measure.BREACHED_INTERNALLY),
            _("Breaches of internal terms in the period"),
            cases_url(Show.INTERNAL_BREACHES, picture.period),
        ),
        _linked(overdue, _("Overdue now by internal terms"), cases_url(Show.INTERNAL_OVERDUE)),
    ]


def _linked(n: int, label: str, url: str, *, change: str = "", alarm: bool = False) -> BigNumber:
    return BigNumber(whole(n), label, url if n else "", change, alarm)
