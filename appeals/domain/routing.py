"""To whom an appeal goes, why, and how it is handed on. The reason is kept in codes and worded when read."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from agencies.domain.calendar import calendar
from agencies.domain.competence import Finding, Matter, resolve
from agencies.enums import Level
from agencies.models import Agency, Competence, Officer, Region, Topic
from appeals.domain import clocks, holds, notices
from appeals.domain.history import record
from appeals.domain.lifecycle import move
from appeals.domain.statistics.counting import count
from appeals.domain.terms import local_date
from appeals.enums import EventKind, Kind, Measure, NoticeKind, Status
from appeals.errors import InvalidIntake
from appeals.models import Appeal, Forwarding, Reply
from appeals.rules import insist, refusal_to_forward, superior_instance

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


def arrival(appeal: Appeal, to: Agency, at: datetime) -> date:
    """The local date from which `to` has the appeal; never before the day the appeal counts as received."""
    return max(local_date(at, to), appeal.registered_on)


@transaction.atomic
def forward(appeal: Appeal, to: Agency, *, by: Officer, at: datetime, reason: str) -> Appeal:
    """Hand `appeal` over to `to`, the competent body, and tell the applicant (Art. 65, 91(4)).

    The forwarding clock of the body that lets go is met, its reply clock cancelled; the receiver
    gets its own, from the day after arrival (Art. 76(2)). Forwarding late is possible, and leaves
    a breach with the body that was late. A reply prepared and not signed stays behind.
    """
    appeal = Appeal.objects.locked(appeal)
    on = local_date(at, appeal.agency)
    insist(refusal_to_forward(by, appeal, to, on=on))
    if not reason.strip():
        raise InvalidIntake(_("Say why the appeal is forwarded."), field="reason")
    left = appeal.agency
    holds.end(appeal, on=on)
    clocks.let_go(appeal, on=on, at=at)
    move(appeal, Status.REGISTERED, agency=to, officer=None, hops=appeal.hops + 1)
    clocks.start(appeal, on=arrival(appeal, to, at), calendar=calendar())
    Reply.objects.filter(appeal=appeal, signed_at=None).delete()
    Forwarding.objects.create(appeal=appeal, left=left, to=to, by=by, on=on)
    record(appeal, EventKind.FORWARDED, by=by, at=at, text=reason, left=left.code, to=to.code)
    notices.owe(appeal, NoticeKind.FORWARDED, at=at, about=appeal.hops)
    count(appeal, Measure.FORWARDED, left, on=on)
    return appeal
