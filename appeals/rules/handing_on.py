"""An appeal handed on, sent back, divided, its competence left to the body above: why not (Art. 65, 91(4))."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from agencies.domain.tree import living
from agencies.enums import Level, Role
from agencies.models import Agency, Officer
from appeals.models import Appeal, Clock, Dispute
from appeals.rules.holder import (
    RECEIVING,
    SIGNING,
    is_complained_of,
    refusal_of_complaint,
    refusal_unless_holding,
    refusal_while_held,
)

MOST_FORWARDINGS = 2
MOST_RETURNS = 1
DECIDING = (Role.HEAD, Role.DEPUTY, Role.UNIT_HEAD, Role.REGISTRAR)  # who settles a competence for the body above


@dataclass(frozen=True)
class Journey:
    """How an appeal came to its holder, as far as handing it on depends on that; empty where it came first."""

    came_from: Agency | None = None
    had_by: frozenset[int] = frozenset()  # bodies that let it go
    returns: int = 0  # to a body that had it before
    is_disputed: bool = False  # the body above is asked and has not decided
    is_settled: bool = False  # the body above decided for the holder


STRAIGHT = Journey()


def refusal_to_forward(
    officer: Officer,
    appeal: Appeal,
    to: Agency | None = None,
    *,
    on: date | None = None,
    journey: Journey = STRAIGHT,
) -> str:
    """Why `officer` may not hand `appeal` over at all, or to the body `to` on the local date `on`."""
    if refusal := _refusal_to_let_go(officer, appeal):
        return refusal
    above = _refusal_without_body_above(appeal, to, journey, is_forwarding=True)
    return above or _refusal_of_receiver(appeal, to, on)


def refusal_to_send_back(
    officer: Officer, appeal: Appeal, forwarding: Clock | None, *, on: date, journey: Journey
) -> str:
    """Why `officer` may not give `appeal` back to the body it came from; `forwarding`: her body's running term for it.

    Who has taken the appeal as its own, or let the term pass, looks for the competent body itself.
    """
    if refusal := _refusal_to_let_go(officer, appeal):
        return refusal
    if journey.came_from is None:
        return _("The appeal came from no other body.")
    if refusal := _refusal_of_complaint_passed_up(appeal, journey.came_from, on):
        return refusal
    if forwarding is None:
        return _("The appeal is already accepted. Forward it, or ask the body above who answers.")
    if forwarding.due_on < on:
        return _("The time to send the appeal back is over. Forward it, or ask the body above who answers.")
    if not journey.came_from.is_alive(on):
        return _("The body it came from no longer exists. Forward the appeal to its successor.")
    return _refusal_without_body_above(appeal, journey.came_from, journey, is_forwarding=False)


def refusal_to_forward_part(
    officer: Officer, appeal: Appeal, to: Agency | None = None, *, on: date | None = None, has_part: bool = False
) -> str:
    """Why `officer` may not hand a part of `appeal` over at all, or to the body `to` on the local date `on`.

    `has_part`: an open part of the appeal is with `to` already. How often the whole was forwarded does not
    matter: her body goes on owing the answer to what it keeps.
    """
    if refusal := _refusal_to_let_go(officer, appeal):
        return refusal
    if appeal.parent_id is not None:
        return _("A part of an appeal is not divided again. Forward it whole.")
    if is_complained_of(appeal.agency, appeal):
        return _("The body complained of passes the complaint up whole.")
    if to is not None and has_part:
        return _("This body already has an open part of the appeal.")
    return _refusal_of_receiver(appeal, to, on)


def refusal_to_dispute(
    officer: Officer, appeal: Appeal, proposed: Agency | None = None, *, on: date, journey: Journey
) -> str:
    """Why `officer` may not ask the body above who answers `appeal`, naming the body `proposed` or none."""
    if refusal := _refusal_to_let_go(officer, appeal):
        return refusal
    if is_complained_of(appeal.agency, appeal):
        return _("The body complained of passes the complaint up to its superior.")
    if appeal.agency.level == Level.PRESIDENT:
        return _("No body is above the President's Office: it forwards by its own decision.")
    if journey.is_disputed:
        return _("The body above is already asked to decide.")
    if journey.is_settled:
        return _("The body above decided that your body answers this appeal.")
    if not journey.had_by:
        return _("No other body has had the appeal yet. Forward it to the competent one.")
    return _refusal_of_receiver(appeal, proposed, on)


def refusal_to_hear_disputes(officer: Officer) -> str:
    """Why `officer` may not settle competences that other bodies leave to hers."""
    return "" if officer.role in DECIDING else _("Your role in the body does not allow this.")


def refusal_to_decide(
    officer: Officer, dispute: Dispute, to: Agency | None = None, *, on: date, instead_of: Agency | None = None
) -> str:
    """Why `officer` may not decide `dispute` at all, or for the body `to` on the local date `on`.

    `instead_of`: the body that the decision she knows of names; none before the first.
    """
    appeal = dispute.appeal
    if officer.agency_id != dispute.above_id:
        return _("Only the body that was asked decides this.")
    if refusal := refusal_to_hear_disputes(officer):
        return refusal
    if not appeal.is_open:
        return _("The appeal is closed.")
    if is_complained_of(officer.agency, appeal):
        return _("The complaint is about your body or one above it: another body decides who answers.")
    if refusal := _refusal_of_what_was_settled(dispute, on, instead_of):
        return refusal
    if to is None:
        return ""
    if to == dispute.to:
        return _("This is what was decided already.")
    if to.level == Level.PRESIDENT:
        return _("The President's Office registers and forwards appeals; it does not answer them.")
    if not to.is_alive(on):
        return _("This body no longer exists.")
    return refusal_of_complaint(appeal, to, on)


def refusal_to_satisfy(officer: Officer, appeal: Appeal, passing_up: Clock | None, *, on: date) -> str:
    """Why `officer` of the body complained of may not satisfy the complaint in full herself (Art. 91(4)).

    `passing_up`: the body's running term for sending the complaint up; in this time only may it be satisfied.
    """
    if refusal := refusal_unless_holding(officer, appeal, SIGNING):
        return refusal
    if appeal.complained_of is None or living(appeal.complained_of, on) != appeal.agency:
        return _("Only the body complained of satisfies a complaint before it goes up.")
    if refusal := refusal_while_held(appeal):
        return refusal
    if passing_up is None or passing_up.due_on < on:
        return _("The three working days are over: the complaint goes up to the superior.")
    return ""


def _refusal_to_let_go(officer: Officer, appeal: Appeal) -> str:
    if refusal := refusal_unless_holding(officer, appeal, (*RECEIVING, Role.EXECUTOR)):
        return refusal
    if officer.role == Role.EXECUTOR and appeal.officer_id != officer.pk:
        return _("An executor forwards only what is assigned to her.")
    return ""


def _refusal_of_what_was_settled(dispute: Dispute, on: date, instead_of: Agency | None) -> str:
    """Why nothing is to be decided, or not by who knows of `instead_of`; a successor has what its body had."""
    if dispute.ended_on is not None:
        return _("The appeal was moved before you decided: nothing is left to decide.")
    if dispute.to is not None and dispute.to != instead_of:
        return _("Meanwhile it was decided who answers: %(body)s.") % {"body": dispute.to}
    if dispute.to is not None and dispute.to != dispute.appeal.agency and dispute.to.is_alive(on):
        return _("The appeal has gone to another body since you decided.")
    return ""


def _refusal_of_receiver(appeal: Appeal, to: Agency | None, on: date | None) -> str:
    if to is None:
        return ""
    if to.pk == appeal.agency_id:
        return _("The appeal is already with this body.")
    if to.is_head_of_state:
        return _(
            "Nobody forwards to the President: his Office takes what is addressed to him. Choose the body that answers."
        )
    if on and not to.is_alive(on):
        return _("This body no longer exists.")
    return refusal_of_complaint(appeal, to, on)


def _refusal_of_complaint_passed_up(appeal: Appeal, came_from: Agency, on: date) -> str:
    """Nothing of it goes back down; and the body complained of has another way to go."""
    if is_complained_of(appeal.agency, appeal):
        return _("The body complained of passes the complaint up to its superior.")
    return refusal_of_complaint(appeal, came_from, on)


def _refusal_without_body_above(appeal: Appeal, to: Agency | None, journey: Journey, *, is_forwarding: bool) -> str:
    """Why only the body above may move `appeal`, to the body `to` or at all.

    The law itself moves a complaint up, and what is urgent at once; above the President's Office there is nobody.
    """
    if not is_counted(appeal) or appeal.agency.level == Level.PRESIDENT:
        return ""
    if journey.is_settled:
        return _("The body above decided that your body answers this appeal.")
    if journey.is_disputed:
        return _("The body above is asked who answers. Until it decides, the appeal stays with your body.")
    if is_forwarding and appeal.hops >= MOST_FORWARDINGS:
        return _("The appeal was forwarded twice already. Only the body above can send it on: ask it who answers.")
    if to is not None and to.pk in journey.had_by and journey.returns >= MOST_RETURNS:
        return _("The appeal was returned once already. Only the body above can return it again: ask it who answers.")
    return ""


def is_counted(appeal: Appeal) -> bool:
    """Whether handing `appeal` on counts as a forwarding by competence: passing up and urgency do not."""
    return not appeal.is_urgent and not is_complained_of(appeal.agency, appeal)
