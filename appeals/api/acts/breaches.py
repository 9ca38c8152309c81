"""Answering for a broken term, and judging the answer; each answers with the breach as it now stands."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.api.serializers import REFUSALS
from agencies.models import Officer
from appeals.api.acts.base import LONGEST_REASON
from appeals.api.breaches import UNKEPT, BreachFile, breach_or_404, shown
from appeals.api.permissions import InOffice
from appeals.domain import accountability
from appeals.enums import BreachCause, MeasureKind, Verdict
from appeals.models import Breach


class Explanation(serializers.Serializer):
    cause = serializers.ChoiceField(BreachCause.choices)
    text = serializers.CharField(max_length=LONGEST_REASON)

    def validate_cause(self, code: str) -> BreachCause:
        return BreachCause(code)


class Review(serializers.Serializer):
    verdict = serializers.ChoiceField(Verdict.choices)
    text = serializers.CharField(max_length=LONGEST_REASON, allow_blank=True, default="")

    def validate_verdict(self, code: str) -> Verdict:
        return Verdict(code)


class Measure(serializers.Serializer):
    kind = serializers.ChoiceField(MeasureKind.choices)
    officer = serializers.PrimaryKeyRelatedField(
        queryset=Officer.objects.none(),
        pk_field=serializers.IntegerField(),
        allow_null=True,
        default=None,
        error_messages={"does_not_exist": _("Choose somebody of the body whose term was broken.")},
        help_text="The id of who was answerable; may have left office.",
    )
    taken_on = serializers.DateField()
    order_number = serializers.CharField(
        max_length=60, allow_blank=True, default="", help_text="Required for a penalty."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if breach := self.context.get("breach"):
            self.fields["officer"].queryset = Officer.objects.filter(agency=breach.agency_id)

    def validate_kind(self, code: str) -> MeasureKind:
        return MeasureKind(code)


class Annulment(serializers.Serializer):
    reason = serializers.CharField(max_length=LONGEST_REASON, help_text="The applicant will read it.")


class BreachAct(APIView):
    """Fetch what may be seen, validate, act, answer."""

    permission_classes = (InOffice,)
    body: type[serializers.Serializer]
    verb: Callable[..., Breach]

    def post(self, request: Request, pk: int) -> Response:
        breach = breach_or_404(pk, request.officer)
        given = self.body(data=request.data, context={"breach": breach})
        given.is_valid(raise_exception=True)
        type(self).verb(breach, **given.validated_data, by=request.officer, at=timezone.now())
        return Response(shown(pk, request.officer), headers=UNKEPT)


def documented(operation_id: str, summary: str, body: type[serializers.Serializer]) -> Any:
    """Describe the view's POST, and let it take `body`."""

    def decorated(view: type[BreachAct]) -> type[BreachAct]:
        view.body = body
        described = extend_schema(
            tags=["oversight"],
            operation_id=operation_id,
            summary=summary,
            request=body,
            responses={200: BreachFile, **{code: REFUSALS[code] for code in (400, 403, 404)}},
        )
        return extend_schema_view(post=described)(view)

    return decorated


@documented("explain_breach", "Say what led to the breach", Explanation)
class Explain(BreachAct):
    verb = accountability.explain_breach


@documented("review_breach", "Judge the body's explanation", Review)
class ReviewIt(BreachAct):
    verb = accountability.review_breach


@documented("take_measure", "Enter what was done about the breach", Measure)
class TakeMeasure(BreachAct):
    verb = accountability.take_measure


@documented("annul_breach", "Take the breach off the count", Annulment)
class Annul(BreachAct):
    verb = accountability.annul_breach
