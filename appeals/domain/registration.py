"""An appeal gets its number, its body and its clocks, at once and only once (Art. 64).

Registration may not be refused for its contents; what cannot be read at all is sent back to
the form with the place named.
"""

import hashlib
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO, Self

from django.core.files.base import File
from django.db import connection, transaction
from django.utils.translation import gettext as _

from agencies.domain.calendar import calendar
from agencies.domain.working_days import WorkingCalendar
from agencies.models import Agency, Channel, Officer, Region, Topic
from appeals.domain import (
    alarms,
    clocks,
    coupons,
    entering,
    likeness,
    notices,
    numbering,
    routing,
    suggesting,
    terms,
    urgency,
    urgent_routing,
)
from appeals.domain.history import Line, record_all
from appeals.domain.statistics.counting import count
from appeals.domain.uploads import CheckedFile
from appeals.domain.urgency import Found
from appeals.enums import ApplicantType, ClockKind, EventKind, Kind, Measure, NoticeKind
from appeals.errors import InvalidIntake, Refused, Unconfirmed
from appeals.models import Appeal, AppealText, Applicant, Attachment, Clock, Routing, SpecialType
from appeals.models.sealed import digests
from appeals.rules import insist, refusal_to_register

LONGEST_TEXT = 20_000  # characters


@dataclass(frozen=True)
class Upload:
    """A checked file, on its way to the appeal."""

    name: str
    content_type: str
    size: int
    sha256: str
    content: IO[bytes]

    @classmethod
    def of(cls, file: CheckedFile) -> Self:
        return cls(file.name, file.content_type, len(file.content), file.sha256, io.BytesIO(file.content))


@dataclass(frozen=True)
class Intake:
    """The checked content handed to registration. `holder` names the body that took in a paper or oral appeal."""

    key: str
    kind: str
    text: str
    language: str
    channel: Channel
    form: str
    applicant_type: ApplicantType
    details: dict[str, str]
    received_at: datetime
    topic: Topic | None = None
    region: Region | None = None
    special_type: str = ""
    complained_of: Agency | None = None
    addressee: Agency | None = None
    holder: Agency | None = None
    previous: Appeal | None = None  # what it repeats or adds to, or whose answer, ending or silence is complained of
    said_earlier: str = ""  # the number of an earlier appeal as the applicant gave it; nobody has checked it
    uploads: Sequence[Upload] = field(default_factory=tuple)
    is_anonymous: bool = False  # only where the text is urgent
    district: Region | None = None  # within the region
    is_denied: bool = False  # the applicant says that it is not urgent, or that nobody is in danger
    is_late: bool = False  # whoever enters it knows that its day is over
    is_unreachable: bool = False  # and that no answer can be sent

    @property
    def digests(self) -> list[bytes]:
        """What was handed in, in 32 bytes under each key still known: the same key with other content is refused."""
        content = [
            self.kind,
            self.text,
            self.language,
            self.channel.code,
            self.applicant_type,
            self.details,
            self.topic.code if self.topic else None,
            self.region.code if self.region else None,
            self.complained_of.code if self.complained_of else None,
            [upload.sha256 for upload in self.uploads],
            *([self.special_type] if self.special_type else []),
            *([self.previous.number] if self.previous else []),
            *([{"said_earlier": self.said_earlier}] if self.said_earlier else []),
            *(["denied"] if self.is_denied else []),
            *([{"district": self.district.code}] if self.district else []),
            *([{"received_at": self.received_at.isoformat()}] if self.holder else []),
        ]
        told = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
        return digests("intake", told)


@transaction.atomic
def register(intake: Intake, *, at: datetime, by: Officer | None = None) -> Appeal:
    """Register `intake`, received at `intake.received_at` and entered at `at`; sent twice, it is the same appeal.

    The body is found and told why; the registration, forwarding and reply clocks run; the
    coupon is issued and the applicant is owed a notice. What cannot wait is told to the duty
    officers, and may come without a name (Art. 64(7-2), 88(1)). Raises `InvalidIntake` with the field
    that cannot be taken, `Unconfirmed` with all that `by` has yet to confirm; `Refused` when `by` is no
    registrar, or the key was used for something else.
    """
    if by:
        insist(refusal_to_register(by))
    _lock(intake.key)
    already = Appeal.objects.filter(intake_key=intake.key).first()
    if already:
        if bytes(already.intake_digest) not in intake.digests:
            raise Refused(_("This key was already used for another appeal."))
        return already
    _check(intake)
    days = calendar()
    if by and intake.holder:
        _check_entry(intake, intake.holder, days, at=at)
    found = urgency.dangers(intake.text, urgency.phrases())
    _check_name(intake, found)
    proposal = _proposal(intake, None if intake.is_denied else found)
    appeal = _enter(intake, proposal, days, is_urgent=found is not None)
    _file(appeal, intake.uploads)
    coupons.issue(appeal, at=at, by=by)
    record_all(lines(appeal, proposal, said_earlier=intake.said_earlier), at=at, by=by)
    if found:
        alarms.raise_by_words(appeal, found, at=at, is_denied=intake.is_denied)
    start_clocks(appeal, days, at=at)
    notices.owe(appeal, NoticeKind.REGISTERED, at=at)
    count(appeal, Measure.REGISTERED, appeal.agency, on=appeal.registered_on)
    return appeal


