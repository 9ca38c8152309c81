"""Messages owed. An act writes the row in its own transaction; a worker empties the rows (`deliveries`)."""

from collections.abc import Iterable
from datetime import datetime

from agencies.models import Officer
from appeals.enums import Medium, NoticeKind
from appeals.models import Appeal, Notice


def owe(appeal: Appeal, kind: NoticeKind, *, at: datetime, about: str | int = "") -> None:
    """Owe the applicant a message, by e-mail where there is one, else by post; `about` tells occasions apart."""
    owe_all([to_applicant(appeal, kind, at=at, about=about)])


def owe_all(notices: Iterable[Notice]) -> None:
    """Owe many; one already owed stays one. An applicant who cannot be reached is owed none."""
    reaching = [notice for notice in notices if notice.officer or not _is_lost(notice)]
    Notice.objects.bulk_create(reaching, ignore_conflicts=True)


def _is_lost(notice: Notice) -> bool:
    return notice.appeal is not None and notice.appeal.applicant.is_unreachable


def to_applicant(appeal: Appeal, kind: NoticeKind, *, at: datetime, about: str | int = "") -> Notice:
    return Notice(
        appeal=appeal,
        kind=kind,
        key=f"{kind}:{appeal.pk}:{about}",
        medium=Medium.EMAIL if appeal.applicant.has_email else Medium.POST,
        owed_at=at,
        try_after=at,
    )


def to_officer(
    appeal: Appeal,
    kind: NoticeKind,
    officer: Officer,
    *,
    at: datetime,
    about: str | int,
    not_before: datetime | None = None,
) -> Notice:
    return Notice(
        appeal=appeal,
        kind=kind,
        key=f"{kind}:{about}:{officer.pk}",
        officer=officer,
        owed_at=at,
        try_after=not_before or at,
    )
