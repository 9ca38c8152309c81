"""Stories are told here, one by one: the same plan always in the same words."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import takewhile
from random import Random
from zoneinfo import ZoneInfo

from agencies.enums import AppealForm
from appeals.domain import terms
from appeals.domain.registration import Intake
from appeals.enums import ApplicantType
from reception.domain.demonstration import people, wording
from reception.domain.demonstration.acting import MORNING, Acting
from reception.domain.demonstration.scenes import Scene
from reception.domain.demonstration.schedule import Plan, Start, share_in_office_hours, starts
from reception.domain.demonstration.shares import table
from reception.domain.demonstration.staging import staged
from reception.domain.demonstration.story import Act, Mailbox, PostLetter, ReturnWithoutReview, Story, Terminate
from reception.domain.demonstration.ways import Way, way
from reception.domain.demonstration.world import World

MINUTES_TO_ENTER = (4, 25)  # a letter brought to the counter


def stories(plan: Plan, world: World, *, after: int = 0) -> Iterator[Story]:
    """The stories of `plan` from number `after` on, in the order they begin."""
    forms = table("shares")["forms"]
    on_paper = (1 - forms[AppealForm.ELECTRONIC]) / share_in_office_hours(plan, world.calendar)
    return (told(plan, world, start, on_paper=on_paper) for start in starts(plan, world) if start.index >= after)


def told(plan: Plan, world: World, start: Start, *, on_paper: float) -> Story:
    """The whole story of one beginning, up to the date of the plan."""
    if isinstance(start.by_hand, Scene):
        return staged(plan, world, start, start.by_hand)
    lot, aside = plan.lot("story", start.index), plan.lot("aside", start.index)
    found = way(lot, aside, start, world, on_paper=on_paper)
    intake = _intake(lot, plan, start, found, world)
    entered_at, by = intake.received_at, None
    if intake.holder is not None:
        entered_at += timedelta(minutes=lot.randint(*MINUTES_TO_ENTER))
        by = lot.choice(world.staff[intake.holder.pk].registrars)
    registered_on = terms.counted_as_received_on(intake.received_at, found.bodies[0], world.calendar)
    acting = Acting(world, lot, aside, found, intake.language, plan.until)
    acts = acting.play(registered_on, is_cast=start.cast is not None)
    mailbox = _mailbox(lot, start)
    if mailbox == Mailbox.REFUSED or not intake.details["email"]:
        acts = (*acts, *_letter(aside, acts, found, world))
    return Story(
        intake=intake,
        entered_at=entered_at,
        by=by,
        acts=tuple(takewhile(lambda act: act.at < plan.ends_at, acts)),
        ends_at=plan.ends_at,
        mailbox=mailbox,
    )


def _letter(aside: Random, acts: tuple[Act, ...], found: Way, world: World) -> tuple[Act, ...]:
    """How the appeal ended is told by post on the next working day."""
    if not acts or not isinstance(acts[-1], ReturnWithoutReview | Terminate):
        return ()
    body = found.bodies[-1]
    ended_on = terms.local_date(acts[-1].at, body)
    at = world.instant(body, world.calendar.after(ended_on, 1), MORNING, aside)
    return (PostLetter(aside.choice(world.staff[body.pk].registrars), at),)


def _intake(lot: Random, plan: Plan, start: Start, found: Way, world: World) -> Intake:
    rates = table("shares")["rates"]
    language = "kk" if lot.random() < rates["kazakh"] else "ru"
    is_firm = found.matter.code in table("shares")["of_firms"] and lot.random() < rates["firm"]
    kind = ApplicantType.FIRM if is_firm else ApplicantType.PERSON
    is_electronic = found.form == AppealForm.ELECTRONIC
    email = lot.random() < rates["email" if is_electronic else "email_on_paper"]
    where = ", ".join(place.named(language) for place in (found.region, found.district) if place)
    return Intake(
        key=plan.key(start.index),
        kind=found.kind,
        text=wording.letter(
            lot, language, found.kind, found.matter, month=start.at.month, complained_of=found.complained_of
        ),
        language=language,
        channel=found.channel,
        form=found.form,
        applicant_type=kind,
        details=people.applicant(
            lot, kind, place=wording.place(lot, language, where), email=email, serial=start.index + 1
        ),
        received_at=_received_at(start, found),
        topic=found.stated,
        region=found.region,
        district=found.district,
        complained_of=found.complained_of,
        holder=found.holder,
    )


def _received_at(start: Start, found: Way) -> datetime:
    """What is brought to a counter is brought by the clock on its wall."""
    return start.at.replace(tzinfo=ZoneInfo(found.holder.zone)) if found.holder else start.at


def _mailbox(lot: Random, start: Start) -> Mailbox:
    if lot.random() < table("shares")["rates"]["bounced"]:
        return Mailbox.REFUSED
    return Mailbox.WAITING if start.is_recent else Mailbox.READ
