"""What every act of a story writes in memory: clocks, history, breaches, messages, counts."""

import os
from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import Any

from django.db import models

from agencies.models import Agency, Officer
from appeals.domain import breaches, clocks, deliveries, notices, terms
from appeals.domain.history import BEGINNING, SALT_BYTES, Line, chained
from appeals.domain.statistics.counting import counted, counted_breach
from appeals.enums import ClockKind, EventKind, Measure, Medium, NoticeKind, OwedBy
from appeals.models import NOTHING_DUE, Appeal, Clock, Event, EventText, Notice
from reception.domain.demonstration.story import BOUNCE, Act, Mailbox, Story, posted_at, swept_at
from reception.domain.demonstration.world import World

Rows = dict[type[models.Model], list[Any]]


class Ledger:
    """The rows of one appeal in the making."""

    appeal: Appeal

    def __init__(self, story: Story, world: World, clock_ids: Iterator[int]) -> None:
        self.story, self.world, self.clock_ids = story, world, clock_ids
        self.intake = story.intake
        self.rows: Rows = defaultdict(list)
        self.clocks: list[Clock] = []
        self.hash = BEGINNING

    def keep(self, *rows: models.Model) -> None:
        for row in rows:
            self.rows[type(row)].append(row)

    def running(self) -> list[Clock]:
        return [clock for clock in self.clocks if clock.is_running]

    def start(self, kinds: Collection[ClockKind], on: date) -> None:
        """Start those of `kinds` that the law of the local date `on` knows."""
        agency = self.appeal.agency
        for kind in kinds:
            term = self.world.term(kind, self.intake.kind, on)
            if term is None:
                continue
            clock = Clock(
                pk=next(self.clock_ids),
                appeal=self.appeal,
                kind=kind,
                term=term,
                agency=agency,
                owed_by=OwedBy.APPLICANT if kind in clocks.OF_THE_APPLICANT else OwedBy.BODY,
                is_official=agency.bound_by_code,
                starts_on=on,
                due_on=terms.due_on(term, on, self.world.calendar),
            )
            self.clocks.append(clock)
            self.keep(clock)
        self._refresh()

    def end(self, kinds: Collection[ClockKind], how: str, *, on: date, at: datetime) -> None:
        self.finish([clock for clock in self.running() if clock.kind in kinds], how, on=on, at=at)

    def finish(self, ended: list[Clock], how: str, *, on: date, at: datetime) -> None:
        for clock in ended:
            setattr(clock, how, on)
        late = [clock for clock in ended if clock.due_on < on and clock.breached_on is None]
        self._note([clock for clock in late if clock.owed_by == OwedBy.BODY], on=on, at=at)
        self._refresh()

    def sweep(self, before: datetime) -> None:
        """Every sweep before the instant `before` that finds a clock run out."""
        for clock in sorted(self.running(), key=lambda clock: (clock.due_on, clock.pk)):
            at = swept_at(clock.due_on, clock.agency.zone)
            if at >= before or clock.breached_on is not None:
                continue
            if clock.owed_by == OwedBy.BODY:
                self._note([clock], on=at.date(), at=at)
            else:
                clock.cancelled_on = at.date()
                data = {"clock": clock.kind, "due_on": clock.due_on.isoformat()}
                self.record(Line(self.appeal, EventKind.LAPSED, data), at=at)

    def record_act(self, kind: EventKind, act: Act, text: str = "", **data: Any) -> None:
        self.record(Line(self.appeal, kind, data, text), at=act.at, by=act.by)

    def record(self, line: Line, *, at: datetime, by: Officer | None = None) -> None:
        salt = os.urandom(SALT_BYTES) if line.text else b""
        seq = len(self.rows[Event]) + 1
        event = chained(line, seq=seq, previous=self.hash, at=at, by=by, salt=salt)
        self.hash = bytes(event.hash)
        self.keep(event)
        if line.text:
            self.keep(EventText(event=event, salt=salt, text=line.text))

    def owe(self, kind: NoticeKind, *, at: datetime, about: str | int = "") -> None:
        self.keep(notices.to_applicant(self.appeal, kind, at=at, about=about))

    def count(self, measure: Measure, agency: Agency, *, on: date, **more: Any) -> None:
        self.keep(counted(self.appeal, measure, agency, on=on, **more))

    def post(self, before: datetime) -> None:
        """What became by `before` of the e-mails owed: delivered, bounced, or left to the worker."""
        if self.story.mailbox == Mailbox.WAITING:
            return
        for notice in self.rows[Notice]:
            at = posted_at(notice)
            if notice.medium != Medium.EMAIL or notice.attempts or at >= before:
                continue
            notice.attempts, notice.try_after = 1, at + deliveries.LEASE
            if self.story.mailbox == Mailbox.REFUSED and notice.officer_id is None:
                notice.bounced_at, notice.failure = at, BOUNCE
            else:
                self.deliver(notice, at=at)

    def deliver(self, notice: Notice, *, at: datetime) -> None:
        """It has reached its reader; the term for telling is met."""
        notice.delivered_at = at
        kind = deliveries.TOLD_IN_TIME.get(NoticeKind(notice.kind))
        if kind:
            self.end([kind], "met_on", on=terms.local_date(at, self.appeal.agency), at=at)

    def _note(self, late: list[Clock], *, on: date, at: datetime) -> None:
        for clock in late:
            clock.breached_on = on
            noted = breaches.breach_of(clock, on=on)
            self.keep(noted)
            self.record(breaches.line_of(clock), at=at)
            self.keep(counted_breach(noted))
        if late:
            self.keep(*breaches.notices_of(late, on=on, at=at))

    def _refresh(self) -> None:
        owed = [clock for clock in self.running() if clock.owed_by == OwedBy.BODY]
        due = [clock.due_on for clock in owed if clock.agency_id == self.appeal.agency_id]
        self.appeal.next_due_on = min(due, default=NOTHING_DUE)
