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
    stated: Topic
    region: Region | None
    bodies: tuple[Agency, ...]
    holder: Agency | None = None
    complained_of: Agency | None = None


@dataclass(frozen=True)
class Matter:
    """What it is really about, and where; `told_region` is what the applicant says."""

    topic: Topic
    region: Region | None
    told_region: Region | None
    kind: Kind
    form: AppealForm


def way(lot: Random, start: Start, world: World, *, on_paper: float) -> Way:
    """The way of one appeal; `on_paper` is the chance that what meets an open office is no electronic one."""
    on = start.at.date()
    matter = _matter(lot, start, world, on_paper)
    if matter.kind == Kind.COMPLAINT and (complaint := _complaint(lot, matter, world, on)):
        return complaint
    if matter.kind == Kind.COMPLAINT:
        matter = replace(matter, kind=Kind.APPLICATION)
    answerer = world.answerer(matter.topic, matter.region, matter.kind, on)
    if matter.form != AppealForm.ELECTRONIC:
        return _brought(lot, matter, answerer, world, on)
    return _sent(lot, start, matter, answerer, world, on)


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
        body = world.answerer(matter.topic, matter.region, Kind.COMPLAINT, on)
        superior = world.superior(body, on)
        if superior is not None:
            return Way(
                channel=_channel(lot, world, body.level, matter.form),
                form=matter.form,
                kind=Kind.COMPLAINT,
                matter=matter.topic,
                stated=matter.topic,
                region=matter.told_region,
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
        bodies=bodies,
        holder=bodies[0],
    )


def _sent(lot: Random, start: Start, matter: Matter, answerer: Agency, world: World, on: date) -> Way:
    """Electronically: the topic stated decides who gets it first, and it may be the wrong topic."""
    detours = () if start.cast else _detours(lot, matter, answerer, world, on)
    stated = detours[0][0] if detours else matter.topic
    first = world.propose(stated, matter.told_region, matter.kind, on).agency
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
        bodies=bodies if first != answerer else (answerer,),
    )


def _detours(lot: Random, matter: Matter, answerer: Agency, world: World, on: date) -> tuple[tuple[Topic, Agency], ...]:
    """The wrong bodies it goes to first, each with the topic that leads there."""
    rates = table("shares")["rates"]
    wanted = (lot.random() < rates["misaddressed"]) * (1 + (lot.random() < rates["misaddressed_twice"]))
    found: list[tuple[Topic, Agency]] = []
    for _ in range(TRIES * wanted):
        topic = world.topics[drawn(lot, table("shares")["topics"])]
        body = world.answerer(topic, matter.region, matter.kind, on)
        if body != answerer and body not in (known for _, known in found):
            found.append((topic, body))
        if len(found) == wanted:
            break
    return tuple(found)


def _channel(lot: Random, world: World, level: str, form: AppealForm) -> Channel:
    return world.channels[drawn(lot, table("shares")["channels"][level][form])]
