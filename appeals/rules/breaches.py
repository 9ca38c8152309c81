"""Answering for a broken term, and judging the answer: why not."""

from django.utils.translation import gettext as _

from agencies.enums import Role
from agencies.models import Officer
from appeals.models import Breach
from appeals.models.breach import ANSWERING_FOR_THE_BODY
from appeals.rules.oversight import refusal_to_oversee

PUNISHING = (Role.HEAD, Role.DEPUTY, Role.CONTROLLER)


def refusal_to_explain_breach(officer: Officer, breach: Breach) -> str:
    """Why `officer` may not say what led to `breach`; who holds the appeal by now does not matter."""
    if officer.agency_id != breach.agency_id:
        return _("Only the body whose term was broken may do this.")
    if officer.role not in ANSWERING_FOR_THE_BODY and officer.pk != breach.officer_id:
        return _("Your role in the body does not allow this.")
    return _refusal_once_annulled(breach)


def refusal_to_review_breach(officer: Officer, breach: Breach) -> str:
    """Why `officer` may not judge what the body said of `breach`."""
    if refusal := _refusal_unless_overseeing(officer) or _refusal_once_annulled(breach):
        return refusal
    if not breach.cause:
        return _("The body has not explained the breach yet.")
    return ""


def refusal_to_take_measure(officer: Officer, breach: Breach) -> str:
    """Why `officer` may not enter a measure for `breach`."""
    if officer.agency_id != breach.agency_id:
        return _("Only the body whose term was broken may do this.")
    if officer.role not in PUNISHING:
        return _("Your role in the body does not allow this.")
    return _refusal_once_annulled(breach)


def refusal_to_annul_breach(officer: Officer, breach: Breach) -> str:
    """Why `officer` may not take `breach` off the count."""
    return _refusal_unless_overseeing(officer) or _refusal_once_annulled(breach)


def _refusal_unless_overseeing(officer: Officer) -> str:
    return _("Only those who oversee for the President's Office may do this.") if refusal_to_oversee(officer) else ""


def _refusal_once_annulled(breach: Breach) -> str:
    return _("The breach is annulled.") if breach.annulled_on else ""
