"""Take up an appeal that is assigned to oneself."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from appeals.domain import assignment, clocks, holds
from appeals.rules import insist, refusal_to_begin_review
from appeals.web.desk.cases import act_page, desk, done, visible


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def begin_review(request: HttpRequest, slug: str) -> HttpResponse:
    appeal = visible(request, slug)
    if request.method == "POST":
        assignment.begin_review(appeal, by=request.officer, at=timezone.now())
        return done(request, appeal, _("The review has begun."))
    reply, is_lapsed = clocks.reply_clock(appeal), holds.is_lapsed(appeal)
    insist(refusal_to_begin_review(request.officer, appeal, reply=reply, is_lapsed=is_lapsed))
    return act_page(request, appeal, forms.Form(), "begin_review")
