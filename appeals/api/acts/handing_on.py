"""A case handed on, sent back, divided; whose it is left to the body above and decided there."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.api.fields import CodeField
from agencies.api.paging import KeysetPagination
from agencies.api.serializers import REFUSALS, AgencyName
from agencies.models import Agency, Officer, Topic
from appeals.api.acts.base import LONGEST_REASON, Act, documented
from appeals.api.case import UNKEPT, shown
from appeals.api.permissions import InOffice
from appeals.api.serializers import Case
from appeals.domain import disputes, forwarding, numbering, parts, replies
from appeals.domain.registration import LONGEST_TEXT
from appeals.models import Appeal, Dispute
from appeals.rules import insist, refusal_to_hear_disputes


def topics() -> QuerySet[Topic]:
    """Those an appeal can have; a heading is none."""
    return Topic.objects.exclude(group=None)


class Forwarding(serializers.Serializer):
    to = CodeField(Agency.objects.all, help_text="The code of the competent body, from /agencies/.")
    reason = serializers.CharField(max_length=LONGEST_REASON)


class Part(serializers.Serializer):
    to = CodeField(Agency.objects.all, help_text="The code of the competent body, from /agencies/.")
    questions = serializers.CharField(max_length=LONGEST_TEXT, help_text="All that the other body reads of the text.")
    reason = serializers.CharField(max_length=LONGEST_REASON)
    topic = CodeField(topics, required=False, help_text="Of this part; that of the whole case, if left out.")


class SendingBack(serializers.Serializer):
    reason = serializers.CharField(max_length=LONGEST_REASON, help_text="The applicant reads it.")


class CompetenceQuestion(serializers.Serializer):
    proposed = CodeField(Agency.objects.all, required=False, help_text="The code of the body thought competent.")
    reason = serializers.CharField(max_length=LONGEST_REASON, help_text="The body above reads it.")


class Decision(serializers.Serializer):
    to = CodeField(Agency.objects.all, help_text="The code of the body that answers; the holder, if it is to go on.")
    grounds = serializers.CharField(max_length=LONGEST_REASON, help_text="The applicant reads them.")
    instead_of = CodeField(
        Agency.objects.all, required=False, help_text="The code of the body named before, to decide anew."
    )


class Satisfaction(serializers.Serializer):
    text = serializers.CharField(max_length=LONGEST_TEXT)
    law = serializers.CharField(max_length=LONGEST_REASON)
    remedy = serializers.CharField(max_length=LONGEST_REASON, help_text="How the applicant can complain further.")
    needs_execution = serializers.BooleanField(
        default=False, help_text="Something is still to be done, within five working days (Art. 86(3))."
    )


@documented("forward", "Hand the case over to the competent body", Forwarding)
class Forward(Act):
    def act(self, appeal: Appeal, given: dict[str, Any], *, by: Officer, at: datetime) -> None:
        forwarding.forward(appeal, given["to"], by=by, at=at, reason=given["reason"])


@documented("forward_part", "Hand some of the questions over to another body", Part)
class ForwardPart(Act):
    def act(self, appeal: Appeal, given: dict[str, Any], *, by: Officer, at: datetime) -> None:
        parts.forward_part(appeal, **given, by=by, at=at)


@documented("send_back", "Give the case back to the body it came from", SendingBack)
class SendBack(Act):
    def act(self, appeal: Appeal, given: dict[str, Any], *, by: Officer, at: datetime) -> None:
        forwarding.send_back(appeal, **given, by=by, at=at)


@documented("dispute", "Ask the body above who answers the case", CompetenceQuestion)
class AskAbove(Act):
    def act(self, appeal: Appeal, given: dict[str, Any], *, by: Officer, at: datetime) -> None:
        disputes.dispute(appeal, **given, by=by, at=at)


@documented("satisfy", "Satisfy a complaint in full, as the body complained of", Satisfaction)
class Satisfy(Act):
    def act(self, appeal: Appeal, given: dict[str, Any], *, by: Officer, at: datetime) -> None:
        replies.satisfy(appeal, **given, by=by, at=at)


class DisputeRow(serializers.ModelSerializer):
    """A competence that the body of the reader is to decide, or has decided."""

    appeal = serializers.SlugRelatedField("number", read_only=True)
    slug = serializers.SerializerMethodField()
    holder = AgencyName(source="appeal.agency", read_only=True)
    asked_by = AgencyName(source="agency", read_only=True)
    proposed = AgencyName(read_only=True, allow_null=True)
    to = AgencyName(read_only=True, allow_null=True, help_text="Whom it was decided for; null while it is open.")

    class Meta:
        model = Dispute
        fields = (
            "id", "appeal", "slug", "holder", "asked_by", "proposed", "reason", "asked_on", "decided_on", "to",
            "grounds",
        )  # fmt: skip

    def get_slug(self, dispute: Dispute) -> str:
        return numbering.slug(dispute.appeal.number)


class LongestAsked(KeysetPagination):
    """In the order in which they were asked."""

    def ordered(self, rows: QuerySet[Dispute]) -> QuerySet[Dispute]:
        return rows.order_by("pk")

    def key_of(self, row: Dispute) -> str:
        return str(row.pk)

    def after(self, rows: QuerySet[Dispute], key: str) -> QuerySet[Dispute]:
        return rows.filter(pk__gt=int(key))


@extend_schema_view(
    get=extend_schema(
        tags=["officials"], operation_id="disputes", summary="Competences left to my body, the longest asked first"
    )
)
class Disputes(ListAPIView):
    """Of appeals still open, decided or not."""

    permission_classes = (InOffice,)
    serializer_class = DisputeRow
    pagination_class = LongestAsked
    queryset = Dispute.objects.none()

    def get_queryset(self) -> QuerySet[Dispute]:
        insist(refusal_to_hear_disputes(self.request.officer))
        return disputes.heard_by(self.request.officer)


class Decide(APIView):
    permission_classes = (InOffice,)

    @extend_schema(
        tags=["officials"],
        operation_id="decide",
        summary="Decide who answers a case",
        request=Decision,
        responses={200: Case, **REFUSALS},
    )
    def post(self, request: Request, pk: int) -> Response:
        asked = Dispute.objects.filter(above=request.officer.agency_id).select_related("appeal", "above")
        dispute = asked.filter(pk=pk).first()
        if dispute is None:
            raise NotFound
        given = Decision(data=request.data)
        given.is_valid(raise_exception=True)
        disputes.decide(dispute, **given.validated_data, by=request.officer, at=timezone.now())
        return Response(shown(numbering.slug(dispute.appeal.number), request.officer), headers=UNKEPT)
