"""Why an appeal went first where it went, for officials' programs."""

from typing import Any

from rest_framework import serializers

from agencies.enums import Condition, Loss
from appeals.domain.dossier import Dossier
from appeals.domain.reasons import explained, weighed
from appeals.domain.wording import Names
from appeals.enums import EventKind


class Rule(serializers.Serializer):
    """A rule of competence of the topic."""

    answerer = serializers.CharField(help_text="The body or the function that it names.")
    basis = serializers.CharField(allow_blank=True)
    verified = serializers.BooleanField(source="is_verified", help_text="Whether a source confirms it.")


class BeatenRule(Rule):
    because = serializers.ChoiceField(
        Loss.choices, allow_blank=True, help_text="Empty where it was routed before reasons were kept."
    )
    why = serializers.CharField(allow_blank=True, help_text="The same in words.")


class RoutingOfCase(serializers.Serializer):
    """The body that got the appeal first, the reason, and the rules that were weighed."""

    agency = serializers.CharField(help_text="The code of the body; the Office's where it was triage.")
    reason = serializers.CharField(help_text="rule, no_topic, no_rule, no_place, tie, complaint, special_law, …")
    text = serializers.CharField(allow_blank=True)
    rule = Rule(allow_null=True)
    conditions = serializers.ListField(
        child=serializers.ChoiceField(Condition.choices), help_text="By which, besides the topic, the rule was chosen."
    )
    beaten = BeatenRule(many=True)


def routing(seen: Dossier, names: Names) -> dict[str, Any] | None:
    """What the history tells of the first routing."""
    told = next((event.data for event in seen.events if event.kind == EventKind.ROUTED), None)
    if told is None:
        return None
    weighing = weighed(told, names)
    return {
        "agency": told["agency"],
        "reason": told.get("reason", ""),
        "text": explained(told, names),
        "rule": weighing.rule,
        "conditions": told.get("by", []),
        "beaten": weighing.beaten,
    }
