"""The register of terms follows the law: from a day ahead, never backwards, without a gap.

Each change is foreseen by a read, which refuses what cannot be and tells what would happen; the
verb beside it asks the same under a lock and does it. Clocks that run keep the row they started
under. Who changed the register is written where the verb is called: a term belongs to no case.
"""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from agencies.domain.calendar import calendar
from agencies.domain.wording import long_date
from agencies.domain.working_days import ONE_DAY
from agencies.errors import OutsideCalendar
from agencies.models import User
from appeals.domain.terms import due_on, found_for
from appeals.enums import OPEN, ClockKind, Kind
from appeals.errors import InvalidTerm
from appeals.models import Clock, SpecialType, Term
from appeals.models.clock import ClockQuerySet
from appeals.rules import insist
from appeals.rules.register import refusal_to_amend

WORDING = (
    "length",
    "unit",
    "first_day_counts",
    "rolls",
    "extension_cap",
    "extension_unit",
    "extension_from",
    "stops_for_correction",
    "basis",
    "verified",
    "note",
)
NO_EXTENSION: Mapping[str, Any] = {"extension_cap": None, "extension_unit": "", "extension_from": ""}
# without a term for one of these an appeal can be neither registered, handed on nor held
NEVER_WITHOUT = (
    ClockKind.REGISTRATION,
    ClockKind.FORWARDING,
    ClockKind.PASSING_UP,
    ClockKind.REPLY,
    ClockKind.CORRECTION,
)


@dataclass(frozen=True)
class Amendment:
    """A change of the register: the row that ends, the one that begins, and the open appeals it meets.

    `running` of those have a clock under the row that ends, and keep it; `early` of those clocks start
    on the day of the change or later, because the appeal came after hours.
    """

    ended: Term | None
    begun: Term | None
    running: int
    early: int


def amendment(term: Term, *, valid_from: date, on: date, **changes: Any) -> Amendment:
    """What it would mean to let `term` read otherwise from `valid_from`; nothing is saved.

    Raises `InvalidTerm`, as all here do, with the field and a sentence: on a day not after today,
    `on`, on one the row does not reach or has not reached or the working calendar does not, or when nothing changes.
    """
    _insist_ahead(valid_from, on)
    ended, begun = _parted(term, valid_from, on)
    for name, value in changes.items():
        setattr(begun, name, value)
    if not differences(term, begun):
        raise InvalidTerm(_("Nothing changes: the new wording is the same as the present one."))
    _insist_whole(begun)
    _insist_countable(begun, valid_from)
    return Amendment(ended, begun, *_met(Clock.objects.filter(term=term), valid_from))


def differences(one: Term, other: Term) -> list[str]:
    """In which columns their wordings differ."""
    return [name for name in WORDING if getattr(one, name) != getattr(other, name)]


@transaction.atomic
def amend(term: Term, *, valid_from: date, by: User | None, on: date, **changes: Any) -> Amendment:
    """Let `term` read otherwise from `valid_from`: it ends the day before, a row with `changes` follows it.

    Nobody as `by` means the operator at the console.
    """
    insist(refusal_to_amend(by))
    return _done(amendment(_locked(term), valid_from=valid_from, on=on, **changes))


def introduction(*, clock: str, kind: str, special_type: str, valid_from: date, on: date, **values: Any) -> Amendment:
    """What it would mean to enter a term that the register does not have on `valid_from`; nothing is saved."""
    _insist_ahead(valid_from, on)
    begun = Term(clock=clock, kind=kind, special_type=special_type, valid_from=valid_from, **values)
    _insist_known(begun)
    if _same(begun).exclude(valid_to__lt=valid_from).exists():
        raise InvalidTerm(_("There is such a term already; amend that one."), "clock")
    _insist_whole(begun)
    _insist_countable(begun, valid_from)
    met = Clock.objects.filter(kind=clock)
    met = met.filter(appeal__kind=kind) if kind else met
    met = met.filter(appeal__special_type=special_type) if special_type else met
    return Amendment(None, begun, *_met(met, valid_from))


