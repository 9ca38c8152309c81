"""The case as its applicant sees it."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from appeals.domain import file_access
from appeals.enums import Kind, Status
from appeals.models import Appeal, Attachment
from reception.domain import emergency, tracking
from reception.web import session, worded
from reception.web.asking import onward
from reception.web.private import private

TONES = {
    Status.REGISTERED: "busy",
    Status.ASSIGNED: "busy",
    Status.IN_REVIEW: "busy",
    Status.ON_HOLD: "waiting",
    Status.ANSWERED: "good",
}


@private
@require_safe
def case(request: HttpRequest) -> HttpResponse:
    appeal_id = session.opened_case(request)
    opened = tracking.case(appeal_id, on=timezone.localdate()) if appeal_id else None
    if opened is None:
        return redirect("reception:follow")
    context = {
        "case": opened,
        "tone": TONES.get(Status(opened.appeal.status), "ended"),
        "promise": worded.still_promised(opened),
        "steps": worded.of_case(opened),
        "emergency": emergency.of_case(opened.appeal, opened.appeal.told_helplines),
        "has_way_back": opened.appeal.parent_id is not None and session.whole_case(request) == opened.appeal.parent_id,
    }
    return render(request, "reception/case.html", context)


@private
@require_safe
def attachment(request: HttpRequest, file_id: int) -> HttpResponseBase:
    """A file of the opened case, always saved and never shown: what is in it is the sender's."""
    appeal_id = session.opened_case(request)
    if appeal_id is None:
        raise Http404
    file = get_object_or_404(Attachment, pk=file_id, appeal=appeal_id)
    return FileResponse(file.file.open("rb"), as_attachment=True, filename=file.name, content_type=file.content_type)


@private
@require_http_methods(["GET", "POST"])
def ask_for_file(request: HttpRequest) -> HttpResponse:
    """Ask the body that has the opened case to show its file; asked already, it is refused."""
    appeal = Appeal.objects.filter(pk=session.opened_case(request) or 0).first()
    if appeal is None:
        return redirect("reception:follow")
    if request.method == "POST":
        file_access.ask_for_file(appeal, at=timezone.now())
        messages.success(request, _("The body is asked to show you the file, and will say where and how."))
    return redirect("reception:case")


@private
@require_http_methods(["GET", "POST"])
def complain(request: HttpRequest) -> HttpResponse:
    """Begin a complaint about the body that has the opened case; an unfinished draft is not overwritten."""
    if request.method != "POST":
        return redirect("reception:case")
    opened = Appeal.objects.select_related("agency", "region", "district", "topic__group")
    appeal = opened.filter(pk=session.opened_case(request) or 0).first()
    if appeal is None:
        return redirect("reception:follow")
    draft = session.draft(request)
    if draft:
        messages.info(request, _("You have an unfinished appeal. Send it or delete it before you begin a complaint."))
        return onward(draft.unseal())
    told = _("This will be a complaint about the body that has the appeal %(number)s. Now tell why you complain.")
    messages.info(request, told % {"number": appeal.number})
    return onward(session.answer(request, _complaint(appeal)).unseal())


def _complaint(appeal: Appeal) -> dict[str, Any]:
    return {
        "kind": Kind.COMPLAINT,
        "region": appeal.region.code if appeal.region else "",
        "district": appeal.district.code if appeal.district else "",
        "heading": appeal.topic.group.code if appeal.topic and appeal.topic.group else "",
        "topic": appeal.topic.code if appeal.topic else "",
        "complained_of": appeal.agency.code,
        "previous": appeal.number,
    }
