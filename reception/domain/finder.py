"""Where do I write? From a text to its topics, from a topic to the body that answers, and how it has answered of late.

Nothing of what is asked here is kept.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from statistics import median_low
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.translation import get_language

from agencies.models import Agency, Channel, Region, Topic
from appeals.domain import helplines, suggesting, urgency
from appeals.domain.suggesting import PROBABLE, SHOWN_FIRST, Suggested
from appeals.domain.urgency import Phrase
from appeals.domain.wording import explained
from appeals.enums import ClockKind, Kind, Status
from appeals.models import Clock
from reception.domain.cues import Likely, likely_kind
from reception.domain.drafts import Answers
from reception.domain.emergency import Emergency, found_in
from reception.domain.intake import Foreseen, Matter, foreseen

LATELY = timedelta(days=183)
MOST_ANSWERS = 1000  # of the latest; more would tell the same
TELLING = 10  # answers; fewer say nothing about the body
LEXICON_KEPT = 60  # seconds
CONCEIVABLE = 0.05  # and below which it is not worth asking about


@dataclass(frozen=True)
class Asked:
    """What the citizen tells; everything may be left out, and what is there was chosen by herself."""

    text: str = ""
    region: Region | None = None
    kind: Kind | None = None
    topic: Topic | None = None
    district: Region | None = None  # within the region


@dataclass(frozen=True)
class Candidate:
    """A topic the text may be about, with the words of the text that spoke most for it."""

    topic: Topic
    confidence: float
    words: tuple[str, ...]

    @property
    def is_probable(self) -> bool:
        return self.confidence >= PROBABLE


@dataclass(frozen=True)
class Record:
    """The answers of a body to appeals about a topic: how many, how many in time, and in how many days half of them.

    Days are calendar days from the registration with which the term of the answer began.
    """

    answered: int
    in_time: int
    median_days: int | None

    @property
    def is_telling(self) -> bool:
        return self.answered >= TELLING

    @property
    def share(self) -> int:
        """Answers in time, in whole per cent; not rounded up to all of them."""
        return self.in_time * 100 // self.answered


@dataclass(frozen=True)
class Found:
    """What is proposed: at most three topics, and for the first or the chosen one who answers, and how."""

    suggested: Suggested
    candidates: Sequence[Candidate]
    matter: Matter
    likely: Likely
    coming: Foreseen
    record: Record | None  # none where nobody is proposed but the Office
    channels: Sequence[str]
    emergency: Emergency | None

    @property
    def topic(self) -> Topic | None:
        return self.matter.topic

    @property
    def others(self) -> list[Candidate]:
        """The proposed topics but the one whose body is shown, as far as they are worth asking about."""
        worth = [candidate for candidate in self.candidates if candidate.confidence >= CONCEIVABLE]
        return [candidate for candidate in worth if candidate.topic != self.topic]

    @property
    def shown(self) -> Candidate | None:
        """The proposed topic whose body is shown; none where the citizen chose one that the text did not suggest."""
        return next((candidate for candidate in self.candidates if candidate.topic == self.topic), None)


def find(asked: Asked, *, at: datetime) -> Found:
    """What an appeal sent at `at` as it is `asked` for would be about, who would answer, and by when."""
    suggested = suggesting.suggest(asked.text)
    candidates = candidates_in(asked.text, suggested, on=timezone.localdate(at))
    topic = asked.topic or (candidates[0].topic if candidates else None)
    likely = Likely(asked.kind, ()) if asked.kind else likely_kind(asked.text)
    danger = danger_in(asked.text, at=at)
    matter = Matter(likely.kind, asked.region, topic, None, found=danger, district=asked.district)
    coming = foreseen(matter, at=at)
    record, channels, lines = _at_the_body(coming, topic)
    if danger:  # who is in danger is told whom to call, and no figures
        emergency = Emergency(danger.danger, helplines.fitting(lines, danger.danger))
        return Found(suggested, candidates, matter, likely, coming, None, (), emergency)
    return Found(suggested, candidates, matter, likely, coming, record, channels, None)


def danger_in(text: str, *, at: datetime) -> urgency.Found | None:
    """What `text` tells of that cannot wait; none where nothing."""
    return urgency.dangers(text, _lexicon(int(at.timestamp() // LEXICON_KEPT))) if text else None


def instead(answers: Answers) -> str:
    """The code of the topic that the text of a draft speaks for instead of the one chosen; empty where there is none.

    A complaint goes by way of a body whatever it is about, and who is in danger is asked no more.
    """
    if answers["kind"] == Kind.COMPLAINT or found_in(answers):
        return ""
    return suggesting.instead(suggesting.suggest(answers["text"]).ranked, answers.get("topic"))


def facts(found: Found) -> dict[str, Any]:
    """The same for programs: codes and numbers, and beside them names and sentences in the reader's language."""
    proposal, record = found.coming.proposal, found.record
    return {
        "language": found.suggested.language,
        "model": found.suggested.model,
        "topics": [
            {
                "code": candidate.topic.code,
                "name": candidate.topic.name,
                "confidence": candidate.confidence,
                "words": list(candidate.words),
            }
            for candidate in found.candidates
        ],
        "kind": found.matter.kind.value,
        "kind_words": list(found.likely.words),
        "agency": {"code": proposal.agency.code, "name": proposal.agency.name},
        "reason": explained(proposal.explanation, proposal.names),
        "reason_code": proposal.explanation["reason"],
        "registered_on": found.coming.registered_on,
        "due_on": found.coming.clock.due_on,
        "record": record and {**asdict(record), "is_telling": record.is_telling},
        "channels": list(found.channels),
        "emergency": found.emergency,
    }


