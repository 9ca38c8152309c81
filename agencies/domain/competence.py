"""Who answers for a matter. Pure: over rows in memory, with the reason given in codes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from agencies.domain.tree import living, upwards
from agencies.enums import Condition, Loss
from agencies.models import Agency, Competence, Region

MOST_LOST = 8  # beaten rules that are told; those that fitted come first


@dataclass(frozen=True)
class Matter:
    """What competence depends on; ids, so that rules compare without queries. `region` is the nearest place known."""

    topic_id: int | None
    region: Region | None
    kind: str
    special_type: str = ""
    addressee_id: int | None = None
    complained_of_id: int | None = None

    @property
    def is_in_district(self) -> bool:
        return self.region is not None and self.region.superior_id is not None


@dataclass(frozen=True)
class Finding:
    """The competent body, or none; `reason` and the ids say why, in codes, to be stored and worded later.

    `by` are the conditions of the rule; `because` says of each rule in `beat` why it lost.
    """

    agency: Agency | None
    reason: str
    rule_id: int | None = None
    by: tuple[str, ...] = ()
    beat: tuple[int, ...] = ()
    because: tuple[str, ...] = ()


def resolve(matter: Matter, rules: Iterable[Competence], agencies: Iterable[Agency], *, on: date) -> Finding:
    """The one living body that `rules` name for `matter` on the local date `on`.

    Of the rules whose every filled condition matches, the one with most conditions wins, and of those with the
    same conditions the one for the nearer place. None, or two that tie, or nobody there: no body, and the reason.
    `agencies` are those that the rules of the topic may lead to.
    """
    if matter.topic_id is None:
        return Finding(None, "no_topic")
    places = tuple(place.pk for place in upwards(matter.region))
    own = [rule for rule in rules if rule.topic_id == matter.topic_id]
    lost = {rule.pk: _misfit(rule, matter, places, on) for rule in own}
    fitting = [rule for rule in own if not lost[rule.pk]]
    if not fitting:
        return Finding(None, "no_rule", None, (), *_told(lost))
    best = min(fitting, key=lambda rule: (-len(conditions(rule)), _distance(rule, places), rule.pk))
    lost |= {rule.pk: _loss(rule, best, places) for rule in fitting}
    del lost[best.pk]
    by = tuple(condition for condition in Condition.values if condition in conditions(best))
    agency, reason = (None, "tie") if Loss.EQUAL in lost.values() else _answerer(best, matter, agencies, on)
    return Finding(agency, reason, best.pk, by, *_told(lost))


def conditions(rule: Competence) -> frozenset[str]:
    """What `rule` asks for; a place that is a district asks for both."""
    asked = {
        Condition.REGION: rule.region_id,
        Condition.DISTRICT: rule.in_district or (rule.region is not None and rule.region.superior_id),
        Condition.KIND: rule.kind,
        Condition.SPECIAL_TYPE: rule.special_type,
        Condition.ADDRESSEE: rule.addressee_id,
        Condition.COMPLAINED_OF: rule.complained_of_id,
    }
    return frozenset(condition.value for condition, is_asked in asked.items() if is_asked)


def _misfit(rule: Competence, matter: Matter, places: Sequence[int], on: date) -> str:
    """The first thing about `rule` that does not fit `matter`; empty where all does."""
    fits = {
        Loss.NOT_IN_FORCE: rule.is_alive(on),
        Loss.OTHER_PLACE: rule.region_id is None or rule.region_id in places,
        Loss.NO_DISTRICT: not rule.in_district or matter.is_in_district,
        Loss.OTHER_KIND: rule.kind in ("", matter.kind),
        Loss.OTHER_TYPE: rule.special_type in ("", matter.special_type),
        Loss.OTHER_ADDRESSEE: rule.addressee_id in (None, matter.addressee_id),
        Loss.OTHER_COMPLAINED_OF: rule.complained_of_id in (None, matter.complained_of_id),
    }
    return next((loss.value for loss, is_met in fits.items() if not is_met), "")


def _distance(rule: Competence, places: Sequence[int]) -> int:
    """How many steps up from the matter the place of `rule` lies; of one for every place, the most."""
    return places.index(rule.region_id) if rule.region_id else len(places)


def _loss(rule: Competence, best: Competence, places: Sequence[int]) -> str:
    """Why `rule`, which fits as well, gives way to `best`."""
    if len(conditions(rule)) < len(conditions(best)):
        return Loss.FEWER.value
    if conditions(rule) == conditions(best) and _distance(rule, places) > _distance(best, places):
        return Loss.FARTHER.value
    return Loss.EQUAL.value


def _told(lost: dict[int, str]) -> tuple[tuple[int, ...], tuple[str, ...]]:
    order = list(Loss.values)
    told = sorted(lost.items(), key=lambda one: (order.index(one[1]), one[0]))[:MOST_LOST]
    return tuple(rule_id for rule_id, _ in told), tuple(loss for _, loss in told)


def _answerer(rule: Competence, matter: Matter, agencies: Iterable[Agency], on: date) -> tuple[Agency | None, str]:
    """The rule's agency, or the one that has its function nearest up the regions, then the one without a region.

    Where one has ceased its successor answers; for a function, only where nobody alive has it any more.
    """
    if rule.agency_id:
        named = next((agency for agency in agencies if agency.pk == rule.agency_id), None)
        agency = named and living(named, on)
        return agency, "rule" if agency else "ceased"
    having = [agency for agency in agencies if agency.function_id == rule.function_id]
    alive = [agency for agency in having if agency.is_alive(on)]
    places = (*(place.pk for place in upwards(matter.region)), None)
    for place in places:
        if here := [agency for agency in alive if agency.region_id == place]:
            return (here[0], "rule") if len(here) == 1 else (None, "two_bodies")
    ended = [agency for agency in having if agency.valid_to and agency.valid_to < on]
    for place in places:
        if heirs := {heir.pk: heir for past in ended if past.region_id == place and (heir := living(past, on))}:
            return (next(iter(heirs.values())), "rule") if len(heirs) == 1 else (None, "two_bodies")
    return None, "no_place" if matter.region is None and alive else "nobody_there"
