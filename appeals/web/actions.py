"""What may be done with a case on its page; what may not stays in sight and says why."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import Officer
from appeals import rules
from appeals.domain.acts import refusals
from appeals.domain.dossier import Dossier
from appeals.domain.numbering import slug

LABELS = {
    "mark_urgent": gettext_lazy("Mark as urgent"),
    "settle_urgency": gettext_lazy("Settle the urgency"),
    "accept": gettext_lazy("Accept"),
    "assign": gettext_lazy("Assign to an officer"),
    "begin_review": gettext_lazy("Begin the review"),
    "ask_co_executor": gettext_lazy("Ask a colleague for a part of the answer"),
    "answer_as_co_executor": gettext_lazy("Give your part of the answer"),
    "prepare_reply": gettext_lazy("Prepare the reply"),
    "notify_hearing": gettext_lazy("Make the preliminary decision known"),
    "object": gettext_lazy("Enter an objection"),
    "record_hearing": gettext_lazy("Record the hearing"),
    "waive_hearing": gettext_lazy("Record why no hearing is needed"),
    "reply": gettext_lazy("Sign and send the reply"),
    "satisfy": gettext_lazy("Satisfy the complaint in full"),
    "forward": gettext_lazy("Forward to another body"),
    "forward_part": gettext_lazy("Forward a part to another body"),
    "send_back": gettext_lazy("Send back to the body it came from"),
    "dispute": gettext_lazy("Ask the body above who answers"),
    "link": gettext_lazy("Link to an earlier appeal"),
    "unlink": gettext_lazy("Remove the link to the earlier appeal"),
    "group": gettext_lazy("Group with like appeals"),
    "ungroup": gettext_lazy("Take out of the group"),
    "reclassify": gettext_lazy("Correct kind, topic or region"),
    "correct_contacts": gettext_lazy("Correct the applicant's contacts"),
    "ask_extension": gettext_lazy("Ask for an extension"),
    "extend": gettext_lazy("Extend the term"),
    "refuse_extension": gettext_lazy("Refuse the extension"),
    "hold": gettext_lazy("Ask the applicant for what is missing"),
    "resume": gettext_lazy("Enter the correction"),
    "return": gettext_lazy("Return without review"),
    "terminate": gettext_lazy("Terminate the review"),
    "withdraw": gettext_lazy("Enter a withdrawal"),
    "strike_off": gettext_lazy("Strike off: registered by mistake"),
    "report_execution": gettext_lazy("Report that the decision is carried out"),
    "correct_reply": gettext_lazy("Correct a slip in the answer"),
    "ask_for_file": gettext_lazy("Enter that the applicant asks to see the file"),
    "show_file": gettext_lazy("Show the file to the applicant"),
}


@dataclass(frozen=True)
class Action:
    """A button: where it leads, or the rule's own words why it does not."""

    label: str
    url: str
    refusal: str


def actions_on(seen: Dossier) -> list[Action]:
    """Every act on the case; those its reader may do first."""
    at = [slug(seen.appeal.number)]
    actions = [Action(str(LABELS[act]), reverse(f"desk:{act}", args=at), why) for act, why in refusals(seen).items()]
    return allowed_first(actions)


def allowed_first(actions: Iterable[Action]) -> list[Action]:
    return sorted(actions, key=lambda action: bool(action.refusal))


def actions_at_desk(officer: Officer, *, unexplained: int, disputed: int) -> list[Action]:
    """What may be begun at the desk; `unexplained` breaches await an explanation, `disputed` competences a decision."""
    return allowed_first(
        [
            Action(_("Register an appeal"), reverse("desk:register"), rules.refusal_to_register(officer)),
            Action(_("Like appeals"), reverse("desk:alike"), ""),
            Action(_register_of_breaches(unexplained), reverse("desk:breaches"), ""),
            Action(_disputes(disputed), reverse("desk:disputes"), rules.refusal_to_hear_disputes(officer)),
        ]
    )


def _register_of_breaches(n: int) -> str:
    return _("Register of breaches (to be explained: %(n)s)") % {"n": n} if n else _("Register of breaches")


def _disputes(n: int) -> str:
    return _("Competences to decide (%(n)s)") % {"n": n} if n else _("Competences to decide")
