"""Like appeals: found, gathered in groups, decided together."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.api.paging import KeysetPagination
from agencies.api.serializers import REFUSALS, AgencyName
from agencies.models import Officer
from appeals.api.acts.alike import VisibleNumber
from appeals.api.acts.base import LONGEST_REASON, documented
from appeals.api.case import UNKEPT
from appeals.api.permissions import InOffice
from appeals.api.serializers import ReplyRow
from appeals.domain import crowds, group_replies, grouping
from appeals.domain.group_replies import Decision, Round
from appeals.domain.registration import LONGEST_TEXT
from appeals.domain.terms import local_date
from appeals.enums import OPEN, Outcome
from appeals.models import Appeal, Group

MOST_AT_ONCE = 200


class CrowdRow(serializers.Serializer):
    """Open appeals of the body that may be decided together: `is_alike` by their texts, or by topic and place."""

    is_alike = serializers.BooleanField()
    numbers = serializers.ListField(child=serializers.CharField())
    people = serializers.IntegerField()
    topic = serializers.CharField(allow_blank=True)
    place = serializers.CharField(allow_blank=True)
    since = serializers.DateField()
    until = serializers.DateField()


class GroupRow(serializers.ModelSerializer):
    agency = AgencyName(read_only=True)
    size = serializers.IntegerField(help_text="Appeals in it.")
    still_open = serializers.IntegerField(source="still")

    class Meta:
        model = Group
        fields = ("id", "name", "agency", "opened_on", "size", "still_open")


class WordingRow(serializers.Serializer):
    """A prepared reply as some members have it; `key` stands for it when it is signed."""

    key = serializers.CharField()
    numbers = serializers.ListField(child=serializers.CharField())
    reply = ReplyRow()


class OneGroupRow(GroupRow):
    wordings = WordingRow(many=True)

    class Meta(GroupRow.Meta):
        fields = (*GroupRow.Meta.fields, "wordings")


class Opening(serializers.Serializer):
    name = serializers.CharField(max_length=grouping.LONGEST_NAME)
    appeals = serializers.ListField(child=VisibleNumber(), min_length=1, max_length=MOST_AT_ONCE)

    def validate_appeals(self, told: list[Appeal]) -> list[Appeal]:
        """Each once, however often it was named."""
        return list(dict.fromkeys(told))


class After(serializers.Serializer):
    after = serializers.IntegerField(
        default=0, min_value=0, max_value=2**63 - 1, help_text="Where the round begins; `after` of the one before."
    )


class GroupAnswer(After):
    language = serializers.ChoiceField(
        settings.LANGUAGES, default="", allow_blank=True, help_text="Only for those who wrote in it; empty for all."
    )
    outcome = serializers.ChoiceField(Outcome.choices)
    text = serializers.CharField(max_length=LONGEST_TEXT)
    law = serializers.CharField(max_length=LONGEST_REASON)
    needs_execution = serializers.BooleanField(default=False)


class GroupSigning(After):
    seen = serializers.ListField(
        child=serializers.CharField(max_length=64), min_length=1, help_text="`key` of each wording that was read."
    )


class RefusedRow(serializers.Serializer):
    number = serializers.CharField()
    reason = serializers.CharField()


class RoundRow(serializers.Serializer):
    """What became of a round of members; `after` is where the next one begins, 0 when all had their turn."""

    done = serializers.ListField(child=serializers.CharField())
    refused = RefusedRow(many=True)
    after = serializers.IntegerField()


class Alike(APIView):
    permission_classes = (InOffice,)

    @extend_schema(
        tags=["officials"],
        operation_id="alike",
        summary="Open appeals of my body that many people wrote about one matter",
        responses={200: CrowdRow(many=True), 403: REFUSALS[403]},
    )
    def get(self, request: Request) -> Response:
        officer = request.officer
        found = crowds.crowds(officer, on=local_date(timezone.now(), officer.agency))
        return Response(CrowdRow(found, many=True).data, headers=UNKEPT)


class GroupPages(KeysetPagination):
    """Newest first."""

    def ordered(self, rows: QuerySet[Group]) -> QuerySet[Group]:
        return rows.order_by("-pk")

    def key_of(self, row: Group) -> str:
        return str(row.pk)

    def after(self, rows: QuerySet[Group], key: str) -> QuerySet[Group]:
        return rows.filter(pk__lt=int(key))


class Groups(ListAPIView):
    permission_classes = (InOffice,)
    serializer_class = GroupRow
    pagination_class = GroupPages
    queryset = Group.objects.none()

    def get_queryset(self) -> QuerySet[Group]:
        return counted(self.request.officer)

    @extend_schema(tags=["officials"], operation_id="groups", summary="Groups of like appeals in my body")
    def get(self, request: Request) -> Response:
        return self.list(request)

    @extend_schema(
        tags=["officials"],
        operation_id="open_group",
        summary="Gather like appeals in a group",
        description="All of them or, where one cannot be, none.",
        request=Opening,
        responses={201: GroupRow, 400: REFUSALS[400], 403: REFUSALS[403]},
    )
    def post(self, request: Request) -> Response:
        body = Opening(data=request.data, context={"officer": request.officer})
        body.is_valid(raise_exception=True)
        given = body.validated_data
        opened = grouping.open_group(given["appeals"], name=given["name"], by=request.officer, at=timezone.now())
        return Response(GroupRow(one(request.officer, opened.pk)).data, status=201, headers=UNKEPT)


class OneGroup(APIView):
    permission_classes = (InOffice,)

    @extend_schema(
        tags=["officials"],
        operation_id="group_of_appeals",
        summary="A group, with the replies that wait for a signature",
        responses={200: OneGroupRow, 403: REFUSALS[403], 404: REFUSALS[404]},
    )
    def get(self, request: Request, pk: int) -> Response:
        group: Any = one(request.officer, pk)
        group.wordings = group_replies.wordings(group, reader=request.officer)
        return Response(OneGroupRow(group).data, headers=UNKEPT)


class ForGroup(APIView):
    """An act for the members of a group: fetch what may be seen, validate, act, answer with the round."""

    permission_classes = (InOffice,)
    body: type[serializers.Serializer]

    def post(self, request: Request, pk: int) -> Response:
        group, body = one(request.officer, pk), self.body(data=request.data)
        body.is_valid(raise_exception=True)
        done = self.act(group, **body.validated_data, by=request.officer, at=timezone.now())
        return Response(RoundRow(done).data, headers=UNKEPT)

    def act(self, group: Group, *, by: Officer, at: datetime, **given: Any) -> Round:
        raise NotImplementedError


@documented(
    "prepare_for_group",
    "Lay one answer before the head for each open appeal of the group that is assigned to me",
    GroupAnswer,
    answer=RoundRow,
)
class PrepareForGroup(ForGroup):
    def act(self, group: Group, *, by: Officer, at: datetime, **given: Any) -> Round:
        language, after = given.pop("language"), given.pop("after")
        return group_replies.prepare_for_group(group, Decision(**given), language=language, by=by, at=at, after=after)


@documented(
    "sign_for_group",
    "Sign and send the prepared answers of the group, each by its own rules",
    GroupSigning,
    answer=RoundRow,
)
class SignForGroup(ForGroup):
    def act(self, group: Group, *, by: Officer, at: datetime, **given: Any) -> Round:
        return group_replies.sign_for_group(group, **given, by=by, at=at)


def counted(officer: Officer) -> QuerySet[Group]:
    """The groups that `officer` may know of, with their sizes."""
    still = Count("appeals", filter=Q(appeals__status__in=OPEN))
    return Group.objects.visible_to(officer).select_related("agency").annotate(size=Count("appeals"), still=still)


def one(officer: Officer, pk: int) -> Group:
    found = counted(officer).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found
