"""What cannot wait: marked, settled, watched; and why it is neither returned nor ended as anonymous."""

from django.utils.translation import gettext as _

from agencies.enums import Role
from agencies.models import Officer
from appeals.models import Appeal
from appeals.rules.holder import RECEIVING, SIGNING, is_complained_of, refusal_unless_holding

ON_DUTY = (Role.DUTY, *SIGNING)


def refusal_to_mark_urgent(officer: Officer, appeal: Appeal) -> str:
    """Why `officer` may not say that `appeal` cannot wait: whoever of the holder works with it may."""
    if refusal := refusal_unless_holding(officer, appeal, (*RECEIVING, Role.EXECUTOR)):
        return refusal
    return _("The appeal is urgent already.") if appeal.is_urgent else ""


def refusal_to_settle_urgency(officer: Officer, appeal: Appeal, *, is_settled: bool) -> str:
    """Why `officer` may not say whether the danger is real; `is_settled`: it was said already.

    The body complained of would judge in its own case.
    """
    if not appeal.is_urgent:
        return _("The appeal is not urgent.")
    if refusal := refusal_unless_holding(officer, appeal, ON_DUTY):
        return refusal
    if is_complained_of(appeal.agency, appeal):
        return _("The body complained of passes the complaint up to its superior.")
    return _("It was settled already.") if is_settled else ""


def refusal_to_watch(officer: Officer) -> str:
    """Why `officer` may not see urgent appeals together with the telephone numbers of those who wrote them."""
    return "" if officer.role in ON_DUTY else _("Only the duty officer, the head and the deputies see this page.")


def refusal_while_urgent(appeal: Appeal) -> str:
    """Why `appeal` is not sent away (Art. 64(7-2), 88(1)): it is handed on at once, whoever wrote it and however."""
    if appeal.is_urgent:
        return _("The appeal is urgent: hand it on at once. Only when it is settled as a false alarm can this be done.")
    return ""
