"""What the desk reads: the queue of a body, and its counts."""

import re
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.search import SearchQuery
from django.db.models import Count, Exists, OuterRef, Q, Value
from django.db.models.functions import Left
from django.utils.translation import get_language

from agencies.domain.working_days import WorkingCalendar
from agencies.models import Channel, Officer, Region, Topic
from appeals.domain import numbering
from appeals.domain.identifiers import e164
from appeals.domain.wording import named
from appeals.enums import FINAL, OPEN, OWED_AFTERWARDS, ClockKind
from appeals.models import NOTHING_DUE, Appeal, AppealText, Applicant, Breach, Clock, Dispute, Forwarding
from appeals.models.appeal import AppealQuerySet
from appeals.rules import WORKING

SOON = 3  # working days
EXCERPT = 160  # characters
PASSED_ON = "passed_on"
CLOSED = "closed"
STILL_OWED = "still_owed"
ASKED_OF_ME = "asked_of_me"


@dataclass(frozen=True)
class Countdown:
    """A due date against today, in working `days`.

    `state`: calm, near, today, overdue, excused, held, met or cancelled.
    """

    state: str
    days: int
    due_on: date


def countdown(due_on: date, on: date, days: WorkingCalendar) -> Countdown | None:
    """How far `due_on` is from the local date `on`; none while nothing is due."""
    if due_on == NOTHING_DUE:
        return None
    if due_on < on:
        return Countdown("overdue", max(days.between(due_on, on), 1), due_on)
    if due_on == on:
        return Countdown("today", 0, due_on)
    left = days.between(on, due_on)
    return Countdown("near" if left <= SOON else "calm", left, due_on)


def countdown_of(clock: Clock, on: date, days: WorkingCalendar) -> Countdown | None:
    """How the running `clock` stands on the local date `on`; one that stands still is neither near nor over."""
    if clock.is_held:
        return Countdown("held", 0, clock.due_on)
    return Countdown("excused", 0, clock.due_on) if clock.excused_on else countdown(clock.due_on, on, days)


def standing(appeals: AppealQuerySet, officer: Officer, status: str = "") -> AppealQuerySet:
    """Of what `officer` may see, what her body holds in `status`; empty: whatever is open.

    `CLOSED` is every final status together, `PASSED_ON` what the body once held and let go. In
    `STILL_OWED` cases, closed or passed on, it is yet to carry out the decision or to show the file;
    in those `ASKED_OF_ME` the officer is to give her part of the answer.
    """
    running = Clock.objects.running()
    if status == STILL_OWED:
        owed = running.filter(agency=officer.agency_id, kind__in=OWED_AFTERWARDS)
        return appeals.exclude(agency=officer.agency_id, status__in=OPEN).filter(pk__in=owed.values("appeal"))
    if status == ASKED_OF_ME:
        asked = running.filter(officer=officer, kind=ClockKind.CO_EXECUTOR)
        return appeals.filter(pk__in=asked.values("appeal"))
    if status == PASSED_ON:
        let_go = Forwarding.objects.filter(appeal=OuterRef("pk"), left=officer.agency_id)
        return appeals.exclude(agency=officer.agency_id).filter(Exists(let_go))
    held = appeals.held_by(officer.agency)
    if status == CLOSED:
        return held.closed()
    return held.filter(status=status) if status else held.open()


def ordered(appeals: AppealQuerySet, status: str = "") -> AppealQuerySet:
    """Open appeals worst clock first, others newest first."""
    return appeals.order_by("-pk") if _is_newest_first(status) else appeals.worst_first()


def key_of(appeal: Appeal, status: str = "") -> str:
    """Where `appeal` stands in its list, for the link to what comes after it."""
    return str(appeal.pk) if _is_newest_first(status) else f"{appeal.next_due_on.isoformat()}.{appeal.pk}"


def after(appeals: AppealQuerySet, key: str, status: str = "") -> AppealQuerySet:
    """What comes after `key`; everything where the key is none of ours."""
    due, _, pk = key.rpartition(".")
    try:
        last = int(pk)
        if _is_newest_first(status):
            return appeals.filter(pk__lt=last)
        day = date.fromisoformat(due)
    except ValueError:
        return appeals
    return appeals.filter(next_due_on__gte=day).exclude(next_due_on=day, pk__lte=last)


