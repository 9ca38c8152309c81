"""Broken terms: of every body for the President's Office, of one's own for those who answer for it."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.api.paging import KeysetPagination
from agencies.api.serializers import REFUSALS
from agencies.domain.calendar import calendar
from agencies.models import Officer
from appeals.api.case import UNKEPT
from appeals.api.permissions import InOffice
from appeals.api.serializers import ActRow, BreachRow, OfficerRow
from appeals.domain import breach_register
from appeals.domain.statistics import cases
from appeals.domain.statistics.cases import Show
from appeals.domain.terms import local_date
from appeals.domain.wording import basis_of
from appeals.enums import BreachCause, MeasureKind, Verdict
from appeals.filters import BreachFilter
from appeals.models import Breach


class NewestNoted(KeysetPagination):
    """In the order of the register."""

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
    """Every filter of the register works here; a body sees its own."""

    permission_classes = (InOffice,)
    serializer_class = BreachRow
    pagination_class = NewestNoted
    filter_backends = (DjangoFilterBackend,)
    filterset_class = BreachFilter
    queryset = Breach.objects.none()

    def get_queryset(self) -> QuerySet[Breach]:
        seen = Breach.objects.visible_to(self.request.officer)
        return seen.select_related("agency", "appeal__region", "appeal__topic", "appeal__channel")


class Written(serializers.Serializer):
    """Who put it on record, and when."""

    by = serializers.CharField()
    post = serializers.CharField(allow_blank=True)
    at = serializers.DateTimeField()


class ExplanationRow(Written):
    cause = serializers.ChoiceField(BreachCause.choices)
    text = serializers.CharField()


class ReviewRow(Written):
    verdict = serializers.ChoiceField(Verdict.choices)
    text = serializers.CharField(allow_blank=True)


class MeasureRow(Written):
    kind = serializers.ChoiceField(MeasureKind.choices)
    officer = serializers.CharField(allow_blank=True, help_text="Who was answerable; empty where nobody by name.")
    taken_on = serializers.DateField()
    order_number = serializers.CharField(allow_blank=True)


class AnnulmentRow(serializers.Serializer):
    reason = serializers.CharField()
    by = OfficerRow(allow_null=True, help_text="Null where a change of the calendar undid the breach.")
    at = serializers.DateTimeField()


class BreachFile(serializers.Serializer):
    """A breach with its clock and what followed from it."""

    breach = BreachRow()
    officer = OfficerRow(source="breach.officer", allow_null=True)
    basis = serializers.CharField(help_text="The article the term rests on, in the reader's language.")
    starts_on = serializers.DateField(source="breach.clock.starts_on")
    ended_on = serializers.DateField(allow_null=True, help_text="Done, or no longer owed; null while it still is.")
    days_late = serializers.IntegerField(help_text="Working days.")
    explanations = ExplanationRow(many=True)
    reviews = ReviewRow(many=True)
    measures = MeasureRow(many=True)
    annulment = AnnulmentRow(allow_null=True)
    acts = ActRow(many=True)


def breach_or_404(pk: int, officer: Officer) -> Breach:
    """The breach of the address; one that `officer` may not know of is not there."""
    seen = breach_register.rows(Breach.objects.visible_to(officer)).select_related(
        *breach_register.ALONG, "appeal__topic", "appeal__channel"
    )
    found = seen.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def shown(pk: int, officer: Officer) -> dict[str, Any]:
    """The whole breach as `officer` sees it."""
    breach = breach_or_404(pk, officer)
    on = local_date(timezone.now(), breach.agency)
    seen = breach_register.on_record(breach, on=on, days=calendar())
    told = {name: getattr(seen, name) for name in ("breach", "ended_on", "days_late", "annulment")}
    told |= {name: getattr(seen, name) for name in ("explanations", "reviews", "measures")}
    told["basis"] = basis_of(breach.clock.term)
    told["acts"] = [{"act": act, "refusal": why} for act, why in breach_register.refusals(officer, breach).items()]
    return BreachFile(told).data


class OneBreach(APIView):
    permission_classes = (InOffice,)

    @extend_schema(
        tags=["oversight"],
        operation_id="breach",
        summary="A broken term, with what followed from it",
        responses={200: BreachFile, 403: REFUSALS[403], 404: REFUSALS[404]},
    )
    def get(self, request: Request, pk: int) -> Response:
        return Response(shown(pk, request.officer), headers=UNKEPT)
