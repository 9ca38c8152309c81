"""Which way an appeal takes: by which channel, under which topic, through which bodies."""

from dataclasses import dataclass, replace
from datetime import date
from random import Random

from agencies.enums import AppealForm, Level
from agencies.models import Agency, Channel, Region, Topic
from appeals.enums import Kind
from reception.domain.demonstration.schedule import Start
from reception.domain.demonstration.shares import drawn, table
from reception.domain.demonstration.world import World

TRIES = 6  # at finding a topic that another body answers for


@dataclass(frozen=True)
class Way:
    """What an appeal states, the matter it is really about, and the bodies it passes through; the last answers."""

    channel: Channel
    form: AppealForm
    kind: Kind
    matter: Topic
    stated: Topic | None
    region: Region | None
    district: Region | None
    bodies: tuple[Agency, ...]
    holder: Agency | None = None
    complained_of: Agency | None = None
    is_sent_back: bool = False  # the second body gives it back to the first, which finds the third


@dataclass(frozen=True)
class Matter:
    """What it is really about, and where; `told_region` is what the applicant says, `district` nobody knows unsaid."""

    topic: Topic
    region: Region | None
    told_region: Region | None
    kind: Kind
    form: AppealForm
    district: Region | None = None

    def answerer(self, world: World, on: date, *, topic: Topic | None = None) -> Agency:
        """Who answers for it in the end, or would if it were about `topic`."""
        return world.answerer(topic or self.topic, self.region, self.kind, on, district=self.district)


def way(lot: Random, aside: Random, start: Start, world: World, *, on_paper: float) -> Way:
    """The way of one appeal; `on_paper` is the chance that what meets an open office is no electronic one."""
    on = start.at.date()
    matter = _matter(lot, start, world, on_paper)
    if not start.cast:
        matter = replace(matter, district=_district(aside, matter, world))
    if matter.kind == Kind.COMPLAINT and (complaint := _complaint(lot, matter, world, on)):
        return complaint
    if matter.kind == Kind.COMPLAINT:
        matter = replace(matter, kind=Kind.APPLICATION)
    answerer = matter.answerer(world, on)
    if matter.form != AppealForm.ELECTRONIC:
        found = _brought(lot, matter, answerer, world, on)
    else:
        found = _sent(lot, aside, start, matter, answerer, world, on)
    _first, *others = found.bodies
    is_back = len(others) > 1 and aside.random() < table("shares")["rates"]["sent_back"]
    return replace(found, is_sent_back=is_back)


def _district(lot: Random, matter: Matter, world: World) -> Region | None:
    """Told by some, where it matters."""
    places = world.districts[matter.told_region.code] if matter.told_region else []
    is_told = lot.random() < table("shares")["rates"]["district"] and world.is_local(matter.topic)
    return lot.choice(places) if places and is_told else None


def _matter(lot: Random, start: Start, world: World, on_paper: float) -> Matter:
    shares = table("shares")
    if start.cast:
        region = world.regions.get(start.cast.region)
        topic = world.topics[start.cast.topic]
        return Matter(topic, region or world.region(lot), region, Kind.APPLICATION, AppealForm.ELECTRONIC)
    region = world.region(lot)
    told = None if lot.random() < shares["rates"]["no_region"] else region
    forms = {form: share for form, share in shares["forms"].items() if form != AppealForm.ELECTRONIC}
    is_brought = start.in_office_hours and lot.random() < on_paper
    form = AppealForm(drawn(lot, forms)) if is_brought else AppealForm.ELECTRONIC
    return Matter(world.topics[drawn(lot, shares["topics"])], region, told, Kind(drawn(lot, shares["kinds"])), form)


def _complaint(lot: Random, matter: Matter, world: World, on: date) -> Way | None:
    """By way of the body complained of to the superior that hears it; about something that has such a superior."""
    for _ in range(TRIES):
        body = matter.answerer(world, on)
        superior = world.superior(body, on)
        if superior is not None:
            return Way(
                channel=_channel(lot, world, body.level, matter.form),
                form=matter.form,
                kind=Kind.COMPLAINT,
                matter=matter.topic,
                stated=matter.topic,
                region=matter.told_region,
                district=matter.district,
                bodies=(body, superior),
                holder=None if matter.form == AppealForm.ELECTRONIC else body,
                complained_of=body,
            )
        matter = replace(matter, topic=world.topics[drawn(lot, table("shares")["topics"])])
    return None


def _brought(lot: Random, matter: Matter, answerer: Agency, world: World, on: date) -> Way:
    """On paper or in person, to the President or to a body, which may be the wrong one."""
    to_president = lot.random() < table("shares")["to_president"].get(matter.form, 0)
    detours = () if to_president else _detours(lot, matter, answerer, world, on)
    bodies = (world.office, answerer) if to_president else (*(body for _, body in detours), answerer)
    return Way(
        channel=_channel(lot, world, bodies[0].level, matter.form),
        form=matter.form,
        kind=matter.kind,
        matter=matter.topic,
        stated=matter.topic,
        region=matter.told_region,
        district=matter.district,
        bodies=bodies,
        holder=bodies[0],
    )


def _sent(lot: Random, aside: Random, start: Start, matter: Matter, answerer: Agency, world: World, on: date) -> Way:
    """Electronically: the topic stated decides who gets it first, and it may be the wrong topic, or none."""
    detours = () if start.cast else _detours(lot, matter, answerer, world, on)
    stated: Topic | None = detours[0][0] if detours else matter.topic
    if detours and aside.random() < table("shares")["rates"]["no_topic"]:
        stated = None
    first = world.propose(stated, matter.told_region, matter.kind, on, district=matter.district).agency
    bodies = (first, *(body for _, body in detours[1:]), answerer)
    is_here = lot.random() < table("shares")["to_president"][matter.form] or start.cast or first == world.office
    level = Level.PRESIDENT if is_here else first.level
    return Way(
        channel=_channel(lot, world, level, matter.form),
        form=matter.form,
        kind=matter.kind,
        matter=matter.topic,
        stated=stated,
        region=matter.told_region,
        district=matter.district,
        bodies=bodies if first != answerer else (answerer,),
    )


def _detours(lot: Random, matter: Matter, answerer: Agency, world: World, on: date) -> tuple[tuple[Topic, Agency], ...]:
    """The wrong bodies it goes to first, each with the topic that leads there."""
    rates = table("shares")["rates"]
    wanted = (lot.random() < rates["misaddressed"]) * (1 + (lot.random() < rates["misaddressed_twice"]))
    found: list[tuple[Topic, Agency]] = []
    for _ in range(TRIES * wanted):
        topic = world.topics[drawn(lot, table("shares")["topics"])]
        body = matter.answerer(world, on, topic=topic)
        if body != answerer and body not in (known for _, known in found):
            found.append((topic, body))
        if len(found) == wanted:
            break
    return tuple(found)


def _channel(lot: Random, world: World, level: str, form: AppealForm) -> Channel:
    return world.channels[drawn(lot, table("shares")["channels"][level][form])]
