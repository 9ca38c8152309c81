"""Rows that belong to a case, read as arrays beside it: a page needs no query of its own for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import Count, Exists, Func, JSONField, Model, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language

from agencies.models import Agency
from appeals.domain.numbering import slug
from appeals.enums import ClockKind, HearingWay, Status, WaiverGround
from appeals.models import NOTHING_DUE, Appeal, Clock, CoExecution, Dispute, Erratum, Forwarding, Hearing, Term


@dataclass(frozen=True)
class HearingLine:
    """A preliminary decision made known and what followed, or, with `ground`, why nothing of it was needed."""

    agency_id: int
    body: str
    by: str
    notified_on: date | None
    decision: str
    way: str
    objection: str
    objected_on: date | None
    held_on: date | None
    protocol: str
    ground: str
    reason: str

    @property
    def way_in_words(self) -> str:
        return str(HearingWay(self.way).label) if self.way else ""

    @property
    def ground_in_words(self) -> str:
        return str(WaiverGround(self.ground).label) if self.ground else ""


@dataclass(frozen=True)
class ErratumLine:
    """A slip corrected in the answer after it was sent."""

    text: str
    by: str
    signed_at: datetime


@dataclass(frozen=True)
class CoExecutionLine:
    """A colleague's part of the answer: what is asked, until when, and what came of it."""

    agency_id: int
    officer_id: int
    officer: str
    asked_by: str
    question: str
    answer: str
    answered_at: datetime | None
    due_on: date
    cancelled_on: date | None


@dataclass(frozen=True)
class PartLine:
    """A part of the appeal that another body answers; `due_on` is the day of its answer, else of what is owed next."""

    number: str
    status: str
    agency: str
    body: str
    due_on: date | None
    closed_on: date | None
    is_open_to_reader: bool

    @property
    def slug(self) -> str:
        return slug(self.number)

    @property
    def status_in_words(self) -> str:
        return str(Status(self.status).label)


class Told(ArraySubquery):
    """Rows as an array of JSON objects, in their order; PostgreSQL puts them together, which costs Django least."""

    template = "ARRAY(SELECT to_jsonb(line) FROM (%(subquery)s) AS line(%(names)s))"
    output_field = ArrayField(JSONField())

    def __init__(self, rows: QuerySet[Any], **fields: Any) -> None:
        super().__init__(rows.values_list(*fields.values()), names=", ".join(f'"{name}"' for name in fields))


def told(rows: QuerySet[Any], **fields: Any) -> Told:
    """`rows` as an array of objects, oldest first."""
    return Told(rows.order_by("pk"), **fields)


def typed(line: dict[str, Any], kind: type[date], *names: str) -> dict[str, Any]:
    """`line` with dates, or instants, where JSON has text."""
    return line | {name: kind.fromisoformat(line[name]) if line[name] else None for name in names}


def told_hearings() -> ArraySubquery:
    plain = ("agency_id", "notified_on", "decision", "way", "objection", "objected_on", "held_on", "protocol")
    return told(
        Hearing.objects.filter(appeal=OuterRef("pk")),
        body=f"agency__name_{(get_language() or 'kk')[:2]}",
        by="by__user__full_name",
        ground="ground",
        reason="reason",
        **{name: name for name in plain},
    )


def told_hearing_terms() -> ArraySubquery:
    """What the law of any day says of the notice before an adverse decision on such an appeal."""
    fitting = Term.objects.filter(
        Q(kind="") | Q(kind=OuterRef("kind")),
        Q(special_type="") | Q(special_type=OuterRef("special_type")),
        clock=ClockKind.HEARING,
    )
    plain = ("clock", "kind", "special_type", "length", "unit", "first_day_counts", "rolls", "valid_from", "valid_to")
    return told(fitting, **{name: name for name in plain})


def told_errata() -> ArraySubquery:
    errata = Erratum.objects.filter(reply__appeal=OuterRef("pk"))
    return told(errata, text="text", by="signed_by__user__full_name", signed_at="signed_at")


def told_co_executions() -> ArraySubquery:
    return told(
        CoExecution.objects.filter(appeal=OuterRef("pk")),
        agency_id="clock__agency_id",
        officer_id="officer_id",
        officer="officer__user__full_name",
        asked_by="asked_by__user__full_name",
        question="question",
        answer="answer",
        answered_at="answered_at",
        due_on="clock__due_on",
        cancelled_on="clock__cancelled_on",
    )


def hearing_lines(rows: list[dict[str, Any]]) -> list[HearingLine]:
    return [HearingLine(**typed(row, date, "notified_on", "objected_on", "held_on")) for row in rows]


def hearing_terms(rows: list[dict[str, Any]]) -> list[Term]:
    return [Term(**typed(row, date, "valid_from", "valid_to")) for row in rows]


def erratum_lines(rows: list[dict[str, Any]]) -> list[ErratumLine]:
    return [ErratumLine(**typed(row, datetime, "signed_at")) for row in rows]


