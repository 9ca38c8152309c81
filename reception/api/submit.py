"""An appeal sent by a program."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import ScopedRateThrottle
from rest_framework.views import APIView

from agencies.api.idempotency import PARAMETER, key_of
from agencies.api.serializers import REFUSALS, THROTTLED
from agencies.models import Channel
from appeals.domain import coupons, numbering, wording
from appeals.domain.reasons import Names
from appeals.domain.registration import Intake, register
from appeals.enums import ApplicantType, Kind
from appeals.models import Appeal
from reception.api.serializers import AppealBody, Receipt
from reception.domain import emergency, intake

UNKEPT = {"Cache-Control": "no-store"}
INNER = ("rule", "by", "beat", "because")  # the weighing of rules is for officials


class Submit(APIView):
    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (ScopedRateThrottle,)
    throttle_scope = "submit"

    @extend_schema(
        tags=["citizens"],
        operation_id="submit",
        summary="Send an appeal",
        description="Registered at once: the answer is the coupon. Sent again with the same key and content it is the "
        "same coupon, with 200; the same key with other content is refused.",
        request=AppealBody,
        parameters=[PARAMETER],
        responses={
            201: Receipt,
            200: OpenApiResponse(Receipt, description="Sent before; nothing was registered anew."),
            400: REFUSALS[400],
            403: OpenApiResponse(REFUSALS[403].response, description="The key was used for another appeal."),
            429: THROTTLED,
        },
    )
    def post(self, request: Request) -> Response:
        key = f"api:{key_of(request)}"
        body = AppealBody(data=request.data)
        body.is_valid(raise_exception=True)
        at = timezone.now()
        appeal = register(_intake(key, body.validated_data, at=at), at=at)
        is_new = appeal.received_at == at
        return Response(Receipt(_receipt(appeal)).data, status=201 if is_new else 200, headers=UNKEPT)


def special_type_of(given: dict[str, Any]) -> str:
    special = given.get("special_type")
    return special.code if special else ""


def _intake(key: str, given: dict[str, Any], *, at: datetime) -> Intake:
    applicant, channel = given["applicant"], Channel.objects.get(code=intake.CHANNEL)
    details = {name: applicant[name] for name in intake.DETAILS if applicant.get(name)}
    return Intake(
        key=key,
        kind=Kind(given["kind"]),
        text=given["text"],
        language=given.get("language") or (get_language() or "kk")[:2],
        channel=channel,
        form=channel.form,
        applicant_type=ApplicantType(applicant["type"]),
        details=details | ({"consent": "yes"} if "consent" in details else {}),
        received_at=at,
        topic=given.get("topic"),
        region=given.get("region"),
        district=given.get("district"),
        special_type=special_type_of(given),
        complained_of=given.get("complained_of"),
        said_earlier=given.get("earlier", ""),
        is_anonymous=applicant["is_anonymous"],
        is_denied=given["is_denied"],
    )


def _receipt(appeal: Appeal) -> dict[str, Any]:
    explanation = appeal.routing.explanation
    return {
        "emergency": emergency.of_case(appeal),
        "number": appeal.number,
        "slug": numbering.slug(appeal.number),
        "key": coupons.key_of(appeal),
        "registered_on": appeal.registered_on,
        "agency": appeal.agency,
        "reason": reason_of(explanation, wording.names_in([explanation])),
        "due": appeal.clocks.running().select_related("term").order_by("pk"),
    }


def reason_of(explanation: dict[str, Any], names: Names) -> dict[str, Any]:
    """What an applicant reads of why a body got her appeal; `names` as `wording.explained` wants them."""
    codes = {name: code for name, code in explanation.items() if name not in INNER}
    return {"codes": codes, "text": wording.explained(explanation, names)}
