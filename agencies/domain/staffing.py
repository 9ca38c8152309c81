"""Posts: who is given one, who leaves, and who keeps the working calendar beside a post."""

from datetime import date

from django.contrib.auth.models import Permission
from django.db import transaction
from django.db.models import Q, QuerySet

from agencies.enums import Role
from agencies.errors import Refused
from agencies.models import Agency, Officer, Unit, User
from agencies.rules import (
    refusal_to_appoint,
    refusal_to_dismiss,
    refusal_to_entrust_calendar,
    refusal_to_take_calendar,
)


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
        user.is_superuser = True
    _open_administration(user)
    return officer


@transaction.atomic
def dismiss(officer: Officer, *, by: User | None, on: date) -> Officer:
    """End the post of `officer` with its last day `on`; the user and the post's row stay.

    Who has no other post of an administrator loses the administration at once, not after the last
    day; who has no other post at all, the working calendar.
    """
    user = User.objects.select_for_update().get(pk=officer.user_id)
    officer = Officer.objects.select_for_update().get(pk=officer.pk)
    _insist(refusal_to_dismiss(by, officer, on=on))
    officer.valid_to = on
    officer.save(update_fields=["valid_to"])
    others = user.posts.filter(Q(valid_to=None) | Q(valid_to__gt=on))
    if officer.role == Role.ADMINISTRATOR and not others.filter(role=Role.ADMINISTRATOR).exists():
        user.is_superuser = False
    if not others.exists():
        user.user_permissions.remove(*_keeping_calendar())
    _open_administration(user)
    return officer


@transaction.atomic
def entrust_calendar(user: User, *, by: User | None, on: date) -> User:
    """Let `user`, an official, keep the working calendar: it opens in the administration, and nothing else there."""
    user = User.objects.select_for_update().get(pk=user.pk)
    _insist(refusal_to_entrust_calendar(by, user, on=on))
    user.user_permissions.add(*_keeping_calendar())
    _open_administration(user)
    return user


@transaction.atomic
def take_calendar(user: User, *, by: User | None, on: date) -> User:
    """Take the working calendar from `user` again; an administrator still has it by the post."""
    user = User.objects.select_for_update().get(pk=user.pk)
    _insist(refusal_to_take_calendar(by, on=on))
    user.user_permissions.remove(*_keeping_calendar())
    _open_administration(user)
    return user


def keeps_calendar(user: User) -> bool:
    """Whether the working calendar was given to `user` by name."""
    return user.user_permissions.filter(pk__in=_keeping_calendar()).exists()


def _keeping_calendar() -> QuerySet[Permission]:
    models = ("calendarday", "calendaryear")
    return Permission.objects.filter(content_type__app_label="agencies", content_type__model__in=models)


def _open_administration(user: User) -> None:
    """To administrators and to who keeps the calendar; shut for everybody else."""
    user.is_staff = user.is_superuser or keeps_calendar(user)
    user.save(update_fields=["is_staff", "is_superuser"])


def _insist(refusal: str) -> None:
    if refusal:
        raise Refused(refusal)
