"""Broken terms, for the President's Office."""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.views import APIView

from agencies.api.paging import KeysetPagination
from agencies.enums import Role
from appeals.api.permissions import InOffice
from appeals.api.serializers import BreachRow
from appeals.models import Breach


class Oversees(InOffice):
    message = _("Only the oversight of the President's Office sees every body's breaches.")
    code = "refused"

    def has_permission(self, request: Request, view: APIView) -> bool:
        return super().has_permission(request, view) and request.officer.role == Role.OVERSIGHT


class NewestNoted(KeysetPagination):
    def ordered(self, rows: QuerySet[Breach]) -> QuerySet[Breach]:
        return rows.order_by("-detected_on", "-pk")

    def key_of(self, row: Breach) -> str:
        return f"{row.detected_on.isoformat()}.{row.pk}"

    def after(self, rows: QuerySet[Breach], key: str) -> QuerySet[Breach]:
        noted, _, pk = key.rpartition(".")
        day = date.fromisoformat(noted)
        return rows.filter(detected_on__lte=day).exclude(detected_on=day, pk__gte=int(pk))


@extend_schema_view(
    get=extend_schema(tags=["oversight"], operation_id="breaches", summary="Broken terms, the last noted first")
)
class Breaches(ListAPIView):
    permission_classes = (Oversees,)
    serializer_class = BreachRow
    pagination_class = NewestNoted
    queryset = Breach.objects.select_related("agency", "appeal__region", "appeal__topic", "appeal__channel")
