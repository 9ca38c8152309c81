"""Fields that more than one body has, and the rows of today that they may name."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from agencies.models import Agency, Region, Topic


@extend_schema_field(OpenApiTypes.STR)
class CodeField(serializers.Field):
    """A row of the directory, named by its code; `rows` says among which."""

    default_error_messages = {
        "not_text": _("Give the code as text."),
        "unknown": _("There is nothing with this code in the directory."),
    }

    def __init__(self, rows: Callable[[], QuerySet], **kwargs: Any) -> None:
        self.rows = rows
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> Model:
        if not isinstance(data, str):
            self.fail("not_text")
        found = self.rows().filter(code=data).first() if data.isprintable() else None
        if found is None:
            self.fail("unknown")
        return found

    def to_representation(self, value: Any) -> str:
        return value.code


def living_regions() -> QuerySet[Region]:
    return Region.objects.first_level().alive(timezone.localdate()).select_related("superior__superior")


def living_districts() -> QuerySet[Region]:
    return Region.objects.exclude(superior=None).alive(timezone.localdate()).select_related("superior")


def living_topics() -> QuerySet[Topic]:
    """Those an appeal can have; a heading is none."""
    return Topic.objects.alive(timezone.localdate()).exclude(group=None).select_related("group")


def living_bodies() -> QuerySet[Agency]:
    return Agency.objects.alive(timezone.localdate()).select_related(
        "superior__superior__superior__superior", "successor"
    )


class Placed(serializers.Serializer):
    """Where it happened: a district tells its region, and may not contradict it."""

    region = CodeField(
        living_regions,
        required=False,
        allow_null=True,
        help_text="From /regions/; that of the district where left out, none where abroad.",
    )
    district = CodeField(
        living_districts, required=False, allow_null=True, help_text="In the region, from /regions/; optional."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        district = attrs.get("district")
        if district is None:
            return attrs
        if attrs.get("region", district.superior) != district.superior:
            raise serializers.ValidationError(
                {"district": [gettext("This district does not lie in the region chosen.")]}
            )
        return attrs | {"region": district.superior}
