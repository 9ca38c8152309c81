"""Accept an appeal as a matter of one's own body."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from appeals.domain import assignment, clocks
from appeals.rules import insist, refusal_to_accept
from appeals.web.desk.cases import act_page, desk, done, visible


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, slug: str) -> HttpResponse:
    appeal = visible(request, slug)
    if request.method == "POST":
        assignment.accept(appeal, by=request.officer, at=timezone.now())
        return done(request, appeal, _("The appeal is accepted."))
    insist(refusal_to_accept(request.officer, appeal, accepted=clocks.is_accepted(appeal.clocks.all())))
    return act_page(request, appeal, forms.Form(), "accept")
