"""The case as officials' programs read it; codes beside words, the words in the reader's language."""

from datetime import date
from typing import Any

from rest_framework import serializers

from agencies.api.serializers import AgencyName
from agencies.models import Officer
from appeals.api.routing import RoutingOfCase
from appeals.domain import numbering
from appeals.domain.explanations import Step
from appeals.domain.telling import row
from appeals.domain.wording import basis_of
from appeals.enums import EventKind, HearingWay, Medium, NoticeKind, Status, WaiverGround
from appeals.models import NOTHING_DUE, Appeal, Breach, Clock, Reply, Term, Urgency


class OfficerRow(serializers.ModelSerializer):
    name = serializers.CharField(source="user.full_name", read_only=True)

    class Meta:
        model = Officer
        fields = ("id", "name", "post", "role")


class QueueRow(serializers.ModelSerializer):
    """One appeal in a list."""

    slug = serializers.SerializerMethodField()
    agency = AgencyName(read_only=True)
    officer = OfficerRow(read_only=True, allow_null=True)
    channel = serializers.SlugRelatedField("code", read_only=True)
    topic = serializers.SlugRelatedField("code", read_only=True, allow_null=True)
    region = serializers.SlugRelatedField("code", read_only=True, allow_null=True)
    next_due_on = serializers.SerializerMethodField(help_text="The holder's nearest running due date, or null.")

    class Meta:
        model = Appeal
        fields = (
            "number", "slug", "kind", "status", "form", "language", "channel", "topic", "region", "agency",
            "officer", "received_at", "registered_on", "next_due_on", "closed_on", "hops",
            "is_urgent",
        )  # fmt: skip

    def get_slug(self, appeal: Appeal) -> str:
        return numbering.slug(appeal.number)

    def get_next_due_on(self, appeal: Appeal) -> date | None:
        return None if appeal.next_due_on == NOTHING_DUE else appeal.next_due_on


class Basis(serializers.CharField):
    """The article a term rests on, in the reader's language."""

    def to_representation(self, value: Term) -> str:
        return basis_of(value)


class StepRow(serializers.Serializer):
    """One step to a last day: its code, the sentence, and by name the dates and numbers that the sentence speaks of."""

    code = serializers.CharField(help_text="`received`, `registered`, `rule`, …, `due`, and what followed.")
    text = serializers.CharField()

    def to_representation(self, step: Step) -> dict[str, Any]:
        return row(step)


class ClockRow(serializers.ModelSerializer):
    agency = AgencyName(read_only=True)
    basis = Basis(source="term", read_only=True)
    explanation = StepRow(source="steps", many=True, read_only=True)

    class Meta:
        model = Clock
        fields = (
            "kind",
            "agency",
            "basis",
            "is_official",
            "starts_on",
            "due_on",
            "met_on",
            "cancelled_on",
            "breached_on",
            "explanation",
        )


class EventRow(serializers.Serializer):
    """A line of history: `kind` and `data` are codes, `title` and `text` words."""

    seq = serializers.IntegerField()
    kind = serializers.ChoiceField(EventKind.choices)
    at = serializers.DateTimeField()
    by = OfficerRow(allow_null=True)
    data = serializers.DictField()
    title = serializers.CharField()
    text = serializers.CharField(allow_blank=True)


class AttachmentRow(serializers.Serializer):
    name = serializers.CharField()
    size = serializers.IntegerField(help_text="Bytes.")


class ReplyRow(serializers.ModelSerializer):
    superior = AgencyName(read_only=True, allow_null=True)

    class Meta:
        model = Reply
        fields = ("outcome", "text", "law", "remedy", "needs_execution", "superior", "prepared_at", "signed_at")


class ErratumRow(serializers.Serializer):
    """A slip corrected in the answer after it was sent."""

    text = serializers.CharField()
    by = serializers.CharField()
    signed_at = serializers.DateTimeField()


class HearingRow(serializers.Serializer):
    """A preliminary decision made known and what followed, or, with `ground`, why nothing of it was needed."""

    body = serializers.CharField()
    by = serializers.CharField()
    notified_on = serializers.DateField(allow_null=True)
    decision = serializers.CharField(allow_blank=True)
    way = serializers.ChoiceField(HearingWay.choices, allow_blank=True)
    objection = serializers.CharField(allow_blank=True)
    objected_on = serializers.DateField(allow_null=True)
    held_on = serializers.DateField(allow_null=True)
    protocol = serializers.CharField(allow_blank=True)
    ground = serializers.ChoiceField(WaiverGround.choices, allow_blank=True)
    reason = serializers.CharField(allow_blank=True)


class CoExecutionRow(serializers.Serializer):
    """A colleague's part of the answer; for the body that asked alone."""

    officer_id = serializers.IntegerField()
    officer = serializers.CharField()
    asked_by = serializers.CharField()
    question = serializers.CharField()
    due_on = serializers.DateField()
    cancelled_on = serializers.DateField(allow_null=True)
    answer = serializers.CharField(allow_blank=True)
    answered_at = serializers.DateTimeField(allow_null=True)


