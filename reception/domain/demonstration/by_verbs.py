"""A story played by the verbs themselves, with the sweeps of the time between them."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from appeals.domain import assignment, breaches, closing, deliveries, registration, replies, routing
from appeals.enums import Medium
from appeals.errors import Bounced
from appeals.models import Appeal, Notice
from reception.domain.demonstration.story import (
    BOUNCE,
    POSTED_AFTER,
    Accept,
    Act,
    Assign,
    BeginReview,
    Forward,
    Mailbox,
    PrepareReply,
    ReturnWithoutReview,
    SendReply,
    Story,
    Terminate,
    swept_at,
)

BATCH = 100


@transaction.atomic
def by_verbs(story: Story) -> Appeal:
    """Play `story` and keep it; what nobody did in time is swept day by day. In one transaction: a sweep of
    today never sees half a past."""
    appeal = registration.register(story.intake, at=story.entered_at, by=story.by)
    for act in story.acts:
        _sweep(appeal, act.at)
        appeal = _play(appeal, act)
    _sweep(appeal, story.ends_at)
    _post(appeal, story)
    return appeal


def _play(appeal: Appeal, act: Act) -> Appeal:
    match act:
        case Accept():
            return assignment.accept(appeal, by=act.by, at=act.at)
        case Assign():
            return assignment.assign(appeal, act.to, by=act.by, at=act.at)
        case BeginReview():
            return assignment.begin_review(appeal, by=act.by, at=act.at)
        case Forward():
            return routing.forward(appeal, act.to, by=act.by, at=act.at, reason=act.reason)
        case PrepareReply():
            return replies.prepare_reply(appeal, act.answer, by=act.by, at=act.at)
        case SendReply():
            return replies.reply(appeal, by=act.by, at=act.at, seen=appeal.reply.prepared_at)
        case ReturnWithoutReview():
            return closing.return_without_review(appeal, act.ground, by=act.by, at=act.at, reason=act.reason)
        case Terminate():
            return closing.terminate(appeal, act.ground, by=act.by, at=act.at, reason=act.reason)
    raise TypeError(act)


def _sweep(appeal: Appeal, before: datetime) -> None:
    """Every sweep before the instant `before` that finds a clock of `appeal` run out."""
    clocks = appeal.clocks.running().filter(breached_on=None).select_related("agency").order_by("due_on")
    for clock in clocks:
        at = swept_at(clock.due_on, clock.agency.zone)
        if at < before:
            breaches.note_missed(zone=clock.agency.zone, on=at.date(), at=at, limit=BATCH)


def _post(appeal: Appeal, story: Story) -> None:
    """The e-mails owed are delivered, or bounce, soon after they were owed; or they are left to the worker."""
    if story.mailbox == Mailbox.WAITING:
        return
    address = story.intake.details["email"]

    def send(letter: deliveries.Letter) -> None:
        if story.mailbox == Mailbox.REFUSED and letter.to == address:
            raise Bounced(BOUNCE)

    for notice in appeal.notices.filter(medium=Medium.EMAIL).order_by("pk"):
        at = notice.owed_at + POSTED_AFTER
        Notice.objects.filter(pk=notice.pk).update(try_after=at + deliveries.LEASE, attempts=F("attempts") + 1)
        deliveries.deliver(notice.pk, send=send, at=at)
