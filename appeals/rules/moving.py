"""An appeal taken back, struck off, classed anew, its applicant reached another way: why not."""

from datetime import date

from django.utils.translation import gettext as _

from agencies.domain.wording import long_date
from agencies.enums import Role
from agencies.models import Officer
from appeals.models import Appeal
from appeals.rules.holder import (
    LEADING,
    RECEIVING,
    SIGNING,
    is_complained_of,
    refusal_unless_hers,
    refusal_unless_holding,
    refusal_while_held,
)


def refusal_to_withdraw(officer: Officer | None, appeal: Appeal) -> str:
    """Why `appeal` cannot be taken back (Art. 64(9)) by its applicant, or for her by `officer` of any holder."""
    if officer is None:
        return "" if appeal.is_open else _("The appeal is closed.")
    return refusal_unless_holding(officer, appeal, (*RECEIVING, Role.EXECUTOR)) or refusal_unless_hers(officer, appeal)


def refusal_to_strike_off(officer: Officer, appeal: Appeal, *, entered_on: date, on: date) -> str:
    """Why `officer` may not end `appeal`, entered on the local date `entered_on`, as registered by mistake.

    Head or deputy; the registrar her own slip, on the same day. The body complained of would judge in its own case.
    """
    if refusal := refusal_unless_holding(officer, appeal, (Role.REGISTRAR, *SIGNING)) or _refusal_of_own_case(appeal):
        return refusal
    if officer.role in SIGNING:
        return ""
    if appeal.coupon.accepted_by_id != officer.pk:
        return _("A registrar strikes off only what she registered herself; else the head or a deputy does.")
    if on != entered_on:
        return _("A registrar strikes off only on the day of registration; later the head or a deputy does.")
    return ""


def refusal_to_reclassify(officer: Officer, appeal: Appeal, *, is_stale: bool = False) -> str:
    """Why `officer` may not correct what `appeal` is and is about: the body complained of may not talk it away.

    `is_stale`: it was corrected since she looked, and what she asks for would take that back unseen.
    """
    if refusal := refusal_unless_holding(officer, appeal, (Role.REGISTRAR, Role.EXECUTOR, *LEADING)):
        return refusal
    if refusal := refusal_unless_hers(officer, appeal) or _refusal_of_own_case(appeal):
        return refusal
    return _("This appeal was corrected after you opened it. Open it again.") if is_stale else ""


def refusal_of_new_kind(appeal: Appeal, *, is_extended: bool, is_asked: bool) -> str:
    """Why kind, special type and body complained of cannot change now; topic and region still can.

    `is_extended`: the term for the answer was extended; `is_asked`: an extension awaits a decision.
    """
    if is_extended:
        return _("The term was extended; kind and special type can no longer change. Topic and region can.")
    if is_asked:
        return _("An extension of the term is asked for. Let it be decided first.")
    return refusal_while_held(appeal)


def refusal_of_longer_term(officer: Officer, *, was: date, becomes: date) -> str:
    """Nobody gains time by a new kind without the head or a deputy."""
    if becomes <= was or officer.role in SIGNING:
        return ""
    return _("This moves the last day from %(was)s to %(becomes)s. Only the head or a deputy may do so.") % {
        "was": long_date(was),
        "becomes": long_date(becomes),
    }


def refusal_to_correct_contacts(officer: Officer | None, appeal: Appeal) -> str:
    """Why `officer` may not correct how the applicant is reached; of a closed appeal, too: its answer must arrive.

    The applicant herself always may.
    """
    if officer is None:
        return ""
    if officer.agency_id != appeal.agency_id:
        return _("Only the body holding the appeal may do this.")
    if officer.role not in (Role.REGISTRAR, Role.EXECUTOR, *LEADING):
        return _("Your role in the body does not allow this.")
    return refusal_unless_hers(officer, appeal)


def _refusal_of_own_case(appeal: Appeal) -> str:
    if is_complained_of(appeal.agency, appeal):
        return _("The body complained of passes the complaint up to its superior.")
    return ""
