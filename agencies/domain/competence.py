"""Who answers for a matter. Pure: over rows in memory, with the reason given in codes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from agencies.models import Agency, Competence, Region


@dataclass(frozen=True)
class Matter:
    """What competence depends on; ids, so that rules compare without queries."""

    topic_id: int | None
    region: Region | None
    kind: str
    special_type: str = ""
    addressee_id: int | None = None


@dataclass(frozen=True)
class Finding:
    """The competent body, or none; `reason` and the ids say why, in codes, to be stored and worded later."""

    agency: Agency | None
    reason: str
    rule_id: int | None = None
    beat: tuple[int, ...] = field(default_factory=tuple)


def resolve(matter: Matter, rules: Iterable[Competence], agencies: Sequence[Agency], *, on: date) -> Finding:
    """The one living body that `rules` name for `matter` on the local date `on`.

    Of the rules whose every filled condition matches, the one with most conditions wins. None,
    or two that tie, or a function nobody has there: no body, and the reason.
    """
    if matter.topic_id is None:
        return Finding(None, "no_topic")
    matching = sorted(
        (rule for rule in rules if rule.is_alive(on) and _matches(rule, matter)),
        key=lambda rule: (-_conditions(rule), rule.pk),
    )
    if not matching:
        return Finding(None, "no_rule")
    best, *others = matching
    beaten = tuple(rule.pk for rule in others)
    if others and _conditions(others[0]) == _conditions(best):
        return Finding(None, "tie", best.pk, beaten)
    agency = _living(_named(best, matter, agencies, on), agencies, on)
    return Finding(agency, "rule" if agency else "nobody_there", best.pk, beaten)


def _conditions(rule: Competence) -> int:
    return sum(map(bool, (rule.region_id, rule.kind, rule.special_type, rule.addressee_id)))


def _matches(rule: Competence, matter: Matter) -> bool:
    places = {region.pk for region in _upwards(matter.region)}
    return (
        rule.topic_id == matter.topic_id
        and (rule.region_id is None or rule.region_id in places)
        and rule.kind in ("", matter.kind)
        and rule.special_type in ("", matter.special_type)
        and rule.addressee_id in (None, matter.addressee_id)
    )


def _named(rule: Competence, matter: Matter, agencies: Sequence[Agency], on: date) -> Agency | None:
    """The rule's agency, or the one that has its function nearest up the regions, then the one without a region."""
    if rule.agency_id:
        return next((agency for agency in agencies if agency.pk == rule.agency_id), None)
    having = {a.region_id: a for a in agencies if a.function_id == rule.function_id and a.is_alive(on)}
    for region in _upwards(matter.region):
        if region.pk in having:
            return having[region.pk]
    return having.get(None)


def _living(agency: Agency | None, agencies: Sequence[Agency], on: date) -> Agency | None:
    """`agency`, or whoever succeeded it by `on`."""
    seen: set[int] = set()
    while agency is not None and not agency.is_alive(on):
        seen.add(agency.pk)
        successor_id = agency.successor_id
        agency = next((a for a in agencies if a.pk == successor_id and a.pk not in seen), None)
    return agency


def _upwards(region: Region | None) -> Iterable[Region]:
    while region is not None:
        yield region
        region = region.superior
