"""Personal data is read on purpose: whoever the case is not assigned to leaves a record."""

from datetime import datetime

from agencies.models import Officer
from appeals.enums import AccessedData
from appeals.models import AccessRecord, Appeal


def read_applicant(appeal: Appeal, *, by: Officer, at: datetime, purpose: str = "") -> dict[str, str]:
    """Name, number, contacts of the applicant; the look is journalled unless the case is the reader's own."""
    journal(appeal, AccessedData.APPLICANT, by=by, at=at, purpose=purpose)
    return appeal.applicant.unseal()


def journal(appeal: Appeal, what: AccessedData, *, by: Officer, at: datetime, purpose: str = "") -> None:
    """Put the look of `by` at `what` on record, unless `appeal` is assigned to her."""
    if appeal.officer_id != by.pk:
        AccessRecord.objects.create(appeal=appeal, officer=by, what=what, purpose=purpose, at=at)
