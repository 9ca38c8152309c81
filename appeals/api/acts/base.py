"""The acts of the desk: each takes a body, calls the verb, and answers with the case as it now stands."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.api.serializers import REFUSALS
from agencies.models import Officer
from appeals.api.case import UNKEPT, shown, visible_or_404
from appeals.api.permissions import InOffice
from appeals.api.serializers import Case
from appeals.models import Appeal

LONGEST_REASON = 3000  # characters


class Nothing(serializers.Serializer):
    """No fields: the act says it all."""


class Act(APIView):
    """Fetch what may be seen, validate, act, answer."""

    permission_classes = (InOffice,)
    body: type[serializers.Serializer] = Nothing

    def post(self, request: Request, slug: str) -> Response:
        appeal = visible_or_404(slug, request.officer)
        body = self.body(data=request.data, context={"officer": request.officer})
        body.is_valid(raise_exception=True)
        self.act(appeal, body.validated_data, by=request.officer, at=timezone.now())
        return Response(shown(slug, request.officer), headers=UNKEPT)

    def act(self, appeal: Appeal, given: dict[str, Any], *, by: Officer, at: datetime) -> None:
        raise NotImplementedError


def documented(
    operation_id: str,
    summary: str,
    body: type[serializers.Serializer] | None = None,
    *,
    answer: type[serializers.Serializer] = Case,
) -> Any:
    """Describe the view's POST, answered with `answer`, and let it take `body`."""

    def decorated(view: Any) -> Any:
        view.body = body or Nothing
        described = extend_schema(
            tags=["officials"],
            operation_id=operation_id,
            summary=summary,
            request=body,
            responses={200: answer, **REFUSALS},
        )
        return extend_schema_view(post=described)(view)

    return decorated
