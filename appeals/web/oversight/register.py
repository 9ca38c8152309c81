"""The register of the breaches of every body."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from appeals.web.desk import breaches
from appeals.web.oversight.overseers import overseers_only


@overseers_only
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    return breaches.register(request, reverse("oversight:register"), back_url=reverse("oversight:breaches"))
