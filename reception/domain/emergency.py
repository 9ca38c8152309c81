"""What the citizen is told when her words tell of danger, and what she says to it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from appeals.domain import helplines, urgency
from appeals.domain.helplines import Line
from appeals.domain.urgency import BY_WEIGHT, Found
from appeals.enums import Danger
from appeals.models import Appeal

DANGERS, DENIED, ANONYMOUS = "dangers", "is_denied", "is_anonymous"
DETAILS = ("name", "idn", "email", "phone", "address", "consent")


@dataclass(frozen=True)
class Emergency:
    """The danger that weighs most and whom to call; `is_denied`: she said that it is not so."""

    danger: Danger
    lines: list[Line]
    is_denied: bool = False


def of_draft(answers: dict[str, Any], told: Iterable[Mapping[str, Any]]) -> Emergency | None:
    """What to show while she writes; `told` are the helplines as they came with the draft."""
    found = found_in(answers)
    return Emergency(found.danger, helplines.fitting(told, found.danger), is_denied(answers)) if found else None


def of_case(appeal: Appeal, told: Iterable[Mapping[str, Any]] | None = None) -> Emergency | None:
    """What to show of a registered appeal while it is urgent and open, unless she said that it is not.

    One query for the helplines where they are not `told`.
    """
    if not appeal.is_urgent or not appeal.is_open or appeal.urgency.is_denied:
        return None
    danger = Danger(appeal.urgency.danger)
    return Emergency(danger, helplines.lines(danger) if told is None else helplines.fitting(told, danger))


def found_in(answers: dict[str, Any]) -> Found | None:
    """What the text of the draft was found to tell of when it was written."""
    told = [danger for danger in BY_WEIGHT if danger in answers.get(DANGERS, ())]
    return Found(told[0], frozenset(told), ()) if told else None


def is_denied(answers: dict[str, Any]) -> bool:
    return bool(answers.get(DENIED))


def may_be_anonymous(answers: dict[str, Any]) -> bool:
    """Whether the appeal may be sent without a name (Art. 64(7-2), 88(1))."""
    return found_in(answers) is not None and not is_denied(answers)


def settled(answers: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    """`answers`, into which `given` was put, with what follows for the emergency.

    A new text is searched; where it tells of something else than before, nothing said of that counts.
    Who gives no name takes back the details given.
    """
    kept = dict(answers)
    if "text" in given or "text" not in kept:
        found = urgency.dangers(kept["text"], urgency.phrases()) if "text" in kept else None
        told = sorted(found.dangers) if found else []
        if told != kept.pop(DANGERS, []):
            kept.pop(DENIED, None)
        kept |= {DANGERS: told} if told else {}
    if "applicant_type" in given and ANONYMOUS not in given:
        kept.pop(ANONYMOUS, None)
    if ANONYMOUS in kept:
        withheld = DETAILS if may_be_anonymous(kept) else (ANONYMOUS, "applicant_type")
        kept = {name: value for name, value in kept.items() if name not in withheld}
    return kept if kept.get(DENIED) else {name: value for name, value in kept.items() if name != DENIED}
