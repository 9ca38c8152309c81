"""What the President's Office may see: why not."""

from django.utils.translation import gettext as _

from agencies.enums import Role
from agencies.models import Officer


def refusal_to_oversee(officer: Officer | None) -> str:
    """Why `officer` may not look at every body's breaches."""
    if officer is None or officer.role != Role.OVERSIGHT:
        return _("Only those who oversee for the President's Office may see this.")
    return ""
