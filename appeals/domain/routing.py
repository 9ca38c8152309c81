"""To whom an appeal goes, and why. The reason is kept in codes and worded when read."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from agencies.domain.competence import Finding, Matter, resolve
from agencies.enums import Level
from agencies.models import Agency, Competence, Region, Topic
from appeals.enums import Kind
from appeals.rules import superior_instance

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
    special_type: str = "",
    addressee: Agency | None = None,
    complained_of: Agency | None = None,
) -> Proposal:
    """The competent body on the local date `on`, or the Office where there is none, with the reason."""
    if kind == Kind.COMPLAINT and complained_of is not None:
        return propose_complaint(complained_of, on)
    if addressee is not None and addressee.level == Level.PRESIDENT:
        return Proposal(office(), {"reason": "addressed_to_president"})
    finding = _find(topic, region, kind, special_type, addressee, on)
    return Proposal(finding.agency or office(), explained(finding, topic, region))


def explained(finding: Finding, topic: Topic | None, region: Region | None) -> dict[str, Any]:
    """Why `finding` names whom it names, in codes."""
    return {
        "reason": finding.reason,
        "rule": finding.rule_id,
        "beat": list(finding.beat),
        "topic": topic.code if topic else None,
        "region": region.code if region else None,
        "agency": finding.agency.code if finding.agency else None,
    }


def _find(
    topic: Topic | None,
    region: Region | None,
    kind: str,
    special_type: str,
    addressee: Agency | None,
    on: date,
) -> Finding:
    if topic is None:
        return Finding(None, "no_topic")
    rules = list(Competence.objects.filter(topic=topic).select_related("region"))
    functions = {rule.function_id for rule in rules if rule.function_id}
    named = {rule.agency_id for rule in rules if rule.agency_id}
    agencies = Agency.objects.filter(Q(function__in=functions) | Q(pk__in=named) | Q(predecessors__in=named)).distinct()
    addressee_id = addressee.pk if addressee else None
    return resolve(Matter(topic.pk, region, kind, special_type, addressee_id), rules, list(agencies), on=on)


def propose_complaint(complained_of: Agency, on: date) -> Proposal:
    """By way of the body complained of to the nearest superior that hears complaints (Art. 91)."""
    body = living(complained_of, on)
    decider = superior_instance(body, on) if body else None
    if body is None or decider is None:
        return Proposal(office(), {"reason": "no_superior", "complained_of": complained_of.code})
    return Proposal(
        body, {"reason": "complaint", "complained_of": complained_of.code, "decider": decider.code}, decider
    )


def living(agency: Agency, on: date) -> Agency | None:
    """`agency`, or who succeeded it, alive on the local date `on`."""
    seen = {agency.pk}
    step: Agency | None = agency
    while step is not None and not step.is_alive(on):
        step = step.successor
        if step is not None and step.pk in seen:
            return None
        seen |= {step.pk} if step else set()
    return step
