"""One case whole, as its page and the API show it to an official."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import get_language

from agencies.domain.calendar import calendar
from agencies.domain.working_days import WorkingCalendar
from agencies.enums import Role
from agencies.models import Officer
from appeals.domain import arrays, hearings, minhash, terms
from appeals.domain.arrays import CoExecutionLine, ErratumLine, HearingLine, PartLine, told, typed
from appeals.domain.earlier import EarlierLine, earlier_lines, told_earlier
from appeals.domain.explanations import clocks_of, explain_all
from appeals.domain.forwarding import journey
from appeals.domain.terms import local_date
from appeals.domain.wording import history_of
from appeals.enums import ClockKind, EventKind, Medium
from appeals.models import (
    Appeal,
    Attachment,
    Breach,
    Clock,
    Dispute,
    Event,
    Extension,
    Forwarding,
    Group,
    Hold,
    Notice,
    Reply,
    Term,
    Urgency,
)
from appeals.rules import HearingOwed, Journey

ALONG = (
    "officer__user",
    "topic",
    "region",
    "district",
    "channel",
    "applicant",
    "content",
    "addressee",
    "coupon",
    "parent",
    "previous",
    "group",
    "signature",
    "reply__superior",
    "reply__prepared_by__user",
    "reply__signed_by__user",
    "urgency__settled_by__user",
    "suggestion",
)


@dataclass(frozen=True)
class NoticeLine:
    """A message owed to the applicant, or to `officer`, and what became of it."""

    pk: int
    kind: str
    medium: str
    officer: str
    owed_at: datetime
    delivered_at: datetime | None
    bounced_at: datetime | None
    failure: str

    @property
    def goes_by_post(self) -> bool:
        return not self.officer and (self.medium == Medium.POST or self.bounced_at is not None)


@dataclass(frozen=True)
class BreachLine:
    """A broken term on record; annulled, it counts no more."""

    pk: int
    kind: str
    body: str
    officer: str
    due_on: date
    detected_on: date
    is_official: bool
    cause: str
    annulled_on: date | None
    is_open_to_reader: bool


@dataclass(frozen=True)
class Dossier:
    """One case with everything its page shows to `reader` on the local date `on` of its holder."""

    reader: Officer
    on: date
    appeal: Appeal
    clocks: Sequence[Clock]
    events: Sequence[Event]
    notices: Sequence[NoticeLine]
    attachments: Sequence[dict[str, Any]]
    breaches: Sequence[BreachLine]
    extension: dict[str, Any] | None  # asked for and not decided
    was_held: bool
    hearings: Sequence[HearingLine]
    hearing_terms: Sequence[Term]  # of any day
    errata: Sequence[ErratumLine]
    co_executions: Sequence[CoExecutionLine]  # of the reader's own body
    parts: Sequence[PartLine]
    forwardings: Sequence[Forwarding]
    disputes: Sequence[Dispute]
    earlier: Sequence[EarlierLine]  # of the same applicant, newest first, as the reader may know of them

    @cached_property
    def calendar(self) -> WorkingCalendar:
        """Read once, and only where a day has to be counted."""
        return calendar()

    @cached_property
    def explained_clocks(self) -> Sequence[Clock]:
        """The clocks, each with the `steps` to its last day."""
        return explain_all(self.clocks, self.calendar)

    @property
    def hearing(self) -> HearingLine | None:
        """The last word of the holder on a hearing; another body's counts for nothing."""
        return next((line for line in reversed(self.hearings) if line.agency_id == self.appeal.agency_id), None)

    @property
    def hearing_term(self) -> Term | None:
        """What the law of the day asks for before an adverse answer."""
        in_force = [term for term in self.hearing_terms if term.is_alive(self.on)]
        kind, special_type = self.appeal.kind, self.appeal.special_type
        return terms.found_for(in_force, ClockKind.HEARING, kind=kind, special_type=special_type)

    @cached_property
    def hearing_owed(self) -> HearingOwed | None:
        """What of it is still to be done in the open case; none where nothing."""
        if not self.appeal.is_open:
            return None
        is_notified = self.hearing is not None and self.hearing.notified_on is not None
        return hearings.still_owed(self.hearing_term, self.hearing, self.calendar if is_notified else None)

    @property
    def is_with_reader(self) -> bool:
        """Whether the reader's body holds it: what is not signed yet is for its holder alone."""
        return self.appeal.agency_id == self.reader.agency_id

    @property
    def reply(self) -> Reply | None:
        written = getattr(self.appeal, "reply", None)
        return written if written and (written.signed_at or self.is_with_reader) else None

    @property
    def group(self) -> Group | None:
        """The like appeals it is decided with, for who may know of them: its holder and the oversight."""
        return self.appeal.group if self.is_with_reader or self.reader.role == Role.OVERSIGHT else None

    @property
    def journey(self) -> Journey:
        """How the case came to its holder."""
        return journey(self.appeal, self.forwardings, self.disputes, self.on)

    @property
    def urgency(self) -> Urgency | None:
        """What makes it urgent, or did."""
        return getattr(self.appeal, "urgency", None)

    @property
    def found_before(self) -> Event | None:
        """What was found of an urgency that its holder has still to settle; by another body, or of another alarm."""
        if self.urgency is None or self.urgency.settled_at:
            return None
        return next((event for event in reversed(self.events) if event.kind == EventKind.URGENCY_SETTLED), None)

    def running(self, *kinds: ClockKind) -> Clock | None:
        """The running clock of one of `kinds`."""
        return next((clock for clock in self.clocks if clock.is_running and clock.kind in kinds), None)


