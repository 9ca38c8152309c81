"""An appeal that came on paper, by phone, in person or by another door, entered by the program of its body."""

from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.api.fields import CodeField, Placed, living_bodies, living_topics
from agencies.api.idempotency import PARAMETER, key_of
from agencies.api.serializers import REFUSALS, AgencyName
from agencies.models import Channel, Officer
from appeals.api.case import UNKEPT
from appeals.api.permissions import InOffice
from appeals.api.serializers import Basis
from appeals.domain import applicants, coupons, entering, numbering
from appeals.domain.registration import LONGEST_TEXT, Intake, register
from appeals.enums import ApplicantType, Kind
from appeals.errors import InvalidIntake
from appeals.models import Appeal, Clock, SpecialType
from appeals.rules import insist, refusal_to_register

DETAILS = ("name", "idn", "phone", "email", "address")


class EnteredApplicant(serializers.Serializer):
    """Who appeals; what is not known stays away."""

    type = serializers.ChoiceField(ApplicantType.choices)
    name = serializers.CharField(max_length=255)
    idn = serializers.CharField(max_length=40, required=False, allow_blank=True, help_text="IIN or BIN.")
    phone = serializers.CharField(max_length=40, required=False, allow_blank=True)
    email = serializers.EmailField(max_length=254, required=False, allow_blank=True)
    address = serializers.CharField(max_length=500, required=False, allow_blank=True)
    consent = serializers.BooleanField(
        default=False, help_text="Messages to this e-mail count as delivered, the applicant agreed; needed with one."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        try:
            idn = applicants.idn(attrs.get("idn", ""), attrs["type"])
            phone = applicants.phone(attrs.get("phone", ""))
            applicants.insist_agreed(email=attrs.get("email", ""), consent=attrs["consent"])
        except InvalidIntake as fault:
            raise ValidationError({fault.field: [str(fault)]}) from fault
        return attrs | {"idn": idn, "phone": phone}


class EnteredAppeal(Placed):
    """What the page of registering asks for, too."""

    channel = CodeField(
        Channel.objects.all,
        error_messages={"unknown": _("Appeals do not reach your body by this channel.")},
        help_text="From /channels/; one of the level of my body.",
    )
    received_on = serializers.DateField(help_text="The day of receipt, where my body is.")
    received_time = serializers.TimeField(
        input_formats=["%H:%M", "%H:%M:%S"], help_text="There, too. After working hours the next working day counts."
    )
    kind = serializers.ChoiceField(Kind.choices)
    special_type = CodeField(
        SpecialType.objects.all,
        required=False,
        allow_null=True,
        help_text="One to which a special law gives a term of its own; of the same kind.",
    )
    complained_of = CodeField(
        living_bodies,
        required=False,
        allow_null=True,
        help_text="From /agencies/; for a complaint, mine or another.",
    )
    topic = CodeField(living_topics, required=False, allow_null=True, help_text="From /topics/, below a heading.")
    text = serializers.CharField(max_length=LONGEST_TEXT, help_text="As it was written or said.")
    language = serializers.ChoiceField(settings.LANGUAGES, help_text="Of the appeal; the answer is given in it.")
    applicant = EnteredApplicant()
    is_late = serializers.BooleanField(
        default=False, help_text="The day of receipt is right, though the day for registering is over."
    )
    is_unreachable = serializers.BooleanField(
        default=False, help_text="The applicant gave neither an address nor an e-mail."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if by := self.context.get("officer"):
            self.fields["channel"].rows = lambda: entering.channels(by.agency)


class EnteredTerm(serializers.ModelSerializer):
    basis = Basis(source="term", read_only=True)

    class Meta:
        model = Clock
        fields = ("kind", "basis", "starts_on", "due_on")


class IssuedCoupon(serializers.Serializer):
    """To be handed to the applicant: the number, and the key that opens the case to whoever holds it."""

    number = serializers.CharField()
    slug = serializers.CharField()
    key = serializers.CharField()
    received_at = serializers.DateTimeField()
    registered_on = serializers.DateField()
    agency = AgencyName()
    due = EnteredTerm(many=True)


class Register(APIView):
    permission_classes = (InOffice,)

    @extend_schema(
        tags=["officials"],
        operation_id="register",
        summary="Register an appeal that came on paper, by phone, in person or by another door of my body",
        description="The answer is the coupon. Sent again with the same key and content it has the same number and "
        "key, body and terms as they stand by then, with 200; the same key with other content is refused. A day of "
        "receipt whose day for registering is over, and an applicant whom no answer can reach, are refused at "
        "`is_late` and `is_unreachable` with what follows: whoever is sure sends them as true.",
        request=EnteredAppeal,
        parameters=[PARAMETER],
        responses={
            201: IssuedCoupon,
            200: OpenApiResponse(IssuedCoupon, description="Sent before; nothing was registered anew."),
            400: REFUSALS[400],
            403: REFUSALS[403],
        },
    )
    def post(self, request: Request) -> Response:
        by, at = request.officer, timezone.now()
        insist(refusal_to_register(by))
        key = entering.key(by, key_of(request))
        body = EnteredAppeal(data=request.data, context={"officer": by})
        body.is_valid(raise_exception=True)
        appeal = register(_intake(key, body.validated_data, by), at=at, by=by)
        is_new = appeal.coupon.issued_at == at
        return Response(IssuedCoupon(_coupon(appeal)).data, status=201 if is_new else 200, headers=UNKEPT)


def _intake(key: str, given: dict[str, Any], by: Officer) -> Intake:
    applicant, channel, special = given["applicant"], given["channel"], given.get("special_type")
    details = {name: applicant[name] for name in DETAILS if applicant.get(name)}
    return Intake(
        key=key,
        kind=Kind(given["kind"]),
        text=given["text"],
        language=given["language"],
        channel=channel,
        form=channel.form,
        applicant_type=ApplicantType(applicant["type"]),
        details=details | ({"consent": "yes"} if "email" in details else {}),
        received_at=entering.instant(given["received_on"], given["received_time"], by.agency),
        topic=given.get("topic"),
        region=given.get("region"),
        district=given.get("district"),
        special_type=special.code if special else "",
        complained_of=given.get("complained_of"),
        holder=by.agency,
        is_late=given["is_late"],
        is_unreachable=given["is_unreachable"],
    )


def _coupon(appeal: Appeal) -> dict[str, Any]:
    return {
        "number": appeal.number,
        "slug": numbering.slug(appeal.number),
        "key": coupons.key_of(appeal),
        "received_at": appeal.received_at,
        "registered_on": appeal.registered_on,
        "agency": appeal.agency,
        "due": appeal.clocks.running().select_related("term").order_by("pk"),
    }
