"""How the applicant is reached is put right; what could not reach her is owed again."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from agencies.models import Officer
from appeals.domain import access, applicants
from appeals.domain.history import record
from appeals.enums import AccessedData, EventKind, Medium
from appeals.errors import InvalidIntake
from appeals.models import Appeal, Applicant, Notice
from appeals.rules import insist, refusal_to_correct_contacts

CONTACTS = ("email", "phone", "address")
PURPOSE = "contacts"


@transaction.atomic
def correct_contacts(
    appeal: Appeal,
    changes: Mapping[str, str],
    *,
    at: datetime,
    by: Officer | None = None,
    reason: str = "",
    consent: bool = False,
) -> Appeal:
    """Put the `changes` (email, phone, address) in place of what was given; an empty one is removed.

    By the applicant herself, or by `by` with a reason; parts of an appeal have one applicant. `consent`: she
    agreed that messages to a new e-mail or telephone count as delivered (Art. 66). The history names the
    fields, never what is in them. Letters that bounced, or waited to go by post, are owed the corrected way.
    """
    appeal = Appeal.objects.locked(appeal)
    insist(refusal_to_correct_contacts(by, appeal))
    applicant = Applicant.objects.select_for_update().get(pk=appeal.applicant_id)
    known = applicant.unseal()
    new = _new(known, changes)
    if not new:
        raise InvalidIntake(_("Nothing is changed: these are the contacts already given."))
    if by is not None and not reason.strip():
        raise InvalidIntake(_("Say how the correction became known."), field="reason")
    applicant.seal(_corrected(known, new, consent=consent))
    applicant.save()
    if by is not None:
        access.journal(appeal, AccessedData.APPLICANT, by=by, at=at, purpose=PURPOSE)
    record(appeal, EventKind.CONTACTS_CORRECTED, by=by, at=at, text=reason.strip(), fields=sorted(new))
    _owe_again(applicant, new, at=at)
    return appeal


def _new(known: Mapping[str, str], changes: Mapping[str, str]) -> dict[str, str]:
    """What differs from `known`, in the form it is kept."""
    told = {name: changes[name].strip() for name in CONTACTS if name in changes}
    if "phone" in told:
        told["phone"] = applicants.phone(told["phone"])
    return {name: value for name, value in told.items() if value != known.get(name, "")}


def _corrected(known: Mapping[str, str], new: Mapping[str, str], *, consent: bool) -> dict[str, str]:
    """All details with the `new` ones; refuses what registration would refuse."""
    details = {**known, **new}
    is_asked = bool(new.get("email") or new.get("phone"))
    applicants.insist_reachable(
        **{name: details.get(name, "") for name in CONTACTS}, consent=consent if is_asked else True
    )
    if is_asked:
        details["consent"] = "yes"
    return {name: value for name, value in details.items() if value}


def _owe_again(applicant: Applicant, new: Mapping[str, str], *, at: datetime) -> None:
    """Letters of this applicant's that did not arrive go to a new e-mail; by post, where only that is left or new."""
    if "email" not in new and "address" not in new:
        return
    missing = Notice.objects.filter(appeal__applicant=applicant, officer=None, delivered_at=None)
    if new.get("email"):
        stuck, medium = missing.filter(Q(medium=Medium.POST) | Q(bounced_at__isnull=False)), Medium.EMAIL
    elif "email" in new:
        stuck, medium = missing, Medium.POST
    else:
        stuck, medium = missing.exclude(bounced_at=None), Medium.POST
    stuck.update(medium=medium, bounced_at=None, failure="", attempts=0, try_after=at)
