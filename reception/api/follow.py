"""How an appeal stands, for whoever holds its coupon."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.api.serializers import REFUSALS, THROTTLED, Refusal
from appeals.domain import coupons, numbering
from appeals.domain.terms import local_date
from appeals.domain.wording import concerns_applicant
from appeals.models import Appeal, Clock
from reception.api.serializers import CouponBody, Followed
from reception.api.throttling import Following
from reception.domain import tracking

SHOWN = ("kind", "agency", "term", "starts_on", "due_on", "met_on", "cancelled_on", "breached_on", "steps")


class NoSuchCoupon(NotFound):
    default_detail = _("There is no appeal with this number and key.")


class Follow(APIView):
    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (Following,)

    @extend_schema(
        tags=["citizens"],
        operation_id="follow",
        summary="Follow an appeal",
        description="Number and key are those of the coupon; they never stand in an address.",
        request=CouponBody,
        responses={
            200: Followed,
            400: REFUSALS[400],
            404: OpenApiResponse(Refusal, description="No such number, or not its key: the answer is the same."),
            429: THROTTLED,
        },
    )
    def post(self, request: Request) -> Response:
        body = CouponBody(data=request.data)
        body.is_valid(raise_exception=True)
        opened = coupons.opened(body.validated_data["number"], body.validated_data["key"])
        if opened is None:
            raise NoSuchCoupon
        return followed(opened, at=timezone.now())


def followed(opened: Appeal, *, at: datetime) -> Response:
    """The case as its applicant sees it."""
    case = tracking.case(opened.pk, on=local_date(at, opened.agency))
    if case is None:
        raise NoSuchCoupon
    return Response(Followed(_told(case)).data, headers={"Cache-Control": "no-store"})


def _told(case: tracking.Case) -> dict[str, Any]:
    concerning = [event for event in case.events if concerns_applicant(event)]
    return {
        "appeal": case.appeal,
        "slug": numbering.slug(case.appeal.number),
        "is_silent": case.is_silent,
        "clocks": [_term(clock, case) for clock in case.explained_clocks],
        "timeline": [
            {"kind": event.kind, "at": entry.at, "title": entry.title, "text": entry.text}
            for event, entry in zip(concerning, case.entries, strict=True)
        ],
        "hearing": case.hearing,
        "reply": case.reply,
        "errata": case.errata,
        "parts": case.parts,
        "is_all_answered": case.is_all_answered,
    }


def _term(clock: Clock, case: tracking.Case) -> dict[str, Any]:
    stands = tracking.standing(clock, on=case.on, calendar=case.calendar)
    return {
        "get_kind_display": clock.get_kind_display(),
        "state": stands.state,
        "days": stands.days,
        **{name: getattr(clock, name) for name in SHOWN},
    }
