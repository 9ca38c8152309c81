"""The applicant is heard before an adverse answer: notice, objection, protocol, or why none is needed (Art. 73, 74)."""

from datetime import date, datetime
from typing import Protocol, cast

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.domain.calendar import calendar
from agencies.domain.working_days import WorkingCalendar
from agencies.models import Officer
from appeals.domain import arrays, clocks, notices, terms
from appeals.domain.history import record
from appeals.domain.terms import local_date
from appeals.enums import ClockKind, EventKind, HearingWay, NoticeKind, WaiverGround
from appeals.errors import InvalidIntake
from appeals.models import Appeal, Hearing, Term
from appeals.rules import (
    HearingOwed,
    insist,
    refusal_to_notify_hearing,
    refusal_to_object,
    refusal_to_record_hearing,
    refusal_to_waive_hearing,
)


class Recorded(Protocol):
    """A hearing, or what a page was told of one."""

    @property
    def notified_on(self) -> date | None: ...

    @property
    def objected_on(self) -> date | None: ...

    @property
    def held_on(self) -> date | None: ...


@transaction.atomic
def notify_hearing(appeal: Appeal, *, decision: str, way: HearingWay, by: Officer, at: datetime) -> Appeal:
    """Make the preliminary `decision` known to the applicant, who can object within two working days.

    An adverse answer can be signed from the third working day on. A later notice replaces an earlier one;
    the same again on the same day, a form sent twice, is refused.
    """
    appeal = Appeal.objects.locked(appeal)
    on = local_date(at, appeal.agency)
    insist(refusal_to_notify_hearing(by, appeal, is_needed=is_needed(appeal, on=on)))
    if not decision.strip():
        raise InvalidIntake(_("Write the preliminary decision; the applicant will read it."), field="decision")
    last = latest(appeal)
    if last and (last.notified_on, last.decision, last.way) == (on, decision, way):
        raise InvalidIntake(_("This preliminary decision was already made known today."), field="decision")
    Hearing.objects.create(appeal=appeal, agency=appeal.agency, by=by, notified_on=on, decision=decision, way=way)
    clocks.cancel(appeal, [ClockKind.OBJECTION], on=on, at=at)
    clocks.start_one(appeal, ClockKind.OBJECTION, on=on, calendar=calendar())
    record(appeal, EventKind.HEARING_NOTIFIED, by=by, at=at, text=decision, way=way)
    notices.owe(appeal, NoticeKind.HEARING, at=at, about=appeal.hearings.count())
    return appeal


@transaction.atomic
def object_(appeal: Appeal, *, text: str, at: datetime, by: Officer | None = None) -> Appeal:
    """Take what the applicant says to the preliminary decision, from her or from `by` to whom it was said.

    After the two days as well, as long as nothing is signed; the history says that it came late.
    """
    appeal = Appeal.objects.locked(appeal)
    hearing = latest(appeal)
    insist(refusal_to_object(by, appeal, is_awaited=can_be_objected_to(hearing)))
    if not text.strip():
        raise InvalidIntake(_("Write the objection."), field="text")
    on, known = local_date(at, appeal.agency), cast(Hearing, hearing)
    known.objection, known.objected_on = text, on
    known.save(update_fields=["objection", "objected_on"])
    term = appeal.clocks.filter(kind=ClockKind.OBJECTION).order_by("pk").last()
    clocks.meet(appeal, [ClockKind.OBJECTION], on=on, at=at)
    record(appeal, EventKind.OBJECTED, by=by, at=at, text=text, is_late=term is not None and on > term.due_on)
    return appeal


