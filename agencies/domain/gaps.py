"""What is wrong with the table of competence: every cell is asked, and every rule looked at. Pure."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from typing import Any

from agencies.domain.atlas import Atlas
from agencies.domain.competence import Finding, Matter
from agencies.domain.tree import upwards
from agencies.models import Agency, Competence, Region, Topic

SHOWN = 3  # cells of a fault
Place = tuple[Region | None, tuple[int, ...]]  # with the ids of it and of what it lies in, the nearest first


@dataclass(frozen=True)
class Fault:
    """`where` something is wrong: a topic, a rule, a circle of rows; `told` in English, for operators."""

    kind: str
    where: str
    told: str


@dataclass
class Report:
    """How the cells come out, by reason; and what is wrong."""

    cells: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)


def check(atlas: Atlas, kinds: Mapping[str, Collection[str]], *, on: date) -> Report:
    """Every topic in every place, of every kind, on the local date `on`; `kinds` and the special types of each.

    A cell is in order when it leads to exactly one living body, or to triage because no place was told and
    the matter is decided where it is. What a rule names beyond that is asked after, too.
    """
    report, places = Report(), [(place, tuple(step.pk for step in upwards(place))) for place in atlas.places(on)]
    for topic in atlas.topics.values():
        if topic.group_id and topic.is_alive(on):
            report.faults += _of_topic(atlas, topic, places, kinds, on, report.cells)
    for rule in atlas.rules:
        if rule.valid_to is None or rule.valid_to >= on:
            report.faults += [Fault(kind, shown(rule), told) for kind, told in _of_rule(atlas, rule, kinds, on)]
    report.faults += _circles(atlas)
    return report


def shown(rule: Competence) -> str:
    """A rule as operators know it: its conditions and whom it names."""
    places = [rule.region.code if rule.region else "", "in a district" if rule.in_district else ""]
    bodies = [f"{name} {body.code}" for name, body in _bodies(rule) if body and name != "body"]
    asked = [part for part in (*places, rule.kind, rule.special_type, *bodies) if part]
    named = rule.agency or rule.function
    return f"{' '.join([rule.topic.code, *asked])} → {named.code if named else ''}"


def _of_topic(
    atlas: Atlas,
    topic: Topic,
    places: Sequence[Place],
    kinds: Mapping[str, Collection[str]],
    on: date,
    cells: Counter[str],
) -> Iterator[Fault]:
    """The cells of `topic` that are out of order, those with one cause in one line."""
    wrong: dict[str, list[str]] = defaultdict(list)
    for matter, there, alike in _matters(atlas, topic, places, kinds):
        found = atlas.resolve(matter, on=on)
        cells[found.reason] += len(there) * len(alike)
        if not is_in_order(matter, found, on=on):
            wrong[found.reason] += [f"{place.code if place else '–'}/{kind}" for place, kind in product(there, alike)]
    for reason, where in wrong.items():
        more = f" and {len(where) - SHOWN} more" if len(where) > SHOWN else ""
        yield Fault("tie" if reason == "tie" else "gap", topic.code, f"{reason}: {', '.join(where[:SHOWN])}{more}")


def is_in_order(matter: Matter, found: Finding, *, on: date) -> bool:
    """Whether `found` is one living body, or triage for want of a place."""
    if found.agency is None:
        return found.reason == "no_place" and matter.region is None
    return found.reason == "rule" and found.agency.is_alive(on)


def _matters(
    atlas: Atlas, topic: Topic, places: Sequence[Place], kinds: Mapping[str, Collection[str]]
) -> Iterator[tuple[Matter, list[Region | None], list[str]]]:
    """What is to be asked about `topic`, each with the places and the kinds for which the answer is the same."""
    rules, bodies = atlas.about(Matter(topic.pk, None, ""))
    addressees = dict.fromkeys([None, *(rule.addressee_id for rule in rules)])
    complained_of = dict.fromkeys([None, *(rule.complained_of_id for rule in rules)])
    named = {rule.special_type for rule in rules}
    for there, alike in product(_told_apart(places, rules, bodies), _kinds(kinds, rules)):
        for special in ("", *sorted(named & set(kinds[alike[0]]))):
            for addressee, body in product(addressees, complained_of):
                yield Matter(topic.pk, there[0], alike[0], special, addressee, body), there, alike


def _told_apart(
    places: Sequence[Place], rules: Iterable[Competence], bodies: Iterable[Agency]
) -> Collection[list[Region | None]]:
    """The `places`, those together that neither `rules` nor the `bodies` they lead to tell apart."""
    telling = {*(rule.region_id for rule in rules), *(body.region_id for body in bodies)}
    groups: dict[tuple[Any, ...], list[Region | None]] = defaultdict(list)
    for place, way_up in places:
        # none, a region, or what lies in one: a rule may ask for that alone
        groups[min(len(way_up), 2), tuple(pk for pk in way_up if pk in telling)].append(place)
    return groups.values()


def _kinds(kinds: Mapping[str, Collection[str]], rules: Iterable[Competence]) -> Collection[list[str]]:
    """The kinds, those together that `rules` do not tell apart."""
    rules = list(rules)
    named, special_types = {rule.kind for rule in rules}, {rule.special_type for rule in rules}
    groups: dict[str, list[str]] = defaultdict(list)
    for kind, own in kinds.items():
        groups[kind if kind in named or special_types & set(own) else ""].append(kind)
    return groups.values()


def _of_rule(
    atlas: Atlas, rule: Competence, kinds: Mapping[str, Collection[str]], on: date
) -> Iterator[tuple[str, str]]:
    """What `rule`, in force or to be, names that is not there on `on`, or when it comes into force."""
    on = max(on, rule.valid_from or on)
    rows: list[tuple[str, Any]] = [("topic", rule.topic), ("place", rule.region), *_bodies(rule)]
    for name, row in rows:
        if row and row.valid_to and row.valid_to < on:
            yield "ceased", f"the {name} {row.code} ended on {row.valid_to}"
    if rule.topic.group_id is None:
        yield "heading", "the topic is a heading; no appeal has it"
    if rule.kind and rule.kind not in kinds:
        yield "unknown", f"there is no kind {rule.kind!r}"
    allowed = kinds.get(rule.kind, set().union(*kinds.values()))
    if rule.special_type and rule.special_type not in allowed:
        yield "unknown", f"there is no special type {rule.special_type!r} of this kind"
    if rule.function_id and not any(
        agency.function_id == rule.function_id and agency.is_alive(on) for agency in atlas.agencies.values()
    ):
        yield "nobody", "no living body has the function"


def _bodies(rule: Competence) -> tuple[tuple[str, Any], ...]:
    return (("body", rule.agency), ("addressee", rule.addressee), ("complained of", rule.complained_of))


def _circles(atlas: Atlas) -> Iterator[Fault]:
    for name, rows in (
        ("group", atlas.topics),
        ("superior", atlas.regions),
        ("superior", atlas.agencies),
        ("successor", atlas.agencies),
    ):
        steps = {pk: getattr(row, f"{name}_id") for pk, row in rows.items()}
        for circle in circles(steps):
            codes = [rows[pk].code for pk in (*circle, circle[0])]
            yield Fault("circle", codes[0], f"{name} runs in a circle: {' → '.join(codes)}")


def circles(steps: Mapping[int, int | None]) -> Iterator[list[int]]:
    """The circles in which following `steps` runs, each once."""
    ending: set[int] = set()
    for start in steps:
        path = list(_path(start, steps, ending))
        last = steps.get(path[-1]) if path else None
        if last in path:
            yield path[path.index(last) :]
        ending.update(path)


def _path(start: int, steps: Mapping[int, int | None], ending: Iterable[int]) -> Iterator[int]:
    """The rows from `start` on, up to one that is known or was passed."""
    seen: set[int] = set()
    step: int | None = start
    while step is not None and step not in ending and step not in seen:
        yield step
        seen.add(step)
        step = steps.get(step)
