"""A story played by the verbs themselves, with the sweeps of the time between them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from appeals.domain import (
    alarms,
    assignment,
    breaches,
    closing,
    deliveries,
    disputes,
    execution,
    forwarding,
    grouping,
    hearings,
    holds,
    linking,
    parts,
    reclassification,
    registration,
    replies,
)
from appeals.enums import Medium, OwedBy
from appeals.errors import Bounced
from appeals.models import Appeal, Group, Notice
from reception.domain.demonstration.story import (
    BOUNCE,
    ENDINGS,
    Accept,
    Act,
    AskAbove,
    Assign,
    BeginReview,
    CorrectTopic,
    Decide,
    Forward,
    ForwardPart,
    Gather,
    LinkToEarlier,
    Mailbox,
    NotifyHearing,
    Object,
    PostLetter,
    PrepareReply,
    RecordHearing,
    ReportExecution,
    ReturnWithoutReview,
    Satisfy,
    SendBack,
    SendReply,
    SettleUrgency,
    Story,
    Terminate,
    WaiveHearing,
    posted_at,
    swept_at,
)

BATCH = 100


@transaction.atomic
def by_verbs(story: Story) -> Appeal:
    """Play `story` and keep it; what nobody did in time is swept day by day. In one transaction: a sweep of
    today never sees half a past."""
    appeal = registration.register(story.intake, at=story.entered_at, by=story.by)
    for act in story.acts:
        _pass(appeal, story, act.at)
        appeal = _play(appeal, act)
    _pass(appeal, story, story.ends_at)
    return appeal


def _play(appeal: Appeal, act: Act) -> Appeal:
    """By the verb of its name, which takes what the act says under the same names, or as told below."""
    if type(act) in TOLD_OTHERWISE:
        TOLD_OTHERWISE[type(act)](appeal, act)
    else:
        VERBS[type(act)](appeal, **vars(act))
    return Appeal.objects.get(pk=appeal.pk)


def _post_letter(appeal: Appeal, act: PostLetter) -> None:
    for notice in appeal.notices.filter(kind__in=ENDINGS).order_by("pk"):
        if notice.goes_by_post:
            deliveries.post(notice, by=act.by, at=act.at)


def _reply(appeal: Appeal, act: SendReply) -> None:
    replies.reply(appeal, by=act.by, at=act.at, seen=appeal.reply.prepared_at)


def _correct_topic(appeal: Appeal, act: CorrectTopic) -> None:
    to = replace(reclassification.Classes.of(appeal), topic=act.to)
    reclassification.reclassify(appeal, to, reason=act.reason, by=act.by, at=act.at)


def _satisfy(appeal: Appeal, act: Satisfy) -> None:
    said = {name: getattr(act.answer, name) for name in ("text", "law", "remedy")}
    replies.satisfy(appeal, **said, by=act.by, at=act.at)


def _link(appeal: Appeal, act: LinkToEarlier) -> None:
    same = Appeal.objects.filter(applicant__idn_digest=appeal.applicant.idn_digest, parent=None)
    earlier = same.exclude(pk=appeal.pk).latest("pk")
    linking.link(appeal, earlier, reason=act.reason, by=act.by, at=act.at)


def _decide(appeal: Appeal, act: Decide) -> None:
    disputes.decide(appeal.disputes.get(decided_on=None), act.to, grounds=act.grounds, by=act.by, at=act.at)


def _gather(appeal: Appeal, act: Gather) -> None:
    group = Group.objects.filter(agency=appeal.agency, name=act.name).first()
    if group is None:
        grouping.open_group([appeal], name=act.name, by=act.by, at=act.at)
    else:
        grouping.group(appeal, group, by=act.by, at=act.at)


VERBS: dict[type[Act], Callable[..., object]] = {
    Accept: assignment.accept,
    Assign: assignment.assign,
    BeginReview: assignment.begin_review,
    Forward: forwarding.forward,
    SendBack: forwarding.send_back,
    PrepareReply: replies.prepare_reply,
    NotifyHearing: hearings.notify_hearing,
    Object: hearings.object_,
    RecordHearing: hearings.record_hearing,
    WaiveHearing: hearings.waive_hearing,
    ReportExecution: execution.report_execution,
    ReturnWithoutReview: closing.return_without_review,
    Terminate: closing.terminate,
    SettleUrgency: alarms.settle_urgency,
    ForwardPart: parts.forward_part,
    AskAbove: disputes.dispute,
}
TOLD_OTHERWISE: dict[type[Act], Callable[[Appeal, Any], None]] = {
    PostLetter: _post_letter,
    SendReply: _reply,
    CorrectTopic: _correct_topic,
    Satisfy: _satisfy,
    LinkToEarlier: _link,
    Decide: _decide,
    Gather: _gather,
}


def _pass(appeal: Appeal, story: Story, until: datetime) -> None:
    """The time up to the next act: letters go out, terms run out, and that is told in letters, too."""
    _post(appeal, story, until)
    _sweep(appeal, until)
    _post(appeal, story, until)


def _sweep(appeal: Appeal, before: datetime) -> None:
    """Every sweep before the instant `before` that finds a clock of `appeal` run out."""
    running = appeal.clocks.running().filter(breached_on=None).select_related("agency").order_by("due_on", "pk")
    for clock in running:
        at = swept_at(clock.due_on, clock.agency.zone)
        if at < before:
            sweep = breaches.note_missed if clock.owed_by == OwedBy.BODY else holds.note_lapsed
            sweep(zone=clock.agency.zone, on=at.date(), at=at, limit=BATCH)


def _post(appeal: Appeal, story: Story, before: datetime) -> None:
    """The e-mails owed are delivered, or bounce, soon after they were owed; or they are left to the worker."""
    if story.mailbox == Mailbox.WAITING:
        return
    address = story.intake.details["email"]

    def send(letter: deliveries.Letter) -> None:
        if story.mailbox == Mailbox.REFUSED and letter.to == address:
            raise Bounced(BOUNCE)

    for notice in appeal.notices.filter(medium=Medium.EMAIL, attempts=0).order_by("pk"):
        at = posted_at(notice)
        if at < before:
            Notice.objects.filter(pk=notice.pk).update(try_after=at + deliveries.LEASE, attempts=F("attempts") + 1)
            deliveries.deliver(notice.pk, send=send, at=at)
