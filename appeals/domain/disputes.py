"""A competence that bodies cannot settle between them: the body above decides, and that binds (N9)."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from agencies.models import Agency, Officer
from appeals.domain import notices
from appeals.domain.forwarding import hand_on, journey_of, tell
from appeals.domain.history import record
from appeals.domain.routing import office
from appeals.domain.terms import local_date
from appeals.enums import OPEN, EventKind, NoticeKind
from appeals.errors import InvalidIntake
from appeals.models import Appeal, Dispute
from appeals.rules import (
    DECIDING,
    insist,
    is_complained_of,
    refusal_to_decide,
    refusal_to_dispute,
    superior_instance,
)


@transaction.atomic
def dispute(appeal: Appeal, *, by: Officer, at: datetime, reason: str, proposed: Agency | None = None) -> Dispute:
    """Ask the body above who answers `appeal`; it, and its terms, stay where they are until that is decided.

    Whoever may decide there is told. An appeal that ends meanwhile leaves nothing to decide.
    """
    appeal = Appeal.objects.locked(appeal)
    on = local_date(at, appeal.agency)
    insist(refusal_to_dispute(by, appeal, proposed, on=on, journey=journey_of(appeal, on)))
    if not reason.strip():
        raise InvalidIntake(_("Say why your body is not the one to answer."), field="reason")
    above = body_above(appeal, on)
    asked = Dispute.objects.create(
        appeal=appeal, agency=appeal.agency, above=above, proposed=proposed, reason=reason, asked_by=by, asked_on=on
    )
    told = {"above": above.code} | ({"proposed": proposed.code} if proposed else {})
    record(appeal, EventKind.COMPETENCE_DISPUTED, by=by, at=at, text=reason, **told)
    _tell(asked, on=on, at=at)
    return asked


@transaction.atomic
def decide(
    dispute: Dispute, to: Agency, *, by: Officer, at: datetime, grounds: str, instead_of: Agency | None = None
) -> Dispute:
    """Decide for the body above that `to` answers: the holder goes on, or the appeal goes there, with the grounds.

    Whoever it is decided for can neither forward the appeal nor send it back. Only who decided can decide anew,
    `instead_of` the body named before; who did not know of that decision is refused.
    """
    appeal = Appeal.objects.locked(dispute.appeal)
    dispute = appeal.disputes.select_related("above", "to").get(pk=dispute.pk)
    dispute.appeal = appeal
    on = local_date(at, dispute.above)
    insist(refusal_to_decide(by, dispute, to, on=on, instead_of=instead_of))
    if not grounds.strip():
        raise InvalidIntake(_("Give the grounds of the decision; the applicant will read them."), field="grounds")
    dispute.to, dispute.grounds, dispute.decided_by, dispute.decided_on = to, grounds, by, on
    dispute.save()
    told = {"to": to.code}
    if to != appeal.agency:
        told["left"] = appeal.agency.code
        hand_on(appeal, to, by=by, at=at, is_hop=True, on_last_day=False)
        tell(appeal, NoticeKind.FORWARDED, at=at)
    record(appeal, EventKind.COMPETENCE_DECIDED, by=by, at=at, text=grounds, **told)
    return dispute


def ask_another(undecided: Dispute, *, on: date, at: datetime) -> None:
    """Leave it to the body above today: the one that was asked has ceased, or is complained of since."""
    appeal, left = undecided.appeal, undecided.above
    undecided.above = body_above(appeal, on)
    undecided.save(update_fields=["above"])
    record(appeal, EventKind.COMPETENCE_DISPUTED, at=at, left=left.code, above=undecided.above.code)
    _tell(undecided, on=on, at=at)


def keep_from_complained_of(appeal: Appeal, *, on: date, at: datetime) -> None:
    """Where `appeal` has become a complaint about the body asked who answers it, another one is asked."""
    undecided = appeal.disputes.undecided().select_related("above").first()
    if undecided and is_complained_of(undecided.above, appeal):
        undecided.appeal = appeal
        ask_another(undecided, on=on, at=at)


def body_above(appeal: Appeal, on: date) -> Agency:
    """The nearest body above the holder that hears complaints and has who decides, else the President's Office.

    A complaint is not left to the body complained of, nor to one below it.
    """
    above = superior_instance(appeal.agency, on)
    while above is not None and (is_complained_of(above, appeal) or not deciders(above, on).exists()):
        above = superior_instance(above, on)
    return above or office()


def deciders(above: Agency, on: date) -> QuerySet[Officer]:
    """Who settles competences for the body `above` on the local date `on`."""
    return Officer.objects.in_office(on).filter(agency=above, role__in=DECIDING)


def heard_by(officer: Officer) -> QuerySet[Dispute]:
    """What the body of `officer` is to decide, or has decided, about appeals still open, the longest asked first."""
    asked = Dispute.objects.filter(above=officer.agency_id, ended_on=None, appeal__status__in=OPEN)
    along = ("above", "to", "proposed", "agency", "appeal__agency", "appeal__complained_of")
    return asked.select_related(*along).order_by("pk")


def _tell(undecided: Dispute, *, on: date, at: datetime) -> None:
    notices.owe_all(
        notices.to_officer(undecided.appeal, NoticeKind.COMPETENCE_DISPUTED, officer, at=at, about=undecided.pk)
        for officer in deciders(undecided.above, on)
    )
