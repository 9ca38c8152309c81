"""Posts: who is given one, and who leaves."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from agencies.enums import Role
from agencies.errors import Refused
from agencies.models import Agency, Officer, Unit, User
from agencies.rules import refusal_to_appoint, refusal_to_dismiss


@transaction.atomic
def appoint(
    user: User,
    agency: Agency,
    role: str,
    *,
    by: User | None,
    on: date,
    unit: Unit | None = None,
    post: str = "",
) -> Officer:
    """Give `user` the post in `agency` from the day `on`.

    An administrator may use the administration from then on. A second living post of the same
    role in the same body is refused.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    _insist(refusal_to_appoint(by, user, agency, role, on=on, unit=unit))
    officer = Officer.objects.create(user=user, agency=agency, role=role, unit=unit, post=post, valid_from=on)
    if role == Role.ADMINISTRATOR:
        _let_administer(user, may=True)
    return officer


@transaction.atomic
def dismiss(officer: Officer, *, by: User | None, on: date) -> Officer:
    """End the post of `officer` with its last day `on`; the user and the post's row stay.

    Who has no other post of an administrator loses the administration at once, not after the last day.
    """
    user = User.objects.select_for_update().get(pk=officer.user_id)
    officer = Officer.objects.select_for_update().get(pk=officer.pk)
    _insist(refusal_to_dismiss(by, officer, on=on))
    officer.valid_to = on
    officer.save(update_fields=["valid_to"])
    others = user.posts.filter(Q(valid_to=None) | Q(valid_to__gt=on), role=Role.ADMINISTRATOR)
    if officer.role == Role.ADMINISTRATOR and not others.exists():
        _let_administer(user, may=False)
    return officer


def _let_administer(user: User, *, may: bool) -> None:
    user.is_staff = user.is_superuser = may
    user.save(update_fields=["is_staff", "is_superuser"])


def _insist(refusal: str) -> None:
    if refusal:
        raise Refused(refusal)
