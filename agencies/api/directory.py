"""The directory for machines: public, read-only, kept by caches for a while and asked again by ETag."""

from typing import Any

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.decorators import method_decorator
from django.views.decorators.http import conditional_page
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.generics import ListAPIView
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.filters import AgencyFilter
from agencies.api.paging import KeysetPagination
from agencies.api.serializers import AgencyRow, ChannelRow, RegionRow, TopicGroup
from agencies.models import Agency, Channel, Region, Topic

FRESH = 300  # seconds


@method_decorator(conditional_page, name="dispatch")
class DirectoryList(ListAPIView):
    """Rows of the directory in force today; the same for everybody."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    pagination_class = None

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        response = super().finalize_response(request, response, *args, **kwargs)
        if response.status_code == 200:
            # who is signed in gets a fresh session cookie with it, which no shared cache may keep
            private = settings.SESSION_COOKIE_NAME in request.COOKIES
            patch_cache_control(response, max_age=FRESH, **{"private" if private else "public": True})
        return response


@extend_schema_view(
    get=extend_schema(
        tags=["directory"],
        summary="Regions",
        description="The regions of today with their districts, and those they were split from.",
    )
)
class Regions(DirectoryList):
    serializer_class = RegionRow

    def get_queryset(self) -> QuerySet[Region]:
        today = Region.objects.alive(timezone.localdate())
        districts = Prefetch("parts", today, to_attr="living")
        return today.first_level().select_related("predecessor").prefetch_related(districts)


@extend_schema_view(
    get=extend_schema(
        tags=["directory"], summary="Topics", description="Headings, each with the topics an appeal can have."
    )
)
class Topics(DirectoryList):
    serializer_class = TopicGroup

    def get_queryset(self) -> QuerySet[Topic]:
        topics = Topic.objects.alive(timezone.localdate())
        return topics.filter(group=None).prefetch_related(Prefetch("topics", topics, to_attr="living"))


@extend_schema_view(
    get=extend_schema(tags=["directory"], summary="Channels", description="The doors by which appeals come in.")
)
class Channels(DirectoryList):
    serializer_class = ChannelRow
    queryset = Channel.objects.all()


class ByCode(KeysetPagination):
    def ordered(self, rows: QuerySet[Agency]) -> QuerySet[Agency]:
        return rows.order_by("code")

    def key_of(self, row: Agency) -> str:
        return row.code

    def after(self, rows: QuerySet[Agency], key: str) -> QuerySet[Agency]:
        return rows.filter(code__gt=key)


@extend_schema_view(
    get=extend_schema(tags=["directory"], summary="Bodies", description="The bodies that exist today, by code.")
)
class Agencies(DirectoryList):
    serializer_class = AgencyRow
    pagination_class = ByCode
    filter_backends = (DjangoFilterBackend,)
    filterset_class = AgencyFilter

    def get_queryset(self) -> QuerySet[Agency]:
        return Agency.objects.alive(timezone.localdate()).select_related("region", "function", "superior")
