"""Many people, one matter: gathered for one decision. Each appeal keeps its clock and gets an answer of its own."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import Officer
from appeals.domain.history import record
from appeals.domain.terms import local_date
from appeals.enums import EventKind
from appeals.errors import InvalidIntake
from appeals.models import Appeal, Group
from appeals.rules import insist, refusal_to_group, refusal_to_ungroup

LONGEST_NAME = 200  # characters


@transaction.atomic
def open_group(appeals: Sequence[Appeal], *, name: str, by: Officer, at: datetime) -> Group:
    """Gather `appeals` under `name`: all of them or, where one cannot be, none."""
    if not name.strip():
        raise InvalidIntake(_("Give the group a name."), field="name")
    on = local_date(at, by.agency)
    opened = Group.objects.create(name=name.strip()[:LONGEST_NAME], agency=by.agency, opened_by=by, opened_on=on)
    join(appeals, opened, by=by, at=at)
    return opened


@transaction.atomic
def join(appeals: Sequence[Appeal], into: Group, *, by: Officer, at: datetime) -> None:
    """Join `appeals` to the group `into`: all of them or, where one cannot be, none. In one order for all who do so."""
    for appeal in sorted(appeals, key=lambda each: each.pk):
        group(appeal, into, by=by, at=at)


@transaction.atomic
def group(appeal: Appeal, into: Group, *, by: Officer, at: datetime) -> Appeal:
    """Join `appeal` to the group `into` of its body. The applicant is told nothing of the others."""
    appeal = Appeal.objects.locked(appeal)
    insist(refusal_to_group(by, appeal, into))
    appeal.group = into
    appeal.save(update_fields=["group"])
    record(appeal, EventKind.GROUPED, by=by, at=at, group=into.pk)
    return appeal


@transaction.atomic
def ungroup(appeal: Appeal, *, reason: str, by: Officer, at: datetime) -> Appeal:
    """Take `appeal` out of its group; what was prepared for it stays prepared. Handed on, it leaves by itself."""
    appeal = Appeal.objects.locked(appeal)
    insist(refusal_to_ungroup(by, appeal))
    if not reason.strip():
        raise InvalidIntake(_("Give the reason."), field="reason")
    left, appeal.group = appeal.group_id, None
    appeal.save(update_fields=["group"])
    record(appeal, EventKind.UNGROUPED, by=by, at=at, text=reason, group=left)
    return appeal