def dossier(reader: Officer, number: str, *, at: datetime) -> Dossier | None:
    """The case with `number` at the instant `at`, or none where `reader` may not know of it; three queries."""
    visible = Appeal.objects.visible_to(reader).filter(number=number).select_related(*ALONG)
    appeal = visible.annotate(
        told_files=_files(),
        told_notices=_notices(),
        told_breaches=_breaches(reader),
        told_extensions=_extensions(),
        told_holds=_holds(),
        is_previous_visible=Exists(Appeal.objects.visible_to(reader).filter(pk=OuterRef("previous"))),
        told_hearings=arrays.told_hearings(),
        told_hearing_terms=arrays.told_hearing_terms(),
        told_errata=arrays.told_errata(),
        told_co_executions=arrays.told_co_executions(),
        told_parts=arrays.told_parts(Appeal.objects.visible_to(reader)),
        is_parent_visible=Exists(Appeal.objects.visible_to(reader).filter(pk=OuterRef("parent"))),
        told_bodies=arrays.told_bodies(),
        told_forwardings=arrays.told_forwardings(),
        told_disputes=arrays.told_disputes(),
        told_earlier=told_earlier(Appeal.objects.visible_to(reader)),
        grouped=arrays.told_size_of_group(),
    ).first()
    return _put_together(reader, appeal, at=at) if appeal else None


def _put_together(reader: Officer, appeal: Any, *, at: datetime) -> Dossier:
    """What was read along with `appeal`, as the page has it."""
    bodies = arrays.bodies(appeal, appeal.told_bodies)
    return Dossier(
        reader,
        local_date(at, appeal.agency),
        appeal,
        clocks_of(appeal),
        history_of(appeal),
        [_notice(told) for told in appeal.told_notices],
        appeal.told_files,
        [_breach(told) for told in appeal.told_breaches],
        next((typed(told, date, "until") for told in appeal.told_extensions), None),
        bool(appeal.told_holds),
        arrays.hearing_lines(appeal.told_hearings),
        arrays.hearing_terms(appeal.told_hearing_terms),
        arrays.erratum_lines(appeal.told_errata),
        [line for line in arrays.co_execution_lines(appeal.told_co_executions) if line.agency_id == reader.agency_id],
        arrays.part_lines(appeal.told_parts),
        arrays.forwardings(appeal.told_forwardings, bodies),
        arrays.disputes(appeal, appeal.told_disputes, bodies),
        earlier_lines(appeal.told_earlier, _hashes(appeal)),
    )


def _hashes(appeal: Appeal) -> minhash.Hashes:
    signed = getattr(appeal, "signature", None)
    return signed.hashes if signed else ()


def _files() -> ArraySubquery:
    """Those of the appeal; of a part, also those that stayed with the whole."""
    files = Attachment.objects.filter(Q(appeal=OuterRef("pk")) | Q(appeal=OuterRef("parent")))
    return told(files, pk="pk", name="name", size="size")


def _notices() -> ArraySubquery:
    return told(
        Notice.objects.filter(appeal=OuterRef("pk")),
        pk="pk",
        kind="kind",
        medium="medium",
        officer="officer__user__full_name",
        owed_at="owed_at",
        delivered_at="delivered_at",
        bounced_at="bounced_at",
        failure="failure",
    )


def _breaches(reader: Officer) -> ArraySubquery:
    open_to_reader = Breach.objects.visible_to(reader).filter(pk=OuterRef("pk"))
    return told(
        Breach.objects.filter(appeal=OuterRef("pk")).annotate(is_open_to_reader=Exists(open_to_reader)),
        pk="pk",
        kind="kind",
        body=f"agency__name_{(get_language() or 'kk')[:2]}",
        officer="officer__user__full_name",
        due_on="due_on",
        detected_on="detected_on",
        is_official="is_official",
        cause="cause",
        annulled_on="annulled_on",
        is_open_to_reader="is_open_to_reader",
    )


def _extensions() -> ArraySubquery:
    asked = Extension.objects.filter(clock__appeal=OuterRef("pk"), clock__met_on=None, clock__cancelled_on=None)
    return told(asked.filter(decided_on=None), until="until", reason="reason")


def _holds() -> ArraySubquery:
    return told(Hold.objects.filter(appeal=OuterRef("pk")), held_on="held_on", resumed_on="resumed_on")


def _notice(line: dict[str, Any]) -> NoticeLine:
    dated = typed(line, datetime, "owed_at", "delivered_at", "bounced_at")
    return NoticeLine(**dated | {"officer": line["officer"] or ""})


def _breach(line: dict[str, Any]) -> BreachLine:
    dated = typed(line, date, "due_on", "detected_on", "annulled_on")
    return BreachLine(**dated | {"officer": line["officer"] or ""})
