"""To whom an appeal goes, and why. The reason is kept in codes and worded when read."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

from django.db.models import Q

from agencies.domain.competence import Finding, Matter, resolve
from agencies.domain.tree import living
from agencies.enums import Level, Loss
from agencies.models import Agency, Competence, Region, Topic
from appeals.domain.reasons import Names
from appeals.enums import Kind
from appeals.rules import superior_instance
from appeals.rules.holder import would_judge_itself

OFFICE = "president.office"


@dataclass(frozen=True)
class Asked:
    """What an appeal states about itself, as far as competence depends on it."""

    topic: Topic | None
    region: Region | None
    kind: Kind | str
    district: Region | None = None
    special_type: str = ""
    addressee: Agency | None = None
    complained_of: Agency | None = None

    @property
    def is_complaint(self) -> bool:
        return self.kind == Kind.COMPLAINT and self.complained_of is not None

    @property
    def matter(self) -> Matter:
        topic_id = self.topic.pk if self.topic else None
        addressee_id = self.addressee.pk if self.addressee else None
        return Matter(topic_id, self.district or self.region, self.kind, self.special_type, addressee_id)


@dataclass(frozen=True)
class Proposal:
    """The body that gets the appeal first, and why; `decider` hears a complaint passed up to it."""

    agency: Agency
    explanation: dict[str, Any]
    decider: Agency | None = None
    asked: Asked | None = None
    basis: str = ""  # of the rule, as it is entered

    @property
    def is_triage(self) -> bool:
        return self.agency.code == OFFICE

    @property
    def is_unheard(self) -> bool:
        """Whether it is a complaint that no body may decide (Art. 91(3)): the Office says where the way leads."""
        return bool(self.explanation["reason"] == "no_superior")

    @property
    def names(self) -> Names:
        """All that the explanation has to be worded with, without a query; what `wording.names_in` would find."""
        asked = self.asked or Asked(None, None, "")
        rows: dict[str, list[Agency | Region | Topic | None]] = {
            "body": [self.agency, self.decider, asked.complained_of],
            "topic": [asked.topic],
            "region": [asked.region, asked.district],
        }
        names = {(sort, row.code): row.name for sort, found in rows.items() for row in found if row}
        return names | {("basis", str(self.explanation.get("rule"))): self.basis}


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
    asked = Asked(topic, region, kind, district, special_type, addressee, complained_of)
    return proposed(asked, *_rules(asked), on=on, office=office)


def proposed(
    asked: Asked,
    rules: Iterable[Competence],
    agencies: Iterable[Agency],
    *,
    on: date,
    office: Callable[[], Agency],
) -> Proposal:
    """The same over rows in memory: the rules of the topic, and the bodies they may lead to."""
    if asked.is_complaint:
        return replace(_complaint(asked, rules, agencies, on, office), asked=asked)
    if asked.addressee is not None and asked.addressee.level == Level.PRESIDENT:
        return Proposal(office(), {"reason": "addressed_to_president"})
    if asked.topic is not None and not asked.topic.is_alive(on):
        finding = Finding(None, "topic_ceased")
    else:
        finding = resolve(asked.matter, rules, agencies, on=on)
    return Proposal(finding.agency or office(), explained(finding, asked), asked=asked, basis=finding.basis)


def explained(finding: Finding, asked: Asked) -> dict[str, Any]:
    """Why `finding` names whom it names, in codes."""
    return {
        "reason": finding.reason,
        **_weighed(finding),
        "topic": asked.topic.code if asked.topic else None,
        "region": asked.region.code if asked.region else None,
        **({"district": asked.district.code} if asked.district else {}),
        "agency": finding.agency.code if finding.agency else None,
    }


def _weighed(finding: Finding) -> dict[str, Any]:
    """The rule and its conditions, what it beat, and why."""
    lists = {"by": finding.by, "beat": finding.beat, "because": finding.because}
    return {"rule": finding.rule_id, **{name: list(codes) for name, codes in lists.items()}}


def _rules(asked: Asked) -> tuple[list[Competence], list[Agency]]:
    """The rules of the topic, of any day, and the bodies they may lead to; two queries at most."""
    if asked.topic is None:
        return [], []
    own = Competence.objects.filter(topic=asked.topic).select_related("region")
    rules = list(own.exclude(complained_of=None) if asked.is_complaint else own)
    if not rules:
        return [], []
    functions = {rule.function_id for rule in rules if rule.function_id}
    named = {rule.agency_id for rule in rules if rule.agency_id}
    agencies = Agency.objects.filter(Q(function__in=functions) | Q(pk__in=named))
    return rules, list(agencies.select_related("successor__successor"))


def _complaint(
    asked: Asked, rules: Iterable[Competence], agencies: Iterable[Agency], on: date, office: Callable[[], Agency]
) -> Proposal:
    """To whom a special law sends the complaint, else by way of the body complained of to its superior (Art. 91).

    Of the rules, only those that name the body complained of count. The decider is never that body or one
    below it, whatever a rule says. A body that has ceased is stood for by its successor. Where nobody
    decides, the Office explains the way.
    """
    complained_of = cast(Agency, asked.complained_of)
    body = living(complained_of, on)
    told: dict[str, Any] = {"complained_of": complained_of.code}
    matter = replace(asked.matter, complained_of_id=(body or complained_of).pk)
    special = resolve(matter, [rule for rule in rules if rule.complained_of_id], agencies, on=on)
    if special.rule_id:
        loss = _loss_of_special(special, complained_of)
        if not loss:
            return _under_special_law(special, asked, told)
        if special.reason == "tie":
            return Proposal(office(), explained(special, asked) | told)
        told |= {"beat": [special.rule_id, *special.beat], "because": [loss, *special.because]}
    if body is None:
        return Proposal(office(), {"reason": "complained_of_ceased"} | told)
    if body != complained_of:
        told["successor"] = body.code
    decider = superior_instance(complained_of, on)
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


def _under_special_law(special: Finding, asked: Asked, told: dict[str, Any]) -> Proposal:
    decider = cast(Agency, special.agency)
    explanation = explained(special, asked) | told | {"reason": "special_law", "decider": decider.code}
    return Proposal(decider, explanation, decider, basis=special.basis)
