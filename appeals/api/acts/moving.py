"""A case taken back, struck off, classed anew; its applicant reached another way."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework import serializers

from agencies.api.fields import CodeField
from agencies.models import Agency, Officer, Region
from appeals.api.acts.base import LONGEST_REASON, Act, documented
from appeals.api.acts.handing_on import topics
from appeals.domain import closing, contacts, numbering, reclassification, withdrawal
from appeals.domain.contacts import CONTACTS
from appeals.domain.reclassification import Classes
from appeals.enums import Kind
from appeals.models import Appeal


def districts() -> QuerySet[Region]:
    return Region.objects.exclude(superior=None).select_related("superior")


class WithdrawalStatement(serializers.Serializer):
    reason = serializers.CharField(max_length=LONGEST_REASON, help_text="The written statement: its date and number.")


class StrikingOff(serializers.Serializer):
    reason = serializers.CharField(max_length=LONGEST_REASON)
    duplicate_of = serializers.CharField(
        max_length=60, required=False, help_text="The number of the true appeal, where this one is its duplicate."
    )

    def validate_duplicate_of(self, told: str) -> Appeal:
        visible = Appeal.objects.visible_to(self.context["officer"])
        found = visible.filter(number=numbering.parsed(told)).first()
        if found is None:
            raise serializers.ValidationError(_("Your body has no appeal with this number."))
        return found


class Reclassification(serializers.Serializer):
    """What is left out stays; a case that becomes no complaint names no body any more."""

    kind = serializers.ChoiceField(Kind.choices, required=False)
    special_type = serializers.CharField(
        max_length=40, required=False, allow_blank=True, help_text="Empty for none; another kind clears it."
    )
    topic = CodeField(topics, required=False, allow_null=True)
    region = CodeField(Region.objects.first_level, required=False, allow_null=True)
    district = CodeField(
        districts, required=False, allow_null=True, help_text="Tells its region; another region clears it."
    )
    complained_of = CodeField(Agency.objects.all, required=False, allow_null=True)
    reason = serializers.CharField(max_length=LONGEST_REASON)


class CorrectedContacts(serializers.Serializer):
    """What is left out stays, what is empty is removed."""

    email = serializers.EmailField(max_length=254, required=False, allow_blank=True)
    phone = serializers.CharField(max_length=40, required=False, allow_blank=True)
    address = serializers.CharField(max_length=500, required=False, allow_blank=True)
    consent = serializers.BooleanField(
        default=False, help_text="Messages to the new e-mail or telephone count as delivered; needed with either."
    )
    reason = serializers.CharField(max_length=LONGEST_REASON, help_text="How the correction became known.")


@documented("withdraw", "Enter the applicant's withdrawal", WithdrawalStatement)
class Withdraw(Act):
    def act(self, appeal: Appeal, given: dict[str, Any], *, by: Officer, at: datetime) -> None:
        withdrawal.withdraw(appeal, **given, by=by, at=at)


@documented("strike_off", "Strike off what was registered by mistake", StrikingOff)
class StrikeOff(Act):
    def act(self, appeal: Appeal, given: dict[str, Any], *, by: Officer, at: datetime) -> None:
        closing.strike_off(appeal, **given, by=by, at=at)


@documented("reclassify", "Correct kind, special type, topic or region", Reclassification)
class Reclassify(Act):
    def act(self, appeal: Appeal, given: dict[str, Any], *, by: Officer, at: datetime) -> None:
        to = {name: value for name, value in given.items() if name != "reason"}
        if to.get("kind", appeal.kind) != appeal.kind:
            to = {"special_type": ""} | to
        if to.get("district"):
            to = {"region": to["district"].superior} | to
        if "region" in to and to["region"] != appeal.region:
            to = {"district": None} | to
        if to.get("kind", appeal.kind) != Kind.COMPLAINT:
            to = {"complained_of": None} | to
        was = Classes.of(appeal)
        to_be = replace(was, **to)
        reclassification.reclassify(appeal, to_be, reason=given["reason"], by=by, at=at, seen=was.digest)


@documented("correct_contacts", "Correct how the applicant is reached", CorrectedContacts)
class CorrectContacts(Act):
    def act(self, appeal: Appeal, given: dict[str, Any], *, by: Officer, at: datetime) -> None:
        changes = {name: given[name] for name in CONTACTS if name in given}
        contacts.correct_contacts(appeal, changes, reason=given["reason"], consent=given["consent"], by=by, at=at)
