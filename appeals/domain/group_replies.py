"""One decision for many: the reply is written for each member of a group and signed for each, by the same verbs.

Every member is an act of its own, done or refused with its reason; asked again, what is done is not done twice.
A round takes a bounded number of members and says where the next one begins.
"""

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from agencies.models import Officer
from appeals.domain import holds, replies
from appeals.domain.crowds import members
from appeals.domain.replies import Answer
from appeals.domain.routing import superior_instance
from appeals.domain.terms import local_date
from appeals.domain.wording import standard_remedy
from appeals.enums import Outcome
from appeals.errors import IllegalMove, Refused
from appeals.models import Appeal, Group, Reply
from appeals.models.appeal import AppealQuerySet
from appeals.rules import insist, refusal_to_prepare_for_group, refusal_to_sign_for_group

ROUND = 50  # members
NEVER = datetime.min.replace(tzinfo=UTC)
DECIDED = ("outcome", "text", "law", "needs_execution")
SAID = (*DECIDED, "remedy")


@dataclass(frozen=True)
class Decision:
    """What one reply says to all; how to complain further each member is told in her own language."""

    outcome: Outcome
    text: str
    law: str
    needs_execution: bool = False


@dataclass(frozen=True)
class Refusal:
    number: str
    reason: str


@dataclass(frozen=True)
class Round:
    """What became of a round: numbers done, members refused, and after which one the next begins; 0 when through."""

    done: Sequence[str]
    refused: Sequence[Refusal]
    after: int


@dataclass(frozen=True)
class Wording:
    """A prepared reply as some members have it."""

    key: str
    reply: Reply
    language: str
    numbers: Sequence[str]


def prepare_for_group(
    group: Group, decision: Decision, *, language: str, by: Officer, at: datetime, after: int = 0
) -> Round:
    """Write the `decision` for the open members who wrote in `language`, or for all where that is empty."""
    insist(refusal_to_prepare_for_group(by, group, has_hers=has_hers(by, group)))
    asked = members(group).open().filter(**({"language": language} if language else {}))

    def prepare(appeal: Appeal) -> bool:
        superior = superior_instance(appeal.agency, local_date(at, appeal.agency))
        remedy = standard_remedy(appeal.agency, superior, appeal.language)
        answer = Answer(decision.outcome, decision.text, decision.law, remedy, decision.needs_execution)
        if said_by(getattr(appeal, "reply", None)) == said_by(answer) and not holds.is_lapsed(appeal):
            return False
        replies.prepare_reply(appeal, answer, by=by, at=at)
        return True

    return _round(asked, after, prepare)


def has_hers(officer: Officer, group: Group) -> bool:
    """Whether an open member of `group` is assigned to `officer`; so it counts, too, when none is open any more."""
    assigned = set(members(group).open().values_list("officer", flat=True))
    return officer.pk in assigned or not assigned


def sign_for_group(group: Group, *, seen: Collection[str], by: Officer, at: datetime, after: int = 0) -> Round:
    """Sign and send the prepared replies whose wording is among those `seen`: nobody signs what she did not read.

    Each by the rules of its own case: one that waits for a hearing or a correction is refused, others go.
    """
    insist(refusal_to_sign_for_group(by, group))

    def sign(appeal: Appeal) -> bool:
        prepared = getattr(appeal, "reply", None)
        is_read = prepared is not None and said_by(prepared) in seen
        replies.reply(appeal, by=by, at=at, seen=prepared.prepared_at if prepared and is_read else NEVER)
        return True

    return _round(members(group).open(), after, sign)


def wordings(group: Group, *, reader: Officer) -> list[Wording]:
    """The replies that wait for a signature in `group`, each wording once, the one most members have first.

    What is not signed yet is for the body of the group alone.
    """
    if reader.agency_id != group.agency_id:
        return []
    having: dict[str, list[Appeal]] = {}
    for appeal in _with_replies(members(group).open().exclude(reply=None)):
        having.setdefault(said_by(appeal.reply), []).append(appeal)
    found = [
        Wording(key, appeals[0].reply, appeals[0].language, [appeal.number for appeal in appeals])
        for key, appeals in having.items()
    ]
    return sorted(found, key=lambda each: -len(each.numbers))


def said_by(answer: Answer | Reply | None) -> str:
    """A digest of everything the applicant reads of it; empty where there is nothing."""
    if answer is None:
        return ""
    told = [str(getattr(answer, name)) for name in SAID]
    return sha256(json.dumps(told).encode()).hexdigest()


def _round(asked: AppealQuerySet, after: int, act: Callable[[Appeal], bool]) -> Round:
    batch = list(_with_replies(asked.filter(pk__gt=after).order_by("pk"))[: ROUND + 1])
    done, refused = [], []
    for appeal in batch[:ROUND]:
        try:
            if act(appeal):
                done.append(appeal.number)
        except (Refused, IllegalMove) as refusal:
            refused.append(Refusal(appeal.number, str(refusal)))
    return Round(done, refused, batch[ROUND - 1].pk if len(batch) > ROUND else 0)


def _with_replies(appeals: AppealQuerySet) -> AppealQuerySet:
    return appeals.select_related("agency__superior__superior__superior", "complained_of", "reply__superior")
