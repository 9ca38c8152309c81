"""What many rules ask first: whose appeal it is, and whether its body may decide it at all."""

from datetime import date

from django.utils.translation import gettext as _

from agencies.domain.tree import is_or_is_below, living, successions, upwards
from agencies.enums import Level, Role
from agencies.models import Agency, Officer
from appeals.enums import Status
from appeals.errors import Refused
from appeals.models import Appeal, Clock

RECEIVING = (Role.REGISTRAR, Role.UNIT_HEAD, Role.HEAD, Role.DEPUTY, Role.DUTY)
LEADING = (Role.UNIT_HEAD, Role.HEAD, Role.DEPUTY)
SIGNING = (Role.HEAD, Role.DEPUTY)
WORKING = (Role.EXECUTOR, *LEADING)


def insist(refusal: str) -> None:
    """Raise `Refused` with the reason, unless it is empty."""
    if refusal:
        raise Refused(refusal)


def refusal_unless_holding(officer: Officer, appeal: Appeal, roles: tuple[Role, ...]) -> str:
    """Only the body holding the appeal, in one of `roles`, while the appeal is open."""
    if officer.agency_id != appeal.agency_id:
        return _("Only the body holding the appeal may do this.")
    if officer.role not in roles:
        return _("Your role in the body does not allow this.")
    if not appeal.is_open:
        return _("The appeal is closed.")
    return ""


def refusal_unless_answering(officer: Officer, appeal: Appeal, roles: tuple[Role, ...]) -> str:
    """Besides holding the appeal, the body must be one that answers: the President's Office only forwards."""
    if refusal := refusal_unless_holding(officer, appeal, roles):
        return refusal
    if appeal.agency.level == Level.PRESIDENT:
        return _("The President's Office registers and forwards appeals; it does not answer them.")
    if is_complained_of(appeal.agency, appeal):
        return _("The body complained of passes the complaint up to its superior.")
    return ""


def refusal_unless_assigned(officer: Officer, appeal: Appeal) -> str:
    """Only the officer to whom the appeal is assigned."""
    if refusal := refusal_unless_answering(officer, appeal, WORKING):
        return refusal
    if appeal.officer_id is None:
        return _("The appeal is not assigned to an officer yet.")
    if appeal.officer_id != officer.pk:
        return _("The appeal is assigned to somebody else.")
    return ""


def refusal_unless_hers(officer: Officer, appeal: Appeal) -> str:
    """Whoever leads may; an executor only with what is assigned to her."""
    if officer.role == Role.EXECUTOR and appeal.officer_id != officer.pk:
        return _("An executor does this only with what is assigned to her.")
    return ""


def refusal_while_held(appeal: Appeal, reply: Clock | None = None) -> str:
    """Why nothing moves while the applicant is asked for a correction.

    Given the running `reply` clock, the work may go on wherever its days do: the body answers in time all the same.
    """
    if appeal.status == Status.ON_HOLD and (reply is None or reply.is_held):
        return _("The applicant was asked for a correction. End the wait first.")
    return ""


def is_complained_of(agency: Agency, appeal: Appeal) -> bool:
    """Whether `agency` is the body complained of, or below it, and so may not decide (Art. 91(4), 97(2))."""
    return appeal.complained_of is not None and would_judge_itself(agency, appeal.complained_of)


def would_judge_itself(agency: Agency, complained_of: Agency) -> bool:
    """Whether `agency` is at or below `complained_of`, or a body that succeeds one whose last day is set."""
    bodies = successions(complained_of) if complained_of.valid_to else (complained_of,)
    return any(is_or_is_below(agency, body) for body in bodies)


def superior_instance(agency: Agency, on: date) -> Agency | None:
    """The nearest living body above `agency` that hears complaints; none below President and Government.

    Where `agency`, or one above it, has ceased, its successor stands in its place. Nobody judges itself,
    however the tree is tied.
    """
    for step in list(upwards(living(agency, on) or agency))[1:]:
        above = living(step, on)
        if above and above.complaint_instance and not would_judge_itself(above, agency):
            return above
    return None


def refusal_of_complaint(appeal: Appeal, to: Agency, on: date | None) -> str:
    """The body complained of passes the complaint to its superior and nobody else; nobody gives it back to it.

    Prime Minister and Government hear none; nor does the President's Office, which explains the way (Art. 91(3)).
    """
    if appeal.complained_of is None:
        return ""
    if is_complained_of(to, appeal):
        return _("A complaint may not go to the body complained of, nor to one below it.")
    if not to.complaint_instance and to.level != Level.PRESIDENT:
        return _("This body hears no complaints (Art. 91(3)). Choose another one.")
    superior = superior_instance(appeal.complained_of, on) if on else None
    if is_complained_of(appeal.agency, appeal) and superior and to != superior:
        return _("The body complained of passes the complaint up to its superior: %(body)s.") % {"body": superior}
    return ""


def nobody_may_hear(appeal: Appeal) -> bool:
    return appeal.complained_of is not None and superior_instance(appeal.complained_of, appeal.registered_on) is None
