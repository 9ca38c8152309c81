"""Who may use the officials' part."""

from django.utils.translation import gettext_lazy as _
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.views import APIView


class InOffice(IsAuthenticated):
    """Signed in, and acting in a living post; who holds several has chosen one on the page /post/."""

    message = _("You hold no post, or have not chosen in which of your posts you act.")
    code = "no_post"

    def has_permission(self, request: Request, view: APIView) -> bool:
        return super().has_permission(request, view) and request.officer is not None
