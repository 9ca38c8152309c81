"""Taking an appeal in, working it, answering and ending it: why not."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from agencies.enums import Level, Role
from agencies.models import Officer
from appeals.enums import ReturnGround, Status, TerminationGround
from appeals.models import Appeal, Clock, Reply
from appeals.rules.hearing import HearingOwed, refusal_unless_heard
from appeals.rules.holder import (
    LEADING,
    RECEIVING,
    SIGNING,
    WORKING,
    nobody_may_hear,
    refusal_unless_answering,
    refusal_unless_assigned,
    refusal_unless_holding,
    refusal_while_held,
)
from appeals.rules.urgent import refusal_while_urgent


def refusal_to_register(officer: Officer) -> str:
    """Why `officer` may not enter an appeal that came on paper, by phone or in person."""
    if officer.role not in (Role.REGISTRAR, Role.DUTY):
        return _("Only a registrar may register an appeal.")
    return ""


def refusal_to_print_coupon(officer: Officer, appeal: Appeal) -> str:
    """Why `officer` may not see the key that opens `appeal` to its applicant."""
    if appeal.coupon.accepted_by_id != officer.pk:
        return _("Only the official who registered the appeal may print its coupon.")
    return ""


def refusal_to_accept(officer: Officer, appeal: Appeal, *, accepted: bool) -> str:
    """Why `officer` may not take `appeal` as a matter of her body."""
    if refusal := refusal_unless_answering(officer, appeal, RECEIVING):
        return refusal
    if accepted:
        return _("The appeal is already accepted.")
    return ""


def refusal_to_assign(
    officer: Officer, appeal: Appeal, to: Officer | None = None, *, on: date | None = None, reply: Clock | None = None
) -> str:
    """Why `officer` may not give `appeal` to an officer at all, or to the officer `to` on the local date `on`.

    `reply`: the running clock; while it stands still for a correction nobody is given anything. Who has the
    appeal already is given it again only to go on without a correction.
    """
    if refusal := refusal_unless_answering(officer, appeal, (Role.REGISTRAR, *LEADING)):
        return refusal
    if refusal := refusal_while_held(appeal, reply):
        return refusal
    if to is None:
        return ""
    if to.agency_id != appeal.agency_id or to.role not in WORKING or not to.user.is_active:
        return _("The appeal can be assigned only to somebody who works on appeals in this body.")
    if on and not to.is_alive(on):
        return _("This officer is no longer in office.")
    if appeal.officer_id is not None and to.pk == appeal.officer_id and appeal.status != Status.ON_HOLD:
        return _("The appeal is already with this officer.")
    return ""


def refusal_to_begin_review(
    officer: Officer, appeal: Appeal, *, reply: Clock | None = None, is_lapsed: bool = False
) -> str:
    """Why `officer` may not take up the review.

    She goes on without a correction where it did not come, `is_lapsed`, or where the `reply` clock runs meanwhile.
    """
    if refusal := refusal_unless_assigned(officer, appeal):
        return refusal
    if refusal := refusal_while_held(appeal, reply):
        return refusal
    if appeal.status not in (Status.ASSIGNED, Status.ON_HOLD) and not is_lapsed:
        return _("The review has already begun.")
    return ""


def refusal_to_prepare_reply(officer: Officer, appeal: Appeal) -> str:
    """Why `officer` may not write the reply."""
    return refusal_unless_assigned(officer, appeal) or refusal_while_held(appeal)


def refusal_to_reply(
    officer: Officer,
    appeal: Appeal,
    prepared: Reply | None,
    *,
    on: date,
    hearing: HearingOwed | None,
    seen: datetime | None = None,
) -> str:
    """Why `officer` may not sign and send a reply on the local date `on`, or the wording prepared at `seen`.

    `hearing`: what the law still asks for before an adverse one, if anything.
    """
    if refusal := refusal_unless_answering(officer, appeal, SIGNING) or refusal_while_held(appeal):
        return refusal
    if prepared is None:
        return _("There is no prepared reply to sign.")
    if refusal := refusal_unless_heard(prepared.outcome, hearing, on=on):
        return refusal
    if seen and prepared.prepared_at != seen:
        return _("The reply was changed after you opened it. Read it again before you sign it.")
    return ""


def refusal_to_return(
    officer: Officer, appeal: Appeal, ground: ReturnGround | None = None, *, is_lapsed: bool = False
) -> str:
    """Why `officer` may not return `appeal` without review at all, or on `ground` (Art. 64(7)).

    `is_lapsed`: the applicant was asked for a correction, and the time for it is over.
    """
    if refusal := refusal_unless_answering(officer, appeal, SIGNING) or refusal_while_urgent(appeal):
        return refusal
    if ground == ReturnGround.NOT_CORRECTED and not is_lapsed:
        return _("Only when the applicant's time for the correction is over can the appeal be returned on this ground.")
    return ""


def refusal_to_terminate(officer: Officer, appeal: Appeal, ground: TerminationGround | None = None) -> str:
    """Why `officer` may not end the review without a decision at all, or on `ground`; head or deputy decide (Art. 88).

    A complaint that no body may hear (Art. 91(3)) ends at the Office, which says where the way leads.
    """
    is_unheard = nobody_may_hear(appeal)
    if is_unheard and appeal.agency.level == Level.PRESIDENT:
        refusal = refusal_unless_holding(officer, appeal, (Role.REGISTRAR, *SIGNING))
    else:
        refusal = refusal_unless_answering(officer, appeal, SIGNING)
    if refusal:
        return refusal
    if ground == TerminationGround.ANONYMOUS and (refusal := refusal_while_urgent(appeal)):
        return refusal
    if ground == TerminationGround.BY_MISTAKE:
        return _("What was registered by mistake is struck off, not terminated.")
    if ground == TerminationGround.NO_SUPERIOR and not is_unheard:
        return _("This ground is only for a complaint that no body hears.")
    return ""
