"""Appeals linked as repeats and grouped as alike: why not."""

from django.utils.translation import gettext as _

from agencies.enums import Role
from agencies.models import Officer
from appeals.enums import Kind
from appeals.models import Appeal, Group
from appeals.rules.holder import (
    LEADING,
    SIGNING,
    WORKING,
    refusal_unless_answering,
    refusal_unless_hers,
    refusal_unless_holding,
)

GATHERING = (Role.REGISTRAR, Role.EXECUTOR, *LEADING)


def refusal_to_link(officer: Officer, appeal: Appeal, to: Appeal | None = None) -> str:
    """Why `officer` may not note that `appeal` follows on an earlier one at all, or on `to`."""
    if refusal := refusal_unless_holding(officer, appeal, GATHERING) or refusal_unless_hers(officer, appeal):
        return refusal
    if appeal.previous_id is not None:
        return _("The appeal is already linked to an earlier one.")
    if to is None:
        return ""
    if (to.received_at, to.pk) >= (appeal.received_at, appeal.pk) or to.previous_id == appeal.pk:
        return _("An appeal is linked only to one that was received before it.")
    return ""


def refusal_to_unlink(officer: Officer, appeal: Appeal) -> str:
    """Why `officer` may not take back that `appeal` follows on an earlier one."""
    if refusal := refusal_unless_holding(officer, appeal, GATHERING) or refusal_unless_hers(officer, appeal):
        return refusal
    if appeal.previous_id is None:
        return _("The appeal is not linked to an earlier one.")
    if appeal.kind == Kind.COMPLAINT:
        return _("A complaint stays with the appeal it is about.")
    return ""


def refusal_to_group(officer: Officer, appeal: Appeal, into: Group | None = None) -> str:
    """Why `officer` may not join `appeal` to a group of like ones at all, or to `into`."""
    if refusal := refusal_unless_answering(officer, appeal, GATHERING) or refusal_unless_hers(officer, appeal):
        return refusal
    if appeal.group_id is not None:
        return _("The appeal is already in a group.")
    if into is not None and into.agency_id != appeal.agency_id:
        return _("The group belongs to another body.")
    return ""


def refusal_to_ungroup(officer: Officer, appeal: Appeal) -> str:
    """Why `officer` may not take `appeal` out of its group."""
    if refusal := refusal_unless_holding(officer, appeal, GATHERING) or refusal_unless_hers(officer, appeal):
        return refusal
    if appeal.group_id is None:
        return _("The appeal is in no group.")
    return ""


def refusal_to_prepare_for_group(officer: Officer, group: Group, *, has_hers: bool) -> str:
    """Why `officer` may not write one reply for the members of `group`; each member is asked again.

    `has_hers`: an open one is assigned to her, or none is open any more.
    """
    if refusal := _refusal_unless_in(officer, group, WORKING):
        return refusal
    return "" if has_hers else _("None of the open appeals of the group is assigned to you.")


def refusal_to_sign_for_group(officer: Officer, group: Group) -> str:
    """Why `officer` may not sign the replies to the members of `group`; each member is asked again."""
    return _refusal_unless_in(officer, group, SIGNING)


def _refusal_unless_in(officer: Officer, group: Group, roles: tuple[Role, ...]) -> str:
    if officer.agency_id != group.agency_id:
        return _("The group belongs to another body.")
    if officer.role not in roles:
        return _("Your role in the body does not allow this.")
    return ""
