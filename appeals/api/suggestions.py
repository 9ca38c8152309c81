"""How often the topics suggested from the text are right, for the President's Office."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.api.serializers import REFUSALS
from appeals.api.case import UNKEPT
from appeals.api.permissions import InOffice
from appeals.domain.accuracy import Accuracy, Along, Tally, accuracy
from appeals.domain.statistics.periods import Period, last_12_months
from appeals.rules import insist, refusal_to_oversee


class Days(serializers.Serializer):
    """The days of registration asked for; the twelve months up to today where not said otherwise."""

    def get_fields(self) -> dict[str, serializers.Field]:
        return {
            "from": serializers.DateField(source="first", required=False),
            "to": serializers.DateField(source="last", required=False),
        }

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        usual = last_12_months(timezone.localdate(timezone.now()))
        days = {"first": usual.first, "last": usual.last} | attrs
        if days["last"] < days["first"]:
            raise serializers.ValidationError({"to": [_("The last day cannot lie before the first.")]})
        return days


class TallyRow(serializers.Serializer):
    texts = serializers.IntegerField(help_text="Answered under a topic; every other number is of these.")
    suggested = serializers.IntegerField()
    first = serializers.IntegerField(help_text="The right topic was suggested first.")
    in_three = serializers.IntegerField(help_text="It was among the first three.")
    chosen = serializers.IntegerField(help_text="Sent with a topic.")
    chosen_right = serializers.IntegerField(help_text="That topic was the right one.")
    unsure = serializers.IntegerField(help_text="Sent without a topic.")
    changed = serializers.IntegerField(help_text="An official changed the topic they were sent with.")


class TallyAlongRow(TallyRow):
    code = serializers.CharField(help_text="A month as 2026-02, a topic, a language or a version of the model.")


class AccuracyFile(serializers.Serializer):
    """What came of the suggestions for the appeals registered in these days."""

    first = serializers.DateField()
    last = serializers.DateField()
    registered = serializers.IntegerField(help_text="Answered or not.")
    total = TallyRow()
    months = TallyAlongRow(many=True)
    topics = TallyAlongRow(many=True)
    languages = TallyAlongRow(many=True)
    models = TallyAlongRow(many=True)


class Suggestions(APIView):
    permission_classes = (InOffice,)

    @extend_schema(
        tags=["oversight"],
        operation_id="suggestions",
        summary="How often the topics suggested from the text are right",
        parameters=[
            OpenApiParameter("from", OpenApiTypes.DATE, description="Registered on this day or later."),
            OpenApiParameter("to", OpenApiTypes.DATE, description="Registered on this day or earlier."),
        ],
        responses={200: AccuracyFile, 400: REFUSALS[400], 403: REFUSALS[403]},
    )
    def get(self, request: Request) -> Response:
        insist(refusal_to_oversee(request.officer))
        asked = Days(data=request.query_params)
        asked.is_valid(raise_exception=True)
        return Response(AccuracyFile(_told(accuracy(Period(**asked.validated_data)))).data, headers=UNKEPT)


def _told(found: Accuracy) -> dict[str, Any]:
    return {
        "first": found.period.first,
        "last": found.period.last,
        "registered": found.registered,
        "total": found.total,
        "months": sorted(_rows(found, Along.MONTH), key=lambda row: row["code"]),
        "topics": _rows(found, Along.TOPIC),
        "languages": _rows(found, Along.LANGUAGE),
        "models": _rows(found, Along.MODEL),
    }


def _rows(found: Accuracy, along: Along) -> list[dict[str, Any]]:
    return [{"code": value} | _numbers(tally) for value, tally in found.along(along)]


def _numbers(tally: Tally) -> dict[str, int]:
    return {name: getattr(tally, name) for name in TallyRow().fields}
