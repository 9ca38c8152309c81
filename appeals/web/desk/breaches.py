"""The register of breaches: of one's own body at the desk; the oversight has the same page over all bodies."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies.domain.calendar import calendar
from agencies.domain.wording import long_date
from agencies.enums import Role
from appeals.domain import breach_register
from appeals.domain.breach_register import OnRecord
from appeals.domain.statistics.cases import Show, after, key_of
from appeals.enums import BreachCause
from appeals.filters import NO, UNEXPLAINED, YES, BreachFilter
from appeals.models import Breach
from appeals.web.desk.cases import desk
from appeals.web.rows import table_row

PAGE = 50
NOTHING = "–"


@dataclass(frozen=True)
class Tab:
    """How many of what is shown have one cause; leads to these alone."""

    label: str | Promise
    count: int
    url: str
    is_current: bool


@desk
@require_safe
def breaches(request: HttpRequest) -> HttpResponse:
    if request.officer.role == Role.OVERSIGHT:
        return redirect("oversight:register")
    return register(request, reverse("desk:breaches"), back_url=reverse("desk:queue"))


def register(request: HttpRequest, url: str, *, back_url: str) -> HttpResponse:
    """The page of the register at `url`: what the reader may see, narrowed down as the address asks."""
    asked = BreachFilter(request.GET, Breach.objects.visible_to(request.officer), request=request)
    is_good = asked.form.is_valid()
    found = after(breach_register.rows(asked.qs), Show.BREACHES, request.GET.get("after", ""))
    page = list(found[: PAGE + 1]) if is_good else []
    days = calendar()
    context = {
        "is_of_all": request.officer.role == Role.OVERSIGHT,
        "tabs": _tabs(request, asked) if is_good else [],
        "rows": [_cells(breach_register.on_record(breach, on=asked.on, days=days), request) for breach in page[:PAGE]],
        "form": asked.form,
        "is_open": asked.is_set,
        "next_url": _url(request, after=key_of(page[PAGE - 1], Show.BREACHES)) if len(page) > PAGE else "",
        "first_url": _url(request) if "after" in request.GET else "",
        "export_url": reverse("desk:breaches_export") + _url(request),
        "clear_url": url,
        "back_url": back_url,
    }
    return render(request, "desk/breaches.html", context, status=200 if is_good else 422)


def _tabs(request: HttpRequest, asked: BreachFilter) -> list[Tab]:
    counted, annulled = breach_register.by_cause(asked.qs)
    causes = [("", UNEXPLAINED, _("Not explained yet")), *((cause, cause, cause.label) for cause in BreachCause)]
    chosen = asked.form.cleaned_data
    tabs = [
        Tab(label, counted[code], _url(request, cause=name, annulled=NO), chosen.get("cause") == name)
        for code, name, label in causes
        if code in counted
    ]
    if annulled:
        tabs.append(Tab(_("Annulled"), annulled, _url(request, annulled=YES), chosen.get("annulled") == YES))
    return tabs


def _cells(seen: OnRecord, request: HttpRequest) -> list[dict[str, Any]]:
    breach = seen.breach
    marks = [_("internal term")] if not breach.is_official else []
    if breach.annulled_on:
        marks.append(_("the breach is annulled"))
    term = breach.get_kind_display()
    cells = {
        _("Number"): breach.appeal.number,
        _("Body"): breach.agency.name,
        _("Term"): f"{term} ({', '.join(marks)})" if marks else term,
        _("Due"): long_date(breach.due_on),
        _("Noted"): long_date(breach.detected_on),
        _("Working days late"): seen.days_late,
        _("Cause"): breach.get_cause_display() or _("Not explained yet"),
        _("Review"): seen.verdict.label if seen.verdict else NOTHING,
        _("Measures"): len(seen.measures),
    }
    if request.officer.role != Role.OVERSIGHT:
        del cells[_("Body")]
    return table_row(cells, reverse("desk:breach", args=[breach.pk]))


def _url(request: HttpRequest, **more: str) -> str:
    """The list as it is narrowed down, from its beginning or after a key."""
    narrowed = request.GET.copy()
    narrowed.pop("after", None)
    for name, value in more.items():
        narrowed[name] = value
    return f"?{narrowed.urlencode()}"