def lines(appeal: Appeal, proposal: routing.Proposal, *, said_earlier: str = "") -> list[Line]:
    """The first two lines of every history."""
    registered = {
        "channel": appeal.channel.code,
        "form": appeal.form,
        "kind": appeal.kind,
        **({"special_type": appeal.special_type} if appeal.special_type else {}),
        "received_at": appeal.received_at.isoformat(),
        "registered_on": appeal.registered_on.isoformat(),
        "text": hashlib.sha256(appeal.content.text.encode()).hexdigest(),
        **({"said_earlier": said_earlier} if said_earlier else {}),
        **({"previous": appeal.previous.number} if appeal.previous else {}),
        "files": [attachment.sha256 for attachment in appeal.attachments.all()],
    }
    return [
        Line(appeal, EventKind.REGISTERED, registered),
        Line(appeal, EventKind.ROUTED, {**proposal.explanation, "agency": appeal.agency.code}),
    ]


def _lock(key: str) -> None:
    """Make parallel sends of one intake wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [key])


def _check(intake: Intake) -> None:
    if not intake.text.strip():
        raise InvalidIntake(_("Write what your appeal is about."), field="text")
    if len(intake.text) > LONGEST_TEXT:
        raise InvalidIntake(_("The text is longer than %(n)s characters.") % {"n": LONGEST_TEXT}, field="text")
    if "\x00" in intake.text or any("\x00" in value for value in intake.details.values()):
        raise InvalidIntake(_("The text contains a character that cannot be stored."), field="text")
    if intake.kind == Kind.COMPLAINT and intake.complained_of is None:
        raise InvalidIntake(_("Name the body you complain of."), field="complained_of")
    if intake.district and intake.district.superior_id != (intake.region and intake.region.pk):
        raise InvalidIntake(_("This district does not lie in the region chosen."), field="district")
    if intake.special_type:
        special = SpecialType.objects.filter(code=intake.special_type, kind=intake.kind)
        if not special.exists():
            raise InvalidIntake(_("This special type belongs to another kind of appeal."), field="special_type")


def _check_entry(intake: Intake, holder: Agency, days: WorkingCalendar, *, at: datetime) -> None:
    entering.check_day(intake.received_at, holder, at=at)
    if intake.kind != Kind.COMPLAINT and intake.complained_of:
        raise InvalidIntake(_("Only a complaint names a body complained of."), field="complained_of")
    appeal = Appeal(
        kind=intake.kind, special_type=intake.special_type, agency=holder, complained_of=intake.complained_of
    )
    doubts = entering.doubts(appeal, intake.received_at, intake.details, days, at=at)
    open_ones = {name: told for name, told in doubts.items() if not getattr(intake, name)}
    if open_ones:
        raise Unconfirmed(open_ones)


def _check_name(intake: Intake, found: Found | None) -> None:
    may_be_anonymous = intake.is_anonymous and found is not None and not intake.is_denied
    if not intake.details.get("name", "").strip() and not may_be_anonymous:
        raise InvalidIntake(_("Give the name of the applicant."), field="name")


def _proposal(intake: Intake, found: Found | None) -> routing.Proposal:
    if intake.holder is not None:
        return routing.Proposal(intake.holder, {"reason": "received_here"})
    on = terms.local_date(intake.received_at, routing.office())
    return urgent_routing.propose(
        found,
        topic=intake.topic,
        region=intake.region,
        district=intake.district,
        kind=intake.kind,
        special_type=intake.special_type,
        on=on,
        addressee=intake.addressee,
        complained_of=intake.complained_of,
    )


def _enter(intake: Intake, proposal: routing.Proposal, calendar: WorkingCalendar, *, is_urgent: bool) -> Appeal:
    registered_on = terms.counted_as_received_on(intake.received_at, proposal.agency, calendar)
    applicant = Applicant(type=intake.applicant_type, language=intake.language)
    applicant.seal(intake.details)
    applicant.save(force_insert=True)
    appeal = Appeal.objects.create(
        number=numbering.next_number(intake.applicant_type, registered_on.year),
        kind=intake.kind,
        special_type=intake.special_type,
        form=intake.form,
        channel=intake.channel,
        language=intake.language,
        topic=intake.topic,
        region=intake.region,
        district=intake.district,
        applicant=applicant,
        agency=proposal.agency,
        addressee=intake.addressee,
        complained_of=intake.complained_of if intake.kind == Kind.COMPLAINT else None,
        previous=intake.previous,
        is_urgent=is_urgent,
        received_at=intake.received_at,
        registered_on=registered_on,
        intake_key=intake.key,
        intake_digest=intake.digests[0],
    )
    AppealText.objects.create(appeal=appeal, text=intake.text)
    likeness.signature(appeal, intake.text).save(force_insert=True)
    Routing.objects.create(
        appeal=appeal,
        agency=None if proposal.is_triage else proposal.agency,
        explanation=proposal.explanation,
    )
    suggesting.kept(appeal, intake.text).save(force_insert=True)
    return appeal


def start_clocks(appeal: Appeal, calendar: WorkingCalendar, *, at: datetime) -> None:
    """The registration clock, met by being entered, and those of the holder; entered late, a breach at once."""
    Clock.objects.bulk_create(clocks.due_clocks(appeal, [ClockKind.REGISTRATION], appeal.registered_on, calendar))
    entered_on = max(terms.local_date(at, appeal.agency), appeal.registered_on)
    clocks.meet(appeal, [ClockKind.REGISTRATION], on=entered_on, at=at)
    clocks.start(appeal, on=appeal.registered_on, calendar=calendar)


def _file(appeal: Appeal, uploads: Sequence[Upload]) -> None:
    for upload in uploads:
        Attachment.objects.create(
            appeal=appeal,
            name=upload.name,
            content_type=upload.content_type,
            size=upload.size,
            sha256=upload.sha256,
            file=File(upload.content, name=upload.name),
        )
