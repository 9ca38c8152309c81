"""The applicant is heard before an adverse answer."""

from datetime import datetime
from typing import Any

from rest_framework import serializers

from agencies.models import Officer
from appeals.api.acts.base import LONGEST_REASON, Act, documented
from appeals.domain import hearings
from appeals.domain.registration import LONGEST_TEXT
from appeals.enums import HearingWay, WaiverGround
from appeals.models import Appeal


class HearingNotice(serializers.Serializer):
    decision = serializers.CharField(max_length=LONGEST_TEXT, help_text="The preliminary decision, with its reasons.")
    way = serializers.ChoiceField(HearingWay.choices)


class Objection(serializers.Serializer):
    text = serializers.CharField(max_length=LONGEST_TEXT)


class HearingRecord(serializers.Serializer):
    held_on = serializers.DateField()
    protocol = serializers.CharField(
        max_length=LONGEST_TEXT, allow_blank=True, default="", help_text="A hearing in writing needs none."
    )


class Waiver(serializers.Serializer):
    ground = serializers.ChoiceField(WaiverGround.choices)
    reason = serializers.CharField(max_length=LONGEST_REASON)


@documented("notify_hearing", "Make the preliminary decision known to the applicant", HearingNotice)
class NotifyHearing(Act):
    def act(self, appeal: Appeal, given: dict[str, Any], *, by: Officer, at: datetime) -> None:
        hearings.notify_hearing(appeal, **given | {"way": HearingWay(given["way"])}, by=by, at=at)


@documented("object", "Enter what the applicant says to the preliminary decision", Objection)
class Object(Act):
    def act(self, appeal: Appeal, given: dict[str, Any], *, by: Officer, at: datetime) -> None:
        hearings.object_(appeal, **given, by=by, at=at)


@documented("record_hearing", "Record the hearing, with its protocol", HearingRecord)
class RecordHearing(Act):
    def act(self, appeal: Appeal, given: dict[str, Any], *, by: Officer, at: datetime) -> None:
        hearings.record_hearing(appeal, **given, by=by, at=at)


@documented("waive_hearing", "Record why an adverse answer needs no hearing", Waiver)
class WaiveHearing(Act):
    def act(self, appeal: Appeal, given: dict[str, Any], *, by: Officer, at: datetime) -> None:
        hearings.waive_hearing(appeal, **given | {"ground": WaiverGround(given["ground"])}, by=by, at=at)
