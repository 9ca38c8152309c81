"""A changed table of competence tried on the appeals of the past: who would have got them. Nothing is written."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Case, Count, Value, When

from agencies.domain.atlas import Atlas
from agencies.models import Agency
from appeals.domain.routing import OFFICE, Asked, Proposal, proposed
from appeals.domain.urgent_routing import POLICE
from appeals.models import Appeal

MOST_MOVES = 20
MEANT = ("rule", "addressed_to_president")  # reasons by which the Office has an appeal on purpose


@dataclass(frozen=True)
class Move:
    """Appeals that would have gone from one body to another, by topic; without a topic under an empty code."""

    was: Agency
    becomes: Agency
    by_topic: Counter[str]

    @property
    def appeals(self) -> int:
        return self.by_topic.total()


@dataclass(frozen=True)
class Trial:
    """What came of it; `moves` the largest first."""

    since: date
    on: date
    appeals: int
    triage_now: int
    triage_then: int
    moves: list[Move]

    @cached_property
    def elsewhere(self) -> int:
        return sum(move.appeals for move in self.moves)


def try_rules(standing: Atlas, changed: Atlas, *, since: date, on: date) -> Trial:
    """Every appeal registered from `since` to `on` that competence sent, by both tables as they stand on `on`.

    Both are asked about one day, so that reorganisations tell nothing; and about each sort of appeal once.
    Handed in at a body or parted from another, an appeal was not sent by competence.
    """
    triage_now, triage_then, appeals = 0, 0, 0
    moves: dict[tuple[int, int], Counter[str]] = defaultdict(Counter)
    for asked, n in _sorts(standing, since, on):
        now, then = (_proposed(atlas, asked, on) for atlas in (standing, changed))
        appeals += n
        triage_now += n * _is_in_triage(now)
        triage_then += n * _is_in_triage(then)
        if now.agency != then.agency:
            moves[now.agency.pk, then.agency.pk][asked.topic.code if asked.topic else ""] += n
    bodies = standing.agencies
    told = [Move(bodies[was], bodies[becomes], by_topic) for (was, becomes), by_topic in moves.items()]
    told.sort(key=lambda move: (-move.appeals, move.was.code, move.becomes.code))
    return Trial(since, on, appeals, triage_now, triage_then, told)


def a_year_before(on: date) -> date:
    return on.replace(year=on.year - 1, day=28) if (on.month, on.day) == (2, 29) else on.replace(year=on.year - 1)


def _sorts(atlas: Atlas, since: date, on: date) -> Iterator[tuple[Asked, int]]:
    """What differs for competence, with how many appeals are alike in it; counted by the database, read as a stream.

    What went to the police at once did so by the competence for theirs, whatever its topic.
    """
    sent = Appeal.objects.filter(registered_on__range=(since, on), parent=None)
    sent = sent.exclude(routing__explanation__reason="received_here").order_by()
    fields = ("topic_id", "region_id", "kind", "district_id", "special_type", "addressee_id", "complained_of_id")
    to_police = Case(When(routing__explanation__reason="urgent", then=Value(value=True)), default=Value(value=False))
    rows = sent.annotate(to_police=to_police).values_list(*fields, "to_police").annotate(n=Count("pk"))
    police = next((topic for topic in atlas.topics.values() if topic.code == POLICE), None)
    for topic, region, kind, district, special_type, addressee, complained_of, at_once, n in rows.iterator(2000):
        yield (
            Asked(
                police if at_once else atlas.topics.get(topic),
                atlas.regions.get(region),
                kind,
                atlas.regions.get(district),
                special_type,
                atlas.agencies.get(addressee),
                atlas.agencies.get(complained_of),
            ),
            n,
        )


def _proposed(atlas: Atlas, asked: Asked, on: date) -> Proposal:
    return proposed(asked, *atlas.about(asked.matter), on=on, office=lambda: _office(atlas))


def _office(atlas: Atlas) -> Agency:
    return next(agency for agency in atlas.agencies.values() if agency.code == OFFICE)


def _is_in_triage(proposal: Proposal) -> bool:
    return proposal.is_triage and proposal.explanation["reason"] not in MEANT


def facts(trial: Trial) -> dict[str, Any]:
    """The figures for programs: codes, numbers and ISO dates."""
    return {
        "since": trial.since.isoformat(),
        "on": trial.on.isoformat(),
        "appeals": trial.appeals,
        "elsewhere": trial.elsewhere,
        "triage": {"now": trial.triage_now, "then": trial.triage_then},
        "moves": [
            {
                "from": move.was.code,
                "to": move.becomes.code,
                "appeals": move.appeals,
                "topics": dict(move.by_topic.most_common()),
            }
            for move in trial.moves[:MOST_MOVES]
        ],
        "further_moves": max(0, len(trial.moves) - MOST_MOVES),
    }
