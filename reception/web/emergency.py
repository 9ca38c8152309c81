"""She says that it is not urgent, or that nobody is in danger; or that it is so after all. Nothing else changes."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from reception.domain import emergency
from reception.web import session
from reception.web.asking import onward
from reception.web.private import private


@private
@require_POST
def deny(request: HttpRequest) -> HttpResponse:
    return _said(request, {emergency.DENIED: "yes"})


@private
@require_POST
def affirm(request: HttpRequest) -> HttpResponse:
    return _said(request, {emergency.DENIED: ""})


def _said(request: HttpRequest, what: dict[str, str]) -> HttpResponse:
    draft = session.draft(request)
    if draft is None or emergency.found_in(draft.unseal()) is None:
        return onward(draft.unseal() if draft else {})
    return onward(session.answer(request, what).unseal())
