"""The first page, the way into a draft and out of it, and what can be read about the service."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from reception.domain import drafts
from reception.web import session
from reception.web.asking import onward
from reception.web.private import private


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "home.html", {"has_draft": session.draft(request) is not None})


@login_not_required
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "about.html")


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "accessibility.html")


@private
@require_safe
def write(request: HttpRequest) -> HttpResponse:
    """Where the citizen left off."""
    draft = session.draft(request)
    return onward(draft.unseal() if draft else {})


@private
@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    drafts.discard(session.draft_id(request))
    session.forget_draft(request)
    messages.success(request, _("What you had written is deleted."))
    return redirect("home")