@transaction.atomic
def introduce(
    *, clock: str, kind: str, special_type: str, valid_from: date, by: User | None, on: date, **values: Any
) -> Amendment:
    """Enter a term of its own for a clock, a kind or a special type, from `valid_from` on."""
    insist(refusal_to_amend(by))
    told = introduction(clock=clock, kind=kind, special_type=special_type, valid_from=valid_from, on=on, **values)
    return _done(told)


def ending(term: Term, *, last_day: date, on: date) -> Amendment:
    """What it would mean to end `term` with `last_day`; nothing is saved.

    Only where a more general term takes over, or where there may be none.
    """
    ended = copy(term)
    if last_day < on:
        raise InvalidTerm(
            _("The last day cannot lie before today: the register is never changed backwards."), "valid_to"
        )
    _insist_within_calendar(last_day, "valid_to")
    if term.valid_to is not None and last_day >= term.valid_to:
        raise InvalidTerm(_("This wording ends on %(day)s anyway.") % {"day": long_date(term.valid_to)}, "valid_to")
    if term.valid_from and last_day < term.valid_from:
        told = _("This wording is in force from %(day)s only; choose a later day.")
        raise InvalidTerm(told % {"day": long_date(term.valid_from)}, "valid_to")
    if term.clock in NEVER_WITHOUT and not _is_covered(term, last_day + ONE_DAY):
        told = _("No other term would take over; the law cannot be without one. Amend this term instead.")
        raise InvalidTerm(told, "valid_to")
    ended.valid_to = last_day
    return Amendment(ended, None, *_met(Clock.objects.filter(term=term), last_day + ONE_DAY))


@transaction.atomic
def end_term(term: Term, *, last_day: date, by: User | None, on: date) -> Amendment:
    """End `term` with `last_day`; from the next day the more general term is chosen, or none runs."""
    insist(refusal_to_amend(by))
    return _done(ending(_locked(term), last_day=last_day, on=on))


def _locked(term: Term) -> Term:
    return Term.objects.select_for_update().get(pk=term.pk)


def _same(term: Term) -> QuerySet[Term]:
    return Term.objects.filter(clock=term.clock, kind=term.kind, special_type=term.special_type)


def _parted(term: Term, valid_from: date, on: date) -> tuple[Term | None, Term]:
    """`term` up to the day before `valid_from`, and its copy from then on; together as long as it was.

    One entered ahead under which nothing has started yet is written anew as a whole.
    """
    ended, begun = copy(term), copy(term)
    if term.valid_to is not None and term.valid_to <= on:
        raise InvalidTerm(_("This wording ended on %(day)s.") % {"day": long_date(term.valid_to)}, "valid_from")
    if term.valid_from == valid_from and not term.clocks.exists():
        return None, begun
    if term.valid_from and valid_from <= term.valid_from:
        told = _("This wording is in force from %(day)s only; choose a later day.")
        raise InvalidTerm(told % {"day": long_date(term.valid_from)}, "valid_from")
    begun.pk, begun.valid_from = None, valid_from
    if term.valid_to is not None and valid_from > term.valid_to:
        _insist_next(term, term.valid_to, valid_from)
        begun.valid_to = None
    else:
        ended.valid_to = valid_from - ONE_DAY
    return ended, begun


def _done(told: Amendment) -> Amendment:
    """Save both rows; what the constraints of the database refuse is said in their own words."""
    try:
        with transaction.atomic():
            if told.ended:
                told.ended.validate_constraints()
                told.ended.save(update_fields=["valid_to"])
            if told.begun:
                told.begun.validate_constraints()
                told.begun.save()
    except ValidationError as fault:
        raise InvalidTerm(" ".join(fault.messages), "valid_from") from fault
    except IntegrityError as fault:
        raise InvalidTerm(_("Somebody else is changing this term. Look again."), "valid_from") from fault
    return told


