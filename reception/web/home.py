"""The first page, the way into a draft and out of it, and what can be read about the service."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from appeals.enums import Kind
from reception.domain import drafts
from reception.models import Draft
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
@require_http_methods(["GET", "POST"])
def discard(request: HttpRequest) -> HttpResponse:
    """Show what would be deleted, or delete it."""
    if request.method != "POST":
        draft = session.draft(request)
        return render(request, "reception/discard.html", {"rows": _written(draft)}) if draft else redirect("home")
    drafts.discard(session.draft_id(request))
    session.forget_draft(request)
    messages.success(request, _("What you had written is deleted."))
    return redirect("home")


def _written(draft: Draft) -> list[dict[str, Any]]:
    """What the citizen would miss, as far as she has come."""
    answers = draft.unseal()
    told = [
        (_("What you send"), Kind(answers["kind"]).label if "kind" in answers else ""),
        (_("Text"), answers.get("text")),
        (_("Files"), "\n".join(f"{file['name']} ({filesizeformat(file['size'])})" for file in draft.listed)),
        (_("Name"), answers.get("name")),
        (_("E-mail"), answers.get("email")),
        (_("Telephone"), answers.get("phone")),
        (_("Postal address"), answers.get("address")),
    ]
    return [{"name": name, "value": value, "url": ""} for name, value in told if value]