def candidates_in(text: str, suggested: Suggested, *, on: date) -> list[Candidate]:
    """The first topics suggested by `text` that the directory knows on the local date `on`; one query, or none."""
    if not suggested:
        return []
    alive = Topic.objects.alive(on).exclude(group=None).select_related("group")
    topics = {topic.code: topic for topic in alive.filter(code__in=dict(suggested.ranked))}
    ranked = [(topics[code], confidence) for code, confidence in suggested.ranked if code in topics]
    return [
        Candidate(topic, confidence, suggesting.deciding(text, topic.code))
        for topic, confidence in ranked[:SHOWN_FIRST]
    ]


@lru_cache(maxsize=1)
def _lexicon(period: int) -> tuple[Phrase, ...]:
    """The urgent words, read once a `period` and process: whoever only asks need not wait for hundreds of rows."""
    return urgency.phrases()


def _at_the_body(coming: Foreseen, topic: Topic | None) -> tuple[Record | None, list[str], list[dict[str, Any]]]:
    """How the proposed body has answered of late, the doors that its level has, and the helplines; one query."""
    agency = coming.proposal.agency
    doors = Channel.objects.filter(**{f"at_{agency.level}": True}).order_by("position", "code")
    name = f"name_{(get_language() or 'kk')[:2]}"
    answers = _answers(topic, since=coming.registered_on - LATELY)
    row = Agency.objects.filter(pk=agency.pk).annotate(
        doors=ArraySubquery(doors.values(name)),
        answers=ArraySubquery(answers[:MOST_ANSWERS]),
        lines=helplines.told(),
    )
    channels, rows, lines = row.values_list("doors", "answers", "lines").get()
    return None if coming.proposal.is_triage else _record(rows), channels, lines


def _answers(topic: Topic | None, *, since: date) -> QuerySet[Any]:
    """The terms for the answer that the outer body has met in appeals about `topic` it holds, the latest first."""
    met = Clock.objects.filter(
        kind=ClockKind.REPLY,
        agency=OuterRef("pk"),
        met_on__isnull=False,
        appeal__agency=OuterRef("pk"),
        appeal__topic=topic,
        appeal__status=Status.ANSWERED,
        appeal__closed_on__gte=since,
    )
    dates = JSONObject(began="starts_on", answered="met_on", due="due_on")
    return met.order_by("-appeal__closed_on").values(json=dates)


def _record(rows: Sequence[dict[str, str]]) -> Record:
    days = [(date.fromisoformat(row["answered"]) - date.fromisoformat(row["began"])).days for row in rows]
    in_time = sum(row["answered"] <= row["due"] for row in rows)
    return Record(len(rows), in_time, median_low(days) if days else None)
