"""Broken terms, for the President's Office."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.generics import ListAPIView

from agencies.api.paging import KeysetPagination
from appeals.api.permissions import InOffice
from appeals.api.serializers import BreachRow
from appeals.domain.statistics import cases
from appeals.domain.statistics.cases import Show
from appeals.models import Breach
from appeals.rules import insist, refusal_to_oversee


class NewestNoted(KeysetPagination):
    """In the order of the oversight's page."""

    def ordered(self, rows: QuerySet[Breach]) -> QuerySet[Breach]:
        return rows.order_by("-detected_on", "-pk")

    def key_of(self, row: Breach) -> str:
        return cases.key_of(row, Show.BREACHES)

    def after(self, rows: QuerySet[Breach], key: str) -> QuerySet[Breach]:
        following = cases.after(rows, Show.BREACHES, key)
        if following is rows:
            raise ValueError(key)
        return following


@extend_schema_view(
    get=extend_schema(tags=["oversight"], operation_id="breaches", summary="Broken terms, the last noted first")
)
class Breaches(ListAPIView):
    permission_classes = (InOffice,)
    serializer_class = BreachRow
    pagination_class = NewestNoted
    queryset = Breach.objects.select_related("agency", "appeal__region", "appeal__topic", "appeal__channel")

    def get_queryset(self) -> QuerySet[Breach]:
        insist(refusal_to_oversee(self.request.officer))
        return super().get_queryset()
