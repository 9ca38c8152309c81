"""Dates and terms as sentences for citizens."""

from django.utils.translation import gettext as _

from appeals.domain.explanations import explain
from appeals.domain.telling import said
from appeals.enums import ClockKind
from appeals.models import Clock
from reception.domain.intake import Foreseen
from reception.domain.tracking import Case


def promise(clock: Clock) -> str:
    """What the holder has to do by the last day of `clock`."""
    if clock.kind == ClockKind.REPLY:
        return _("The body has to answer by this day.")
    if clock.kind == ClockKind.PASSING_UP:
        return _(
            "By this day the body has to pass the complaint to the one above it. "
            "That one then has its own term to decide, and you will be told both."
        )
    return _(
        "By this day the appeal is passed on to the body that has to answer. "
        "That body then has its own term, and you will be told both."
    )


def foreseen(coming: Foreseen) -> list[str]:
    """How the last day of an appeal sent now would come about, step by step."""
    steps = explain(coming.clock, entered_by=coming.proposal.agency, calendar=coming.calendar)
    return [said(step) for step in steps]


def of_case(case: Case) -> list[str]:
    """How the last day of the term that matters in `case` comes about, and what follows."""
    return [said(step) for clock in case.explained_clocks if clock is case.clock for step in clock.steps]