@transaction.atomic
def record_hearing(appeal: Appeal, *, held_on: date, protocol: str, by: Officer, at: datetime) -> Appeal:
    """Put on record that the applicant was heard on `held_on`; an oral hearing has a protocol (Art. 74)."""
    appeal = Appeal.objects.locked(appeal)
    hearing = latest(appeal)
    insist(refusal_to_record_hearing(by, appeal, is_awaited=can_be_recorded(hearing)))
    known = cast(Hearing, hearing)
    if held_on < cast(date, known.notified_on):
        raise InvalidIntake(_("A hearing cannot be held before it was made known."), field="held_on")
    if held_on > local_date(at, appeal.agency):
        raise InvalidIntake(_("The day of the hearing lies in the future."), field="held_on")
    if known.way != HearingWay.WRITTEN and not protocol.strip():
        raise InvalidIntake(_("An oral hearing has a protocol: write what was said."), field="protocol")
    known.held_on, known.protocol = held_on, protocol.strip()
    known.save(update_fields=["held_on", "protocol"])
    record(appeal, EventKind.HEARING_HELD, by=by, at=at, text=known.protocol, held_on=held_on.isoformat())
    return appeal


@transaction.atomic
def waive_hearing(appeal: Appeal, *, ground: WaiverGround, reason: str, by: Officer, at: datetime) -> Appeal:
    """Put on record why an adverse answer needs no hearing (Art. 73(2)); the applicant reads the reason."""
    appeal = Appeal.objects.locked(appeal)
    on = local_date(at, appeal.agency)
    insist(refusal_to_waive_hearing(by, appeal, is_needed=is_needed(appeal, on=on)))
    if not reason.strip():
        raise InvalidIntake(_("Give the reason; the applicant will read it."), field="reason")
    last = latest(appeal)
    if last and (last.ground, last.reason) == (ground, reason):
        raise InvalidIntake(_("This is already on record."), field="reason")
    Hearing.objects.create(appeal=appeal, agency=appeal.agency, by=by, ground=ground, reason=reason)
    clocks.cancel(appeal, [ClockKind.OBJECTION], on=on, at=at)
    record(appeal, EventKind.HEARING_WAIVED, by=by, at=at, text=reason, waiver=ground)
    return appeal


def latest(appeal: Appeal) -> Hearing | None:
    """The last word of the holder on a hearing; another body's counts for nothing."""
    return appeal.hearings.filter(agency=appeal.agency_id).order_by("pk").last()


def owed(appeal: Appeal, *, on: date) -> HearingOwed | None:
    """What the law of the local date `on` still asks for before an adverse answer; none where nothing.

    One query, and the calendar once a preliminary decision was made known.
    """
    beside = Appeal.objects.annotate(told=arrays.told_hearings(), told_terms=arrays.told_hearing_terms())
    known = beside.get(pk=appeal.pk)
    held = [line for line in arrays.hearing_lines(known.told) if line.agency_id == appeal.agency_id]
    hearing, rows = held[-1] if held else None, arrays.hearing_terms(known.told_terms)
    term = _term([row for row in rows if row.is_alive(on)], appeal)
    return still_owed(term, hearing, calendar() if term and hearing and hearing.notified_on else None)


def still_owed(term: Term | None, hearing: Recorded | None, days: WorkingCalendar | None) -> HearingOwed | None:
    """The same from what is known: the term of law, the holder's latest hearing, and the calendar to count by."""
    if term is None or (hearing is not None and hearing.notified_on is None):
        return None
    if hearing is None or hearing.notified_on is None or days is None:
        return HearingOwed()
    return HearingOwed(terms.due_on(term, hearing.notified_on, days))


def is_needed(appeal: Appeal, *, on: date) -> bool:
    """Whether the law of the local date `on` asks for a hearing before an adverse answer to `appeal`."""
    return _term(terms.in_force(on), appeal) is not None


def can_be_objected_to(hearing: Recorded | None) -> bool:
    return hearing is not None and hearing.notified_on is not None and hearing.objected_on is None


def can_be_recorded(hearing: Recorded | None) -> bool:
    return hearing is not None and hearing.notified_on is not None and hearing.held_on is None


def _term(rows: list[Term], appeal: Appeal) -> Term | None:
    return terms.found_for(rows, ClockKind.HEARING, kind=appeal.kind, special_type=appeal.special_type)
