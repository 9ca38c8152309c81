"""The applicant sees the file of her case within three working days of asking (Art. 75)."""

from datetime import datetime
from typing import cast

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.domain.calendar import calendar
from agencies.models import Agency, Officer
from appeals.domain import clocks, notices
from appeals.domain.history import record
from appeals.domain.terms import local_date
from appeals.enums import ClockKind, EventKind, NoticeKind
from appeals.errors import InvalidIntake, Refused
from appeals.models import Appeal, Clock
from appeals.rules import insist, refusal_to_ask_for_file, refusal_to_show_file


@transaction.atomic
def ask_for_file(appeal: Appeal, *, at: datetime, by: Officer | None = None) -> Appeal:
    """The applicant, or `by` for her, asks the holder for access to the file; a closed case has one, too.

    What another body still owes from before it let the appeal go runs on beside it.
    """
    appeal = Appeal.objects.locked(appeal)
    insist(refusal_to_ask_for_file(by, appeal, asked_for(appeal, appeal.agency)))
    on = local_date(at, appeal.agency)
    if clocks.start_one(appeal, ClockKind.FILE_ACCESS, on=on, calendar=calendar()) is None:
        raise Refused(_("The law of this day sets no term for access to the case file."))
    record(appeal, EventKind.FILE_ASKED, by=by, at=at, agency=appeal.agency.code)
    return appeal


@transaction.atomic
def show_file(appeal: Appeal, *, how: str, by: Officer, at: datetime) -> Appeal:
    """Say `how` the applicant was, or can be, shown the file; owed by the body she asked, wherever the case is now."""
    appeal = Appeal.objects.locked(appeal)
    asked = asked_for(appeal, by.agency)
    insist(refusal_to_show_file(by, asked))
    if not how.strip():
        raise InvalidIntake(_("Say where and how the file can be seen; the applicant will read it."), field="how")
    owed = cast(Clock, asked)
    clocks.meet_one(owed, on=local_date(at, owed.agency), at=at)
    record(appeal, EventKind.FILE_SHOWN, by=by, at=at, text=how, agency=owed.agency.code)
    notices.owe(appeal, NoticeKind.FILE_SHOWN, at=at, about=owed.pk)
    return appeal


def asked_for(appeal: Appeal, agency: Agency) -> Clock | None:
    """The running term in which `agency` has to show the file, else another body that was asked."""
    return clocks.asked_for_file(appeal.clocks.select_related("agency", "term"), agency.pk)