def _met(clocks: ClockQuerySet, valid_from: date) -> tuple[int, int]:
    """How many open appeals have such a clock running, and in how many it starts on `valid_from` or later."""
    open_ones = clocks.running().filter(appeal__status__in=OPEN)
    early = open_ones.filter(starts_on__gte=valid_from)
    return open_ones.values("appeal").distinct().count(), early.values("appeal").distinct().count()


def _is_covered(term: Term, day: date) -> bool:
    """Whether from `day` on, as long as `term` was to last, more general terms follow without a hole."""
    kinds = [term.kind] if term.kind else [kind for kind in Kind if not _only_for_complaints(term, kind)]
    others = list(Term.objects.filter(clock=term.clock).exclude(pk=term.pk))
    while True:
        alive = [row for row in others if row.is_alive(day)]
        found = [found_for(alive, ClockKind(term.clock), kind=kind, special_type=term.special_type) for kind in kinds]
        if None in found:
            return False
        ends = [row.valid_to for row in found if row and row.valid_to]
        if not ends or (term.valid_to and min(ends) >= term.valid_to):
            return True
        day = min(ends) + ONE_DAY


def _only_for_complaints(term: Term, kind: Kind) -> bool:
    return term.clock == ClockKind.PASSING_UP and kind != Kind.COMPLAINT


def _insist_ahead(valid_from: date, on: date) -> None:
    if valid_from <= on:
        told = _("Choose a day after today: the register is changed ahead of time, never backwards.")
        raise InvalidTerm(told, "valid_from")


def _insist_countable(term: Term, valid_from: date) -> None:
    """The working calendar reaches to the last day of an appeal registered when `term` comes into force."""
    _insist_within_calendar(valid_from, "valid_from")
    try:
        due_on(term, valid_from, calendar())
    except OutsideCalendar as fault:
        raise InvalidTerm(str(fault), "length") from fault


def _insist_within_calendar(day: date, field: str) -> None:
    try:
        calendar().is_working(day)
    except OutsideCalendar as fault:
        raise InvalidTerm(str(fault), field) from fault


def _insist_next(term: Term, last_day: date, valid_from: date) -> None:
    """A wording after the last day of `term` is the next one, and follows at once."""
    later = _same(term).filter(valid_from__gt=last_day).order_by("valid_from").first()
    if later is not None:
        told = _("From %(day)s another wording is already entered; amend that one.")
        raise InvalidTerm(told % {"day": long_date(cast(date, later.valid_from))}, "valid_from")
    if valid_from > last_day + ONE_DAY:
        told = _(
            "This wording ends on %(day)s; the next one begins the day after, or there would be days without a term."
        )
        raise InvalidTerm(told % {"day": long_date(last_day)}, "valid_from")


def _insist_known(term: Term) -> None:
    """The special type exists, and is of the kind."""
    if not term.special_type:
        return
    special = SpecialType.objects.filter(code=term.special_type).first()
    if special is None:
        raise InvalidTerm(_("There is no such special type; enter it first."), "special_type")
    if special.kind != term.kind:
        told = _("This special type belongs to another kind: %(kind)s.") % {"kind": special.get_kind_display()}
        raise InvalidTerm(told, "special_type")


def _insist_whole(term: Term) -> None:
    """What the columns themselves ask, then what makes a term one."""
    try:
        term.clean_fields()
    except ValidationError as fault:
        field, messages = next(iter(fault.message_dict.items()))
        raise InvalidTerm(" ".join(messages), "" if field == NON_FIELD_ERRORS else field) from fault
    if not term.length and term.clock != ClockKind.REGISTRATION:
        raise InvalidTerm(_("A term has at least one day; only registration is due on the day itself."), "length")
    if not term.length and term.first_day_counts:
        raise InvalidTerm(_("A term of no days has no first day that could count."), "first_day_counts")
    given = {name: getattr(term, name) for name in NO_EXTENSION}
    if any(value not in (None, "") for value in given.values()) and not all(given.values()):
        missing = next(name for name in NO_EXTENSION if not given[name])
        told = _("A longest extension has a length, a unit and a day it is counted from.")
        raise InvalidTerm(told, missing)
