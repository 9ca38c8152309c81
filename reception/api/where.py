"""Asked before anything is sent: to whom an appeal would go, for a matter already named or for a text in own words."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from agencies.api.fields import CodeField, Placed, living_topics
from agencies.api.serializers import REFUSALS, THROTTLED
from appeals.domain.registration import LONGEST_TEXT
from appeals.enums import Kind
from reception.api.serializers import (
    EmergencyRow,
    Foreseen,
    MatterBody,
    PlainText,
    Reason,
)
from reception.api.submit import UNKEPT, reason_of, special_type_of
from reception.api.throttling import Asking
from reception.domain import finder, intake
from reception.domain.finder import Asked


class OwnWords(Placed):
    """What happened, in own words; the rest only where it is known already."""

    text = PlainText(max_length=LONGEST_TEXT)
    kind = serializers.ChoiceField(Kind.choices, required=False, help_text="Where it was chosen already.")
    topic = CodeField(living_topics, required=False, allow_null=True, help_text="The one chosen of those proposed.")


class ProposedTopic(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()
    confidence = serializers.FloatField(help_text="From 0 to 1; from 0.6 on it is probably the right one.")
    words = serializers.ListField(child=serializers.CharField(), help_text="Words of the text that spoke most for it.")


class ProposedBody(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()


class TrackRecord(serializers.Serializer):
    """Answers of the body to appeals about the topic in the last six months."""

    answered = serializers.IntegerField()
    in_time = serializers.IntegerField()
    median_days = serializers.IntegerField(allow_null=True, help_text="Calendar days to the answer.")
    is_telling = serializers.BooleanField(help_text="Whether there are enough answers, 10 or more, to tell by.")


class Proposed(serializers.Serializer):
    """Topics, kind and body that the text suggests; none of it binds anybody. Without topics the model kept silent."""

    language = serializers.CharField(help_text="Of the text: kk or ru.")
    model = serializers.CharField(help_text="The version of the model of suggestions.")
    topics = ProposedTopic(many=True)
    kind = serializers.ChoiceField(Kind.choices)
    kind_words = serializers.ListField(child=serializers.CharField())
    agency = ProposedBody(help_text="For the first topic, or the one given.")
    reason = Reason()
    registered_on = serializers.DateField()
    due_on = serializers.DateField(help_text="By when the body must act, if the appeal were sent now.")
    record = TrackRecord(allow_null=True)
    channels = serializers.ListField(child=serializers.CharField(), help_text="Doors that the level of the body has.")
    emergency = EmergencyRow(allow_null=True)


class Where(APIView):
    authentication_classes = ()
    permission_classes = (AllowAny,)

    def get_throttles(self) -> list[BaseThrottle]:
        """Reading a text costs more than looking into the directory."""
        return [Asking()] if self.request.method == "POST" else []

    @extend_schema(
        tags=["directory"],
        operation_id="where",
        summary="To whom an appeal would go, why, and by when it would be answered",
        parameters=[
            OpenApiParameter("kind", str, required=True, enum=Kind.values),
            OpenApiParameter("topic", str, description="From /topics/."),
            OpenApiParameter("region", str, description="From /regions/; that of the district where left out."),
            OpenApiParameter("district", str, description="In the region, from /regions/."),
            OpenApiParameter("complained_of", str, description="From /agencies/; for a complaint."),
            OpenApiParameter("special_type", str, description="One with a term of its own, of the same kind."),
        ],
        responses={200: Foreseen, 400: REFUSALS[400]},
    )
    def get(self, request: Request) -> Response:
        asked = MatterBody(data={name: value for name, value in request.query_params.items() if value})
        asked.is_valid(raise_exception=True)
        foreseen = intake.foreseen(_matter(asked.validated_data), at=timezone.now())
        told = {
            "proposal": foreseen.proposal,
            "reason": reason_of(foreseen.proposal.explanation, foreseen.proposal.names),
            "registered_on": foreseen.registered_on,
            "clock": foreseen.clock,
        }
        return Response(Foreseen(told).data)

    @extend_schema(
        tags=["directory"],
        operation_id="where_in_own_words",
        summary="What a text is about, who would answer, why, by when, and how that body has answered of late",
        description="The text is read and not kept.",
        request=OwnWords,
        responses={200: Proposed, 400: REFUSALS[400], 429: THROTTLED},
    )
    def post(self, request: Request) -> Response:
        body = OwnWords(data=request.data)
        body.is_valid(raise_exception=True)
        given = body.validated_data
        kind = Kind(given["kind"]) if "kind" in given else None
        asked = Asked(given["text"], given.get("region"), kind, given.get("topic"), given.get("district"))
        found = finder.find(asked, at=timezone.now())
        proposal = found.coming.proposal
        told = finder.facts(found) | {"reason": reason_of(proposal.explanation, proposal.names)}
        return Response(Proposed(told).data, headers=UNKEPT)


def _matter(given: dict[str, Any]) -> intake.Matter:
    return intake.Matter(
        Kind(given["kind"]),
        given.get("region"),
        given.get("topic"),
        given.get("complained_of"),
        special_type_of(given),
        given.get("district"),
    )
