"""Who answers for a matter. Pure: over rows in memory, with the reason given in codes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from agencies.domain.tree import living, upwards
from agencies.enums import Condition, Loss
from agencies.models import Agency, Competence, Region

CONDITIONS, LOSSES, EQUAL = Condition.values, Loss.values, Loss.EQUAL.value
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

    `by` are the conditions of the rule, `basis` its law; `because` says of each rule in `beat` why it lost.
    """

    agency: Agency | None
    reason: str
    rule_id: int | None = None
    by: tuple[str, ...] = ()
    beat: tuple[int, ...] = ()
    because: tuple[str, ...] = ()
    basis: str = ""


def resolve(matter: Matter, rules: Iterable[Competence], agencies: Iterable[Agency], *, on: date) -> Finding:
    """The one living body that `rules` name for `matter` on the local date `on`.

    Of the rules whose every filled condition matches, the one with most conditions wins, and of those with the
    same conditions the one for the nearer place. None, or two that tie, or nobody there: no body, and the reason.
    `agencies` are those that the rules of the topic may lead to.
    """
    if matter.topic_id is None:
        return Finding(None, "no_topic")
    places = [place.pk for place in upwards(matter.region)]
    own = [rule for rule in rules if rule.topic_id == matter.topic_id]
    lost = {rule.pk: _misfit(rule, matter, places, on) for rule in own}
    fitting = [rule for rule in own if not lost[rule.pk]]
    if not fitting:
        return Finding(None, "no_rule", None, (), *_told(lost))
    best = min(fitting, key=lambda rule: (-len(conditions(rule)), _distance(rule, places), rule.pk))
    lost |= {rule.pk: _loss(rule, best, places) for rule in fitting if rule is not best}
    del lost[best.pk]
    is_tie = EQUAL in lost.values()
    agency, reason = (None, "tie") if is_tie else _answerer(best, places, agencies, on)
    return Finding(agency, reason, best.pk, conditions(best), *_told(lost), best.basis)


def conditions(rule: Competence) -> tuple[str, ...]:
    """What `rule` asks for; a place that is a district asks for both."""
    asked = (
        rule.region_id,
        rule.in_district or (rule.region is not None and rule.region.superior_id),
        rule.kind,
        rule.special_type,
        rule.addressee_id,
        rule.complained_of_id,
    )
    return tuple(condition for condition, is_asked in zip(CONDITIONS, asked, strict=True) if is_asked)


def _misfit(rule: Competence, matter: Matter, places: Sequence[int], on: date) -> str:
    """The first thing about `rule` that does not fit `matter`; empty where all does."""
    if not rule.is_alive(on):
        return Loss.NOT_IN_FORCE.value
    if rule.region_id is not None and rule.region_id not in places:
        return Loss.OTHER_PLACE.value
    if rule.in_district and not matter.is_in_district:
        return Loss.NO_DISTRICT.value
    if rule.kind not in ("", matter.kind):
        return Loss.OTHER_KIND.value
    if rule.special_type not in ("", matter.special_type):
        return Loss.OTHER_TYPE.value
    if rule.addressee_id not in (None, matter.addressee_id):
        return Loss.OTHER_ADDRESSEE.value
    return "" if rule.complained_of_id in (None, matter.complained_of_id) else Loss.OTHER_COMPLAINED_OF.value


def _distance(rule: Competence, places: Sequence[int]) -> int:
    """How many steps up from the matter the place of `rule` lies; of one for every place, the most."""
    return places.index(rule.region_id) if rule.region_id else len(places)


def _loss(rule: Competence, best: Competence, places: Sequence[int]) -> str:
    """Why `rule`, which fits as well, gives way to `best`."""
    if len(conditions(rule)) < len(conditions(best)):
        return Loss.FEWER.value
    if conditions(rule) == conditions(best) and _distance(rule, places) > _distance(best, places):
        return Loss.FARTHER.value
    return EQUAL


def _told(lost: dict[int, str]) -> tuple[tuple[int, ...], tuple[str, ...]]:
    told = sorted(lost.items(), key=lambda one: (LOSSES.index(one[1]), one[0]))[:MOST_LOST]
    return tuple(rule_id for rule_id, _ in told), tuple(loss for _, loss in told)


def _answerer(
    rule: Competence, places: Sequence[int], agencies: Iterable[Agency], on: date
) -> tuple[Agency | None, str]:
    """The rule's agency, or the one that has its function nearest up the `places`, then the one without a place.

    Where one has ceased its successor answers; for a function, only where nobody alive has it any more.
    """
    if rule.agency_id:
        named = next((agency for agency in agencies if agency.pk == rule.agency_id), None)
        agency = named and living(named, on)
        return agency, "rule" if agency else "ceased"
    having = [agency for agency in agencies if agency.function_id == rule.function_id]
    alive = [agency for agency in having if agency.is_alive(on)]
    for place in (*places, None):
        if here := [agency for agency in alive if agency.region_id == place]:
            return (here[0], "rule") if len(here) == 1 else (None, "two_bodies")
    ended = [agency for agency in having if agency.valid_to and agency.valid_to < on]
    for place in (*places, None):
        if heirs := {heir.pk: heir for past in ended if past.region_id == place and (heir := living(past, on))}:
            return (next(iter(heirs.values())), "rule") if len(heirs) == 1 else (None, "two_bodies")
    return None, "no_place" if alive and not places else "nobody_there"
