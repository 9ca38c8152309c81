"""What many people write to one body at the same time: found among its open appeals, to be grouped."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Q, Value, When
from django.db.models.functions import Left
from django.utils.translation import get_language

from agencies.models import Officer
from appeals.domain import likeness
from appeals.domain.queues import EXCERPT, shortened
from appeals.models import Appeal, Group
from appeals.models.appeal import AppealQuerySet

MOST_LOOKED_AT = 2000  # of the open appeals of a body, the newest
MOST_OFFERED = 100
FEWEST_ALIKE = 2  # people whose texts are alike
FEWEST_IN_PLACE = 10  # people who write about the same topic from the same place
DIGESTS = ("idn_digest", "email_digest", "phone_digest", "name_digest")


@dataclass(frozen=True)
class Crowd:
    """Appeals that may be decided together, oldest first; `is_alike` by their texts, or else by topic and place."""

    is_alike: bool
    numbers: Sequence[str]
    people: int
    topic: str
    place: str
    since: date
    until: date
    excerpt: str


def crowds(officer: Officer, *, on: date) -> list[Crowd]:
    """Among the open appeals of her body that are in no group: like texts first, the largest first; one query."""
    rows = list(_rows(officer, on))
    by_pk = {row["pk"]: row for row in rows}
    alike = likeness.families([(row["pk"], row["signature__hashes"] or ()) for row in rows])
    places: dict[tuple[Any, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        if row["topic_id"] and row["region_id"]:
            places[row["topic_id"], row["region_id"], row["district_id"]].append(row)
    of_text = [_crowd([by_pk[pk] for pk in family], is_alike=True) for family in alike]
    of_place = [_crowd(gathered, is_alike=False) for gathered in places.values()]
    return [
        *_largest(of_text, FEWEST_ALIKE),
        *_largest(of_place, FEWEST_IN_PLACE),
    ]


def candidates(appeal: Appeal, *, on: date) -> list[Appeal]:
    """What may be grouped with `appeal`, like texts first, each with `is_alike`; `MOST_OFFERED`, two queries."""
    signed = getattr(appeal, "signature", None)
    alike = {pk for pk, _share in likeness.alike(signed.hashes if signed else (), since=on - likeness.MASS_FOR)}
    same = Q(pk__in=alike)
    if appeal.topic_id and appeal.region_id:
        same |= Q(topic=appeal.topic_id, region=appeal.region_id, district=appeal.district_id)
    found = (
        _loose(Appeal.objects.held_by(appeal.agency), on)
        .filter(same)
        .exclude(pk=appeal.pk)
        .select_related("topic", "officer__user")
    )
    is_alike = Case(When(pk__in=alike, then=Value(value=True)), default=Value(value=False))
    return list(found.annotate(is_alike=is_alike).order_by("-is_alike", "-pk")[:MOST_OFFERED])


def members(group: Group) -> AppealQuerySet:
    """The appeals of `group` that its body holds, open or closed."""
    return Appeal.objects.filter(group=group, agency=group.agency_id).order_by("pk")


def _loose(held: AppealQuerySet, on: date) -> AppealQuerySet:
    """Of those `held`, the newest open ones in no group."""
    recent = held.open().filter(group=None, registered_on__gte=on - likeness.MASS_FOR)
    return recent.annotate(excerpt=Left("content__text", EXCERPT + 1)).order_by("-pk")


def _rows(officer: Officer, on: date) -> Iterable[dict[str, Any]]:
    name = f"name_{(get_language() or 'kk')[:2]}"
    seen = Appeal.objects.visible_to(officer).held_by(officer.agency)
    newest = _loose(seen, on).values(
        "pk",
        "number",
        "registered_on",
        "applicant_id",
        "excerpt",
        "signature__hashes",
        "topic_id",
        "region_id",
        "district_id",
        f"topic__{name}",
        f"region__{name}",
        f"district__{name}",
        *(f"applicant__{digest}" for digest in DIGESTS),
    )[:MOST_LOOKED_AT]
    return reversed(newest)


def _crowd(rows: Sequence[dict[str, Any]], *, is_alike: bool) -> Crowd:
    name = f"name_{(get_language() or 'kk')[:2]}"
    topics, places = {row[f"topic__{name}"] or "" for row in rows}, {_place(row, name) for row in rows}
    return Crowd(
        is_alike=is_alike,
        numbers=[row["number"] for row in rows],
        people=len({_person(row) for row in rows}),
        topic=topics.pop() if len(topics) == 1 else "",
        place=places.pop() if len(places) == 1 else "",
        since=min(row["registered_on"] for row in rows),
        until=max(row["registered_on"] for row in rows),
        excerpt=shortened(rows[0]["excerpt"]) if is_alike else "",
    )


def _place(row: dict[str, Any], name: str) -> str:
    return ", ".join(part for part in (row[f"region__{name}"], row[f"district__{name}"]) if part)


def _person(row: dict[str, Any]) -> bytes | str:
    """Whoever gave the same IIN, or else the same e-mail, phone or name, is one person."""
    return next((bytes(row[f"applicant__{of}"]) for of in DIGESTS if row[f"applicant__{of}"]), str(row["applicant_id"]))


def _largest(found: Iterable[Crowd], fewest: int) -> Iterator[Crowd]:
    return (each for each in sorted(found, key=lambda each: -each.people) if each.people >= fewest)
