"""One or several questions of an appeal go to another body, under a number of their own (Art. 65(2)-(3))."""

import re
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from agencies.domain.calendar import calendar
from agencies.models import Agency, Officer, Topic
from appeals.domain import alarms, clocks, coupons, forwarding, likeness, notices, routing
from appeals.domain.history import record, record_all
from appeals.domain.registration import LONGEST_TEXT, lines, start_clocks
from appeals.domain.statistics.counting import count
from appeals.domain.terms import local_date
from appeals.enums import EventKind, Measure, NoticeKind
from appeals.errors import InvalidIntake
from appeals.models import Appeal, AppealText, Forwarding, Routing
from appeals.rules import insist, refusal_to_forward_part


@transaction.atomic
def forward_part(
    appeal: Appeal, to: Agency, *, questions: str, reason: str, by: Officer, at: datetime, topic: Topic | None = None
) -> Appeal:
    """Hand the `questions` of `appeal` over to `to` as a part of it, which is returned; the rest stays.

    The part has its own number, coupon and clocks, from the day after arrival. The forwarding clock of the
    body that lets go is met, late with a breach, and its reply clock goes on for what it kept; a body that
    answers nothing itself (Art. 3(4)) goes on owing the forwarding of the rest. The applicant is told once.
    """
    appeal = Appeal.objects.locked(appeal)
    left, on = appeal.agency, local_date(at, appeal.agency)
    insist(refusal_to_forward_part(by, appeal, to, on=on, has_part=has_open_part(appeal, to)))
    _check(questions, reason)
    days = calendar()
    part = _enter(appeal, to, questions, topic=topic, arrived_on=forwarding.arrival(appeal, to, at, days))
    coupons.issue(part, at=at, by=by)
    of_day = forwarding.said_of_day(appeal, on=on)
    Forwarding.objects.create(appeal=part, left=left, to=to, by=by, on=on, on_last_day=bool(of_day))
    origin = {"reason": "in_part", "parent": appeal.number, "left": left.code}
    Routing.objects.create(appeal=part, agency=to, explanation=origin)
    registered, routed = lines(part, routing.Proposal(to, origin))
    record_all([registered, replace(routed, text=reason)], at=at, by=by)
    if part.is_urgent:
        alarms.pass_on(appeal, part, at=at)
    start_clocks(part, days, at=at)
    count(part, Measure.REGISTERED, to, on=part.registered_on)
    count(part, Measure.FORWARDED, left, on=on)
    if left.bound_by_code:
        clocks.hand_over(appeal, on=on, at=at)
    told = {"part": part.number, "left": left.code, "to": to.code} | of_day
    record(appeal, EventKind.FORWARDED_IN_PART, by=by, at=at, text=reason, **told)
    notices.owe(appeal, NoticeKind.FORWARDED_IN_PART, at=at, about=part.pk)
    return part


def has_open_part(appeal: Appeal, agency: Agency) -> bool:
    """Whether `agency` is already at work on a part of `appeal`."""
    return Appeal.objects.open().held_by(agency).filter(parent=appeal).exists()


def passages(text: str) -> list[str]:
    """What of `text` can be marked to go to another body: its paragraphs; of a single one, its sentences."""
    paragraphs = [line.strip() for line in text.splitlines() if line.strip()]
    return paragraphs if len(paragraphs) > 1 else re.split(r"(?<=[.!?…])\s+(?=\S)", text.strip())


def _check(questions: str, reason: str) -> None:
    if not questions.strip():
        raise InvalidIntake(_("Write out the questions that go to the other body."), field="questions")
    if len(questions) > LONGEST_TEXT:
        raise InvalidIntake(_("The text is longer than %(n)s characters.") % {"n": LONGEST_TEXT}, field="questions")
    if not reason.strip():
        raise InvalidIntake(_("Say why this part is forwarded."), field="reason")


def _enter(appeal: Appeal, to: Agency, questions: str, *, topic: Topic | None, arrived_on: date) -> Appeal:
    """The part of the locked `appeal`: by the same applicant, through the same door, received with it."""
    n = appeal.parts.count() + 1
    part = Appeal.objects.create(
        number=f"{appeal.number}/{n}",
        kind=appeal.kind,
        special_type=appeal.special_type,
        form=appeal.form,
        channel=appeal.channel,
        language=appeal.language,
        topic=topic or appeal.topic,
        region=appeal.region,
        district=appeal.district,
        applicant=appeal.applicant,
        agency=to,
        complained_of=appeal.complained_of,
        parent=appeal,
        is_urgent=appeal.is_urgent,
        received_at=appeal.received_at,
        registered_on=arrived_on,
        hops=1,
        intake_key=f"part:{appeal.pk}:{n}",
        intake_digest=appeal.intake_digest,
    )
    with override(appeal.language):
        naming = _("A part of the appeal %(number)s.") % {"number": appeal.number}
    AppealText.objects.create(appeal=part, text=f"{naming}\n\n{questions.strip()}")
    likeness.signature(part, questions).save(force_insert=True)
    return part
