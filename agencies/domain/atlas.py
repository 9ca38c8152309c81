"""The whole directory in memory: to ask after very many matters, or after rules that are not entered yet."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import IO, Any, Self, TypeVar

from agencies.domain.competence import Finding, Matter, resolve
from agencies.domain.tables import TABLES, Row, checked_alone
from agencies.domain.tree import upwards
from agencies.models import Agency, Competence, Function, Region, Topic

K = TypeVar("K")
V = TypeVar("V")
TABLE = next(table for table in TABLES if table.model is Competence)


@dataclass(frozen=True)
class Atlas:
    """Topics, places, bodies and rules by their ids; each linked in memory to what it refers to.

    Of functions, those that a body has or a rule names.
    """

    topics: dict[int, Topic]
    regions: dict[int, Region]
    agencies: dict[int, Agency]
    functions: dict[int, Function]
    rules: tuple[Competence, ...]

    @classmethod
    def read(cls) -> Self:
        """As it stands; four queries."""
        topics = {topic.pk: topic for topic in Topic.objects.all()}
        regions = {region.pk: region for region in Region.objects.all()}
        agencies = {agency.pk: agency for agency in Agency.objects.select_related("function")}
        rules = Competence.objects.select_related("function").order_by("pk")
        named = (*(agency.function for agency in agencies.values()), *(rule.function for rule in rules))
        functions = {function.pk: function for function in named if function}
        for topic in topics.values():
            topic.group = _at(topics, topic.group_id)
        for region in regions.values():
            region.superior = _at(regions, region.superior_id)
        for agency in agencies.values():
            agency.superior, agency.successor = _at(agencies, agency.superior_id), _at(agencies, agency.successor_id)
            agency.region, agency.function = _at(regions, agency.region_id), _at(functions, agency.function_id)
        standing = cls(topics, regions, agencies, functions, ())
        return replace(standing, rules=tuple(map(standing._linked, rules)))

    def with_rules_of(self, name: str, file: IO[bytes]) -> Self:
        """The same directory with the competences of `file`, called `name`, instead of its own.

        Raises `DirectoryError` with the line that contradicts the directory or itself.
        """
        codes = {
            "topics": _codes(self.topics),
            "regions": _codes(self.regions),
            "agencies": _codes(self.agencies),
            "functions": _codes(self.functions),
        }
        standing = {table.name: {(code,) for code in codes.get(table.name, ())} for table in TABLES}
        written = checked_alone(TABLE, name, file, standing)
        return replace(self, rules=tuple(self._entered(n, row, codes) for n, row in enumerate(written, start=1)))

    def resolve(self, matter: Matter, *, on: date) -> Finding:
        return resolve(matter, *self.about(matter), on=on)

    def about(self, matter: Matter) -> tuple[list[Competence], list[Agency]]:
        """The rules of the topic, and the bodies they may lead to from where the matter is."""
        rules = self._by_topic.get(matter.topic_id, [])
        named = {rule.agency_id: self.agencies[rule.agency_id] for rule in rules if rule.agency_id}
        functions = dict.fromkeys(rule.function_id for rule in rules if rule.function_id)
        if matter.region is None:
            having = [agency for function in functions for agency in self._by_function.get(function, [])]
        else:
            places = (*(place.pk for place in upwards(matter.region)), None)
            having = [a for f in functions for place in places for a in self._by_place.get((f, place), [])]
        return rules, [*named.values(), *(agency for agency in having if agency.pk not in named)]

    def places(self, on: date) -> Iterator[Region | None]:
        """None, and every region and district that there is on the local date `on`."""
        yield None
        yield from (region for region in self.regions.values() if region.is_alive(on))

    @cached_property
    def _by_topic(self) -> dict[int | None, list[Competence]]:
        return _grouped((rule.topic_id, rule) for rule in self.rules)

    @cached_property
    def _by_function(self) -> dict[int | None, list[Agency]]:
        return _grouped((agency.function_id, agency) for agency in self.agencies.values())

    @cached_property
    def _by_place(self) -> dict[tuple[int | None, int | None], list[Agency]]:
        return _grouped(((agency.function_id, agency.region_id), agency) for agency in self.agencies.values())

    def _entered(self, number: int, row: Row, codes: dict[str, dict[str, int]]) -> Competence:
        """The row as a rule that is never saved; `number` stands for its id."""
        named = {"topic": "topics", "region": "regions", "function": "functions"}
        named |= dict.fromkeys(("addressee", "complained_of", "agency"), "agencies")
        ids = {f"{name}_id": codes[table].get(row[name]) for name, table in named.items()}
        return self._linked(Competence(pk=number, **ids, **{n: value for n, value in row.items() if n not in named}))

    def _linked(self, rule: Competence) -> Competence:
        rule.topic, rule.region = self.topics[rule.topic_id], _at(self.regions, rule.region_id)
        rule.agency, rule.function = _at(self.agencies, rule.agency_id), _at(self.functions, rule.function_id)
        rule.addressee = _at(self.agencies, rule.addressee_id)
        rule.complained_of = _at(self.agencies, rule.complained_of_id)
        return rule


def _at(rows: Mapping[int, V], pk: int | None) -> V | None:
    return None if pk is None else rows.get(pk)


def _codes(rows: Mapping[int, Any]) -> dict[str, int]:
    return {row.code: pk for pk, row in rows.items()}


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    found: dict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found
