"""The directory in memory: who is competent, who works where, which days are worked, which term runs."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import cast
from zoneinfo import ZoneInfo

from agencies.domain.calendar import calendar
from agencies.enums import Role
from agencies.models import Agency, Channel, Competence, Officer, Population, Region, Topic
from appeals.domain import terms
from appeals.domain.registration import Intake
from appeals.domain.routing import OFFICE, Asked, Proposal, proposed
from appeals.enums import ClockKind, Kind
from appeals.models import Appeal, Term
from appeals.rules import superior_instance
from reception.domain.demonstration.shares import table

FALLBACK = "government.apparatus"  # where a matter ends that nobody is competent for


@dataclass(frozen=True)
class Staff:
    """Who works on appeals in a body."""

    registrars: list[Officer]
    executors: list[Officer]
    heads: list[Officer]
    duty: list[Officer]


class World:
    """Everything stories are made from; read once, so that telling one asks the database next to nothing."""

    def __init__(self, on: date) -> None:
        self.calendar = calendar()
        self.agencies = {agency.pk: agency for agency in Agency.objects.all()}
        for agency in self.agencies.values():
            agency.superior = self.agencies[agency.superior_id] if agency.superior_id else None
            agency.successor = self.agencies[agency.successor_id] if agency.successor_id else None
        self.by_code = {agency.code: agency for agency in self.agencies.values()}
        self.office = self.by_code[OFFICE]
        self.topics = {topic.code: topic for topic in Topic.objects.select_related("group")}
        self.channels = {channel.code: channel for channel in Channel.objects.all()}
        self.regions = {region.code: region for region in Region.objects.first_level()}
        self.districts = _districts(self.regions.values(), on)
        self.region_weights = _region_weights(on)
        self.staff = self._staff()
        self._competent = self._competences()
        self._epochs = _epochs()
        self._proposals: dict[tuple, Proposal] = {}
        self._terms = list(Term.objects.all())
        self._models: dict[str, Appeal] = {kind: Appeal(kind=kind) for kind in Kind}

    def propose(
        self,
        topic: Topic | None,
        region: Region | None,
        kind: str,
        on: date,
        *,
        district: Region | None = None,
        complained_of: Agency | None = None,
    ) -> Proposal:
        """What `routing.propose` says, found in memory and once for each time in which nothing about it changes."""
        asked = Asked(topic, region, kind, district, complained_of=complained_of)
        topic_id, place = topic.pk if topic else None, district or region
        rules, bodies = self._competent.get(topic_id, ([], []))
        if asked.is_complaint:
            return proposed(asked, rules, bodies, on=on, office=lambda: self.office)
        key = (topic_id, place and place.pk, kind, bisect_right(self._epochs, on))
        if key not in self._proposals:
            self._proposals[key] = proposed(asked, rules, bodies, on=on, office=lambda: self.office)
        return self._proposals[key]

    def proposal_for(self, intake: Intake) -> Proposal:
        """To whom `intake` goes first, as registration finds it."""
        if intake.holder is not None:
            return Proposal(intake.holder, {"reason": "received_here"})
        on = terms.local_date(intake.received_at, self.office)
        return self.propose(
            intake.topic,
            intake.region,
            intake.kind,
            on,
            district=intake.district,
            complained_of=intake.complained_of,
        )

    def answerer(
        self, topic: Topic, region: Region | None, kind: Kind, on: date, *, district: Region | None = None
    ) -> Agency:
        """The body that answers in the end; never the Office."""
        agency = self.propose(topic, region, kind, on, district=district).agency
        if agency != self.office:
            return agency
        named = table("shares")["answerers"].get(topic.code, FALLBACK)
        codes = (f"{named}.{region.code.lower()}" if region else "", named, FALLBACK)
        return next(self.by_code[code] for code in codes if code in self.by_code and self.by_code[code].is_alive(on))

    def superior(self, agency: Agency, on: date) -> Agency | None:
        return superior_instance(agency, on)

    def term(self, clock: ClockKind, kind: str, on: date) -> Term | None:
        """The term of law that a `clock` started on `on` gets; none where the law of the day knows none."""
        in_force = [term for term in self._terms if term.is_alive(on)]
        return terms.found_for(in_force, clock, kind=kind)

    def due_on(self, clock: ClockKind, kind: str, on: date) -> date:
        in_force = [term for term in self._terms if term.is_alive(on)]
        return terms.due_on(terms.chosen(in_force, clock, self._models[kind]), on, self.calendar)

    def instant(self, agency: Agency, day: date, hours: tuple[time, time], lot: Random) -> datetime:
        """A second of the local `day` between two times of the wall clock where `agency` stands."""
        start, end = (datetime.combine(day, hour, ZoneInfo(agency.zone)) for hour in hours)
        return start + timedelta(seconds=lot.randrange(int((end - start).total_seconds())))

    def region(self, lot: Random) -> Region:
        codes, weights = tuple(self.region_weights), tuple(self.region_weights.values())
        return self.regions[lot.choices(codes, weights)[0]]

    def is_local(self, topic: Topic) -> bool:
        """Whether who answers depends on the district."""
        rules, _bodies = self._competent[topic.pk]
        return any(rule.in_district for rule in rules)

    def district(self, code: str) -> Region | None:
        """The one with the `code`, such as KZ-79.abai; none for none."""
        parts = self.districts[code.split(".")[0]] if code else []
        return next((part for part in parts if part.code == code), None)

    def _competences(self) -> dict[int | None, tuple[list[Competence], list[Agency]]]:
        """The rules of each topic, and the bodies they may lead to."""
        found: dict[int | None, tuple[list[Competence], list[Agency]]] = {}
        for topic in self.topics.values():
            rules = list(Competence.objects.filter(topic=topic).select_related("region"))
            functions = {rule.function_id for rule in rules if rule.function_id}
            named = {rule.agency_id for rule in rules}
            heirs = {agency.successor_id for agency in self.agencies.values() if agency.pk in named}
            bodies = [
                agency
                for agency in self.agencies.values()
                if agency.function_id in functions or agency.pk in named | heirs
            ]
            found[topic.pk] = (rules, bodies)
        return found

    def _staff(self) -> dict[int, Staff]:
        roles = {Role.REGISTRAR: "registrars", Role.EXECUTOR: "executors", Role.HEAD: "heads", Role.DUTY: "duty"}
        staff = {pk: Staff([], [], [], []) for pk in self.agencies}
        for officer in Officer.objects.filter(role__in=roles).select_related("user").order_by("pk"):
            officer.agency = self.agencies[officer.agency_id]
            getattr(staff[officer.agency_id], roles[Role(officer.role)]).append(officer)
        return staff


def _districts(regions: Iterable[Region], on: date) -> dict[str, list[Region]]:
    """The districts and cities of each region, by its code."""
    by_pk = {region.pk: region for region in regions}
    found: dict[str, list[Region]] = {region.code: [] for region in by_pk.values()}
    for district in Region.objects.alive(on).filter(superior__in=by_pk):
        district.superior = region = by_pk[cast(int, district.superior_id)]
        found[region.code].append(district)
    return found


def _region_weights(on: date) -> dict[str, float]:
    """The published shares; a region split since shares its part with its heirs by the people living there."""
    published = table("shares")["regions"]
    people = dict(Population.objects.order_by("on").values_list("region__code", "people"))
    weights: dict[str, float] = {}
    heirs = (
        Region.objects.first_level()
        .alive(on)
        .filter(predecessor__code__in=published)
        .values_list("predecessor__code", "code")
    )
    for code, appeals in published.items():
        family = [code, *(heir for parent, heir in heirs if parent == code)]
        total = sum(people[member] for member in family)
        weights |= {member: appeals * people[member] / total for member in family}
    return weights


def _epochs() -> list[date]:
    """The days on which competence may change."""
    days: set[date] = set()
    for model in (Agency, Competence, Topic):
        for first, last in model.objects.values_list("valid_from", "valid_to"):
            days |= {first} if first else set()
            days |= {last + timedelta(days=1)} if last else set()
    return sorted(days)
