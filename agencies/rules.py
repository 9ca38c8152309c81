"""Who may not act on posts, and why not."""

from datetime import date

from django.utils.translation import gettext as _

from agencies.enums import Role
from agencies.models import Agency, Officer, Unit, User


def refusal_to_appoint(
    by: User | None, user: User, agency: Agency, role: str, *, on: date, unit: Unit | None = None
) -> str:
    """Why `by` may not give `user` this post; nobody means the operator at the console, who may."""
    if not _manages_posts(by, on):
        return _("Only an administrator may appoint and dismiss officials.")
    if not user.is_active:
        return _("This user may not sign in.")
    if role not in Role.values:
        return _("There is no such role.")
    if not agency.is_alive(on):
        return _("This body does not exist on that day.")
    if unit is not None and unit.agency_id != agency.pk:
        return _("This unit belongs to another body.")
    if user.posts.alive(on).filter(agency=agency, role=role).exists():
        return _("The user already holds this post.")
    return ""


def refusal_to_dismiss(by: User | None, officer: Officer, *, on: date) -> str:
    """Why `by` may not end the post of `officer` with the day `on`."""
    if not _manages_posts(by, on):
        return _("Only an administrator may appoint and dismiss officials.")
    if officer.valid_to is not None and officer.valid_to <= on:
        return _("This post has already ended.")
    if officer.valid_from is not None and on < officer.valid_from:
        return _("The last day of a post cannot lie before its first.")
    return ""


def _manages_posts(by: User | None, on: date) -> bool:
    if by is None:
        return True
    return by.is_active and (by.is_superuser or by.posts.alive(on).filter(role=Role.ADMINISTRATOR).exists())
