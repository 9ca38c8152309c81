"""Personal data is read on purpose: whoever the case is not assigned to leaves a record."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from agencies.models import Officer
from appeals.enums import AccessedData
from appeals.models import AccessRecord, Appeal

SEARCH = "search"


def read_applicant(appeal: Appeal, *, by: Officer, at: datetime, purpose: str = "") -> dict[str, str]:
    """Name, number, contacts of the applicant; the look is journalled unless the case is the reader's own."""
    journal(appeal, AccessedData.APPLICANT, by=by, at=at, purpose=purpose)
    return appeal.applicant.unseal()


def journal(appeal: Appeal, what: AccessedData, *, by: Officer, at: datetime, purpose: str = "") -> None:
    """Put the look of `by` at `what` on record, unless `appeal` is assigned to her."""
    if appeal.officer_id != by.pk:
        AccessRecord.objects.create(appeal=appeal, officer=by, what=what, purpose=purpose, at=at)


def journal_search(shown: Iterable[Any], *, by: Officer, at: datetime) -> None:
    """Finding a case by who its applicant is tells whose it is: put that on record, as `journal` does.

    `shown` are rows as `queues.rows` gives them. What was searched for is not kept: it is personal data.
    """
    found = [appeal for appeal in shown if appeal.is_found_by_person and appeal.officer_id != by.pk]
    AccessRecord.objects.bulk_create(
        AccessRecord(appeal=appeal, officer=by, what=AccessedData.APPLICANT, purpose=SEARCH, at=at) for appeal in found
    )
