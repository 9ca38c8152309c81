"""The applicant is heard before an adverse answer, and colleagues are asked for their part: why not."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from agencies.domain.wording import long_date
from agencies.enums import Role
from agencies.models import Officer
from appeals.enums import Outcome
from appeals.models import Appeal, Clock
from appeals.rules.holder import (
    LEADING,
    RECEIVING,
    SIGNING,
    WORKING,
    refusal_unless_answering,
    refusal_while_held,
)

ADVERSE = (Outcome.REFUSED, Outcome.PARTLY)


@dataclass(frozen=True)
class HearingOwed:
    """The law asks to hear the applicant first; `signing_from`: once the preliminary decision is made known."""

    signing_from: date | None = None


def refusal_unless_heard(outcome: str, owed: HearingOwed | None, *, on: date) -> str:
    """Why an answer with `outcome` cannot be signed on the local date `on` (Art. 73(1)).

    An adverse one needs three working days' notice of the preliminary decision, unless nothing is `owed`.
    """
    if owed is None or outcome not in ADVERSE:
        return ""
    if owed.signing_from is None:
        return _(
            "Before an adverse answer the applicant is heard: make the preliminary decision known, "
            "or record why no hearing is needed."
        )
    if on < owed.signing_from:
        return _("The applicant can still be heard; an adverse answer can be signed from %(day)s on.") % {
            "day": long_date(owed.signing_from)
        }
    return ""


def refusal_to_notify_hearing(officer: Officer, appeal: Appeal, *, is_needed: bool) -> str:
    """Why `officer` may not make the preliminary decision known; `is_needed`: the law asks for it."""
    if refusal := refusal_unless_in_charge(officer, appeal, SIGNING):
        return refusal
    return "" if is_needed else _("The law asks for no hearing before the answer to an appeal of this kind.")


def refusal_to_waive_hearing(officer: Officer, appeal: Appeal, *, is_needed: bool) -> str:
    """Why `officer` may not record that no hearing is needed; `is_needed`: the law asks for one."""
    return refusal_to_notify_hearing(officer, appeal, is_needed=is_needed)


def refusal_to_object(officer: Officer | None, appeal: Appeal, *, is_awaited: bool) -> str:
    """Why an objection cannot be taken, from the applicant herself where `officer` is none.

    `is_awaited`: the holder made a preliminary decision known, and none was made to it yet.
    """
    if officer is not None:
        if refusal := refusal_unless_answering(officer, appeal, (*RECEIVING, Role.EXECUTOR)):
            return refusal
    if not appeal.is_open:
        return _("The appeal is closed.")
    return "" if is_awaited else _("There is no preliminary decision to object to.")


def refusal_to_record_hearing(officer: Officer, appeal: Appeal, *, is_awaited: bool) -> str:
    """Why `officer` may not record a hearing; `is_awaited`: made known by the holder and not recorded yet."""
    if refusal := refusal_unless_in_charge(officer, appeal, SIGNING):
        return refusal
    return "" if is_awaited else _("No hearing was made known that is still to be recorded.")


def refusal_to_ask_co_executor(
    officer: Officer, appeal: Appeal, to: Officer | None = None, *, on: date | None = None
) -> str:
    """Why `officer` may not ask for a colleague's part of the answer at all, or that of `to` on the local date `on`."""
    if refusal := refusal_unless_in_charge(officer, appeal, LEADING):
        return refusal
    if to is None:
        return ""
    if to.agency_id != appeal.agency_id or to.role not in WORKING or not to.user.is_active:
        return _("Only somebody who works on appeals in this body can be asked.")
    if to.pk == appeal.officer_id:
        return _("The appeal is assigned to this officer; ask somebody else.")
    if on and not to.is_alive(on):
        return _("This officer is no longer in office.")
    return ""


def refusal_to_answer_as_co_executor(officer: Officer, appeal: Appeal, asked: Clock | None) -> str:
    """Why `officer` may not give her part of the answer; `asked`: her term for it, while it runs."""
    if refusal := refusal_unless_answering(officer, appeal, WORKING):
        return refusal
    return "" if asked and asked.officer_id == officer.pk else _("Nothing is asked of you in this appeal.")


def refusal_unless_in_charge(officer: Officer, appeal: Appeal, leading: tuple[Role, ...]) -> str:
    """Only the officer to whom the open appeal is assigned, or one in the roles `leading` of its body."""
    if refusal := refusal_unless_answering(officer, appeal, WORKING) or refusal_while_held(appeal):
        return refusal
    if officer.role not in leading and appeal.officer_id != officer.pk:
        return _("The appeal is assigned to somebody else.")
    return ""
