"""The cases behind a number as a table for a spreadsheet, streamed: no personal data, no formulas."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils import translation
from django.views.decorators.http import require_safe

from appeals.web.desk.export import safe, writer_in
from appeals.web.oversight.cases import Asked, asked, cases
from appeals.web.oversight.overseers import overseers_only


@overseers_only
@require_safe
def export(request: HttpRequest) -> HttpResponseBase:
    question = asked(request)
    if not question.form.is_valid():
        return cases(request)
    lines = _lines(question, translation.get_language() or "kk")
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    name = f"{question.reader.show}-{question.reader.on}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _lines(question: Asked, language: str) -> Iterator[str]:
    """In the reader's `language`: the request, and the language with it, may be over while lines are still sent."""
    writer = writer_in(language)
    has_head = False
    for case in question.found.iterator(chunk_size=500):
        with translation.override(language):
            row = question.reader.whole_row(case)
            if not has_head:
                yield "\ufeff" + writer.writerow(row)
                has_head = True
            yield writer.writerow([safe(value) for value in row.values()])
