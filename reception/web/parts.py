"""From an appeal to a part of it that another body answers, and back: one coupon opens both."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from appeals.domain import numbering
from appeals.models import Appeal
from reception.web import session
from reception.web.private import private


@private
@require_http_methods(["GET", "POST"])
def open_part(request: HttpRequest, slug: str) -> HttpResponse:
    """Only a part of the opened case; whoever has the coupon of a part alone does not get to the others."""
    opened = session.opened_case(request)
    if opened is None:
        return redirect("reception:follow")
    if request.method == "POST":
        part = get_object_or_404(Appeal, number=numbering.parsed(slug), parent=opened)
        session.open_part(request, part.pk, of=opened)
    return redirect("reception:case")


@private
@require_http_methods(["GET", "POST"])
def open_whole(request: HttpRequest) -> HttpResponse:
    """Back to the case from which the part was opened."""
    if session.opened_case(request) is None:
        return redirect("reception:follow")
    if request.method == "POST":
        whole = session.whole_case(request)
        if whole is None:
            raise Http404
        session.return_to_whole(request, whole)
    return redirect("reception:case")
