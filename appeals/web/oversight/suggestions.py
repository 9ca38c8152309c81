"""How often the topics suggested from the text are right."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies.domain.wording import long_month
from agencies.domain.working_days import months_after
from appeals.domain.accuracy import Accuracy, Along, Tally, accuracy
from appeals.domain.statistics.periods import Period
from appeals.web.desk.export import safe, writer_in
from appeals.web.oversight.breaches import PERIODS, BigNumber, Choice
from appeals.web.oversight.overseers import overseers_only
from appeals.web.oversight.tables import Cell, Table, n_of, name, number, part, percent, whole

USUAL = "last_12_months"
CAPTIONS = {
    Along.MONTH: gettext_lazy("By month of the registration"),
    Along.LANGUAGE: gettext_lazy("By language of the text"),
    Along.TOPIC: gettext_lazy("By topic"),
    Along.MODEL: gettext_lazy("By version of the model"),
}
Named = tuple[str, str, Tally]  # the value, and what it is called


@overseers_only
@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("period", USUAL)
    if asked not in PERIODS:
        messages.warning(request, _("There is no such period; the last 12 months are shown instead."))
        asked = USUAL
    found = accuracy(_period(asked))
    context = {
        "period": found.period,
        "choices": [Choice(label, f"?period={key}", key == asked) for key, (label, _period) in PERIODS.items()],
        "numbers": _numbers(found),
        "tables": [_table(found, along) for along in CAPTIONS] if found.total.texts else [],
        "export_url": f"{reverse('oversight:export-suggestions')}?period={asked}",
    }
    return render(request, "oversight/suggestions.html", context)


@overseers_only
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The same as a table for a spreadsheet: numbers of texts, from which every share can be computed."""
    asked = request.GET.get("period", USUAL)
    found = accuracy(_period(asked if asked in PERIODS else USUAL))
    writer = writer_in(get_language() or "kk")
    lines = (writer.writerow([safe(value) for value in row]) for row in _lines(found))
    response = HttpResponse("\ufeff" + "".join(lines), content_type="text/csv; charset=utf-8")
    name = f"suggestions-{found.period.first}-{found.period.last}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _period(asked: str) -> Period:
    return PERIODS[asked][1](timezone.localdate(timezone.now()))


def _numbers(found: Accuracy) -> list[BigNumber]:
    total = found.total
    return [
        BigNumber(whole(total.texts), _("Answered texts"), change=_of(total.texts, found.registered)),
        *(BigNumber(percent(n, of), label, change=_of(n, of)) for label, n, of in _shares(total)),
        BigNumber(whole(total.unsure), _("Sent without a topic")),
        BigNumber(whole(total.changed), _("Topic changed by an official")),
    ]


def _of(n: int, of: int) -> str:
    return n_of(n, of) if of else ""


def _shares(tally: Tally) -> list[tuple[str, int, int]]:
    return [
        (_("Suggested"), tally.suggested, tally.texts),
        (_("Right at once"), tally.first, tally.suggested),
        (_("Among the first three"), tally.in_three, tally.suggested),
        (_("Own choice right"), tally.chosen_right, tally.chosen),
    ]


def _table(found: Accuracy, along: Along) -> Table:
    head = str(along.label)
    rows = [[name(head, called), *_cells(tally)] for _value, called, tally in _named(found, along)]
    return Table(along.value, str(CAPTIONS[along]), rows, [name(head, _("Total")), *_cells(found.total)])


def _cells(tally: Tally) -> list[Cell]:
    shares = [part(label, n, of, is_drawn=place == 1) for place, (label, n, of) in enumerate(_shares(tally))]
    return [
        number(_("Answered texts"), tally.texts),
        *shares,
        number(_("Sent without a topic"), tally.unsure),
        number(_("Topic changed by an official"), tally.changed),
    ]


def _named(found: Accuracy, along: Along) -> Iterator[Named]:
    """A row for every month of the period; else for what has texts, those with the most first."""
    if along == Along.MONTH:
        for month in _months(found.period):
            value = f"{month:%Y-%m}"
            yield value, long_month(month), found.tallies[along].get(value, Tally())
        return
    names = {Along.TOPIC: found.topics, Along.LANGUAGE: dict(settings.LANGUAGES)}.get(along, {})
    for value, tally in found.along(along):
        yield value, str(names.get(value, value)), tally


def _months(period: Period) -> Iterator[date]:
    month = period.first.replace(day=1)
    while month <= period.last:
        yield month
        month = months_after(month, 1)


def _lines(found: Accuracy) -> Iterator[list[Any]]:
    yield [
        _("Table"),
        _("Code"),
        _("Name"),
        _("Answered texts"),
        _("Suggested"),
        _("Right at once"),
        _("Among the first three"),
        _("Sent with a topic"),
        _("Own choice right"),
        _("Sent without a topic"),
        _("Topic changed by an official"),
    ]
    for along in CAPTIONS:
        for value, called, tally in _named(found, along):
            yield [along.label, value, called, *_counts(tally)]
    yield [_("Total"), "", "", *_counts(found.total)]


def _counts(tally: Tally) -> list[int]:
    said = [tally.texts, tally.suggested, tally.first, tally.in_three]
    return [*said, tally.chosen, tally.chosen_right, tally.unsure, tally.changed]
