"""The messages of a case on its page, and the button that says of one: it went by post."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agencies.domain.wording import moment
from appeals.domain import deliveries, numbering
from appeals.domain.dossier import Dossier, NoticeLine
from appeals.enums import Medium, NoticeKind
from appeals.rules import refusal_to_post
from appeals.web.desk.cases import desk, done, visible


@desk
@require_POST
def post_notice(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    appeal = visible(request, slug)
    notice = get_object_or_404(appeal.notices, pk=pk)
    deliveries.post(notice, by=request.officer, at=timezone.now())
    return done(request, appeal, _("The message is on record as sent by post."))


def messages(seen: Dossier) -> list[dict[str, Any]]:
    """Every message owed and what became of it; with the address of the button where the reader may press it."""
    had_it = any(clock.agency_id == seen.reader.agency_id for clock in seen.clocks)
    at = numbering.slug(seen.appeal.number)
    return [
        {
            "label": NoticeKind(line.kind).label,
            "to": line.officer or _("Applicant"),
            "medium": Medium(line.medium).label,
            "state": state(line),
            "post_url": "" if _refusal(seen, line, had_it=had_it) else reverse("desk:post_notice", args=[at, line.pk]),
        }
        for line in seen.notices
    ]


def state(line: NoticeLine) -> str:
    """What became of a message, in words."""
    if line.delivered_at and line.medium == Medium.POST:
        return _("Sent by post: %(moment)s") % {"moment": moment(line.delivered_at)}
    if line.delivered_at:
        return _("Delivered: %(moment)s") % {"moment": moment(line.delivered_at)}
    if line.bounced_at:
        failed = _("Could not be delivered: %(failure)s") % {"failure": line.failure}
        by_post = _("It has to go by post.")
        return f"{failed}. {by_post}" if line.goes_by_post else failed
    return _("To be sent by post") if line.medium == Medium.POST else _("Waiting to be sent")


def _refusal(seen: Dossier, line: NoticeLine, *, had_it: bool) -> str:
    is_sent, goes_by_post = line.delivered_at is not None, line.goes_by_post
    return refusal_to_post(seen.reader, had_it=had_it, is_sent=is_sent, goes_by_post=goes_by_post)
