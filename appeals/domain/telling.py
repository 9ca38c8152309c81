"""The steps of an explanation as sentences in the active language, for pages, letters, API and command alike."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agencies.domain.wording import long_date, long_day, long_days
from appeals.domain.explanations import Code, Step, Why
from appeals.domain.wording import in_words
from appeals.enums import ClockKind, TermUnit

REGISTERED = {
    Why.SAME_DAY: gettext_lazy("Registered on the same day: %(day)s."),
    Why.AFTER_HOURS: gettext_lazy(
        "Registered on the next working day, since it came after the working day had ended (%(day_ends)s): %(day)s."
    ),
    Why.DAY_OFF: gettext_lazy("Registered on the nearest working day, since it came on a day off: %(day)s."),
    Why.AFTER_HOURS_BEFORE_DAYS_OFF: gettext_lazy(
        "Registered on the nearest working day, since it came after the working day had ended (%(day_ends)s) "
        "and days off followed: %(day)s."
    ),
    Why.UNKNOWN: gettext_lazy("Registered: %(day)s."),
}

# what sets the terms running that do not start with the appeal
BEGUN = {
    ClockKind.EXTENSION_NOTICE: gettext_lazy("The extension was decided: %(day)s."),
    ClockKind.RETURN: gettext_lazy("The applicant's time to supply what was missing was over: %(day)s."),
    ClockKind.TERMINATION_NOTICE: gettext_lazy("The review was terminated: %(day)s."),
    ClockKind.CO_EXECUTOR: gettext_lazy("A colleague was asked for a part of the answer: %(day)s."),
    ClockKind.FILE_ACCESS: gettext_lazy("The applicant asked to see the case file: %(day)s."),
    ClockKind.EXECUTION: gettext_lazy("The decision was made: %(day)s."),
    ClockKind.CORRECTION: gettext_lazy("The applicant was asked for what was missing: %(day)s."),
    ClockKind.OBJECTION: gettext_lazy("The preliminary decision was made known: %(day)s."),
    ClockKind.HEARING: gettext_lazy("The preliminary decision was made known: %(day)s."),
}

SENTENCES = {
    Code.RECEIVED: gettext_lazy("Received: %(at)s."),
    Code.ARRIVED: gettext_lazy("For this body the term starts: %(day)s."),
    Code.ASSUMED: gettext_lazy("This reading of the law is in part an assumption: no source confirms it yet."),
    Code.INTERNAL: gettext_lazy("An internal term: it is not counted officially."),
    Code.DAYS_OFF: gettext_lazy("Days off besides weekends: %(days)s."),
    Code.WORKED: gettext_lazy("Worked although a weekend, and counted: %(days)s."),
    Code.ROLLED: gettext_lazy("The end falls on a day off (%(was)s) and moves to the next working day: %(day)s."),
    Code.ENDS: gettext_lazy("By this count the last day was: %(day)s."),
    Code.CALENDAR_CHANGED: gettext_lazy(
        "The working calendar was changed (%(on)s). The last day before: %(was)s; now: %(day)s."
    ),
    Code.EXTENDED: gettext_lazy("Extended (%(on)s). The last day before: %(was)s; now: %(day)s."),
    Code.KEPT: gettext_lazy(
        "The working calendar was changed after this term had been counted; by the present one its last day "
        "would be: %(counted)s."
    ),
    Code.DUE: gettext_lazy("Last day: %(day)s."),
    Code.CANCELLED: gettext_lazy("No longer runs since: %(day)s."),
    Code.STANDS_STILL: gettext_lazy(
        "Stands still while the applicant is asked for what is missing, since: %(since)s. These days are given back."
    ),
    Code.BROKEN: gettext_lazy("The term was broken; noted on record: %(day)s."),
    Code.EXCUSED: gettext_lazy("The breach was annulled: %(day)s. What is owed stays owed."),
    Code.COUNTS_AS_REFUSAL: gettext_lazy(
        "If there is no answer by the end of that day, it counts as a refusal and can be complained of "
        "(Article 91(2) of the Code)."
    ),
    Code.GOES_ON_RECORD: gettext_lazy("If it is not done by the end of that day, the breach goes on record by itself."),
    Code.MAY_BE_RETURNED: gettext_lazy(
        "If nothing comes by the end of that day, the body may return the appeal without review."
    ),
    Code.DECIDED_WITHOUT: gettext_lazy("If no objection comes by the end of that day, the body decides without it."),
}

# within a sentence; elsewhere the day is the point of it and has its weekday
IN_PASSING = ("on", "was", "since", "until", "counted")


def said(step: Step) -> str:
    """`step` as one sentence, or two."""
    if step.code == Code.RULE:
        return _rule(step.facts)
    words = _words(step.facts)
    match step.code:
        case Code.REGISTERED:
            return REGISTERED[step.facts["why"]] % words
        case Code.BEGUN:
            return BEGUN[step.facts["clock"]] % words
        case Code.GIVEN:
            return _("The body gave: %(term)s.") % {"term": _length(step.facts["length"], step.facts["unit"])}
        case Code.COUNTED_FROM:
            return _counted_from(step.facts) % words
        case Code.STOOD_STILL:
            given_back = _length(step.facts["given_back"], step.facts["unit"])
            return _(
                "Stood still from %(since)s to %(until)s, while the applicant was asked for what was missing. "
                "Given back: %(given_back)s."
            ) % {**words, "given_back": given_back}
        case Code.MET:
            return (_("Done late: %(day)s.") if step.facts["is_late"] else _("Done in time: %(day)s.")) % words
    return SENTENCES[step.code] % words


def row(step: Step) -> dict[str, Any]:
    """For machines: the code, the sentence, and the facts beside it."""
    return {"code": step.code.value, "text": said(step), **step.facts}


def _rule(facts: Mapping[str, Any]) -> str:
    term = _length(facts["length"], facts["unit"]) if facts["length"] else _("the same working day")
    sentence = (
        _("Term, at the longest: %(term)s (%(basis)s).") if facts["is_longest"] else _("Term: %(term)s (%(basis)s).")
    )
    return " ".join(filter(None, [sentence % {"term": term, "basis": in_words(facts["basis"])}, _in_force(facts)]))


def _in_force(facts: Mapping[str, Any]) -> str:
    since, until = facts["in_force_since"], facts["in_force_until"]
    words = {"since": since and long_date(since), "until": until and long_date(until)}
    if since and until:
        return _("In force from %(since)s to %(until)s.") % words
    if since:
        return _("In force since %(since)s.") % words
    return _("In force until %(until)s.") % words if until else ""


def _counted_from(facts: Mapping[str, Any]) -> str:
    if facts["first_day_counts"]:
        return _("Counted from the day itself: %(day)s.")
    if facts["unit"] == TermUnit.WORKING_DAYS:
        return _("Counted from the next working day: %(day)s.")
    return _("Counted from the next day: %(day)s.")


def _length(n: int, unit: str) -> str:
    if unit == TermUnit.WORKING_DAYS:
        return ngettext("%(n)s working day", "%(n)s working days", n) % {"n": n}
    if unit == TermUnit.CALENDAR_DAYS:
        return ngettext("%(n)s calendar day", "%(n)s calendar days", n) % {"n": n}
    return ngettext("%(n)s month", "%(n)s months", n) % {"n": n}


def _words(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _word(name, fact) for name, fact in facts.items()}


def _word(name: str, fact: Any) -> Any:
    match fact:
        case datetime():
            return f"{long_day(fact.date())}, {fact:%H:%M}"
        case date():
            return long_date(fact) if name in IN_PASSING else long_day(fact)
        case list():
            return long_days(fact)
    return fact
