"""Lists by keyset: a page begins after the last row of the one before, however many rows have come or gone since."""

from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView

PAGE, LARGEST_PAGE = 50, 200  # rows
LONGEST_KEY = 100


class KeysetPagination(BasePagination):
    """Pages of a list whose order, and whose way on from a key, the subclass knows."""

    def ordered(self, rows: QuerySet) -> QuerySet:
        raise NotImplementedError

    def key_of(self, row: Model) -> str:
        raise NotImplementedError

    def after(self, rows: QuerySet, key: str) -> QuerySet:
        """What comes after `key`; raises `ValueError` where it is no key of this list."""
        raise NotImplementedError

    def paginate_queryset(self, queryset: QuerySet, request: Request, view: APIView | None = None) -> list[Any]:
        self.request = request
        size = self._size(request.query_params.get("page_size", ""))
        found = self._after(self.ordered(queryset), request.query_params.get("after", ""))
        rows = list(found[: size + 1])
        self.last = rows[size - 1] if len(rows) > size else None
        return rows[:size]

    def get_paginated_response(self, data: Any) -> Response:
        url = self.request.build_absolute_uri()
        following = replace_query_param(url, "after", self.key_of(self.last)) if self.last else None
        return Response({"next": following, "results": data})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        return {
            "type": "object",
            "required": ["next", "results"],
            "properties": {"next": {"type": "string", "format": "uri", "nullable": True}, "results": schema},
        }

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        size = {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": PAGE}
        place = "Where the page begins; `next` of the page before has it."
        return [
            {"name": "after", "in": "query", "description": place, "schema": {"type": "string"}},
            {"name": "page_size", "in": "query", "description": "Rows on a page.", "schema": size},
        ]

    def _size(self, given: str) -> int:
        if not given:
            return PAGE
        try:
            return serializers.IntegerField(min_value=1, max_value=LARGEST_PAGE).run_validation(given)
        except ValidationError as error:
            raise ValidationError({"page_size": error.detail}) from None

    def _after(self, rows: QuerySet, key: str) -> QuerySet:
        if not key:
            return rows
        try:
            if len(key) > LONGEST_KEY or not key.isprintable():
                raise ValueError(key)
            return self.after(rows, key)
        except ValueError:
            raise ValidationError({"after": [_("This is no place in the list.")]}) from None
