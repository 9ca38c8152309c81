"""Scenes become stories: who of which body does what, and when."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import takewhile
from random import Random
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from agencies.enums import AppealForm
from agencies.models import Agency, Officer
from appeals.domain.registration import Intake
from appeals.domain.replies import Answer
from appeals.enums import Alarm, ApplicantType, Outcome
from reception.domain.demonstration import people, wording
from reception.domain.demonstration.scenes import Scene
from reception.domain.demonstration.schedule import Plan, Start
from reception.domain.demonstration.story import (
    Accept,
    Act,
    AskAbove,
    Assign,
    BeginReview,
    Decide,
    Forward,
    ForwardPart,
    Gather,
    LinkToEarlier,
    Mailbox,
    PrepareReply,
    Satisfy,
    SendBack,
    SendReply,
    SettleUrgency,
    Story,
)
from reception.domain.demonstration.world import World

DOOR = "virtual_reception"


def staged(plan: Plan, world: World, start: Start, scene: Scene) -> Story:
    """The story of `scene`, which begins with `start`."""
    lot = plan.lot("scene", scene.person)
    intake = _intake(lot, plan, world, start, scene)
    stage = Stage(world, scene, intake, lot)
    acts = [stage.act(told) for told in scene.acts]
    return Story(
        intake=intake,
        entered_at=intake.received_at,
        by=None,
        acts=tuple(takewhile(lambda act: act.at < plan.ends_at, acts)),
        ends_at=plan.ends_at,
        mailbox=Mailbox.WAITING if start.is_recent else Mailbox.READ,
        is_scene=True,
    )


class Stage:
    """The body that holds the appeal of a scene, act by act."""

    def __init__(self, world: World, scene: Scene, intake: Intake, lot: Random) -> None:
        self.world, self.scene, self.intake, self.lot = world, scene, intake, lot
        self.holder = world.by_code[scene.body]

    def act(self, told: Mapping[str, Any]) -> Act:
        """What is `told`: its name under `does`, the day, the hour, and what belongs to it."""
        made = ACTS[told["does"]]
        received_on = self.intake.received_at.date()
        day = self.world.calendar.after(received_on, told["on"]) if told["on"] else received_on
        at = datetime.combine(day, told["at"], ZoneInfo(self.holder.zone))
        body = self._above(at) if made.is_above else self.holder
        act = made.make(self, self._one(body, told.get("by", made.by)), at, told)
        if isinstance(act, Forward | Decide):
            self.holder = act.to
        if isinstance(act, SendBack):
            self.holder = self.world.by_code[told["to"]]
        return act

    def executor(self) -> Officer:
        return self._one(self.holder, "executors")

    def body(self, told: Mapping[str, Any]) -> Agency:
        return self.world.by_code[told["to"]]

    def answer(self, told: Mapping[str, Any]) -> Answer:
        topic = self.world.topics[self.scene.topic]
        said = wording.answer(self.lot, self.scene.language, Outcome(told["outcome"]), topic)
        return replace(said, text=told["text"].strip())

    def _above(self, at: datetime) -> Agency:
        return self.world.superior(self.holder, at.date()) or self.world.office

    def _one(self, body: Agency, role: str) -> Officer:
        officers: list[Officer] = getattr(self.world.staff[body.pk], role)
        return officers[0]


class Made(NamedTuple):
    """Who does it, and the act made of what is told; `is_above`: in the body above the holder."""

    by: str
    make: Callable[[Stage, Officer, datetime, Mapping[str, Any]], Act]
    is_above: bool = False


ACTS = {
    "accept": Made("registrars", lambda stage, by, at, told: Accept(by, at)),
    "assign": Made("registrars", lambda stage, by, at, told: Assign(by, at, stage.executor())),
    "begin": Made("executors", lambda stage, by, at, told: BeginReview(by, at)),
    "forward": Made("registrars", lambda stage, by, at, told: Forward(by, at, stage.body(told), told["why"])),
    "send_back": Made("registrars", lambda stage, by, at, told: SendBack(by, at, told["why"])),
    "ask_above": Made("registrars", lambda stage, by, at, told: AskAbove(by, at, stage.body(told), told["why"])),
    "decide": Made("heads", lambda stage, by, at, told: Decide(by, at, stage.body(told), told["why"]), is_above=True),
    "settle": Made("duty", lambda stage, by, at, told: SettleUrgency(by, at, Alarm(told["alarm"]), told["why"])),
    "gather": Made("registrars", lambda stage, by, at, told: Gather(by, at, told["name"])),
    "link": Made("registrars", lambda stage, by, at, told: LinkToEarlier(by, at, told["why"])),
    "part": Made(
        "executors",
        lambda stage, by, at, told: ForwardPart(
            by, at, stage.body(told), told["questions"], told["why"], stage.world.topics[told["topic"]]
        ),
    ),
    "prepare": Made("executors", lambda stage, by, at, told: PrepareReply(by, at, stage.answer(told))),
    "sign": Made("heads", lambda stage, by, at, told: SendReply(by, at)),
    "satisfy": Made("heads", lambda stage, by, at, told: Satisfy(by, at, stage.answer(told))),
}


def _intake(lot: Random, plan: Plan, world: World, start: Start, scene: Scene) -> Intake:
    region, district = world.regions[scene.region], world.district(scene.district)
    where = ", ".join(place.named(scene.language) for place in (region, district) if place)
    place, serial = wording.place(lot, scene.language, where), plan.appeals + lot.randrange(1, 10**6)
    return Intake(
        key=plan.key(start.index),
        kind=scene.kind,
        text=scene.text,
        language=scene.language,
        channel=world.channels[DOOR],
        form=AppealForm.ELECTRONIC,
        applicant_type=ApplicantType.PERSON,
        details=people.applicant(lot, ApplicantType.PERSON, place=place, email=True, serial=serial),
        received_at=start.at,
        topic=world.topics[scene.topic],
        region=region,
        district=district,
        complained_of=world.by_code[scene.complained_of] if scene.complained_of else None,
    )
