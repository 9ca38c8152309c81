"""A story played in memory: the rows the verbs would have written, in their order. A test proves them equal."""

import os
from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import Any

from django.db import models

from agencies.models import Agency, Officer
from appeals.domain import breaches, clocks, coupons, deliveries, notices, registration, terms
from appeals.domain.history import BEGINNING, SALT_BYTES, Line, chained
from appeals.domain.routing import arrival
from appeals.domain.statistics.counting import counted, days_to_answer
from appeals.enums import ClockKind, EventKind, Kind, Measure, Medium, NoticeKind, OwedBy, Status
from appeals.models import (
    NOTHING_DUE,
    Appeal,
    AppealText,
    Applicant,
    Breach,
    Clock,
    CountDelta,
    Coupon,
    Event,
    EventText,
    Forwarding,
    Notice,
    Reply,
    Routing,
)
from reception.domain.demonstration.story import (
    BOUNCE,
    POSTED_AFTER,
    Accept,
    Act,
    Assign,
    BeginReview,
    Forward,
    Mailbox,
    PrepareReply,
    ReturnWithoutReview,
    SendReply,
    Story,
    Terminate,
    swept_at,
)
from reception.domain.demonstration.world import World

Rows = dict[type[models.Model], list[Any]]


class Case:
    """One appeal in the making. First `number` and `appeal_id` are given, then it is entered, then played."""

    def __init__(self, story: Story, world: World, clock_ids: Iterator[int]) -> None:
        self.story, self.world, self.clock_ids = story, world, clock_ids
        self.intake = story.intake
        self.proposal = world.proposal_for(story.intake)
        self.registered_on = terms.counted_as_received_on(
            story.intake.received_at, self.proposal.agency, world.calendar
        )
        self.rows: Rows = defaultdict(list)
        self.clocks: list[Clock] = []
        self.hash = BEGINNING

    def enter(self, number: str, appeal_id: int) -> Appeal:
        """The appeal with what stands beside it; not yet its clocks and history."""
        intake = self.intake
        applicant = Applicant(type=intake.applicant_type, language=intake.language)
        applicant.seal(intake.details)
        self.appeal = Appeal(
            pk=appeal_id,
            number=number,
            kind=intake.kind,
            special_type=intake.special_type,
            form=intake.form,
            channel=intake.channel,
            language=intake.language,
            topic=intake.topic,
            region=intake.region,
            applicant=applicant,
            agency=self.proposal.agency,
            addressee=intake.addressee,
            complained_of=intake.complained_of if intake.kind == Kind.COMPLAINT else None,
            received_at=intake.received_at,
            registered_on=self.registered_on,
            intake_key=intake.key,
            intake_digest=intake.digests[0],
        )
        body = None if self.proposal.is_triage else self.proposal.agency
        self._keep(applicant, self.appeal, AppealText(appeal=self.appeal, text=intake.text))
        self._keep(Routing(appeal=self.appeal, agency=body, explanation=self.proposal.explanation))
        return self.appeal

    def play(self) -> Rows:
        """Register, act by act until now, with the sweeps between, and post the letters; every row of it."""
        story = self.story
        self._register(story.entered_at, story.by)
        for act in story.acts:
            self._sweep(act.at)
            self._play(act)
        self._sweep(story.ends_at)
        self._post()
        return self.rows

    def _register(self, at: datetime, by: Officer | None) -> None:
        self._keep(coupons.made_out(self.appeal, at=at, by=by)[0])
        for line in registration.lines(self.appeal, self.proposal):
            self._record(line, at=at, by=by)
        entered_on = max(terms.local_date(at, self.appeal.agency), self.registered_on)
        self._start([ClockKind.REGISTRATION], self.registered_on)
        self._end([ClockKind.REGISTRATION], "met_on", on=entered_on, at=at)
        self._start(clocks.kinds_for(self.appeal, self.appeal.agency), self.registered_on)
        self._keep(notices.to_applicant(self.appeal, NoticeKind.REGISTERED, at=at))
        self._count(Measure.REGISTERED, self.appeal.agency, on=self.registered_on)

    def _play(self, act: Act) -> None:
        on = terms.local_date(act.at, self.appeal.agency)
        match act:
            case Accept():
                self._take(act, on)
            case Assign():
                self._assign(act, on)
            case BeginReview():
                self.appeal.status = Status.IN_REVIEW
                self._record_act(EventKind.REVIEW_BEGUN, act)
            case Forward():
                self._forward(act, on)
            case PrepareReply():
                self._prepare(act, on)
            case SendReply():
                self._reply(act, on)
            case ReturnWithoutReview():
                self._end([ClockKind.FORWARDING], "met_on", on=on, at=act.at)
                self._close_unanswered(act, Status.RETURNED, EventKind.RETURNED, NoticeKind.RETURNED)
            case Terminate():
                self._close_unanswered(act, Status.TERMINATED, EventKind.TERMINATED, NoticeKind.TERMINATED)

    def _assign(self, act: Assign, on: date) -> None:
        if any(clock.kind in clocks.LETTING_GO for clock in self._running()):
            self._take(act, on)
        self.appeal.status, self.appeal.officer = Status.ASSIGNED, act.to
        self._record_act(EventKind.ASSIGNED, act, officer=act.to.pk)

    def _take(self, act: Act, on: date) -> None:
        self._end([ClockKind.FORWARDING], "cancelled_on", on=on, at=act.at)
        self._record_act(EventKind.ACCEPTED, act, agency=self.appeal.agency.code)

    def _forward(self, act: Forward, on: date) -> None:
        appeal, left, to = self.appeal, self.appeal.agency, act.to
        self._let_go(act.at, on)
        appeal.status, appeal.agency, appeal.officer = Status.REGISTERED, to, None
        appeal.hops += 1
        self._start(clocks.kinds_for(appeal, to), arrival(appeal, to, act.at))
        self._keep(Forwarding(appeal=appeal, left=left, to=to, by=act.by, on=on))
        self._record_act(EventKind.FORWARDED, act, text=act.reason, left=left.code, to=to.code)
        self._keep(notices.to_applicant(appeal, NoticeKind.FORWARDED, at=act.at, about=appeal.hops))
        self._count(Measure.FORWARDED, left, on=on)

    def _let_go(self, at: datetime, on: date) -> None:
        accepted = [
            clock
            for clock in self.clocks
            if clock.agency_id == self.appeal.agency_id and clock.kind in clocks.LETTING_GO and clock.cancelled_on
        ]
        for clock in accepted[-1:]:
            clock.cancelled_on = None
            self._finish([clock], "met_on", on=on, at=at)
        self._end(clocks.LETTING_GO, "met_on", on=on, at=at)
        self._end([ClockKind.REPLY], "cancelled_on", on=on, at=at)

    def _prepare(self, act: PrepareReply, on: date) -> None:
        answer = act.answer
        self.appeal.status = Status.IN_REVIEW
        self._keep(
            Reply(
                appeal=self.appeal,
                outcome=answer.outcome,
                text=answer.text,
                law=answer.law,
                remedy=answer.remedy,
                superior=self.world.superior(self.appeal.agency, on),
                prepared_by=act.by,
                prepared_at=act.at,
            )
        )
        self._record_act(EventKind.REPLY_PREPARED, act, text=answer.text, outcome=answer.outcome)

    def _reply(self, act: SendReply, on: date) -> None:
        (prepared,) = self.rows[Reply]
        prepared.signed_by, prepared.signed_at = act.by, act.at
        self._close(Status.ANSWERED, act.at, on)
        self._record_act(EventKind.ANSWERED, act, text=prepared.text, outcome=prepared.outcome)
        self._keep(notices.to_applicant(self.appeal, NoticeKind.ANSWERED, at=act.at))
        days = days_to_answer(self.appeal, on=on, calendar=self.world.calendar)
        self._count(Measure.ANSWERED, self.appeal.agency, on=on, days=days)

    def _close_unanswered(
        self, act: ReturnWithoutReview | Terminate, status: Status, event: EventKind, notice: NoticeKind
    ) -> None:
        on = terms.local_date(act.at, self.appeal.agency)
        self._close(status, act.at, on)
        self._record_act(event, act, text=act.reason, ground=act.ground)
        self._keep(notices.to_applicant(self.appeal, notice, at=act.at))
        self._count(Measure.CLOSED, self.appeal.agency, on=on)

    def _close(self, status: Status, at: datetime, on: date) -> None:
        self.appeal.status, self.appeal.closed_on = status, on
        self._end([ClockKind.REPLY], "met_on", on=on, at=at)
        self._end(clocks.LETTING_GO, "cancelled_on", on=on, at=at)

    def _running(self) -> list[Clock]:
        return [clock for clock in self.clocks if clock.is_running]

    def _start(self, kinds: Collection[ClockKind], on: date) -> None:
        agency = self.appeal.agency
        for kind in kinds:
            term = self.world.term(kind, self.intake.kind, on)
            clock = Clock(
                pk=next(self.clock_ids),
                appeal=self.appeal,
                kind=kind,
                term=term,
                agency=agency,
                owed_by=OwedBy.BODY,
                is_official=agency.bound_by_code,
                starts_on=on,
                due_on=terms.due_on(term, on, self.world.calendar),
            )
            self.clocks.append(clock)
            self._keep(clock)
        self._refresh()

    def _end(self, kinds: Collection[ClockKind], how: str, *, on: date, at: datetime) -> None:
        self._finish([clock for clock in self._running() if clock.kind in kinds], how, on=on, at=at)

    def _finish(self, ended: list[Clock], how: str, *, on: date, at: datetime) -> None:
        for clock in ended:
            setattr(clock, how, on)
        self._note([clock for clock in ended if clock.due_on < on and clock.breached_on is None], on=on, at=at)
        self._refresh()

    def _refresh(self) -> None:
        due = [clock.due_on for clock in self._running() if clock.agency_id == self.appeal.agency_id]
        self.appeal.next_due_on = min(due, default=NOTHING_DUE)

    def _sweep(self, before: datetime) -> None:
        for clock in sorted(self._running(), key=lambda clock: (clock.due_on, clock.pk)):
            at = swept_at(clock.due_on, clock.agency.zone)
            if clock.breached_on is None and at < before:
                self._note([clock], on=at.date(), at=at)

    def _note(self, late: list[Clock], *, on: date, at: datetime) -> None:
        for clock in late:
            clock.breached_on = on
            self._keep(breaches.breach_of(clock, on=on))
            self._record(breaches.line_of(clock), at=at)
            measure = Measure.BREACHED if clock.is_official else Measure.BREACHED_INTERNALLY
            self._count(measure, clock.agency, on=on, clock=clock.kind)
            for head in self.world.staff[clock.agency_id].heads:
                self._keep(notices.to_officer(self.appeal, NoticeKind.BREACH, head, at=at, about=clock.pk))
            if clock.kind == ClockKind.REPLY and clock.is_running:
                self._keep(notices.to_applicant(self.appeal, NoticeKind.TERM_EXPIRED, at=at, about=clock.pk))

    def _record_act(self, kind: EventKind, act: Act, text: str = "", **data: Any) -> None:
        self._record(Line(self.appeal, kind, data, text), at=act.at, by=act.by)

    def _record(self, line: Line, *, at: datetime, by: Officer | None = None) -> None:
        salt = os.urandom(SALT_BYTES) if line.text else b""
        seq = len(self.rows[Event]) + 1
        event = chained(line, seq=seq, previous=self.hash, at=at, by=by, salt=salt)
        self.hash = bytes(event.hash)
        self._keep(event)
        if line.text:
            self._keep(EventText(event=event, salt=salt, text=line.text))

    def _count(self, measure: Measure, agency: Agency, *, on: date, **more: Any) -> None:
        self._keep(counted(self.appeal, measure, agency, on=on, **more))

    def _post(self) -> None:
        """What became of the letters owed: delivered, bounced, or left to the worker."""
        if self.story.mailbox == Mailbox.WAITING:
            return
        for notice in self.rows[Notice]:
            if notice.medium == Medium.EMAIL:
                at = notice.owed_at + POSTED_AFTER
                notice.attempts, notice.try_after = 1, at + deliveries.LEASE
                if self.story.mailbox == Mailbox.REFUSED and notice.officer_id is None:
                    notice.bounced_at, notice.failure = at, BOUNCE
                else:
                    notice.delivered_at = at

    def _keep(self, *rows: models.Model) -> None:
        for row in rows:
            self.rows[type(row)].append(row)


TABLES = (
    Applicant,
    Appeal,
    AppealText,
    Routing,
    Coupon,
    Clock,
    Breach,
    Forwarding,
    Reply,
    Event,
    EventText,
    Notice,
    CountDelta,
)
