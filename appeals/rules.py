"""Who may not do what now, and why not. One answer for the verb, the page and the API; empty when allowed."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from agencies.enums import Level, Role
from agencies.models import Agency, Officer
from appeals.enums import Status
from appeals.errors import Refused
from appeals.models import Appeal, Reply

RECEIVING = (Role.REGISTRAR, Role.UNIT_HEAD, Role.HEAD, Role.DEPUTY, Role.DUTY)
LEADING = (Role.UNIT_HEAD, Role.HEAD, Role.DEPUTY)
SIGNING = (Role.HEAD, Role.DEPUTY)
WORKING = (Role.EXECUTOR, *LEADING)


def insist(refusal: str) -> None:
    """Raise `Refused` with the reason, unless it is empty."""
    if refusal:
        raise Refused(refusal)


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
    if refusal := _refusal_to_answerer(officer, appeal, RECEIVING):
        return refusal
    if accepted:
        return _("The appeal is already accepted.")
    return ""


def refusal_to_assign(officer: Officer, appeal: Appeal, to: Officer | None = None, *, on: date | None = None) -> str:
    """Why `officer` may not give `appeal` to an officer at all, or to the officer `to` on the local date `on`."""
    if refusal := _refusal_to_answerer(officer, appeal, (Role.REGISTRAR, *LEADING)):
        return refusal
    if to is None:
        return ""
    if to.agency_id != appeal.agency_id or to.role not in WORKING or not to.user.is_active:
        return _("The appeal can be assigned only to somebody who works on appeals in this body.")
    if on and not to.is_alive(on):
        return _("This officer is no longer in office.")
    return ""


def refusal_to_forward(officer: Officer, appeal: Appeal, to: Agency | None = None, *, on: date | None = None) -> str:
    """Why `officer` may not hand `appeal` over at all, or to the body `to` on the local date `on`."""
    if refusal := _refusal_to_holder(officer, appeal, (*RECEIVING, Role.EXECUTOR)):
        return refusal
    if officer.role == Role.EXECUTOR and appeal.officer_id != officer.pk:
        return _("An executor forwards only what is assigned to her.")
    if to is None:
        return ""
    if to.pk == appeal.agency_id:
        return _("The appeal is already with this body.")
    if on and not to.is_alive(on):
        return _("This body no longer exists.")
    return _refusal_of_complaint(appeal, to, on)


def refusal_to_begin_review(officer: Officer, appeal: Appeal) -> str:
    """Why `officer` may not take up the review."""
    if refusal := _refusal_to_assignee(officer, appeal):
        return refusal
    if appeal.status != Status.ASSIGNED:
        return _("The review has already begun.")
    return ""


def refusal_to_prepare_reply(officer: Officer, appeal: Appeal) -> str:
    """Why `officer` may not write the reply."""
    return _refusal_to_assignee(officer, appeal)


def refusal_to_reply(officer: Officer, appeal: Appeal, prepared: Reply | None, *, seen: datetime | None = None) -> str:
    """Why `officer` may not sign and send a reply at all, or the wording `prepared` at the instant `seen`."""
    if refusal := _refusal_to_answerer(officer, appeal, SIGNING):
        return refusal
    if prepared is None:
        return _("There is no prepared reply to sign.")
    if seen and prepared.prepared_at != seen:
        return _("The reply was changed after you opened it. Read it again before you sign it.")
    return ""


def refusal_to_return(officer: Officer, appeal: Appeal) -> str:
    """Why `officer` may not return `appeal` without review (Art. 64(7))."""
    return _refusal_to_answerer(officer, appeal, SIGNING)


def refusal_to_terminate(officer: Officer, appeal: Appeal) -> str:
    """Why `officer` may not end the review without a decision; head or deputy decide (Art. 88).

    A complaint that no body may hear (Art. 91(3)) ends at the Office, which says where the way leads.
    """
    if _nobody_may_hear(appeal) and appeal.agency.level == Level.PRESIDENT:
        return _refusal_to_holder(officer, appeal, (Role.REGISTRAR, *SIGNING))
    return _refusal_to_answerer(officer, appeal, SIGNING)


def refusal_to_oversee(officer: Officer | None) -> str:
    """Why `officer` may not look at every body's breaches."""
    if officer is None or officer.role != Role.OVERSIGHT:
        return _("Only those who oversee for the President's Office may see this.")
    return ""


def _refusal_to_holder(officer: Officer, appeal: Appeal, roles: tuple[Role, ...]) -> str:
    if officer.agency_id != appeal.agency_id:
        return _("Only the body holding the appeal may do this.")
    if officer.role not in roles:
        return _("Your role in the body does not allow this.")
    if not appeal.is_open:
        return _("The appeal is closed.")
    return ""


def _refusal_to_answerer(officer: Officer, appeal: Appeal, roles: tuple[Role, ...]) -> str:
    """Besides holding the appeal, the body must be one that answers: the President's Office only forwards."""
    if refusal := _refusal_to_holder(officer, appeal, roles):
        return refusal
    if appeal.agency.level == Level.PRESIDENT:
        return _("The President's Office registers and forwards appeals; it does not answer them.")
    if is_complained_of(appeal.agency, appeal):
        return _("The body complained of passes the complaint up to its superior.")
    return ""


def _refusal_to_assignee(officer: Officer, appeal: Appeal) -> str:
    if refusal := _refusal_to_answerer(officer, appeal, WORKING):
        return refusal
    if appeal.officer_id is None:
        return _("The appeal is not assigned to an officer yet.")
    if appeal.officer_id != officer.pk:
        return _("The appeal is assigned to somebody else.")
    return ""


def is_complained_of(agency: Agency, appeal: Appeal) -> bool:
    """Whether `agency` is the body complained of, or below it, and so may not decide (Art. 91(4), 97(2))."""
    return appeal.complained_of is not None and _is_or_is_below(agency, appeal.complained_of)


def superior_instance(agency: Agency, on: date) -> Agency | None:
    """The nearest living body above `agency` that hears complaints; none below President and Government."""
    above = agency.superior
    while above is not None and not (above.complaint_instance and above.is_alive(on)):
        above = above.superior
    return above


def _refusal_of_complaint(appeal: Appeal, to: Agency, on: date | None) -> str:
    """The body complained of passes the complaint to its superior and nobody else; nobody gives it back to it."""
    if appeal.complained_of is None:
        return ""
    if is_complained_of(to, appeal):
        return _("A complaint may not go to the body complained of, nor to one below it.")
    superior = superior_instance(appeal.complained_of, on) if on else None
    if is_complained_of(appeal.agency, appeal) and superior and to != superior:
        return _("The body complained of passes the complaint up to its superior: %(body)s.") % {"body": superior}
    return ""


def _nobody_may_hear(appeal: Appeal) -> bool:
    return appeal.complained_of is not None and superior_instance(appeal.complained_of, appeal.registered_on) is None


def _is_or_is_below(agency: Agency, above: Agency) -> bool:
    step: Agency | None = agency
    while step is not None:
        if step.pk == above.pk:
            return True
        step = step.superior
    return False
