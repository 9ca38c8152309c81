"""The cases behind a number of the oversight."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.domain.calendar import calendar
from agencies.domain.wording import long_date
from agencies.domain.working_days import WorkingCalendar
from appeals.domain.numbering import slug
from appeals.domain.queues import SOON
from appeals.domain.statistics import cases as behind
from appeals.domain.statistics.cases import Show
from appeals.domain.statistics.labels import labels
from appeals.web.oversight.forms import CasesForm
from appeals.web.oversight.overseers import overseers_only
from appeals.web.oversight.rows import Reader, Row, Value
from appeals.web.oversight.tables import NOTHING, Cell

PAGE = 50
COUNTED = 10_000  # beyond, the page only says that there are more


@dataclass(frozen=True)
class Asked:
    """What the address asks for, and the cases; none where the form has errors."""

    form: CasesForm
    found: QuerySet
    reader: Reader


def asked(request: HttpRequest) -> Asked:
    on, days = timezone.localdate(timezone.now()), calendar()
    body = request.GET.get("agency", "").replace("\0", "")
    form = CasesForm(request.GET, labels=labels(on=on, agencies=Q(code=body)), on=on)
    found = _found(form, on, days) if form.is_valid() else behind.nothing()
    return Asked(form, found, Reader(form.show_chosen, on, days))


@overseers_only
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    question = asked(request)
    form, show = question.form, question.reader.show
    page = list(behind.after(question.found, show, request.GET.get("after", ""))[: PAGE + 1])
    how_many = question.found.order_by()[: COUNTED + 1].count() if form.is_valid() else 0
    context = {
        "form": form,
        "title": show.label,
        "period": form.period if form.is_valid() else None,
        "body": form.body,
        "rows": [_cells(question.reader.row(case)) for case in page[:PAGE]],
        "how_many": min(how_many, COUNTED),
        "has_more": how_many > COUNTED,
        "next_url": _url(request, after=behind.key_of(page[PAGE - 1], show)) if len(page) > PAGE else "",
        "first_url": _url(request) if request.GET.get("after") else "",
        "export_url": reverse("oversight:export") + _url(request),
        "clear_url": f"?{urlencode({'show': show})}",
        "is_open": form.is_narrowed,
    }
    return render(request, "oversight/cases.html", context, status=200 if form.is_valid() else 422)


def _found(form: CasesForm, on: date, days: WorkingCalendar) -> QuerySet:
    show, period = form.show_chosen, form.period
    if period is None:
        return behind.held(form.chosen, show, on=on, soon=days.after(on, SOON))
    if show == Show.REGISTERED:
        return behind.registered(form.chosen, period)
    return behind.breaches(form.chosen, period, is_official=show == Show.BREACHES)


def _cells(row: Row) -> list[Cell]:
    (head, number), *rest = row.items()
    url = reverse("desk:case", args=[slug(str(number))])
    return [
        Cell(head, str(number), url, is_number=False),
        *(Cell(label, _worded(value), is_number=isinstance(value, int)) for label, value in rest),
    ]


def _worded(value: Value) -> str:
    if isinstance(value, date):
        return long_date(value)
    return NOTHING if value is None else str(value)


def _url(request: HttpRequest, **more: str) -> str:
    """The list as it is narrowed down, from its beginning or after a key."""
    narrowed = request.GET.copy()
    narrowed.pop("after", None)
    narrowed.update(more)
    return f"?{narrowed.urlencode()}"
