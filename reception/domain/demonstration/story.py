"""One case of the demonstration from receipt to now, before anything of it is stored."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from agencies.domain.working_days import ONE_DAY
from agencies.models import Agency, Officer, Topic
from appeals.domain.registration import Intake
from appeals.domain.replies import Answer
from appeals.enums import Alarm, HearingWay, NoticeKind, ReturnGround, TerminationGround, WaiverGround
from appeals.models import Notice

SWEPT_AT = time(0, 0, 5)  # by the first sweep of a day: what ran out the day before is on record
POSTED_AFTER = timedelta(seconds=5)  # how soon the worker takes up a message owed
ENDINGS = (NoticeKind.RETURNED, NoticeKind.TERMINATED)  # letters that a body posts itself where there is no e-mail
BOUNCE = "550 5.1.1 No such user here"


class Mailbox(StrEnum):
    """What becomes of the e-mails of a story."""

    READ = "read"
    REFUSED = "refused"  # the address does not exist: they bounce
    WAITING = "waiting"  # they are still owed, for the worker to send


@dataclass(frozen=True)
class Act:
    """One act after registration, who does it and when; each kind plays the verb of its name."""

    by: Officer
    at: datetime


@dataclass(frozen=True)
class Accept(Act):
    pass


@dataclass(frozen=True)
class Assign(Act):
    to: Officer


@dataclass(frozen=True)
class BeginReview(Act):
    pass


@dataclass(frozen=True)
class Forward(Act):
    to: Agency
    reason: str


@dataclass(frozen=True)
class SendBack(Act):
    reason: str


@dataclass(frozen=True)
class CorrectTopic(Act):
    to: Topic
    reason: str


@dataclass(frozen=True)
class Satisfy(Act):
    answer: Answer


@dataclass(frozen=True)
class PrepareReply(Act):
    answer: Answer


@dataclass(frozen=True)
class NotifyHearing(Act):
    decision: str
    way: HearingWay


@dataclass(frozen=True)
class Object(Act):
    text: str


@dataclass(frozen=True)
class RecordHearing(Act):
    held_on: date
    protocol: str


@dataclass(frozen=True)
class WaiveHearing(Act):
    ground: WaiverGround
    reason: str


@dataclass(frozen=True)
class SendReply(Act):
    pass


@dataclass(frozen=True)
class ReportExecution(Act):
    text: str


@dataclass(frozen=True)
class ReturnWithoutReview(Act):
    ground: ReturnGround
    reason: str


@dataclass(frozen=True)
class Terminate(Act):
    ground: TerminationGround
    reason: str


@dataclass(frozen=True)
class PostLetter(Act):
    """What is owed to an applicant without an e-mail about how the appeal ended goes by post."""


@dataclass(frozen=True)
class InScene(Act):
    """An act that only scenes have: too rare to be worth a second way of writing it, the verbs play it."""


@dataclass(frozen=True)
class SettleUrgency(InScene):
    alarm: Alarm
    reason: str


@dataclass(frozen=True)
class ForwardPart(InScene):
    to: Agency
    questions: str
    reason: str
    topic: Topic


@dataclass(frozen=True)
class LinkToEarlier(InScene):
    """To the last appeal that the same person sent before."""

    reason: str


@dataclass(frozen=True)
class AskAbove(InScene):
    proposed: Agency
    reason: str


@dataclass(frozen=True)
class Decide(InScene):
    to: Agency
    grounds: str


@dataclass(frozen=True)
class Gather(InScene):
    """Into the group of that name, which the first one opens."""

    name: str


@dataclass(frozen=True)
class Story:
    """An intake, when and by whom it was entered, and the acts that follow, oldest first, all before `ends_at`."""

    intake: Intake
    entered_at: datetime
    by: Officer | None
    acts: tuple[Act, ...]
    ends_at: datetime
    mailbox: Mailbox = Mailbox.READ
    is_scene: bool = False


def swept_at(due_on: date, zone: str) -> datetime:
    """The sweep that finds what was due on the local date `due_on` run out."""
    return datetime.combine(due_on + ONE_DAY, SWEPT_AT, ZoneInfo(zone))


def posted_at(notice: Notice) -> datetime:
    """When the worker takes up `notice`."""
    return max(notice.owed_at, notice.try_after) + POSTED_AFTER
