"""Rows of the directory, each name in the three languages."""

from typing import Any

from drf_spectacular.utils import OpenApiResponse, extend_schema_field
from rest_framework import serializers

from agencies.models import Agency, Channel, Region, Topic

NAMES = ("name_kk", "name_ru", "name_en")


class AgencyName(serializers.ModelSerializer):
    """A body, as other answers name it."""

    class Meta:
        model = Agency
        fields = ("code", *NAMES)


class AgencyRow(serializers.ModelSerializer):
    region = serializers.SlugRelatedField("code", read_only=True)
    function = serializers.SlugRelatedField("code", read_only=True)
    superior = serializers.SlugRelatedField("code", read_only=True)

    class Meta:
        model = Agency
        fields = (
            "code", *NAMES, "level", "function", "region", "superior", "zone", "day_starts", "day_ends",
            "bound_by_code", "complaint_instance", "verified",
        )  # fmt: skip


class DistrictRow(serializers.ModelSerializer):
    class Meta:
        model = Region
        fields = ("code", *NAMES, "verified")


class RegionRow(serializers.ModelSerializer):
    predecessor = serializers.SlugRelatedField("code", read_only=True)
    districts = DistrictRow(many=True, source="living", help_text="Its districts and cities of today.")

    class Meta:
        model = Region
        fields = (
            "code", "kato", *NAMES, "centre_kk", "centre_ru", "centre_en", "zone", "valid_from", "valid_to",
            "predecessor", "verified", "districts",
        )  # fmt: skip


class ChannelRow(serializers.ModelSerializer):
    class Meta:
        model = Channel
        fields = ("code", *NAMES, "form", "at_president", "at_central", "at_local", "verified")


class TopicRow(serializers.ModelSerializer):
    class Meta:
        model = Topic
        fields = ("code", *NAMES, "description_kk", "description_ru", "description_en", "verified")


class TopicGroup(TopicRow):
    """A heading with its topics; the view puts them at `living`."""

    topics = serializers.SerializerMethodField()

    class Meta(TopicRow.Meta):
        fields = (*TopicRow.Meta.fields, "topics")

    @extend_schema_field(TopicRow(many=True))
    def get_topics(self, heading: Any) -> list[dict[str, Any]]:
        return TopicRow(heading.living, many=True).data


class Refusal(serializers.Serializer):
    """Why not: a code for programs, a sentence in the reader's language."""

    code = serializers.CharField()
    detail = serializers.CharField()


FIELD_ERRORS = OpenApiResponse(
    {"type": "object", "additionalProperties": {}}, description="What is wrong, at each field: `{field: [message]}`."
)
REFUSALS = {
    400: FIELD_ERRORS,
    403: OpenApiResponse(Refusal, description="Refused, by person or by moment."),
    404: OpenApiResponse(Refusal, description="Not there, or not for you to know of."),
    409: OpenApiResponse(Refusal, description="The table of moves knows no such step."),
}
THROTTLED = OpenApiResponse(Refusal, description="Too many requests from this address; `Retry-After` says when.")
