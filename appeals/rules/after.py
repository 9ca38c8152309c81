"""What the answering body still does once the answer is sent, and the file it shows: why not."""

from django.utils.translation import gettext as _

from agencies.enums import Role
from agencies.models import Officer
from appeals.enums import Status
from appeals.models import Appeal, Clock
from appeals.rules.holder import RECEIVING, SIGNING, WORKING


def refusal_to_correct_reply(officer: Officer, appeal: Appeal) -> str:
    """Why `officer` may not correct a slip in the answer; only one that was sent, by head or deputy of its body."""
    return _refusal_unless_answered(officer, appeal, SIGNING, appeal.agency_id)


def refusal_to_report_execution(officer: Officer, appeal: Appeal, execution: Clock | None) -> str:
    """Why `officer` may not report that the decision is carried out; `execution`: the term for it, while it runs.

    The body that answered owes it, or its successor.
    """
    owing = execution.agency_id if execution else appeal.agency_id
    if refusal := _refusal_unless_answered(officer, appeal, WORKING, owing):
        return refusal
    if execution is None:
        return _("Nothing is to be carried out any more.")
    if officer.role not in SIGNING and appeal.officer_id != officer.pk:
        return _("The appeal is assigned to somebody else.")
    return ""


def refusal_to_ask_for_file(officer: Officer | None, appeal: Appeal, asked: Clock | None) -> str:
    """Why access to the file cannot be asked for (Art. 75), by the applicant herself where `officer` is none.

    `asked`: the holder's term for showing it, while it runs, else another body's: that one is no hindrance.
    """
    if officer is not None and officer.agency_id != appeal.agency_id:
        return _("Only the body holding the appeal may do this.")
    if officer is not None and officer.role not in RECEIVING:
        return _("Your role in the body does not allow this.")
    if asked is not None and asked.agency_id == appeal.agency_id:
        return _("Access to the case file is already asked for.")
    return ""


def refusal_to_show_file(officer: Officer, asked: Clock | None) -> str:
    """Why `officer` may not say that the file was shown; `asked`: her body's term for it, else another's."""
    if asked is None:
        return _("The applicant has not asked for access to the case file.")
    if officer.agency_id != asked.agency_id:
        return _("The applicant asked another body for access to the case file.")
    if officer.role not in (*RECEIVING, Role.EXECUTOR):
        return _("Your role in the body does not allow this.")
    return ""


def _refusal_unless_answered(officer: Officer, appeal: Appeal, roles: tuple[Role, ...], owing: int) -> str:
    if officer.agency_id != owing:
        return _("Only the body holding the appeal may do this.")
    if officer.role not in roles:
        return _("Your role in the body does not allow this.")
    if appeal.status != Status.ANSWERED:
        return _("No answer was sent in this appeal.")
    return ""
