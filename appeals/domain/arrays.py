"""Rows that belong to a case, read as arrays beside it: a page needs no query of its own for them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import Count, Exists, JSONField, OuterRef, Q, QuerySet, Subquery, Value
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


def told_forwardings() -> ArraySubquery:
    hops = Forwarding.objects.filter(appeal=OuterRef("pk"))
    return told(hops, **_body("left"), **_body("to"), on="on", is_return="is_return", on_last_day="on_last_day")


def told_disputes() -> ArraySubquery:
    disputes = Dispute.objects.filter(appeal=OuterRef("pk"))
    bodies = {name: field for body in ("agency", "above", "proposed", "to") for name, field in _body(body).items()}
    plain = ("pk", "reason", "asked_on", "decided_on", "grounds", "ended_on")
    return told(disputes, **bodies, **{name: name for name in plain})


def forwardings(rows: list[dict[str, Any]]) -> list[Forwarding]:
    """Not to be saved; of the bodies, what names them and how long they are alive."""
    return [Forwarding(**_bodies(typed(row, date, "on"), "left", "to")) for row in rows]


def disputes(appeal: Appeal, rows: list[dict[str, Any]]) -> list[Dispute]:
    """Those over `appeal`; not to be saved, as above."""
    dated = [typed(row, date, "asked_on", "decided_on", "ended_on") for row in rows]
    return [Dispute(appeal=appeal, **_bodies(row, "agency", "above", "proposed", "to")) for row in dated]


OF_A_BODY = ("id", "superior_id", "successor_id", "code", "name_kk", "name_ru", "name_en", "valid_from", "valid_to")


def _body(name: str) -> dict[str, str]:
    return {f"{name}.{field}": f"{name}__{field}" for field in OF_A_BODY}


def _bodies(row: dict[str, Any], *names: str) -> dict[str, Any]:
    """`row` with the bodies under `names` put together; none where there is none."""
    told = {key: value for key, value in row.items() if "." not in key}
    for name in names:
        given = typed({field: row[f"{name}.{field}"] for field in OF_A_BODY}, date, "valid_from", "valid_to")
        told[name] = Agency(**given) if given["id"] else None
    return told
