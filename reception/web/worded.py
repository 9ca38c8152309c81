"""Dates and terms as sentences for citizens."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from appeals.domain.explanations import explain
from appeals.domain.telling import said
from appeals.enums import ClockKind
from appeals.models import Clock
from reception.domain.finder import Record
from reception.domain.intake import Foreseen
from reception.domain.tracking import Case

# how a term stands whose last day is to come and stays where it is
AHEAD = ("calm", "near", "today")


def promise(clock: Clock, *, is_unheard: bool = False) -> str:
    """What the holder has to do by the last day of `clock`; `is_unheard`: it is a complaint that no body may decide."""
    if is_unheard:
        return _(
            "No body may decide this complaint. By this day the President's Office writes to you "
            "where you can go with it: to court, or under a special law."
        )
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


def still_promised(case: Case) -> str:
    """The same of the term that matters in `case`; no day once its last one is over, or while that is to move."""
    if case.clock and case.countdown and case.countdown.state in AHEAD:
        return promise(case.clock, is_unheard=case.is_unheard)
    if not case.is_unheard:
        return ""
    return _(
        "The President's Office writes to you where you can go with this complaint: to court, or under a special law. "
        "With that the appeal ends here."
    )


def foreseen(coming: Foreseen) -> list[str]:
    """How the last day of an appeal sent now would come about, step by step."""
    steps = explain(coming.clock, entered_by=coming.proposal.agency, calendar=coming.calendar)
    return [said(step) for step in steps]


def of_case(case: Case) -> list[str]:
    """How the last day of the term that matters in `case` comes about, and what follows."""
    return [said(step) for clock in case.explained_clocks if clock is case.clock for step in clock.steps]


def record(record: Record) -> str:
    """How the body has answered of late; with few answers, that they do not tell."""
    if not record.is_telling:
        return _("It has answered too few appeals about this in the last six months to tell.")
    days, n = record.median_days or 0, record.answered
    return " ".join(
        [
            ngettext(
                "In the last six months it answered %(n)s appeal about this.",
                "In the last six months it answered %(n)s appeals about this.",
                n,
            )
            % {"n": n},
            _("In time: %(share)s %%.") % {"share": record.share},
            ngettext(
                "Half of the answers came within %(days)s day.", "Half of the answers came within %(days)s days.", days
            )
            % {"days": days},
        ]
    )
