"""What the same person wrote before, as its reader may know of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BinaryField, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact
from django.utils.translation import get_language

from appeals.domain import minhash
from appeals.domain.arrays import Told, typed
from appeals.domain.numbering import slug
from appeals.enums import FINAL, Status
from appeals.models import Appeal

MOST_TOLD = 20


@dataclass(frozen=True)
class EarlierLine:
    """An earlier appeal of the same applicant; `is_alike`: its text is like that of the one at hand."""

    pk: int
    number: str
    registered_on: date
    topic: str
    status: str
    is_alike: bool

    @property
    def slug(self) -> str:
        return slug(self.number)

    @property
    def status_in_words(self) -> str:
        return str(Status(self.status).label)

    @property
    def is_closed(self) -> bool:
        return self.status in FINAL


def told_earlier(visible: QuerySet[Appeal]) -> Told:
    """The last of those `visible` that the applicant of an appeal sent before it, newest first."""
    sent = visible.filter(_by_the_same(), parent=None, received_at__lte=OuterRef("received_at"))
    whole = Coalesce(OuterRef("parent_id"), Value(0))
    others = sent.exclude(pk=OuterRef("pk")).exclude(pk=whole).order_by("-pk")
    fields = {
        "pk": "pk",
        "number": "number",
        "registered_on": "registered_on",
        "topic": f"topic__name_{(get_language() or 'kk')[:2]}",
        "status": "status",
        "hashes": "signature__hashes",
    }
    return Told(others[:MOST_TOLD], **fields)


def earlier_lines(rows: Sequence[dict[str, Any]], hashes: minhash.Hashes) -> list[EarlierLine]:
    """`rows` as told, held against the `hashes` of the appeal at hand."""
    return [_line(typed(row, date, "registered_on"), hashes) for row in rows]


def _line(row: dict[str, Any], hashes: minhash.Hashes) -> EarlierLine:
    is_alike = minhash.likeness(hashes, row.pop("hashes") or []) >= minhash.ALIKE
    return EarlierLine(**row | {"topic": row["topic"] or "", "is_alike": is_alike})


def _by_the_same() -> Q:
    """The same IIN or BIN; or, where one of both gave none, the same e-mail or phone."""
    idn = OuterRef("applicant__idn_digest")
    nothing = Value(b"", output_field=BinaryField())
    one_gave_none = Q(applicant__idn_digest=b"") | Q(Exact(idn, nothing))
    same = Q(applicant__idn_digest=idn) & ~Q(applicant__idn_digest=b"")
    for name in ("email_digest", "phone_digest"):
        field = f"applicant__{name}"
        same |= Q(**{field: OuterRef(field)}) & ~Q(**{field: b""}) & one_gave_none
    return same