def rows(appeals: AppealQuerySet) -> AppealQuerySet:
    """With everything a line of the list shows, in one query; `about` says of them what was found by the person."""
    shown = appeals.select_related("topic", "region", "channel", "agency", "officer__user")
    return shown.annotate(excerpt=Left("content__text", EXCERPT + 1), is_found_by_person=Value(value=False))


def shortened(text: str) -> str:
    """At most `EXCERPT` characters of `text`, in whole words; an ellipsis where there is more."""
    if len(text) <= EXCERPT:
        return text
    return re.sub(r"[\s,.;:–—-]*\s\S*$", "", text[: EXCERPT + 1])[:EXCERPT] + "…"


def counts(officer: Officer, *, on: date, soon_until: date) -> dict[str, int]:
    """How many open appeals the body of `officer` holds: all, hers, nobody's, overdue, due soon, urgent; one query.

    And how many of the breaches she may know of nobody has explained yet, how many competences it is to decide.
    """
    names = ("all", "mine", "nobody", "overdue", "soon", "urgent", "unexplained", "disputed")
    held = standing(Appeal.objects.visible_to(officer), officer).order_by().values_list("agency_id")
    broken = Breach.objects.visible_to(officer).unexplained().order_by().values_list("agency_id")
    undecided = Dispute.objects.undecided().filter(above=officer.agency_id, appeal__status__in=OPEN)
    asked = undecided.order_by().values_list("above_id")
    rows = held.annotate(
        all=Count("pk"),
        mine=Count("pk", filter=Q(officer=officer)),
        nobody=Count("pk", filter=Q(officer=None)),
        overdue=Count("pk", filter=Q(next_due_on__lt=on)),
        soon=Count("pk", filter=Q(next_due_on__range=(on, soon_until))),
        urgent=Count("pk", filter=Q(is_urgent=True)),
        unexplained=Value(0),
        disputed=Value(0),
    ).union(
        broken.annotate(**dict.fromkeys(names[:6], Value(0)), unexplained=Count("pk"), disputed=Value(0)),
        asked.annotate(**dict.fromkeys(names[:7], Value(0)), disputed=Count("pk")),
        all=True,
    )
    columns = zip(*(row[1:] for row in rows), strict=True)
    return dict.fromkeys(names, 0) | dict(zip(names, map(sum, columns), strict=False))


def choices(officer: Officer, *, on: date) -> dict[str, list[tuple[str, str]]]:
    """What the body's list can be filtered by: topic, region, channel, officer; codes with names; one query."""
    name = f"name_{(get_language() or 'kk')[:2]}"
    colleagues = Officer.objects.filter(agency=officer.agency_id, role__in=WORKING)
    found = named("topic", Topic.objects.exclude(group=None), "code", name).union(
        named("region", Region.objects.first_level(), "code", name),
        named("channel", Channel.objects.all(), "code", name),
        named("officer", colleagues.in_office(on), "pk", "user__full_name"),
        all=True,
    )
    sorted_in: dict[str, list[tuple[str, str]]] = {"topic": [], "region": [], "channel": [], "officer": []}
    for what, code, called in sorted(found, key=lambda row: (row[0], row[2].casefold())):
        sorted_in[what].append((code, called))
    return sorted_in


def about(appeals: AppealQuerySet, words: str) -> AppealQuerySet:
    """By number in either script; by IIN or BIN, e-mail, full name, or phone however written; or by words of the text.

    The applicant is found by the whole of it only.
    """
    number = numbering.parsed(words)
    if number:
        return appeals.filter(number=number)
    asked = SearchQuery(words, config="russian", search_type="websearch") | SearchQuery(
        words, config="simple", search_type="websearch"
    )
    texts = AppealText.objects.filter(search=asked)
    applicants = Applicant.objects.known_by(e164(words) or words)
    found = appeals.filter(Q(pk__in=texts.values("pk")) | Q(applicant__in=applicants.values("pk")))
    return found.annotate(is_found_by_person=Exists(applicants.filter(pk=OuterRef("applicant"))))


def _is_newest_first(status: str) -> bool:
    return status in (CLOSED, PASSED_ON, STILL_OWED, *FINAL)
