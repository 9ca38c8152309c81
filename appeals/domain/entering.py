"""An appeal entered by hand: on what day it can have come, and what its registrar must know beforehand (Art. 63, 64).

The law knows one day for registering, that of receipt or the next working day. Whatever is entered later is
registered all the same, with a breach: so it is done on purpose, never by a slip of the pen.
"""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from agencies.domain.wording import long_date
from agencies.domain.working_days import WorkingCalendar, months_after
from agencies.enums import Level
from agencies.models import Agency, Channel, Officer
from appeals.domain import clocks, terms
from appeals.enums import ClockKind
from appeals.errors import InvalidIntake
from appeals.models import Appeal, Clock

A_YEAR_BACK = -12  # months; a year mistyped is never nearer
AT_LEVEL = {Level.PRESIDENT: "at_president", Level.CENTRAL: "at_central", Level.LOCAL: "at_local"}


def key(by: Officer, token: str) -> str:
    """What makes an appeal that `by` enters with `token` the same when it is sent again; hers alone."""
    return f"desk:{by.pk}:{token}"


def channels(holder: Agency) -> QuerySet[Channel]:
    """The doors by which an appeal reaches a body of the level of `holder`."""
    return Channel.objects.filter(**{AT_LEVEL[Level(holder.level)]: True})


def instant(day: date, clock: time, holder: Agency) -> datetime:
    """When it is `clock` of `day` where `holder` is."""
    return datetime.combine(day, clock, ZoneInfo(holder.zone))


def check_day(received_at: datetime, holder: Agency, *, at: datetime) -> None:
    """Refuse a receipt to come, one before `holder` began or after it ended, and one a year or more ahead of `at`."""
    day, today = terms.local_date(received_at, holder), terms.local_date(at, holder)
    if received_at > at:
        raise InvalidIntake(_("The appeal cannot have been received in the future."), field="received_on")
    if holder.valid_from and day < holder.valid_from:
        told = _("On this day there was no such body yet: it began on %(day)s. Check the day of receipt.")
        raise InvalidIntake(told % {"day": long_date(holder.valid_from)}, field="received_on")
    if holder.valid_to and day > holder.valid_to:
        told = _("On this day there was no such body any more: it ended on %(day)s. Check the day of receipt.")
        raise InvalidIntake(told % {"day": long_date(holder.valid_to)}, field="received_on")
    if day <= months_after(today, A_YEAR_BACK):
        told = _("This day lies a year or more back. Check the year of receipt.")
        raise InvalidIntake(told, field="received_on")


def doubts(
    appeal: Appeal, received_at: datetime, details: dict[str, str], days: WorkingCalendar, *, at: datetime
) -> dict[str, str]:
    """What whoever enters the unsaved `appeal` of its holder must confirm, with what follows; nothing is saved.

    `is_late`: the day for registering it is over. `is_unreachable`: neither an address nor an e-mail was given.
    """
    found = {}
    registered_on = terms.counted_as_received_on(received_at, appeal.agency, days)
    (registration,) = clocks.due_clocks(appeal, [ClockKind.REGISTRATION], registered_on, days)
    today = terms.local_date(at, appeal.agency)
    if today > registration.due_on:
        running = clocks.due_clocks(appeal, clocks.kinds_for(appeal, appeal.agency), registered_on, days)
        told = _(
            "The appeal counts as registered on %(day)s and had to be entered on that day: a breach of the term for "
            "registration goes on record at once. From that day run: %(terms)s. If the day is right, confirm it."
        )
        days_told = "; ".join(_told(clock, is_over=clock.due_on < today) for clock in running)
        found["is_late"] = told % {"day": long_date(registered_on), "terms": days_told}
    if not details.get("email") and not details.get("address"):
        found["is_unreachable"] = _(
            "Neither a postal address nor an e-mail is given: no answer and no question can reach the applicant. Ask "
            "for one of them. If there is none, confirm it: the appeal may not be refused, and the coupon is "
            "then the only way to the answer."
        )
    return found


def _told(clock: Clock, *, is_over: bool) -> str:
    told = {"term": clock.get_kind_display(), "day": long_date(clock.due_on)}
    if is_over:
        return _("%(term)s until %(day)s, which is over and goes on record, too") % told
    return _("%(term)s until %(day)s") % told
