"""The API's translator of refusals, the twin of `appeals.web.refusals`: every error is JSON, and has a code."""

from typing import Any

from django.core.exceptions import PermissionDenied as Forbidden
from django.core.exceptions import RequestDataTooBig
from django.http import Http404
from django.utils.translation import gettext, gettext_lazy
from rest_framework.exceptions import APIException, NotFound, PermissionDenied, ValidationError
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.views import exception_handler

from agencies.errors import OutsideCalendar
from appeals.errors import AppealError, IllegalMove, InvalidIntake, Refused, Unconfirmed

STATUS_FOR: dict[type[Exception], int] = {Refused: 403, IllegalMove: 409}


class TooLarge(APIException):
    status_code = 413
    default_detail = gettext_lazy("The body is too large.")
    default_code = "too_large"


OURS: dict[type[Exception], type[APIException]] = {
    RequestDataTooBig: TooLarge, Http404: NotFound, Forbidden: PermissionDenied
}  # fmt: skip


def refusals_to_responses(exc: Exception, context: dict[str, Any]) -> Response | None:
    """A refusal as `{code, detail}`; bad content at its field, `{field: [message]}`."""
    if isinstance(exc, Unconfirmed):
        return Response({field: [_confirmable(field, told)] for field, told in exc.doubts.items()}, status=400)
    if isinstance(exc, InvalidIntake) and exc.field:
        return Response({exc.field: [str(exc)]}, status=400)
    if isinstance(exc, AppealError | OutsideCalendar):
        return Response({"code": exc.code, "detail": str(exc)}, status=STATUS_FOR.get(type(exc), 400))
    exc = next((ours() for theirs, ours in OURS.items() if isinstance(exc, theirs)), exc)
    response = exception_handler(exc, context)
    if response is None or not isinstance(exc, APIException):
        return None
    if isinstance(exc, ValidationError):
        if not isinstance(exc.detail, dict):
            response.data = {api_settings.NON_FIELD_ERRORS_KEY: exc.detail}
        return response
    response.data["code"] = exc.get_codes()
    return response


def _confirmable(field: str, told: str) -> str:
    how = gettext("To confirm it, send “%(field)s” as true.") % {"field": field}
    return f"{told} {how}"
