"""To whom an appeal goes, and why. The reason is kept in codes and worded when read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from agencies.domain.competence import Finding, Matter, resolve
from agencies.domain.tree import living
from agencies.enums import Level, Loss
from agencies.models import Agency, Competence, Region, Topic
from appeals.enums import Kind
from appeals.rules import superior_instance
from appeals.rules.holder import would_judge_itself

OFFICE = "president.office"


@dataclass(frozen=True)
class Proposal:
    """The body that gets the appeal first, and why; `decider` hears a complaint passed up to it."""

    agency: Agency
    explanation: dict[str, Any]
    decider: Agency | None = None

    @property
    def is_triage(self) -> bool:
        return self.agency.code == OFFICE


def office() -> Agency:
    """The President's Office: it registers, annotates, forwards and controls, and holds what is in triage."""
    return Agency.objects.get(code=OFFICE)


def propose(
    *,
    topic: Topic | None,
    region: Region | None,
    kind: Kind | str,
    on: date,
    district: Region | None = None,
    special_type: str = "",
    addressee: Agency | None = None,
    complained_of: Agency | None = None,
) -> Proposal:
    """The competent body on the local date `on`, or the Office where there is none, with the reason."""
    topic_id = topic.pk if topic else None
    if complained_of is not None and kind == Kind.COMPLAINT:
        body = living(complained_of, on) or complained_of
        matter = Matter(topic_id, district or region, kind, special_type, complained_of_id=body.pk)
        special = special_law(matter, *_rules(topic, complained_of__isnull=False), on=on)
        return propose_complaint(complained_of, on, special)
    if addressee is not None and addressee.level == Level.PRESIDENT:
        return Proposal(office(), {"reason": "addressed_to_president"})
    if topic is not None and not topic.is_alive(on):
        finding = Finding(None, "topic_ceased")
    else:
        matter = Matter(topic_id, district or region, kind, special_type, addressee.pk if addressee else None)
        finding = resolve(matter, *_rules(topic), on=on)
    return Proposal(finding.agency or office(), explained(finding, topic, region, district))


def explained(
    finding: Finding, topic: Topic | None, region: Region | None, district: Region | None = None
) -> dict[str, Any]:
    """Why `finding` names whom it names, in codes."""
    return {
        "reason": finding.reason,
        "rule": finding.rule_id,
        "by": list(finding.by),
        "beat": list(finding.beat),
        "because": list(finding.because),
        "topic": topic.code if topic else None,
        "region": region.code if region else None,
        **({"district": district.code} if district else {}),
        "agency": finding.agency.code if finding.agency else None,
    }


def _rules(topic: Topic | None, **only: Any) -> tuple[list[Competence], list[Agency]]:
    """The rules of `topic` of any day, and the bodies they may lead to; two queries at most."""
    rules = list(Competence.objects.filter(topic=topic, **only).select_related("region")) if topic else []
    if not rules:
        return [], []
    functions = {rule.function_id for rule in rules if rule.function_id}
    named = {rule.agency_id for rule in rules if rule.agency_id}
    agencies = Agency.objects.filter(Q(function__in=functions) | Q(pk__in=named))
    return rules, list(agencies.select_related("successor__successor"))


def special_law(matter: Matter, rules: Iterable[Competence], agencies: Iterable[Agency], *, on: date) -> Finding:
    """Who hears a complaint under a special law: of the rules, only those that name the body complained of count."""
    return resolve(matter, [rule for rule in rules if rule.complained_of_id], agencies, on=on)


def propose_complaint(complained_of: Agency, on: date, special: Finding | None = None) -> Proposal:
    """To the body `special` found under a special law, or by way of the body complained of to its superior (Art. 91).

    The decider is never the body complained of or one below it, whatever the rule says. A body that has
    ceased is stood for by its successor. Where nobody decides, the Office explains the way.
    """
    told: dict[str, Any] = {"complained_of": complained_of.code}
    if special and special.rule_id:
        loss = _loss_of_special(special, complained_of)
        if not loss or special.reason == "tie":
            return _under_special_law(special, told)
        told |= {"beat": [special.rule_id, *special.beat], "because": [loss, *special.because]}
    body, decider = living(complained_of, on), superior_instance(complained_of, on)
    if body is None:
        return Proposal(office(), {"reason": "complained_of_ceased"} | told)
    if body != complained_of:
        told["successor"] = body.code
    if decider is None:
        return Proposal(office(), {"reason": "no_superior"} | told)
    return Proposal(body, {"reason": "complaint"} | told | {"decider": decider.code}, decider)


def _loss_of_special(special: Finding, complained_of: Agency) -> str:
    """Why the body found under a special law may not decide; empty where it may."""
    if special.agency is None:
        return Loss.NOBODY.value
    if would_judge_itself(special.agency, complained_of):
        return Loss.GUARDED.value
    return "" if special.agency.complaint_instance else Loss.UNHEARING.value


def _under_special_law(special: Finding, told: dict[str, Any]) -> Proposal:
    reason = "special_law" if special.agency else special.reason
    told |= {"reason": reason, "rule": special.rule_id, "by": list(special.by)}
    told |= {"beat": list(special.beat), "because": list(special.because)}
    if special.agency is None:
        return Proposal(office(), told)
    return Proposal(special.agency, told | {"decider": special.agency.code}, special.agency)