class NoticeRow(serializers.Serializer):
    """A message owed to the applicant, or to `officer`, and what became of it."""

    id = serializers.IntegerField(source="pk")
    kind = serializers.ChoiceField(NoticeKind.choices)
    medium = serializers.ChoiceField(Medium.choices)
    officer = serializers.CharField(allow_blank=True)
    owed_at = serializers.DateTimeField()
    delivered_at = serializers.DateTimeField(allow_null=True)
    bounced_at = serializers.DateTimeField(allow_null=True)
    failure = serializers.CharField(allow_blank=True)
    goes_by_post = serializers.BooleanField()


class PartRow(serializers.Serializer):
    """What another body answers under a number of its own."""

    number = serializers.CharField()
    slug = serializers.CharField()
    agency = serializers.CharField(help_text="The code of the body.")
    status = serializers.ChoiceField(Status.choices)
    due_on = serializers.DateField(allow_null=True, help_text="The last day for the answer, else the nearest one.")
    closed_on = serializers.DateField(allow_null=True)


class HopRow(serializers.Serializer):
    """The case handed on."""

    on = serializers.DateField()
    left = AgencyName()
    to = AgencyName()
    is_return = serializers.BooleanField(help_text="To a body that had it before.")
    on_last_day = serializers.BooleanField(help_text="On the last day of the term for it, or later.")


class QuestionRow(serializers.Serializer):
    """Whose the case is, left to the body above; `to` is null until it has decided, and where that ended undecided."""

    id = serializers.IntegerField(source="pk")
    asked_by = AgencyName(source="agency")
    above = AgencyName()
    proposed = AgencyName(allow_null=True)
    reason = serializers.CharField()
    asked_on = serializers.DateField()
    decided_on = serializers.DateField(allow_null=True)
    to = AgencyName(allow_null=True)
    grounds = serializers.CharField(allow_blank=True)
    ended_on = serializers.DateField(allow_null=True, help_text="The case was moved before the body above decided.")


class UrgencyRow(serializers.ModelSerializer):
    """What makes the case urgent, or did, and what the duty officer found."""

    class Meta:
        model = Urgency
        fields = ("danger", "words", "is_denied", "raised_at", "settled_at", "is_real")


class GroupOfCase(serializers.Serializer):
    """The like appeals that are decided together with this one."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    size = serializers.IntegerField()


class EarlierRow(serializers.Serializer):
    """What the same applicant sent before, as the reader may know of it; `is_alike`: its text is like this one's."""

    number = serializers.CharField()
    slug = serializers.CharField()
    registered_on = serializers.DateField()
    topic = serializers.CharField(allow_blank=True)
    status = serializers.ChoiceField(Status.choices)
    is_alike = serializers.BooleanField()


class ActRow(serializers.Serializer):
    """An act, and why the reader may not do it now; empty when she may."""

    act = serializers.CharField()
    refusal = serializers.CharField(allow_blank=True)


class Case(serializers.Serializer):
    """Everything an official sees of a case but the applicant's personal data."""

    appeal = QueueRow()
    urgency = UrgencyRow(allow_null=True)
    text = serializers.CharField(source="appeal.content.text")
    district = serializers.CharField(source="appeal.district.code", default=None, allow_null=True)
    complained_of = AgencyName(source="appeal.complained_of", allow_null=True)
    routing = RoutingOfCase(allow_null=True)
    clocks = ClockRow(many=True)
    events = EventRow(many=True, source="history")
    attachments = AttachmentRow(many=True)
    reply = ReplyRow(allow_null=True)
    errata = ErratumRow(many=True)
    hearings = HearingRow(many=True)
    co_executions = CoExecutionRow(many=True)
    notices = NoticeRow(many=True)
    parent = serializers.CharField(source="appeal.parent.number", default=None, allow_null=True)
    previous = serializers.CharField(source="appeal.previous.number", default=None, allow_null=True)
    earlier = EarlierRow(many=True)
    group = GroupOfCase(allow_null=True)
    parts = PartRow(many=True)
    forwardings = HopRow(many=True)
    disputes = QuestionRow(many=True)
    acts = ActRow(many=True)


class BreachRow(serializers.ModelSerializer):
    appeal = serializers.SlugRelatedField("number", read_only=True)
    slug = serializers.SerializerMethodField()
    agency = AgencyName(read_only=True)
    region = serializers.SlugRelatedField("code", source="appeal.region", read_only=True, allow_null=True)
    topic = serializers.SlugRelatedField("code", source="appeal.topic", read_only=True, allow_null=True)
    channel = serializers.SlugRelatedField("code", source="appeal.channel", read_only=True)
    status = serializers.CharField(source="appeal.status", read_only=True)

    class Meta:
        model = Breach
        fields = (
            "id", "appeal", "slug", "agency", "kind", "is_official", "due_on", "detected_on", "cause", "annulled_on",
            "region", "topic", "channel", "status",
        )  # fmt: skip

    def get_slug(self, breach: Breach) -> str:
        return numbering.slug(breach.appeal.number)


class ApplicantDetails(serializers.Serializer):
    """Personal data: to be shown, not kept."""

    type = serializers.CharField()
    name = serializers.CharField(allow_blank=True)
    idn = serializers.CharField(allow_blank=True)
    email = serializers.CharField(allow_blank=True)
    phone = serializers.CharField(allow_blank=True)
    address = serializers.CharField(allow_blank=True)
