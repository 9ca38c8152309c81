"""The filtered queue as a table for a spreadsheet: no personal data, no formulas."""

import csv
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from appeals.domain import access, queues
from appeals.filters import AppealFilter
from appeals.models import NOTHING_DUE, Appeal
from appeals.models.appeal import AppealQuerySet
from appeals.web.desk.cases import desk

FORMULAS = ("=", "+", "-", "@", "\t", "\r")
WITH_SEMICOLONS = ("kk", "ru")  # where the comma parts decimals, a spreadsheet expects the semicolon


class Line:
    """Gives back what `csv` writes, line by line."""

    def write(self, text: str) -> str:
        return text


@desk
@require_safe
def export(request: HttpRequest) -> HttpResponseBase:
    asked = AppealFilter(request.GET, queues.rows(Appeal.objects.visible_to(request.officer)), request=request)
    if not asked.form.is_valid():
        return HttpResponse(_("The filter cannot be used. Go back and correct it."), status=422)
    access.journal_search(asked.qs.filter(is_found_by_person=True), by=request.officer, at=timezone.now())
    lines = _lines(asked.qs, translation.get_language() or "kk")
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="appeals-{asked.on}.csv"'
    return response


def writer_in(language: str) -> Any:
    """A writer of lines as a spreadsheet in `language` reads them; each call of `writerow` gives one back."""
    return csv.writer(Line(), delimiter=";" if language in WITH_SEMICOLONS else ",")


def safe(value: Any) -> str:
    """The cell as text that no spreadsheet takes for a formula."""
    text = str(value if value is not None else "")
    return f"'{text}" if text.startswith(FORMULAS) else text


def _lines(appeals: AppealQuerySet, language: str) -> Iterator[str]:
    """In the reader's `language`: the request, and the language with it, may be over while lines are still sent."""
    writer = writer_in(language)
    with translation.override(language):
        head = [
            _("Number"),
            _("Kind"),
            _("Status"),
            _("Topic"),
            _("Region"),
            _("Channel"),
            _("Received"),
            _("Registered"),
            _("Due"),
            _("Closed"),
            _("Officer"),
            _("Held by"),
        ]
        yield "\ufeff" + writer.writerow(head)
    for appeal in appeals.iterator(chunk_size=500):
        with translation.override(language):
            yield writer.writerow([safe(cell) for cell in _cells(appeal)])


def _cells(appeal: Appeal) -> list[Any]:
    return [
        appeal.number,
        appeal.get_kind_display(),
        appeal.get_status_display(),
        appeal.topic,
        appeal.region or _("Not stated"),
        appeal.channel,
        f"{timezone.localtime(appeal.received_at):%Y-%m-%d %H:%M}",
        appeal.registered_on,
        appeal.next_due_on if appeal.is_open and appeal.next_due_on != NOTHING_DUE else None,
        appeal.closed_on,
        appeal.officer.user if appeal.officer else None,
        appeal.agency,
    ]
