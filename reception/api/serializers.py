"""What a program sends for a citizen, held to the same as the pages; and what it is told."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from agencies.api.fields import CodeField, Placed, living_bodies, living_topics
from agencies.api.serializers import AgencyName
from appeals.domain import applicants, numbering
from appeals.domain.explanations import Step
from appeals.domain.registration import LONGEST_TEXT
from appeals.domain.telling import row
from appeals.domain.wording import basis_of
from appeals.enums import ApplicantType, ClockKind, Danger, EventKind, HearingWay, Kind, Outcome, Status
from appeals.errors import InvalidIntake
from appeals.models import SpecialType, Term

STATES = [(state, state) for state in ("calm", "near", "today", "overdue", "excused", "held", "met", "cancelled")]


@extend_schema_field({"type": "string"})
class PlainText(serializers.CharField):
    """What a person writes: lines end one way, so that they count as they look; there are letters in it."""

    default_error_messages = {
        "invalid": gettext_lazy("Give text here."),
        "no_words": gettext_lazy("Write it in words."),
    }

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        written = super().to_internal_value(data).replace("\r\n", "\n").replace("\r", "\n")
        if written and not any(char.isalpha() for char in written):
            self.fail("no_words")
        return written


class ApplicantBody(serializers.Serializer):
    """The person or firm who appeals, and where an answer reaches them."""

    type = serializers.ChoiceField(ApplicantType.choices, default=ApplicantType.PERSON)
    name = PlainText(max_length=200, required=False)
    is_anonymous = serializers.BooleanField(
        default=False, help_text="No name can be given; taken only where the text tells of danger."
    )
    idn = serializers.CharField(max_length=40, required=False, allow_blank=True, help_text="IIN or BIN.")
    email = serializers.EmailField(max_length=254, required=False, allow_blank=True)
    phone = serializers.CharField(max_length=40, required=False, allow_blank=True)
    address = serializers.CharField(max_length=500, required=False, allow_blank=True)
    consent = serializers.BooleanField(
        default=False, help_text="Messages to this e-mail or telephone count as delivered; needed with either."
    )

    def validate_name(self, name: str) -> str:
        return " ".join(name.split())

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["is_anonymous"]:
            return {"type": attrs["type"], "is_anonymous": True, "consent": False}
        if "name" not in attrs:
            raise ValidationError({"name": [_("Give the name of the applicant.")]})
        try:
            idn = applicants.idn(attrs.get("idn", ""), attrs["type"])
            phone = applicants.phone(attrs.get("phone", ""))
            email, address = attrs.get("email", ""), attrs.get("address", "")
            applicants.insist_reachable(email=email, phone=phone, address=address, consent=attrs["consent"])
        except InvalidIntake as fault:
            raise ValidationError({fault.field: [str(fault)]}) from fault
        return attrs | {"idn": idn, "phone": phone}


class MatterBody(Placed):
    """What decides to whom an appeal goes."""

    kind = serializers.ChoiceField(Kind.choices)
    topic = CodeField(living_topics, required=False, allow_null=True, help_text="From /topics/, below a heading.")
    complained_of = CodeField(
        living_bodies, required=False, allow_null=True, help_text="From /agencies/; for a complaint."
    )

    special_type = CodeField(
        SpecialType.objects.all,
        required=False,
        allow_null=True,
        help_text="One to which a special law gives a term of its own; of the same kind.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        attrs = super().validate(attrs)
        special = attrs.get("special_type")
        if special is not None and special.kind != attrs["kind"]:
            raise ValidationError({"special_type": [_("This special type belongs to another kind of appeal.")]})
        if attrs["kind"] == Kind.COMPLAINT and attrs.get("complained_of") is None:
            raise ValidationError({"complained_of": [_("Name the body you complain of.")]})
        if attrs["kind"] != Kind.COMPLAINT and attrs.get("complained_of") is not None:
            raise ValidationError({"complained_of": [_("Only a complaint names a body complained of.")]})
        return attrs


class AppealBody(MatterBody):
    text = PlainText(max_length=LONGEST_TEXT)
    language = serializers.ChoiceField(
        settings.LANGUAGES, required=False, help_text="Of the appeal and of the answer; the request's, if left out."
    )
    applicant = ApplicantBody()
    earlier = serializers.CharField(
        max_length=60,
        required=False,
        help_text="The number of an earlier appeal on the same matter, as the applicant gives it. Only officials "
        "read it; whether there is such an appeal is not answered.",
    )
    is_denied = serializers.BooleanField(
        default=False, help_text="The applicant says that it is not urgent, or that nobody is in danger."
    )

    def validate_earlier(self, told: str) -> str:
        number = numbering.parsed(told)
        if not number:
            raise ValidationError(_("Write the number like this: ЖТ-2026-00000001. Or leave this empty."))
        return number


class Reason(serializers.Serializer):
    """Why this body: `reason` and the codes beside it, and the same in words."""

    codes = serializers.DictField(help_text="`reason`: rule, no_topic, no_rule, tie, nobody_there, complaint, …")
    text = serializers.CharField(allow_blank=True)


class Basis(serializers.CharField):
    """The article a term rests on, in the reader's language."""

    def to_representation(self, value: Term) -> str:
        return basis_of(value)


