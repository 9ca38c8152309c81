"""To whom an appeal goes that tells of a crime or of violence: at once to the police of the region (Art. 64(7-2))."""

from dataclasses import replace
from typing import Any

from agencies.models import Region, Topic
from appeals.domain import routing
from appeals.domain.urgency import Found
from appeals.enums import Kind

POLICE = "security.police"
# topics whose own bodies investigate
INVESTIGATED = ("prosecution", "corruption", "defence")


def propose(
    found: Found | None,
    *,
    topic: Topic | None,
    region: Region | None,
    kind: Kind | str,
    police: Topic | None = None,
    **matter: Any,
) -> routing.Proposal:
    """As `routing.propose` says, but where the words tell of a crime or of violence, the police of the region.

    A complaint keeps the way of complaints, and a matter its body where that one investigates itself. Where
    the directory names no police there, the usual body gets it, and its duty officer is told like any other's.
    `police`: the topic of the police, where it was read already.
    """
    if found and found.is_for_police and region and kind != Kind.COMPLAINT and _is_for_others(topic):
        police = police or Topic.objects.filter(code=POLICE).first()
        proposal = routing.propose(topic=police, region=region, kind=kind, **matter)
        if not proposal.is_triage:
            return replace(proposal, explanation=proposal.explanation | {"reason": "urgent"})
    return routing.propose(topic=topic, region=region, kind=kind, **matter)


def _is_for_others(topic: Topic | None) -> bool:
    return topic is None or topic.code not in INVESTIGATED
