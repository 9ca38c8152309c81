"""Who may not act on posts, and what no decree may declare; and why not."""

from datetime import date

from django.db.models import Max, Min
from django.utils.translation import gettext as _

from agencies.enums import Origin, Role
from agencies.models import Agency, CalendarDay, CalendarYear, Officer, Unit, User

MONDAY_TO_FRIDAY = range(5)


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


def refusal_to_entrust_calendar(by: User | None, user: User, *, on: date) -> str:
    """Why `by` may not let `user` keep the working calendar from the day `on`."""
    if not _manages_posts(by, on):
        return _("Only an administrator may say who keeps the working calendar.")
    if not user.posts.alive(on).exists():
        return _("Only an official may keep the working calendar; this user holds no post.")
    return ""


def refusal_to_take_calendar(by: User | None, *, on: date) -> str:
    """Why `by` may not take the working calendar from somebody."""
    return "" if _manages_posts(by, on) else _("Only an administrator may say who keeps the working calendar.")


def refusal_to_declare(day: date, *, is_working: bool, row: int | None = None) -> str:
    """Why no decree may make `day` a working day or a day off; `row` is the decree that is being rewritten."""
    covered = CalendarYear.objects.aggregate(first=Min("year"), last=Max("year"))
    if not CalendarYear.objects.filter(year=day.year).exists():
        return _("The working calendar covers the years %(first)s to %(last)s only.") % covered
    known = CalendarDay.objects.filter(day=day)
    decree = known.filter(origin=Origin.DECREE).first()
    if decree is not None and decree.pk != row:
        return _("A decree for this day is already entered; change that one.")
    seeded = known.filter(origin=Origin.SEEDED).values_list("is_working", flat=True).first()
    stands = day.weekday() in MONDAY_TO_FRIDAY if seeded is None else seeded
    if stands == is_working and is_working:
        return _("This day is a working day already; the decree would change nothing.")
    if stands == is_working:
        return _("This day is a day off already; the decree would change nothing.")
    return ""


def _manages_posts(by: User | None, on: date) -> bool:
    if by is None:
        return True
    return by.is_active and (by.is_superuser or by.posts.alive(on).filter(role=Role.ADMINISTRATOR).exists())
