"""Terms extended, and terms that stand still while the applicant is asked: why not."""

from datetime import date

from django.utils.translation import gettext as _

from agencies.domain.wording import long_date
from agencies.enums import Role
from agencies.models import Officer
from appeals.models import Appeal, Clock
from appeals.rules.holder import (
    RECEIVING,
    SIGNING,
    refusal_unless_answering,
    refusal_unless_assigned,
    refusal_while_held,
)


def refusal_to_ask_extension(officer: Officer, appeal: Appeal, reply: Clock | None, *, on: date, asked: bool) -> str:
    """Why `officer` may not ask for an extension of the running `reply` clock on the local date `on` (Art. 76(3))."""
    if refusal := refusal_unless_assigned(officer, appeal) or refusal_while_held(appeal):
        return refusal
    if asked:
        return _("An extension is already asked for.")
    return refusal_of_extension(reply, on=on)


def refusal_to_extend(officer: Officer, appeal: Appeal, reply: Clock | None, *, on: date) -> str:
    """Why `officer` may not extend the running `reply` clock herself, or grant what was asked for."""
    if refusal := refusal_unless_answering(officer, appeal, SIGNING) or refusal_while_held(appeal):
        return refusal
    return refusal_of_extension(reply, on=on)


def refusal_to_refuse_extension(officer: Officer, appeal: Appeal, *, asked: bool) -> str:
    """Why `officer` may not turn down an extension; `asked`: one awaits a decision."""
    if refusal := refusal_unless_answering(officer, appeal, SIGNING):
        return refusal
    return "" if asked else _("No extension is asked for.")


def refusal_of_extension(reply: Clock | None, *, on: date) -> str:
    """Only a running term that the law lets be extended, and only before it is over."""
    if reply is None:
        return _("No term for the answer is running.")
    if not reply.term.is_extendable:
        return _("The law does not let this term be extended.")
    if on > reply.due_on:
        return _("The term ended on %(day)s; it could be extended only before that.") % {"day": long_date(reply.due_on)}
    return ""


def refusal_of_last_day(until: date, reply: Clock, *, latest: date) -> str:
    """Why the extended term cannot end on `until`."""
    if until <= reply.due_on:
        return _("The new last day must lie after the present one, %(day)s.") % {"day": long_date(reply.due_on)}
    if until > latest:
        return _("The law lets this term be extended until %(day)s at most.") % {"day": long_date(latest)}
    return ""


def refusal_to_hold(officer: Officer, appeal: Appeal, reply: Clock | None, *, on: date, was_held: bool) -> str:
    """Why `officer` may not ask the applicant for a correction (Art. 64(6)): once an appeal, while the term runs."""
    if refusal := refusal_unless_answering(officer, appeal, (*RECEIVING, Role.EXECUTOR)) or refusal_while_held(appeal):
        return refusal
    if officer.role == Role.EXECUTOR and appeal.officer_id != officer.pk:
        return _("The appeal is assigned to somebody else.")
    if was_held:
        return _("The applicant was already asked for a correction once.")
    if reply is not None and on > reply.due_on:
        return _("The term for the answer ended on %(day)s; nothing can be asked of the applicant any more.") % {
            "day": long_date(reply.due_on)
        }
    return ""


def refusal_to_resume(officer: Officer | None, appeal: Appeal, *, is_awaited: bool) -> str:
    """Why a correction cannot be taken, from the applicant herself where `officer` is none.

    `is_awaited`: it was asked for, and the appeal was neither corrected nor returned since.
    """
    if officer is not None:
        if refusal := refusal_unless_answering(officer, appeal, (*RECEIVING, Role.EXECUTOR)):
            return refusal
    if not appeal.is_open:
        return _("The appeal is closed.")
    return "" if is_awaited else _("No correction is awaited.")
