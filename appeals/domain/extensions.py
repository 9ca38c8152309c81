"""The term for the answer is extended: asked for before it is over, decided by the head, told at once (Art. 76(3))."""

from datetime import date, datetime
from typing import cast

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.domain.calendar import calendar
from agencies.enums import Role
from agencies.models import Officer
from appeals.domain import clocks, notices, terms
from appeals.domain.history import record
from appeals.domain.terms import local_date
from appeals.enums import ClockKind, DueCause, EventKind, NoticeKind
from appeals.errors import InvalidIntake
from appeals.models import Appeal, Clock, Extension
from appeals.rules import insist, refusal_to_ask_extension, refusal_to_extend, refusal_to_refuse_extension
from appeals.rules.waiting import refusal_of_last_day


@transaction.atomic
def ask_extension(appeal: Appeal, *, until: date, reason: str, by: Officer, at: datetime) -> Extension:
    """Ask the head, or deputies where there is none, to let the term for the answer end on `until`.

    Until one of them decides nothing moves.
    """
    appeal = Appeal.objects.locked(appeal)
    on, reply = local_date(at, appeal.agency), clocks.reply_clock(appeal)
    insist(refusal_to_ask_extension(by, appeal, reply, on=on, asked=asked_for(reply) is not None))
    extension = _asked(cast(Clock, reply), until, reason, by=by, at=at)
    record(appeal, EventKind.EXTENSION_ASKED, by=by, at=at, text=reason, until=until.isoformat())
    here = Officer.objects.in_office(on).filter(agency=appeal.agency)
    heads = here.filter(role=Role.HEAD) or here.filter(role=Role.DEPUTY)
    notices.owe_all(
        notices.to_officer(appeal, NoticeKind.EXTENSION_ASKED, head, at=at, about=extension.pk) for head in heads
    )
    return extension


@transaction.atomic
def extend(appeal: Appeal, *, until: date, reason: str, by: Officer, at: datetime) -> Appeal:
    """Let the term for the answer end on `until`, with the reason the applicant reads; the head decides.

    What an officer had asked for is decided by it, too. The applicant is told; that has a term of its own.
    """
    appeal = Appeal.objects.locked(appeal)
    on, running = local_date(at, appeal.agency), clocks.reply_clock(appeal)
    insist(refusal_to_extend(by, appeal, running, on=on))
    reply, extension = cast(Clock, running), asked_for(running)
    if extension:
        _check(reply, until, reason, on)
        extension.until, extension.reason = until, reason
    else:
        extension = _asked(reply, until, reason, by=by, at=at)
    _decide(extension, by=by, on=on, granted=True)
    days, was = calendar(), reply.due_on
    clocks.set_due(reply, days.rolled(until), DueCause.EXTENDED, on=on)
    if not appeal.applicant.is_unreachable:
        clocks.start_one(appeal, ClockKind.EXTENSION_NOTICE, on=on, calendar=days)
    told = {"was": was.isoformat(), "became": reply.due_on.isoformat()}
    record(appeal, EventKind.EXTENDED, by=by, at=at, text=reason, **told)
    notices.owe(appeal, NoticeKind.EXTENDED, at=at, about=extension.pk)
    return appeal


@transaction.atomic
def refuse_extension(appeal: Appeal, *, reason: str, by: Officer, at: datetime) -> Appeal:
    """Turn down the extension asked for; the term stays as it is."""
    appeal = Appeal.objects.locked(appeal)
    asked = asked_for(clocks.reply_clock(appeal))
    insist(refusal_to_refuse_extension(by, appeal, asked=asked is not None))
    extension = cast(Extension, asked)
    if not reason.strip():
        raise InvalidIntake(_("Say why the extension is refused."), field="reason")
    _decide(extension, by=by, on=local_date(at, appeal.agency), granted=False)
    record(appeal, EventKind.EXTENSION_REFUSED, by=by, at=at, text=reason, until=extension.until.isoformat())
    return appeal


def asked_for(reply: Clock | None) -> Extension | None:
    """The extension of `reply` that awaits a decision."""
    return reply.extensions.filter(decided_on=None).first() if reply else None


def latest(reply: Clock, on: date) -> date:
    """The furthest last day when decided on `on`; what was extended before counts from the first decision."""
    first = reply.changes.filter(cause=DueCause.EXTENDED).order_by("pk").first()
    was, decided_on = (first.was, first.on) if first else (reply.due_on, on)
    return terms.latest_extension(reply.term, was, decided_on=decided_on)


def _asked(reply: Clock, until: date, reason: str, *, by: Officer, at: datetime) -> Extension:
    _check(reply, until, reason, local_date(at, reply.agency))
    return Extension.objects.create(clock=reply, until=until, reason=reason, asked_by=by, asked_at=at)


def _check(reply: Clock, until: date, reason: str, on: date) -> None:
    if not reason.strip():
        raise InvalidIntake(_("Say why the term is extended; the applicant will read it."), field="reason")
    if refusal := refusal_of_last_day(until, reply, latest=latest(reply, on)):
        raise InvalidIntake(refusal, field="until")


def _decide(extension: Extension, *, by: Officer, on: date, granted: bool) -> None:
    extension.decided_by, extension.decided_on, extension.is_granted = by, on, granted
    extension.save()
