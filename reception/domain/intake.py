"""A finished draft becomes an appeal: foreseen on the last page, then sent, once."""

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from agencies.domain.calendar import calendar
from agencies.domain.working_days import WorkingCalendar
from agencies.models import Agency, Channel, Region, Topic
from appeals.domain import clocks, routing, terms, urgent_routing
from appeals.domain.registration import Intake, Upload, register
from appeals.domain.urgency import Found
from appeals.domain.urgent_routing import POLICE
from appeals.enums import ApplicantType, Kind
from appeals.models import Appeal, Clock
from reception.domain import emergency
from reception.domain.drafts import Answers, drop_files, first_missing
from reception.domain.emergency import DETAILS
from reception.errors import Gone, Unfinished
from reception.models import Draft, DraftFile

CHANNEL = "virtual_reception"


@dataclass(frozen=True)
class Matter:
    """The rows the answers name."""

    kind: Kind
    region: Region | None
    topic: Topic | None
    complained_of: Agency | None
    special_type: str = ""
    district: Region | None = None
    found: Found | None = None  # what the text tells of, unless it was denied
    police: Topic | None = None
    suggested: Topic | None = None  # what the text speaks for instead of the topic


@dataclass(frozen=True)
class Foreseen:
    """What registration would do with the appeal at this moment."""

    proposal: routing.Proposal
    registered_on: date
    clock: Clock
    calendar: WorkingCalendar


def matter(answers: Answers, *, suggested: str = "") -> Matter:
    """The rows that `answers` name, and the topic `suggested` beside theirs; what is no longer there is none."""
    codes = [code for code in (answers.get("topic"), suggested, POLICE) if code]
    topics = {topic.code: topic for topic in Topic.objects.select_related("group").filter(code__in=codes)}
    named = [code for code in (answers.get("region"), answers.get("district")) if code]
    places = {place.code: place for place in Region.objects.select_related("superior").filter(code__in=named)}
    bodies = Agency.objects.select_related("superior__superior__superior__superior", "successor")
    return Matter(
        Kind(answers["kind"]),
        places.get(answers.get("region", "")),
        topics.get(answers.get("topic", "")),
        _named(bodies, answers.get("complained_of")),
        district=places.get(answers.get("district", "")),
        found=None if emergency.is_denied(answers) else emergency.found_in(answers),
        suggested=topics.get(suggested),
        police=topics.get(POLICE),
    )


def foreseen(matter: Matter, *, at: datetime) -> Foreseen:
    """The body, the reason, the day of registration and the term, if the appeal were sent at `at`."""
    days, on = calendar(), timezone.localdate(at)
    proposal = urgent_routing.propose(
        matter.found,
        police=matter.police,
        topic=matter.topic,
        region=matter.region,
        district=matter.district,
        kind=matter.kind,
        special_type=matter.special_type,
        on=on,
        complained_of=matter.complained_of,
    )
    registered_on = terms.counted_as_received_on(at, proposal.agency, days)
    appeal = Appeal(
        kind=matter.kind,
        special_type=matter.special_type,
        agency=proposal.agency,
        complained_of=matter.complained_of if matter.kind == Kind.COMPLAINT else None,
        received_at=at,
        registered_on=registered_on,
    )
    started = clocks.due_clocks(appeal, clocks.kinds_for(appeal, proposal.agency)[-1:], registered_on, days)
    return Foreseen(proposal, registered_on, started[0], days)


@transaction.atomic
def send(draft_id: UUID, *, language: str, at: datetime) -> Appeal:
    """Register the draft as it stands; sent again, or thirty times at once, it is the same appeal.

    What was written is wiped from the draft, its files move to the appeal. Raises `Unfinished`
    with the first question without an answer, and `Gone` when there is no such draft.
    """
    draft = Draft.objects.select_for_update().filter(pk=draft_id).first()
    if draft is None:
        raise Gone
    if draft.appeal:
        return draft.appeal
    answers = draft.unseal()
    if missing := first_missing(answers):
        raise Unfinished(missing)
    with ExitStack() as opened:
        uploads = [_upload(file, opened) for file in draft.files.all()]
        draft.appeal = register(_intake(draft, answers, uploads, language=language, at=at), at=at)
    drop_files(draft.files.all())
    draft.seal({})
    draft.updated_at = at
    draft.save()
    return draft.appeal


def _intake(draft: Draft, answers: Answers, uploads: list[Upload], *, language: str, at: datetime) -> Intake:
    named, channel = matter(answers), Channel.objects.get(code=CHANNEL)
    return Intake(
        key=str(draft.pk),
        kind=named.kind,
        text=answers["text"],
        language=language,
        channel=channel,
        form=channel.form,
        applicant_type=ApplicantType(answers["applicant_type"]),
        details={name: answers[name] for name in DETAILS if answers.get(name)},
        received_at=at,
        topic=named.topic,
        region=named.region,
        district=named.district,
        complained_of=named.complained_of,
        previous=_previous(answers.get("previous") or answers.get("follows")),
        said_earlier=answers.get("said_earlier", ""),
        uploads=uploads,
        is_anonymous=bool(answers.get(emergency.ANONYMOUS)),
        is_denied=emergency.is_denied(answers),
    )


def _upload(file: DraftFile, opened: ExitStack) -> Upload:
    content = opened.enter_context(file.file.open("rb"))
    return Upload(file.name, file.content_type, file.size, file.sha256, content)


def _previous(number: str | None) -> Appeal | None:
    """What is repeated, or whose answer, ending or silence is complained of: this browser had it open."""
    return Appeal.objects.get(number=number) if number else None


def _named(rows: QuerySet, code: str | None) -> Any:
    return rows.filter(code=code).first() if code else None
