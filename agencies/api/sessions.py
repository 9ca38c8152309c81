"""The session of the pages, used by a program; what it must send along is said in its language."""

from django.utils.translation import gettext as _
from drf_spectacular.authentication import SessionScheme
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request


class PageSession(SessionAuthentication):
    def enforce_csrf(self, request: Request) -> None:
        try:
            super().enforce_csrf(request)
        except PermissionDenied:
            told = _(
                "Send the token against forgery, of the cookie csrftoken, in the header X-CSRFToken; over HTTPS also "
                "this site as the header Referer."
            )
            raise PermissionDenied(told) from None


class PageSessionScheme(SessionScheme):
    target_class = PageSession
