"""What cannot wait: marked and settled."""

from datetime import datetime
from typing import Any

from rest_framework import serializers

from agencies.models import Officer
from appeals.api.acts.base import LONGEST_REASON, Act, documented
from appeals.domain import alarms
from appeals.enums import Alarm, Danger
from appeals.models import Appeal


class Marking(serializers.Serializer):
    danger = serializers.ChoiceField(Danger.choices)
    reason = serializers.CharField(max_length=LONGEST_REASON)


class Settling(serializers.Serializer):
    alarm = serializers.ChoiceField(Alarm.choices)
    reason = serializers.CharField(max_length=LONGEST_REASON)


@documented("mark_urgent", "Say that the case cannot wait", Marking)
class MarkUrgent(Act):
    def act(self, appeal: Appeal, given: dict[str, Any], *, by: Officer, at: datetime) -> None:
        alarms.mark_urgent(appeal, Danger(given["danger"]), by=by, at=at, reason=given["reason"])


@documented("settle_urgency", "Say whether the danger is real", Settling)
class SettleUrgency(Act):
    def act(self, appeal: Appeal, given: dict[str, Any], *, by: Officer, at: datetime) -> None:
        alarms.settle_urgency(appeal, Alarm(given["alarm"]), by=by, at=at, reason=given["reason"])
