"""History of a case: one line an act, each bound to the one before by its hash.

The hash is SHA-256 over the hash before and the line's canonical text; free text enters by a
salted digest only, so that it can be erased and the chain still verifies. Whoever writes a
line has locked its appeal.
"""

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from agencies.models import Officer
from appeals.enums import EventKind
from appeals.models import Appeal, Event, EventText

BEGINNING = bytes(32)
SALT_BYTES = 16


@dataclass(frozen=True)
class Line:
    """What an act leaves behind, before it is numbered and hashed."""

    appeal: Appeal
    kind: EventKind
    data: dict[str, Any] = field(default_factory=dict)
    text: str = ""


def record(
    appeal: Appeal, kind: EventKind, *, at: datetime, by: Officer | None = None, text: str = "", **data: Any
) -> Event:
    """Write one line of history of the locked `appeal`; `data` holds codes and ids only."""
    return record_all([Line(appeal, kind, data, text)], at=at, by=by)[0]


def record_all(lines: Sequence[Line], *, at: datetime, by: Officer | None = None) -> list[Event]:
    """Write many lines with three statements; lines of one appeal keep their order."""
    heads = _heads({line.appeal.pk for line in lines})
    events, words = [], []
    for line in lines:
        seq, previous = heads.get(line.appeal.pk, (0, BEGINNING))
        salt = os.urandom(SALT_BYTES) if line.text else b""
        event = chained(line, seq=seq + 1, previous=previous, at=at, by=by, salt=salt)
        heads[line.appeal.pk] = (event.seq, bytes(event.hash))
        events.append(event)
        if line.text:
            words.append(EventText(event=event, salt=salt, text=line.text))
    Event.objects.bulk_create(events)
    EventText.objects.bulk_create(words)
    return events


def chained(line: Line, *, seq: int, previous: bytes, at: datetime, by: Officer | None, salt: bytes) -> Event:
    """The event that `line` becomes after a line whose hash is `previous`; nothing is saved."""
    canonical = json.dumps(
        {
            "appeal": line.appeal.number,
            "seq": seq,
            "kind": line.kind,
            "at": at.astimezone(UTC).isoformat(),
            "by": by.pk if by else None,
            "data": line.data,
            "text": text_digest(salt, line.text),
        },
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return Event(
        appeal=line.appeal,
        seq=seq,
        kind=line.kind,
        at=at,
        by=by,
        data=line.data,
        canonical=canonical,
        hash=chain_hash(previous, canonical),
    )


def chain_hash(previous: bytes, canonical: str) -> bytes:
    return sha256(previous + canonical.encode()).digest()


def text_digest(salt: bytes, text: str) -> str:
    return sha256(salt + text.encode()).hexdigest() if text else ""


def faults(events: Iterable[Event]) -> Iterator[tuple[Event, str]]:
    """Every event, in the order of appeal and line, that does not fit; and what is wrong with it, in a code."""
    appeal_id, seq, previous = None, 0, BEGINNING
    for event in events:
        if event.appeal_id != appeal_id:
            appeal_id, seq, previous = event.appeal_id, 0, BEGINNING
        fault = _fault(event, seq, previous)
        if fault:
            yield event, fault
        seq, previous = event.seq, bytes(event.hash)


def _fault(event: Event, seq: int, previous: bytes) -> str:
    if event.seq != seq + 1:
        return "gap"
    if bytes(event.hash) != chain_hash(previous, event.canonical):
        return "hash"
    told = json.loads(event.canonical)
    shown = {
        "appeal": event.appeal.number,
        "seq": event.seq,
        "kind": event.kind,
        "at": event.at.astimezone(UTC).isoformat(),
        "by": event.by_id,
        "data": event.data,
    }
    if any(told[name] != value for name, value in shown.items()):
        return "column"
    words = getattr(event, "words", None)
    if words and text_digest(bytes(words.salt), words.text) != told["text"]:
        return "text"
    return ""


def _heads(appeal_ids: set[int]) -> dict[int, tuple[int, bytes]]:
    last = Event.objects.filter(appeal__in=appeal_ids).order_by("appeal_id", "-seq").distinct("appeal_id")
    return {appeal_id: (seq, bytes(hash_)) for appeal_id, seq, hash_ in last.values_list("appeal_id", "seq", "hash")}