class DueDate(serializers.Serializer):
    kind = serializers.ChoiceField(ClockKind.choices)
    label = serializers.CharField(source="get_kind_display")
    starts_on = serializers.DateField()
    due_on = serializers.DateField(help_text="The last day in time.")
    basis = Basis(source="term")


class Foreseen(serializers.Serializer):
    """To whom an appeal would go if it were sent now, and by when it would be answered."""

    agency = AgencyName(source="proposal.agency")
    reason = Reason()
    registered_on = serializers.DateField()
    due = DueDate(source="clock")


class HelplineRow(serializers.Serializer):
    number = serializers.CharField()
    name = serializers.CharField()


class EmergencyRow(serializers.Serializer):
    """What the text tells of, and whom the applicant is to call now; show it to her first."""

    danger = serializers.ChoiceField(Danger.choices)
    helplines = HelplineRow(source="lines", many=True)


class Receipt(serializers.Serializer):
    """The coupon: the number, and the key that opens the case to whoever holds it."""

    emergency = EmergencyRow(allow_null=True)
    number = serializers.CharField()
    slug = serializers.CharField()
    key = serializers.CharField()
    registered_on = serializers.DateField()
    agency = AgencyName()
    reason = Reason()
    due = DueDate(many=True)


class CouponBody(serializers.Serializer):
    number = serializers.CharField(max_length=40)
    key = serializers.CharField(max_length=40)


class TermStep(serializers.Serializer):
    """One step to a last day: its code, the sentence, and by name the dates and numbers that the sentence speaks of."""

    code = serializers.CharField(help_text="`received`, `registered`, `rule`, …, `due`, and what followed.")
    text = serializers.CharField()

    def to_representation(self, step: Step) -> dict[str, Any]:
        return row(step)


class TermRow(DueDate):
    agency = AgencyName()
    met_on = serializers.DateField(allow_null=True)
    cancelled_on = serializers.DateField(allow_null=True)
    breached_on = serializers.DateField(allow_null=True)
    state = serializers.ChoiceField(STATES)
    days = serializers.IntegerField(help_text="Working days left, or over where overdue.")
    explanation = TermStep(source="steps", many=True)


class TimelineRow(serializers.Serializer):
    kind = serializers.ChoiceField(EventKind.choices)
    at = serializers.DateTimeField()
    title = serializers.CharField()
    text = serializers.CharField(allow_blank=True)


class PreliminaryDecision(serializers.Serializer):
    """What the body means to decide, and how the applicant was heard of it."""

    notified_on = serializers.DateField()
    decision = serializers.CharField()
    way = serializers.ChoiceField(HearingWay.choices)
    objection = serializers.CharField(allow_blank=True)
    objected_on = serializers.DateField(allow_null=True)
    held_on = serializers.DateField(allow_null=True)
    protocol = serializers.CharField(allow_blank=True)


class SentErratum(serializers.Serializer):
    """A slip corrected in the answer after it was sent."""

    text = serializers.CharField()
    signed_at = serializers.DateTimeField()


class SentReply(serializers.Serializer):
    outcome = serializers.ChoiceField(Outcome.choices)
    text = serializers.CharField()
    law = serializers.CharField()
    remedy = serializers.CharField(help_text="How to complain further.")
    needs_execution = serializers.BooleanField(help_text="Something is still to be done, within five working days.")
    superior = AgencyName(allow_null=True)
    signed_at = serializers.DateTimeField()


class FollowedPart(serializers.Serializer):
    """What another body answers under a number of its own."""

    number = serializers.CharField()
    slug = serializers.CharField()
    agency = serializers.CharField(help_text="The code of the body.")
    body = serializers.CharField(help_text="Its name.")
    status = serializers.ChoiceField(Status.choices)
    status_label = serializers.CharField(source="status_in_words")
    due_on = serializers.DateField(allow_null=True, help_text="Its last day for the answer, else the nearest one.")


class Followed(serializers.Serializer):
    """The case as its applicant sees it."""

    number = serializers.CharField(source="appeal.number")
    slug = serializers.CharField()
    kind = serializers.ChoiceField(Kind.choices, source="appeal.kind")
    special_type = serializers.CharField(source="appeal.special_type", help_text="Its code; empty where there is none.")
    status = serializers.ChoiceField(Status.choices, source="appeal.status")
    status_label = serializers.CharField(source="appeal.get_status_display")
    agency = AgencyName(source="appeal.agency")
    registered_on = serializers.DateField(source="appeal.registered_on")
    closed_on = serializers.DateField(source="appeal.closed_on", allow_null=True)
    is_silent = serializers.BooleanField(help_text="The term to answer ran out without an act: it counts as refusal.")
    clocks = TermRow(many=True)
    timeline = TimelineRow(many=True)
    hearing = PreliminaryDecision(allow_null=True)
    reply = SentReply(allow_null=True)
    errata = SentErratum(many=True)
    parent = serializers.CharField(
        source="appeal.parent.number", default=None, allow_null=True, help_text="Of what it is a part."
    )
    parts = FollowedPart(many=True)
    is_all_answered = serializers.BooleanField(help_text="It went to several bodies, and each has answered.")
