"""The register of broken terms as it is read: each with what followed from it, and how many of which cause."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Q

from agencies.domain.working_days import WorkingCalendar
from agencies.models import Officer
from appeals.domain.arrays import told, typed
from appeals.enums import BreachCause, MeasureKind, Verdict
from appeals.models import Breach, BreachAnnulment, BreachExplanation, BreachMeasure, BreachReview
from appeals.models.breach import BreachQuerySet
from appeals.rules import (
    refusal_to_annul_breach,
    refusal_to_explain_breach,
    refusal_to_review_breach,
    refusal_to_take_measure,
)

ALONG = ("agency", "officer__user", "clock__term", "appeal__agency", "appeal__region", "annulment__by__user")
WHO_AND_WHEN = {"by": "by__user__full_name", "post": "by__post", "at": "at"}


@dataclass(frozen=True)
class Explained:
    """What the body said led to the breach."""

    cause: BreachCause
    text: str
    by: str
    post: str
    at: datetime


@dataclass(frozen=True)
class Reviewed:
    """What the oversight made of it."""

    verdict: Verdict
    text: str
    by: str
    post: str
    at: datetime


@dataclass(frozen=True)
class Taken:
    """What was done about it; `officer` is empty where it was meant for nobody by name."""

    kind: MeasureKind
    officer: str
    taken_on: date
    order_number: str
    by: str
    post: str
    at: datetime


@dataclass(frozen=True)
class OnRecord:
    """A breach with what followed from it; `days_late` are working days."""

    breach: Breach
    days_late: int
    explanations: Sequence[Explained]
    reviews: Sequence[Reviewed]
    measures: Sequence[Taken]

    @property
    def ended_on(self) -> date | None:
        """The day the body did what the term asked, or no longer owed it."""
        return self.breach.clock.met_on or self.breach.clock.cancelled_on

    @property
    def verdict(self) -> Verdict | None:
        """The last one."""
        return self.reviews[-1].verdict if self.reviews else None

    @property
    def annulment(self) -> BreachAnnulment | None:
        return getattr(self.breach, "annulment", None)


def rows(breaches: BreachQuerySet) -> BreachQuerySet:
    """`breaches`, newest first, with everything `on_record` tells of them, in one query."""
    return (
        breaches.select_related(*ALONG)
        .annotate(told_explanations=_explanations(), told_reviews=_reviews(), told_measures=_measures())
        .order_by("-detected_on", "-pk")
    )


def on_record(breach: Breach, *, on: date, days: WorkingCalendar) -> OnRecord:
    """What a row of `rows` tells on the local date `on`."""
    clock, row = breach.clock, cast(Any, breach)
    return OnRecord(
        breach,
        days_late(breach.due_on, clock.met_on or clock.cancelled_on or on, days),
        [Explained(**_worded(line, cause=BreachCause)) for line in row.told_explanations],
        [Reviewed(**_worded(line, verdict=Verdict)) for line in row.told_reviews],
        [Taken(**_worded(typed(line, date, "taken_on"), kind=MeasureKind)) for line in row.told_measures],
    )


def days_late(due_on: date, ended: date, days: WorkingCalendar) -> int:
    """Working days past the last one; what ended on a day off is late by one, too."""
    return max(days.between(due_on, ended), 1)


def by_cause(breaches: BreachQuerySet) -> tuple[dict[str, int], int]:
    """How many count, by the code of their cause, empty for not explained yet; and how many are annulled. One query."""
    counted = (
        breaches.order_by()
        .values_list("cause")
        .annotate(
            standing=Count("pk", filter=Q(annulled_on=None)), annulled=Count("pk", filter=Q(annulled_on__isnull=False))
        )
    )
    found = list(counted)
    return {cause: n for cause, n, _annulled in found if n}, sum(annulled for _cause, _n, annulled in found)


def refusals(reader: Officer, breach: Breach) -> dict[str, str]:
    """Every act on `breach`: why `reader` may not do it now; empty when she may."""
    return {
        "explain": refusal_to_explain_breach(reader, breach),
        "review": refusal_to_review_breach(reader, breach),
        "measure": refusal_to_take_measure(reader, breach),
        "annul": refusal_to_annul_breach(reader, breach),
    }


def _explanations() -> ArraySubquery:
    said = BreachExplanation.objects.filter(breach=OuterRef("pk"))
    return told(said, cause="cause", text="text", **WHO_AND_WHEN)


def _reviews() -> ArraySubquery:
    judged = BreachReview.objects.filter(breach=OuterRef("pk"))
    return told(judged, verdict="verdict", text="text", **WHO_AND_WHEN)


def _measures() -> ArraySubquery:
    taken = BreachMeasure.objects.filter(breach=OuterRef("pk"))
    plain = {name: name for name in ("kind", "taken_on", "order_number")}
    return told(taken, officer="officer__user__full_name", **plain, **WHO_AND_WHEN)


def _worded(line: dict[str, Any], **choices: Any) -> dict[str, Any]:
    """`line` with members of closed lists for their codes, an instant for its text, and no name for none."""
    named = {name: kind(line[name]) for name, kind in choices.items()}
    if "officer" in line:
        named["officer"] = line["officer"] or ""
    return typed(line, datetime, "at") | named
