"""What happened, in words: the sentence of each kind of event, and what its data stand for."""

from collections.abc import Mapping
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy

from appeals.enums import (
    Alarm,
    BreachCause,
    ClockKind,
    Danger,
    EventKind,
    HearingWay,
    NoticeKind,
    Outcome,
    ReturnGround,
    TerminationGround,
    Verdict,
    WaiverGround,
)
from appeals.models import Event

# what an event's data hold besides names: codes of closed lists, days, and what is said as it is
LABELLED: Mapping[str, tuple[type[TextChoices], ...]] = {
    "outcome": (Outcome,),
    "ground": (ReturnGround, TerminationGround),
    "waiver": (WaiverGround,),
    "way": (HearingWay,),
    "clock": (ClockKind,),
    "cause": (BreachCause,),
    "verdict": (Verdict,),
    "notice": (NoticeKind,),
    "danger": (Danger,),
    "alarm": (Alarm,),
}
DAYS = ("until", "was", "became", "due_on", "held_on")
PLAIN = ("part", "previous")
# what is told in full among officials alone: who does it, and what makes it urgent
FOR_OFFICIALS = (
    EventKind.ASSIGNED, EventKind.CO_EXECUTOR_ASKED, EventKind.CO_EXECUTOR_ANSWERED, EventKind.MARKED_URGENT
)  # fmt: skip
TITLES: Mapping[str, Any] = {
    EventKind.ROUTED: gettext_lazy("Sent to: %(body)s"),
    EventKind.ACCEPTED: gettext_lazy("Accepted: %(body)s"),
    EventKind.ASSIGNED: gettext_lazy("Assigned to: %(officer)s"),
    EventKind.FORWARDED: gettext_lazy("Forwarded by competence to: %(body)s"),
    EventKind.SENT_BACK: gettext_lazy("Sent back, to: %(body)s"),
    EventKind.COMPETENCE_DISPUTED: gettext_lazy("Who answers is left to the body above: %(above)s"),
    EventKind.COMPETENCE_DECIDED: gettext_lazy("The body above decided who answers: %(body)s"),
    EventKind.SUCCEEDED: gettext_lazy("The body ceased to exist: %(left)s. Its work is carried on by: %(body)s"),
    EventKind.ANSWERED: gettext_lazy("Answered. Outcome: %(outcome)s"),
    EventKind.RETURNED: gettext_lazy("Returned without review. Ground: %(ground)s"),
    EventKind.TERMINATED: gettext_lazy("Review terminated. Ground: %(ground)s"),
    EventKind.BREACHED: gettext_lazy("Term broken: %(term)s"),
    EventKind.BREACH_EXPLAINED: gettext_lazy("Breach explained (%(term)s). Cause: %(cause)s"),
    EventKind.BREACH_REVIEWED: gettext_lazy("Explanation of the breach reviewed (%(term)s). %(verdict)s"),
    EventKind.MEASURE_TAKEN: gettext_lazy("Measure taken for the breach (%(term)s)"),
    EventKind.BREACH_ANNULLED: gettext_lazy("Breach annulled: %(term)s"),
    EventKind.EXTENSION_ASKED: gettext_lazy("Extension asked for, until %(until)s"),
    EventKind.EXTENDED: gettext_lazy("Term extended from %(was)s until %(became)s"),
    EventKind.EXTENSION_REFUSED: gettext_lazy("Extension until %(until)s refused"),
    EventKind.HELD: gettext_lazy("The applicant was asked for a correction, until %(until)s"),
    EventKind.LAPSED: gettext_lazy("The applicant's term ran out on %(due_on)s: %(term)s"),
    EventKind.HEARING_NOTIFIED: gettext_lazy("Preliminary decision made known. Hearing: %(way)s"),
    EventKind.HEARING_HELD: gettext_lazy("Hearing held on %(held_on)s"),
    EventKind.HEARING_WAIVED: gettext_lazy("No hearing needed. Ground: %(waiver)s"),
    EventKind.CO_EXECUTOR_ASKED: gettext_lazy("Asked for a part of the answer, until %(until)s: %(officer)s"),
    EventKind.CO_EXECUTOR_ANSWERED: gettext_lazy("Gave a part of the answer: %(officer)s"),
    EventKind.FORWARDED_IN_PART: gettext_lazy("A part was forwarded by competence to: %(body)s. Its number: %(part)s"),
    EventKind.MARKED_URGENT: gettext_lazy("Marked as urgent. Danger: %(danger)s"),
    EventKind.URGENCY_SETTLED: gettext_lazy("Urgency settled. %(alarm)s"),
    EventKind.NOTICE_POSTED: gettext_lazy("Sent by post: %(notice)s"),
    EventKind.LINKED: gettext_lazy("Linked to the earlier appeal %(previous)s"),
    EventKind.UNLINKED: gettext_lazy("Link to the earlier appeal %(previous)s removed"),
    EventKind.FILE_ASKED: gettext_lazy("Access to the case file asked for. Body: %(body)s"),
    EventKind.FILE_SHOWN: gettext_lazy("Access to the case file given. Body: %(body)s"),
}
TRIAGED = gettext_lazy("The body ceased to exist: %(left)s. The appeal went to: %(body)s")
# why nobody carries it on, by the code of the reason
WHY_TRIAGED: Mapping[str | None, Any] = {
    "no_successor": gettext_lazy("No successor is named; the President's Office determines the competent body."),
    "conflict": gettext_lazy(
        "The successor is the body complained of or is below it, and may not decide; "
        "the President's Office determines the competent body."
    ),
}
UNDECIDED = gettext_lazy("Who answers is no longer for the body above to decide: %(above)s")


def title_of(event: Event) -> str:
    """The sentence for `event`, of a kind in `TITLES`; nobody carries on the work where the case is in triage."""
    if event.kind == EventKind.SUCCEEDED and "why" in event.data:
        return str(TRIAGED)
    return str(TITLES[EventKind(event.kind)])
