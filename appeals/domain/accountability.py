"""Answering for a broken term: the body explains and punishes, the oversight judges, and annuls with a reason.

Closed appeals and those with another body by now included: a breach stays with the body that was late.
"""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import Officer
from appeals.domain import clocks
from appeals.domain.history import record
from appeals.domain.statistics.counting import count_all, counted_breach
from appeals.domain.terms import local_date
from appeals.enums import PENALTIES, BreachCause, EventKind, MeasureKind, Verdict
from appeals.errors import InvalidIntake
from appeals.models import Appeal, Breach, BreachAnnulment, BreachExplanation, BreachMeasure, BreachReview
from appeals.rules import (
    insist,
    refusal_to_annul_breach,
    refusal_to_explain_breach,
    refusal_to_review_breach,
    refusal_to_take_measure,
)


@transaction.atomic
def explain_breach(breach: Breach, *, cause: BreachCause, text: str, by: Officer, at: datetime) -> Breach:
    """Put on record what led to `breach`, as its body sees it. A later one is added, none is replaced or repeated.

    It is counted under its cause from now on, on the day it was noted.
    """
    breach = _locked(breach)
    insist(refusal_to_explain_breach(by, breach))
    if not text.strip():
        raise InvalidIntake(_("Write what led to the breach."), field="text")
    last = breach.explanations.order_by("pk").last()
    if last and (last.cause, last.text) == (cause, text):
        raise InvalidIntake(_("This is already on record."), field="text")
    BreachExplanation.objects.create(breach=breach, cause=cause, text=text, by=by, at=at)
    was_counted, breach.cause = counted_breach(breach, n=-1), cause
    breach.save(update_fields=["cause"])
    count_all([was_counted, counted_breach(breach)])
    record(breach.appeal, EventKind.BREACH_EXPLAINED, by=by, at=at, text=text, cause=cause, **_named(breach))
    return breach


@transaction.atomic
def review_breach(breach: Breach, *, verdict: Verdict, text: str, by: Officer, at: datetime) -> Breach:
    """Put on record what the oversight makes of the last explanation of `breach`, once in the same words.

    `text` may be empty.
    """
    breach = _locked(breach)
    insist(refusal_to_review_breach(by, breach))
    explained, last = breach.explanations.order_by("pk").last(), breach.reviews.order_by("pk").last()
    if explained and last and last.at >= explained.at and (last.verdict, last.text) == (verdict, text):
        raise InvalidIntake(_("This is already on record."), field="text")
    BreachReview.objects.create(breach=breach, verdict=verdict, text=text, by=by, at=at)
    record(breach.appeal, EventKind.BREACH_REVIEWED, by=by, at=at, text=text, verdict=verdict, **_named(breach))
    return breach


@transaction.atomic
def take_measure(
    breach: Breach,
    *,
    kind: MeasureKind,
    officer: Officer | None,
    taken_on: date,
    order_number: str,
    by: Officer,
    at: datetime,
) -> Breach:
    """Put on record what was done about `breach`, to whom of its body, by which order; several, but none twice.

    A penalty has its order. Nothing is done before the term ran out, nor after today.
    """
    breach = _locked(breach)
    insist(refusal_to_take_measure(by, breach))
    _check(breach, kind, officer, taken_on, order_number, on=local_date(at, breach.agency))
    BreachMeasure.objects.create(
        breach=breach, kind=kind, officer=officer, taken_on=taken_on, order_number=order_number, by=by, at=at
    )
    told = {"measure": kind, "taken_on": taken_on.isoformat(), **_named(breach)}
    if officer:
        told["officer"] = officer.pk
    record(breach.appeal, EventKind.MEASURE_TAKEN, by=by, at=at, text=order_number, **told)
    return breach


@transaction.atomic
def annul_breach(breach: Breach, *, reason: str, by: Officer, at: datetime) -> Breach:
    """Take `breach` off the count, for a reason, once; it stays on record. Nobody is written to.

    What its term asks for is owed as before, but is no longer late. That silence counts as a refusal (Art. 91(2))
    is the applicant's right, and no annulment takes it from her.
    """
    breach = _locked(breach)
    insist(refusal_to_annul_breach(by, breach))
    if not reason.strip():
        raise InvalidIntake(_("Say why the breach is annulled; the applicant will read it."), field="reason")
    annul(breach, reason, by=by, at=at)
    return breach


def annul(breach: Breach, reason: str, *, by: Officer | None = None, at: datetime) -> None:
    """Annul the standing `breach` of a locked appeal; `by` is nobody where a change of the calendar undoes it.

    The count is taken back on the day the breach was noted, so that a rebuilding gives the same figures.
    """
    breach.annulled_on = local_date(at, breach.agency)
    breach.save(update_fields=["annulled_on"])
    clocks.excuse(breach, on=breach.annulled_on)
    BreachAnnulment.objects.create(breach=breach, reason=reason, by=by, at=at)
    record(breach.appeal, EventKind.BREACH_ANNULLED, by=by, at=at, text=reason, **_named(breach))
    count_all([counted_breach(breach, n=-1)])


def _locked(breach: Breach) -> Breach:
    """`breach` as it stands now; with its appeal locked, nobody else changes it."""
    appeal = Appeal.objects.locked(breach.appeal)
    fresh = Breach.objects.select_related("agency").get(pk=breach.pk)
    fresh.appeal = appeal
    return fresh


def _named(breach: Breach) -> dict[str, Any]:
    """Which breach, for its line of history."""
    return {"breach": breach.pk, "clock": breach.kind, "agency": breach.agency.code}


def _check(
    breach: Breach, kind: MeasureKind, officer: Officer | None, taken_on: date, order_number: str, *, on: date
) -> None:
    if kind in PENALTIES and not order_number.strip():
        raise InvalidIntake(_("A penalty is imposed by an order: give its number."), field="order_number")
    if taken_on > on:
        raise InvalidIntake(_("The order cannot be of a day to come."), field="taken_on")
    if taken_on <= breach.due_on:
        raise InvalidIntake(_("On this day the term had not run out yet."), field="taken_on")
    if breach.measures.filter(kind=kind, officer=officer, taken_on=taken_on, order_number=order_number).exists():
        raise InvalidIntake(_("This is already on record."), field="order_number")
    if officer and officer.agency_id != breach.agency_id:
        raise InvalidIntake(_("Choose somebody of the body whose term was broken."), field="officer")
