"""The narrowed register of breaches as a table for a spreadsheet: no applicant's personal data, no formulas."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies.domain.calendar import calendar
from appeals.domain import breach_register
from appeals.domain.breach_register import OnRecord, Taken
from appeals.filters import BreachFilter
from appeals.models import Breach
from appeals.web.desk.cases import desk
from appeals.web.desk.export import safe, writer_in


@desk
@require_safe
def export(request: HttpRequest) -> HttpResponseBase:
    asked = BreachFilter(request.GET, Breach.objects.visible_to(request.officer), request=request)
    if not asked.form.is_valid():
        return HttpResponse(_("The filter cannot be used. Go back and correct it."), status=422)
    lines = _lines(asked, translation.get_language() or "kk")
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="breaches-{asked.on}.csv"'
    return response


def _lines(asked: BreachFilter, language: str) -> Iterator[str]:
    """In the reader's `language`: the request, and the language with it, may be over while lines are still sent."""
    writer, days = writer_in(language), calendar()
    with translation.override(language):
        yield "\ufeff" + writer.writerow(_heads())
    for breach in breach_register.rows(asked.qs).iterator(chunk_size=500):
        with translation.override(language):
            seen = breach_register.on_record(breach, on=asked.on, days=days)
            yield writer.writerow([safe(cell) for cell in _cells(seen)])


def _heads() -> list[str]:
    return [
        _("Number"),
        _("Body"),
        _("Region"),
        _("Term"),
        _("Counted"),
        _("Due"),
        _("Done on"),
        _("Noted"),
        _("Working days late"),
        _("Officer"),
        _("Cause"),
        _("Review"),
        _("Measures"),
        _("Annulled"),
        _("Status of the appeal"),
        _("Held by"),
    ]


def _cells(seen: OnRecord) -> list[Any]:
    breach = seen.breach
    return [
        breach.appeal.number,
        breach.agency.name,
        breach.appeal.region.name if breach.appeal.region else _("Not stated"),
        breach.get_kind_display(),
        _("Officially") if breach.is_official else _("As an internal term"),
        breach.due_on,
        seen.ended_on,
        breach.detected_on,
        seen.days_late,
        breach.officer.user if breach.officer else None,
        breach.get_cause_display() or _("Not explained yet"),
        seen.verdict.label if seen.verdict else None,
        "; ".join(_measure(taken) for taken in seen.measures),
        breach.annulled_on,
        breach.appeal.get_status_display(),
        breach.appeal.agency.name,
    ]


def _measure(taken: Taken) -> str:
    order = _("order %(number)s") % {"number": taken.order_number} if taken.order_number else ""
    return ", ".join(str(part) for part in (taken.kind.label, taken.officer, taken.taken_on, order) if part)
