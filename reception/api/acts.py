"""What an applicant does with an appeal already sent; number and key of the coupon stand in every body."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.api.serializers import REFUSALS, THROTTLED, Refusal
from appeals.domain import contacts, coupons, file_access, hearings, holds, withdrawal
from appeals.domain.registration import LONGEST_TEXT
from appeals.models import Appeal
from reception.api.follow import NoSuchCoupon, followed
from reception.api.serializers import CouponBody, Followed, PlainText
from reception.api.throttling import Following


class OwnCorrection(CouponBody):
    correction = PlainText(max_length=LONGEST_TEXT)


class OwnObjection(CouponBody):
    text = PlainText(max_length=LONGEST_TEXT)


class Withdrawal(CouponBody):
    reason = serializers.CharField(max_length=LONGEST_TEXT, required=False, default="", allow_blank=True)


class Contacts(CouponBody):
    """Only what changes; an empty value is removed."""

    email = serializers.EmailField(max_length=254, required=False, allow_blank=True)
    phone = serializers.CharField(max_length=40, required=False, allow_blank=True)
    address = serializers.CharField(max_length=500, required=False, allow_blank=True)
    consent = serializers.BooleanField(
        default=False, help_text="Messages to a new e-mail or telephone count as delivered (Art. 66)."
    )


class Act(APIView):
    """Open the case with its coupon, act, and answer with the case as it now stands."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (Following,)
    body: type[CouponBody] = CouponBody

    def post(self, request: Request) -> Response:
        body = self.body(data=request.data)
        body.is_valid(raise_exception=True)
        given = dict(body.validated_data)
        appeal = coupons.opened(given.pop("number"), given.pop("key"))
        if appeal is None:
            raise NoSuchCoupon
        at = timezone.now()
        self.act(appeal, given, at=at)
        return followed(appeal, at=at)

    def act(self, appeal: Appeal, given: dict[str, Any], *, at: datetime) -> None:
        raise NotImplementedError


def documented(operation_id: str, summary: str, body: type[CouponBody] = CouponBody) -> Any:
    """Describe the view's POST, and let it take `body`."""

    def decorated(view: type[Act]) -> type[Act]:
        view.body = body
        described = extend_schema(
            tags=["citizens"],
            operation_id=operation_id,
            summary=summary,
            request=body,
            responses={
                200: Followed,
                400: REFUSALS[400],
                403: REFUSALS[403],
                404: OpenApiResponse(Refusal, description="No such number, or not its key: the answer is the same."),
                429: THROTTLED,
            },
        )
        return extend_schema_view(post=described)(view)

    return decorated


@documented("follow_correct", "Supply what the body asked for", OwnCorrection)
class Correct(Act):
    def act(self, appeal: Appeal, given: dict[str, Any], *, at: datetime) -> None:
        holds.resume(appeal, **given, at=at)


@documented("follow_object", "Object to the preliminary decision", OwnObjection)
class Object(Act):
    def act(self, appeal: Appeal, given: dict[str, Any], *, at: datetime) -> None:
        hearings.object_(appeal, **given, at=at)


@documented("follow_ask_for_file", "Ask to see the file of the case")
class AskForFile(Act):
    def act(self, appeal: Appeal, given: dict[str, Any], *, at: datetime) -> None:
        file_access.ask_for_file(appeal, at=at)


@documented("follow_withdraw", "Withdraw the appeal", Withdrawal)
class Withdraw(Act):
    def act(self, appeal: Appeal, given: dict[str, Any], *, at: datetime) -> None:
        withdrawal.withdraw(appeal, **given, at=at)


@documented("follow_correct_contacts", "Correct e-mail, telephone or address", Contacts)
class CorrectContacts(Act):
    def act(self, appeal: Appeal, given: dict[str, Any], *, at: datetime) -> None:
        consent = given.pop("consent")
        contacts.correct_contacts(appeal, given, consent=consent, at=at)
