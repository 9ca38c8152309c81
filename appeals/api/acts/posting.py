"""Messages that go by post."""

from datetime import datetime
from typing import Any

from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.models import Officer
from appeals.api.acts.base import Act, documented
from appeals.domain import deliveries
from appeals.models import Appeal


@documented("post_notice", "Put on record that a message went by post")
class PostNotice(Act):
    def post(self, request: Request, slug: str, pk: int) -> Response:  # type: ignore[override]
        return super().post(request, slug)

    def act(self, appeal: Appeal, given: dict[str, Any], *, by: Officer, at: datetime) -> None:
        deliveries.post(get_object_or_404(appeal.notices, pk=self.kwargs["pk"]), by=by, at=at)
