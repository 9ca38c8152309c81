"""The queue of my body and the officers in it, as the desk's pages have them."""

from django.db.models import QuerySet
from django.utils import timezone
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.generics import ListAPIView

from agencies.api.paging import KeysetPagination
from agencies.models import Officer
from appeals.api.permissions import InOffice
from appeals.api.serializers import OfficerRow, QueueRow
from appeals.domain import access, queues
from appeals.domain.terms import local_date
from appeals.filters import AppealFilter
from appeals.models import Appeal
from appeals.rules import WORKING


class QueuePages(KeysetPagination):
    """The filter has put the rows in order; which order that is follows from the status asked for."""

    @property
    def status(self) -> str:
        return self.request.query_params.get("status", "")

    def ordered(self, rows: QuerySet[Appeal]) -> QuerySet[Appeal]:
        return rows

    def key_of(self, row: Appeal) -> str:
        return queues.key_of(row, self.status)

    def after(self, rows: QuerySet[Appeal], key: str) -> QuerySet[Appeal]:
        following = queues.after(rows, key, self.status)
        if following is rows:
            raise ValueError(key)
        return following


@extend_schema_view(
    get=extend_schema(tags=["officials"], operation_id="queue", summary="The queue of my body, worst clock first")
)
class Queue(ListAPIView):
    """What the officer's body holds open; `status` asks for more. Every filter of the desk's page works here."""

    permission_classes = (InOffice,)
    serializer_class = QueueRow
    pagination_class = QueuePages
    filter_backends = (DjangoFilterBackend,)
    filterset_class = AppealFilter
    queryset = Appeal.objects.none()

    def get_queryset(self) -> QuerySet[Appeal]:
        return queues.rows(Appeal.objects.visible_to(self.request.officer))

    def paginate_queryset(self, queryset: QuerySet[Appeal]) -> list[Appeal]:
        shown = super().paginate_queryset(queryset)
        access.journal_search(shown, by=self.request.officer, at=timezone.now())
        return shown


@extend_schema_view(
    get=extend_schema(
        tags=["officials"], operation_id="officers", summary="Officers of my body to whom a case can be given"
    )
)
class Officers(ListAPIView):
    permission_classes = (InOffice,)
    serializer_class = OfficerRow
    pagination_class = None
    queryset = Officer.objects.none()

    def get_queryset(self) -> QuerySet[Officer]:
        agency = self.request.officer.agency
        working = Officer.objects.in_office(local_date(timezone.now(), agency)).filter(agency=agency, role__in=WORKING)
        return working.select_related("user").order_by("user__full_name", "pk")
