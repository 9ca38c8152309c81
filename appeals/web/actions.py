"""What may be done with a case on its page; what may not stays in sight and says why."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Officer
from appeals import rules
from appeals.domain.numbering import slug
from appeals.models import Appeal, Reply


@dataclass(frozen=True)
class Action:
    """A button: where it leads, or the rule's own words why it does not."""

    label: str
    url: str
    refusal: str


def actions_on(appeal: Appeal, officer: Officer, *, accepted: bool, prepared: Reply | None) -> list[Action]:
    """Every act on `appeal`; those `officer` may do first."""
    offered = [
        ("accept", _("Accept"), rules.refusal_to_accept(officer, appeal, accepted=accepted)),
        ("assign", _("Assign to an officer"), rules.refusal_to_assign(officer, appeal)),
        ("begin_review", _("Begin the review"), rules.refusal_to_begin_review(officer, appeal)),
        ("prepare_reply", _("Prepare the reply"), rules.refusal_to_prepare_reply(officer, appeal)),
        ("reply", _("Sign and send the reply"), rules.refusal_to_reply(officer, appeal, prepared)),
        ("forward", _("Forward to another body"), rules.refusal_to_forward(officer, appeal)),
        ("return", _("Return without review"), rules.refusal_to_return(officer, appeal)),
        ("terminate", _("Terminate the review"), rules.refusal_to_terminate(officer, appeal)),
    ]
    actions = [
        Action(label, reverse(f"desk:{name}", args=[slug(appeal.number)]), refusal) for name, label, refusal in offered
    ]
    return sorted(actions, key=lambda action: bool(action.refusal))


def actions_at_desk(officer: Officer) -> list[Action]:
    return [
        Action(_("Register an appeal"), reverse("desk:register"), rules.refusal_to_register(officer)),
    ]
