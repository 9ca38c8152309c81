"""The API's translator of refusals, the twin of `appeals.web.refusals`."""

from typing import Any

from rest_framework.response import Response
from rest_framework.views import exception_handler

from appeals.errors import AppealError, IllegalMove, InvalidIntake, Refused

STATUS_FOR = {Refused: 403, IllegalMove: 409}


def refusals_to_responses(exc: Exception, context: dict[str, Any]) -> Response | None:
    """A refusal as `{code, detail}`; bad content at its field, as the serializers say it."""
    if isinstance(exc, InvalidIntake) and exc.field:
        return Response({exc.field: [str(exc)]}, status=400)
    if isinstance(exc, AppealError):
        return Response({"code": exc.code, "detail": str(exc)}, status=STATUS_FOR.get(type(exc), 400))
    return exception_handler(exc, context)
