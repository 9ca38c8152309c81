"""What an appeal is and is about is corrected: kind, special type, topic, region, district, body complained of."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Self

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.domain.calendar import calendar
from agencies.models import Agency, Officer, Region, Topic
from appeals.domain import breaches, clocks, disputes, notices, terms
from appeals.domain.history import Line, record_all
from appeals.domain.statistics import recounting
from appeals.domain.terms import local_date
from appeals.enums import ClockKind, DueCause, EventKind, Kind, NoticeKind
from appeals.errors import InvalidIntake
from appeals.models import Appeal, Clock, Hold, SpecialType
from appeals.rules import (
    insist,
    refusal_of_longer_term,
    refusal_of_new_kind,
    refusal_to_reclassify,
)

FIELDS = ("kind", "special_type", "topic", "region", "district", "complained_of")
ENDED_BY_PASSING_UP = (ClockKind.FORWARDING, ClockKind.REPLY, *clocks.OF_THE_WORK)


@dataclass(frozen=True)
class Classes:
    """What an appeal is and is about; only a complaint names the body complained of."""

    kind: str
    special_type: str
    topic: Topic | None
    region: Region | None
    complained_of: Agency | None
    district: Region | None = None  # within the region

    @classmethod
    def of(cls, appeal: Appeal) -> Self:
        about = (appeal.topic, appeal.region, appeal.complained_of, appeal.district)
        return cls(appeal.kind, appeal.special_type, *about)

    def codes(self) -> dict[str, str | None]:
        return {
            "kind": self.kind,
            "special_type": self.special_type or None,
            "topic": self.topic.code if self.topic else None,
            "region": self.region.code if self.region else None,
            "district": self.district.code if self.district else None,
            "complained_of": self.complained_of.code if self.complained_of else None,
        }

    @property
    def digest(self) -> str:
        """Tells whether two are the same."""
        return sha256(json.dumps(self.codes()).encode()).hexdigest()

    def is_counted_as(self, other: "Classes") -> bool:
        return (self.kind, self.topic, self.region) == (other.kind, other.topic, other.region)

    def is_treated_as(self, other: "Classes") -> bool:
        """Whether the same terms run."""
        mine = (self.kind, self.special_type, self.complained_of)
        return mine == (other.kind, other.special_type, other.complained_of)


@dataclass(frozen=True)
class Change:
    """The term that matters as it runs, and the one, not saved yet, that would run instead until `due_on`."""

    old: Clock | None
    new: Clock
    due_on: date
    hold: Hold | None = None  # whose days are given back


@transaction.atomic
def reclassify(
    appeal: Appeal, to: Classes, *, reason: str, by: Officer, at: datetime, seen: str | None = None
) -> Appeal:
    """Make `appeal` what it is: the history keeps old and new, the counts follow.

    `seen`: the `Classes.digest` that `to` was made from; who did not see a colleague's correction is refused.

    A new kind has its own term for the answer, counted from the same day, days of a correction given back;
    longer than before only by head or deputy, not at all after an extension, and one already over is a
    breach at once. Becoming a complaint about its holder, it is to be passed up, in days counted from today;
    about the body asked who answers, another one is asked.
    """
    appeal = Appeal.objects.locked(appeal)
    was, on = Classes.of(appeal), local_date(at, appeal.agency)
    insist(refusal_to_reclassify(by, appeal, is_stale=seen not in (None, was.digest) and to != was))
    _check(to, was, reason)
    change = foreseen(appeal, to, on=on)
    insist(refusal_of_classes(appeal, to, change, by=by))
    is_counted_anew = not to.is_counted_as(was)
    before = recounting.on_record(appeal) if is_counted_anew else []
    _write(appeal, to)
    recounting.recount(before, recounting.on_record(appeal) if is_counted_anew else [])
    if change:
        _restart(appeal, change, on=on, at=at)
    told = _told(was, to) | _told_of_terms(change)
    (event,) = record_all([Line(appeal, EventKind.RECLASSIFIED, told, reason)], at=at, by=by)
    if change and change.due_on < on:
        _note(change, on=on, at=at)
    if to.complained_of not in (None, was.complained_of):
        disputes.keep_from_complained_of(appeal, on=on, at=at)
    if {"kind", "special_type", "due_on"} & set(told):
        notices.owe(appeal, NoticeKind.RECLASSIFIED, at=at, about=event.seq)
    return appeal


def foreseen(appeal: Appeal, to: Classes, *, on: date) -> Change | None:
    """What `to` would make of the terms of the holder of `appeal` on the local date `on`; none where they go on."""
    if to.is_treated_as(Classes.of(appeal)):
        return None
    reply, days = clocks.reply_clock(appeal), calendar()
    would_be = Appeal(kind=to.kind, special_type=to.special_type, complained_of=to.complained_of, agency=appeal.agency)
    if ClockKind.PASSING_UP in clocks.kinds_for(would_be, appeal.agency):
        (up,) = clocks.due_clocks(would_be, [ClockKind.PASSING_UP], on, days)
        return Change(reply, up, up.due_on)
    if reply is None:
        return None
    (new,) = clocks.due_clocks(would_be, [ClockKind.REPLY], reply.starts_on, days)
    if new.term == reply.term:
        return None
    held = appeal.holds.filter(held_on__gte=reply.starts_on).first()
    if held is None or held.resumed_on is None or not new.term.stops_for_correction:
        return Change(reply, new, new.due_on)
    return Change(reply, new, terms.after_hold(new.term, new.due_on, held.held_on, held.resumed_on, days), held)


def refusal_of_classes(appeal: Appeal, to: Classes, change: Change | None, *, by: Officer) -> str:
    """Why `by` may not make `appeal` what `to` says, with the `change` that it would bring to the terms."""
    if to.is_treated_as(Classes.of(appeal)):
        return ""
    reply = clocks.reply_clock(appeal)
    decisions = set(reply.extensions.values_list("is_granted", flat=True)) if reply else set()
    if refusal := refusal_of_new_kind(appeal, is_extended=True in decisions, is_asked=None in decisions):
        return refusal
    if change is None or change.old is None or change.new.kind != ClockKind.REPLY:
        return ""
    return refusal_of_longer_term(by, was=change.old.due_on, becomes=change.due_on)


def _check(to: Classes, was: Classes, reason: str) -> None:
    if to == was:
        raise InvalidIntake(_("Nothing is changed: the appeal is already entered like this."))
    if not reason.strip():
        raise InvalidIntake(_("Say why this is corrected; the applicant will read it."), field="reason")
    if to.district and to.district.superior_id != (to.region and to.region.pk):
        raise InvalidIntake(_("This district does not lie in the region chosen."), field="district")
    if to.kind == Kind.COMPLAINT and to.complained_of is None:
        raise InvalidIntake(_("Name the body complained of."), field="complained_of")
    if to.kind != Kind.COMPLAINT and to.complained_of is not None:
        raise InvalidIntake(_("Only a complaint names a body complained of."), field="complained_of")
    if to.special_type and not SpecialType.objects.filter(code=to.special_type, kind=to.kind).exists():
        raise InvalidIntake(_("This special type belongs to another kind of appeal."), field="special_type")


def _write(appeal: Appeal, to: Classes) -> None:
    for name in FIELDS:
        setattr(appeal, name, getattr(to, name))
    appeal.save(update_fields=FIELDS)


def _restart(appeal: Appeal, change: Change, *, on: date, at: datetime) -> None:
    """The old term is cancelled, being late stays on record; the new one runs in its place."""
    ended = (ClockKind.REPLY,) if change.new.kind == ClockKind.REPLY else ENDED_BY_PASSING_UP
    clocks.cancel(appeal, ended, on=on, at=at)
    change.new.appeal = appeal
    change.new.save(force_insert=True)
    if change.hold and change.hold.resumed_on:
        change.hold.pk, change.hold.clock = None, change.new
        change.hold.save(force_insert=True)
        clocks.set_due(change.new, change.due_on, DueCause.HELD, on=change.hold.resumed_on)
    clocks.refresh(appeal)


def _note(change: Change, *, on: date, at: datetime) -> None:
    """The new term is already over. Where the old one was broken, that delay is on record and is not counted twice."""
    if change.old:
        change.old.refresh_from_db(fields=["breached_on", "excused_on"])
    if change.old and change.old.breached_on:
        change.new.breached_on, change.new.excused_on = change.old.breached_on, change.old.excused_on
        change.new.save(update_fields=["breached_on", "excused_on"])
        clocks.refresh(change.new.appeal)
    else:
        breaches.note([change.new], on=on, at=at)


def _told(was: Classes, to: Classes) -> dict[str, Any]:
    """What changed, in codes; what it was under the name with `_was`."""
    old, new = was.codes(), to.codes()
    changed = [name for name in FIELDS if old[name] != new[name]]
    return {name: new[name] for name in changed} | {f"{name}_was": old[name] for name in changed}


def _told_of_terms(change: Change | None) -> dict[str, Any]:
    if change is None:
        return {}
    return _told_of(change.new, change.due_on, "") | (
        _told_of(change.old, change.old.due_on, "_was") if change.old else {}
    )


def _told_of(clock: Clock, due_on: date, suffix: str) -> dict[str, Any]:
    told = {"clock": clock.kind, "length": clock.term.length, "unit": clock.term.unit, "due_on": due_on.isoformat()}
    return {f"{name}{suffix}": value for name, value in told.items()}