def co_execution_lines(rows: list[dict[str, Any]]) -> list[CoExecutionLine]:
    return [
        CoExecutionLine(**typed(typed(row, datetime, "answered_at"), date, "due_on", "cancelled_on")) for row in rows
    ]


def told_parts(open_to_reader: QuerySet[Appeal]) -> ArraySubquery:
    """The parts of an appeal; a reader may open those among `open_to_reader`.

    `due_on` is the last day for the answer to it; where none is owed yet, what its holder owes next.
    """
    is_open = Exists(open_to_reader.filter(pk=OuterRef("pk")))
    reply = Clock.objects.ticking().filter(appeal=OuterRef("pk"), kind=ClockKind.REPLY)
    return told(
        Appeal.objects.filter(parent=OuterRef("pk")).annotate(is_open_to_reader=is_open),
        number="number",
        status="status",
        agency="agency__code",
        body=f"agency__name_{(get_language() or 'kk')[:2]}",
        due_on=Coalesce(Subquery(reply.values("due_on")[:1]), NullIf("next_due_on", Value(NOTHING_DUE))),
        closed_on="closed_on",
        is_open_to_reader="is_open_to_reader",
    )


def part_lines(rows: list[dict[str, Any]]) -> list[PartLine]:
    return [PartLine(**typed(row, date, "due_on", "closed_on")) for row in rows]


def told_size_of_group() -> Subquery:
    """How many appeals the group of an appeal has; none where it is in no group."""
    others = Appeal.objects.filter(group=OuterRef("group")).order_by().values("group")
    return Subquery(others.annotate(size=Count("pk")).values("size"))


class Unnest(Func):
    """Its expressions as rows, one under the other."""

    template = "unnest(ARRAY[%(expressions)s])"
    set_returning = True


class Bodies(ArraySubquery):
    """The bodies of the keys asked for, whole, with all that stand above and all that succeed, each once."""

    template = """ARRAY(
        WITH RECURSIVE body AS (
            SELECT * FROM agencies_agency WHERE id IN (%(subquery)s)
            UNION
            SELECT next.* FROM body JOIN agencies_agency next ON next.id IN (body.superior_id, body.successor_id)
        )
        SELECT to_jsonb(body) FROM body
    )"""
    output_field = ArrayField(JSONField())


def told_bodies() -> ArraySubquery:
    """The holder of an appeal, whom it complains of, and every body of its hops and of the disputes over it."""

    def keys(rows: QuerySet[Any], *names: str) -> QuerySet[Any]:
        return rows.order_by().values_list(Unnest(*names))

    asked = keys(Dispute.objects.filter(appeal=OuterRef("pk")), "agency", "above", "proposed", "to")
    hops = keys(Forwarding.objects.filter(appeal=OuterRef("pk")), "left", "to")
    return Bodies(keys(Appeal.objects.filter(pk=OuterRef("pk")), "agency", "complained_of").union(hops, asked))


def bodies(appeal: Appeal, rows: list[dict[str, Any]]) -> dict[int, Agency]:
    """By their keys, tied to each other, not to be saved; `appeal` has its holder and whom it complains of from them.

    Going up from one of them, or on to who succeeds it, reads nothing more.
    """
    read = {field.attname: field.to_python for field in Agency._meta.concrete_fields}
    found = {row["id"]: Agency(**{name: in_python(row[name]) for name, in_python in read.items()}) for row in rows}
    for body in found.values():
        _tie(body, found, "superior", "successor")
    _tie(appeal, found, "agency", "complained_of")
    return found


def _tie(row: Model, found: Mapping[int, Agency], *names: str) -> None:
    for name in names:
        if body := found.get(getattr(row, f"{name}_id")):
            setattr(row, name, body)


def told_forwardings() -> ArraySubquery:
    plain = ("left_id", "to_id", "on", "is_return", "on_last_day")
    return told(Forwarding.objects.filter(appeal=OuterRef("pk")), **{name: name for name in plain})


def told_disputes() -> ArraySubquery:
    bodies = ("agency_id", "above_id", "proposed_id", "to_id")
    plain = (*bodies, "pk", "reason", "asked_on", "decided_on", "grounds", "ended_on")
    return told(Dispute.objects.filter(appeal=OuterRef("pk")), **{name: name for name in plain})


def forwardings(rows: list[dict[str, Any]], found: Mapping[int, Agency]) -> list[Forwarding]:
    """Not to be saved, with the bodies `found`."""
    hops = [Forwarding(**typed(row, date, "on")) for row in rows]
    for hop in hops:
        _tie(hop, found, "left", "to")
    return hops


def disputes(appeal: Appeal, rows: list[dict[str, Any]], found: Mapping[int, Agency]) -> list[Dispute]:
    """Those over `appeal`, as above."""
    asked = [Dispute(appeal=appeal, **typed(row, date, "asked_on", "decided_on", "ended_on")) for row in rows]
    for dispute in asked:
        _tie(dispute, found, "agency", "above", "proposed", "to")
    return asked
