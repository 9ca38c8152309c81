"""Sending a message by post: why not."""

from django.utils.translation import gettext as _

from agencies.enums import Role
from agencies.models import Officer
from appeals.rules.holder import RECEIVING


def refusal_to_post(officer: Officer, *, had_it: bool, is_sent: bool, goes_by_post: bool) -> str:
    """Why `officer` may not put on record that a message was sent by post.

    `had_it`: her body holds the appeal, or once held it. Closed appeals are no exception.
    """
    if not had_it:
        return _("Only a body that holds the appeal, or held it, may do this.")
    if officer.role not in (*RECEIVING, Role.EXECUTOR):
        return _("Your role in the body does not allow this.")
    if is_sent:
        return _("The message is already sent.")
    if not goes_by_post:
        return _("This message goes by e-mail. Only one that comes back is sent by post.")
    return ""
