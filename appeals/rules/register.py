"""The register of terms: who may not change it, and why not."""

from django.utils.translation import gettext as _

from agencies.models import User


def refusal_to_amend(by: User | None) -> str:
    """Why `by` may not change the register of terms; nobody means the operator at the console, who may."""
    if by is None or by.has_perm("appeals.change_term"):
        return ""
    return _("Only an administrator may change the register of terms.")
