"""Colleagues give their part of an answer within the body; who is named first leads (Art. 46(3)). Never official."""

from datetime import date, datetime
from typing import cast

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.domain.calendar import calendar
from agencies.domain.working_days import WorkingCalendar
from agencies.models import Officer
from appeals.domain import clocks, notices, terms
from appeals.domain.history import record
from appeals.domain.terms import local_date
from appeals.enums import ClockKind, EventKind, NoticeKind
from appeals.errors import InvalidIntake
from appeals.models import Appeal, Clock, CoExecution
from appeals.rules import insist, refusal_to_answer_as_co_executor, refusal_to_ask_co_executor


@transaction.atomic
def ask_co_executor(appeal: Appeal, *, to: Officer, question: str, days: int, by: Officer, at: datetime) -> Appeal:
    """Ask the officer `to` of the same body for her part of the answer, within `days` working days.

    That is no longer than the term of law, and not past the last day for the answer itself. The
    applicant is told nothing of it.
    """
    appeal = Appeal.objects.locked(appeal)
    on = local_date(at, appeal.agency)
    insist(refusal_to_ask_co_executor(by, appeal, to, on=on))
    if clocks.running_one(appeal, ClockKind.CO_EXECUTOR, officer=to):
        raise InvalidIntake(_("This officer is already asked."), field="to")
    if not question.strip():
        raise InvalidIntake(_("Say what is asked."), field="question")
    known = calendar()
    until = _last_day(appeal, days, on, known)
    clock = cast(
        Clock, clocks.start_one(appeal, ClockKind.CO_EXECUTOR, on=on, calendar=known, due_on=until, officer=to)
    )
    CoExecution.objects.create(appeal=appeal, clock=clock, officer=to, asked_by=by, question=question)
    record(appeal, EventKind.CO_EXECUTOR_ASKED, by=by, at=at, text=question, officer=to.pk, until=until.isoformat())
    notices.owe_all([notices.to_officer(appeal, NoticeKind.CO_EXECUTOR_ASKED, to, at=at, about=clock.pk)])
    return appeal


@transaction.atomic
def answer_as_co_executor(appeal: Appeal, *, answer: str, by: Officer, at: datetime) -> Appeal:
    """Give one's part of the answer. Late, an internal breach stays."""
    appeal = Appeal.objects.locked(appeal)
    asked = clocks.running_one(appeal, ClockKind.CO_EXECUTOR, officer=by)
    insist(refusal_to_answer_as_co_executor(by, appeal, asked))
    if not answer.strip():
        raise InvalidIntake(_("Write your part of the answer."), field="answer")
    clock = cast(Clock, asked)
    clocks.meet_one(clock, on=local_date(at, appeal.agency), at=at)
    CoExecution.objects.filter(clock=clock).update(answer=answer, answered_at=at)
    record(appeal, EventKind.CO_EXECUTOR_ANSWERED, by=by, at=at, text=answer, officer=by.pk)
    return appeal


def _last_day(appeal: Appeal, days: int, on: date, known: WorkingCalendar) -> date:
    """The colleague's last day; refuses less than a day, and more than law or the answer leave room for."""
    term, reply = terms.chosen(terms.in_force(on), ClockKind.CO_EXECUTOR, appeal), clocks.reply_clock(appeal)
    if not 1 <= days <= term.length:
        raise InvalidIntake(_("Give between 1 and %(n)s working days.") % {"n": term.length}, field="days")
    until = known.after(on, days)
    if reply and until > reply.due_on:
        raise InvalidIntake(_("That is later than the last day for the answer itself."), field="days")
    return until
