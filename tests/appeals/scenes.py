"""Appeals with their officers in the moments in which the hearing and what follows an answer can be asked for."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from agencies.enums import Role
from agencies.models import Officer
from appeals.domain import assignment, co_execution, file_access, hearings, numbering, replies
from appeals.enums import EventKind, HearingWay, Kind, Outcome
from appeals.models import Appeal
from tests.factories import make_appeal, make_officer

ELSEWHERE = "akimat.utilities.kz-75"


@dataclass
class Scene:
    """An appeal of today, with the officers of its body."""

    appeal: Appeal
    executor: Officer = field(default_factory=make_officer)
    colleague: Officer = field(default_factory=make_officer)
    head: Officer = field(default_factory=lambda: make_officer(role=Role.HEAD))
    registrar: Officer = field(default_factory=lambda: make_officer(role=Role.REGISTRAR))
    at: datetime = field(default_factory=timezone.now)

    @property
    def slug(self) -> str:
        return numbering.slug(self.appeal.number)

    @property
    def trail(self) -> list[str]:
        return list(self.appeal.events.order_by("seq").values_list("kind", flat=True))

    def sent(self, content: dict[str, Any]) -> dict[str, Any]:
        """`content` with the colleague's id where she is named."""
        return content | ({"to": self.colleague.pk} if content.get("to") == "colleague" else {})


def registered(**fields: Any) -> Scene:
    return Scene(make_appeal(at=timezone.now(), **fields))


def assigned(**fields: Any) -> Scene:
    scene = registered(**fields)
    assignment.assign(scene.appeal, scene.executor, by=scene.head, at=scene.at)
    scene.appeal.refresh_from_db()
    return scene


def inquired() -> Scene:
    return assigned(kind=Kind.INQUIRY)


def prepared(outcome: Outcome = Outcome.REFUSED, *, needs_execution: bool = False) -> Scene:
    scene = assigned()
    answer = replies.Answer(outcome, "Жауап.", "76-бап", "Үш ай ішінде.", needs_execution)
    replies.prepare_reply(scene.appeal, answer, by=scene.executor, at=scene.at)
    return scene


def notified() -> Scene:
    scene = prepared()
    hearings.notify_hearing(
        scene.appeal, decision="Бас тартпақпыз.", way=HearingWay.IN_PERSON, by=scene.executor, at=scene.at
    )
    return scene


def answered() -> Scene:
    """Satisfied, and something is still to be done."""
    scene = prepared(Outcome.SATISFIED, needs_execution=True)
    replies.reply(scene.appeal, by=scene.head, at=scene.at, seen=scene.at)
    return scene


def file_asked() -> Scene:
    scene = assigned()
    file_access.ask_for_file(scene.appeal, at=scene.at)
    return scene


def asked_of_colleague() -> Scene:
    scene = assigned()
    co_execution.ask_co_executor(
        scene.appeal, to=scene.colleague, question="Есептегіш не көрсетеді?", days=3, by=scene.executor, at=scene.at
    )
    return scene


@dataclass(frozen=True)
class Asked:
    """An act: its right moment, who may, who may not, the wrong moment and why, what is sent, what is missing."""

    act: str
    moment: Callable[[], Scene]
    who: str
    wrong: str
    wrong_moment: Callable[[], Scene]
    reason: str
    content: dict[str, Any]
    missing: str  # the field without which it is asked again; empty where there is no form
    left: EventKind


NOTICE = {"decision": "Бас тартпақпыз.", "way": "written"}
ACTS = [
    Asked(
        "notify-hearing", assigned, "executor", "colleague", inquired, "asks for no hearing", NOTICE, "decision",
        EventKind.HEARING_NOTIFIED,
    ),
    Asked(
        "object", notified, "registrar", "stranger_here", assigned, "no preliminary decision", {"text": "Қарсымын."},
        "text", EventKind.OBJECTED,
    ),
    Asked(
        "record-hearing", notified, "head", "colleague", assigned, "still to be recorded",
        {"held_on": "today", "protocol": "Тыңдалды."}, "held_on", EventKind.HEARING_HELD,
    ),
    Asked(
        "waive-hearing", assigned, "head", "colleague", answered, "closed", {"ground": "asked", "reason": "Өтінді."},
        "reason", EventKind.HEARING_WAIVED,
    ),
    Asked(
        "correct-reply", answered, "head", "executor", assigned, "No answer was sent", {"text": "2062 емес, 2026."},
        "text", EventKind.REPLY_CORRECTED,
    ),
    Asked(
        "report-execution", answered, "executor", "colleague", assigned, "No answer was sent", {"text": "Бітті."},
        "text", EventKind.EXECUTED,
    ),
    Asked(
        "ask-for-file", assigned, "registrar", "executor", file_asked, "already asked for", {}, "",
        EventKind.FILE_ASKED,
    ),
    Asked(
        "show-file", file_asked, "executor", "stranger_here", assigned, "has not asked", {"how": "12-бөлмеде."}, "how",
        EventKind.FILE_SHOWN,
    ),
    Asked(
        "ask-co-executor", assigned, "executor", "colleague", answered, "closed",
        {"to": "colleague", "question": "Есептегіш не көрсетеді?", "days": 3}, "question", EventKind.CO_EXECUTOR_ASKED,
    ),
    Asked(
        "answer-as-co-executor", asked_of_colleague, "colleague", "executor", assigned, "Nothing is asked of you",
        {"answer": "Қырық екі."}, "answer", EventKind.CO_EXECUTOR_ANSWERED,
    ),
]  # fmt: skip
NAMES = [asked.act for asked in ACTS]


def officer(scene: Scene, who: str) -> Officer:
    """Of the scene, or one of the same body whose role has nothing to do with appeals."""
    return make_officer(role=Role.CONTROLLER) if who == "stranger_here" else getattr(scene, who)


def content_of(asked: Asked, scene: Scene) -> dict[str, Any]:
    told = scene.sent(asked.content)
    return told | ({"held_on": timezone.localdate().isoformat()} if "held_on" in told else {})
