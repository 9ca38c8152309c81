"""A story played in memory: the rows the verbs would have written, in their order. A test proves them equal."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from agencies.models import Agency, Officer
from appeals.domain import clocks, coupons, likeness, registration, replies, suggesting, terms
from appeals.domain.forwarding import arrival, had_by
from appeals.domain.replies import Answer
from appeals.domain.statistics.counting import counted, counted_breach, days_to_answer
from appeals.enums import ClockKind, EventKind, Kind, Measure, Medium, NoticeKind, Status
from appeals.models import (
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
    Hearing,
    Notice,
    Reply,
    Routing,
    Signature,
    Suggestion,
)
from appeals.rules import is_counted
from reception.domain.demonstration.ledger import Ledger, Rows
from reception.domain.demonstration.story import (
    ENDINGS,
    Accept,
    Act,
    Assign,
    BeginReview,
    CorrectTopic,
    Forward,
    NotifyHearing,
    Object,
    PostLetter,
    PrepareReply,
    RecordHearing,
    ReportExecution,
    ReturnWithoutReview,
    Satisfy,
    SendBack,
    SendReply,
    Story,
    Terminate,
    WaiveHearing,
)
from reception.domain.demonstration.world import World


class Case(Ledger):
    """One appeal in the making. First `number` and `appeal_id` are given, then it is entered, then played."""

    def __init__(self, story: Story, world: World, clock_ids: Iterator[int]) -> None:
        super().__init__(story, world, clock_ids)
        self.proposal = world.proposal_for(story.intake)
        self.registered_on = terms.counted_as_received_on(
            story.intake.received_at, self.proposal.agency, world.calendar
        )

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
            district=intake.district,
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
        self.keep(applicant, self.appeal, AppealText(appeal=self.appeal, text=intake.text))
        self.keep(Routing(appeal=self.appeal, agency=body, explanation=self.proposal.explanation))
        self.keep(likeness.signature(self.appeal, intake.text))
        self.keep(suggesting.kept(self.appeal, intake.text))
        return self.appeal

    def play(self) -> Rows:
        """Register, act by act until now, with the sweeps between, and post the letters; every row of it."""
        story = self.story
        self._register(story.entered_at, story.by)
        for act in story.acts:
            self._pass(act.at)
            self._play(act)
        self._pass(story.ends_at)
        return self.rows

    def _pass(self, until: datetime) -> None:
        """The time up to the next act: letters go out, terms run out, and that is told in letters, too."""
        self.post(until)
        self.sweep(until)
        self.post(until)

    def _register(self, at: datetime, by: Officer | None) -> None:
        self.keep(coupons.made_out(self.appeal, at=at, by=by)[0])
        for line in registration.lines(self.appeal, self.proposal):
            self.record(line, at=at, by=by)
        entered_on = max(terms.local_date(at, self.appeal.agency), self.registered_on)
        self.start([ClockKind.REGISTRATION], self.registered_on)
        self.end([ClockKind.REGISTRATION], "met_on", on=entered_on, at=at)
        self.start(clocks.kinds_for(self.appeal, self.appeal.agency), self.registered_on)
        self.owe(NoticeKind.REGISTERED, at=at)
        self.count(Measure.REGISTERED, self.appeal.agency, on=self.registered_on)

    def _play(self, act: Act) -> None:
        play: dict[type[Act], Callable[[Any, date], None]] = {
            Accept: self._take,
            Assign: self._assign,
            BeginReview: self._begin_review,
            Forward: self._forward,
            SendBack: self._send_back,
            CorrectTopic: self._correct_topic,
            Satisfy: self._satisfy,
            PrepareReply: self._prepare,
            NotifyHearing: self._notify_hearing,
            Object: self._object,
            RecordHearing: self._record_hearing,
            WaiveHearing: self._waive_hearing,
            SendReply: self._reply,
            ReportExecution: self._report_execution,
            ReturnWithoutReview: self._return,
            Terminate: self._terminate,
            PostLetter: self._post_letter,
        }
        play[type(act)](act, terms.local_date(act.at, self.appeal.agency))

    def _begin_review(self, act: BeginReview, on: date) -> None:
        self.appeal.status = Status.IN_REVIEW
        self.record_act(EventKind.REVIEW_BEGUN, act)

    def _assign(self, act: Assign, on: date) -> None:
        if not clocks.is_accepted(self.clocks):
            self._take(act, on)
        self.appeal.status, self.appeal.officer = Status.ASSIGNED, act.to
        self.record_act(EventKind.ASSIGNED, act, officer=act.to.pk)

    def _take(self, act: Act, on: date) -> None:
        self.end([ClockKind.FORWARDING], "cancelled_on", on=on, at=act.at)
        self.record_act(EventKind.ACCEPTED, act, agency=self.appeal.agency.code)

    def _forward(self, act: Forward, on: date) -> None:
        self._hand_on(act, act.to, on, is_hop=is_counted(self.appeal), event=EventKind.FORWARDED)
        self.owe(NoticeKind.FORWARDED, at=act.at, about=len(self.rows[Forwarding]))

    def _send_back(self, act: SendBack, on: date) -> None:
        came_from = self.rows[Forwarding][-1].left
        self._hand_on(act, came_from, on, is_hop=False, event=EventKind.SENT_BACK)
        self.owe(NoticeKind.SENT_BACK, at=act.at, about=len(self.rows[Forwarding]))

    def _hand_on(self, act: Forward | SendBack, to: Agency, on: date, *, is_hop: bool, event: EventKind) -> None:
        appeal, left = self.appeal, self.appeal.agency
        of_day = {"on_last_day": True} if self._letting_go()[-1].due_on <= on else {}
        self._let_go(act.at, on)
        appeal.hops += is_hop
        appeal.status, appeal.agency, appeal.officer = Status.REGISTERED, to, None
        self.start(clocks.kinds_for(appeal, to), arrival(appeal, to, act.at, self.world.calendar))
        had_it = to.pk in had_by((hop.left for hop in self.rows[Forwarding]), on)
        hop = Forwarding(appeal=appeal, left=left, to=to, by=act.by, on=on, is_return=had_it, on_last_day=bool(of_day))
        self.keep(hop)
        self.record_act(event, act, text=act.reason, left=left.code, to=to.code, **of_day)
        self.count(Measure.FORWARDED, left, on=on)

    def _let_go(self, at: datetime, on: date) -> None:
        for clock in self._letting_go()[-1:]:
            clock.cancelled_on = None
            self.finish([clock], "met_on", on=on, at=at)
        self.end([ClockKind.REPLY, *clocks.OF_THE_WORK], "cancelled_on", on=on, at=at)

    def _letting_go(self) -> list[Clock]:
        """The clocks of the holder for letting the appeal go, running or not."""
        held = [clock for clock in self.clocks if clock.agency_id == self.appeal.agency_id]
        return [clock for clock in held if clock.kind in clocks.LETTING_GO]

    def _correct_topic(self, act: CorrectTopic, on: date) -> None:
        was, before = self.appeal.topic, self._on_record()
        self.appeal.topic = act.to
        for delta in before:
            delta.n = -1
        self.keep(*before, *self._on_record())
        told = {"topic": act.to.code, "topic_was": was.code if was else None}
        self.record_act(EventKind.RECLASSIFIED, act, text=act.reason, **told)

    def _on_record(self) -> list[CountDelta]:
        """What the open appeal is counted by so far, in the order in which it is counted anew."""
        noted = sorted(self.rows[Breach], key=lambda breach: breach.detected_on)[::-1]
        return [
            counted(self.appeal, Measure.REGISTERED, self.proposal.agency, on=self.registered_on),
            *(counted(self.appeal, Measure.FORWARDED, hop.left, on=hop.on) for hop in self.rows[Forwarding]),
            *map(counted_breach, noted),
        ]

    def _prepare(self, act: PrepareReply, on: date) -> None:
        self._write(act.answer, act, on)
        self.record_act(EventKind.REPLY_PREPARED, act, text=act.answer.text, outcome=act.answer.outcome)

    def _satisfy(self, act: Satisfy, on: date) -> None:
        self._write(act.answer, act, on)
        self.end([ClockKind.PASSING_UP], "met_on", on=on, at=act.at)
        self._reply(act, on)

    def _write(self, answer: Answer, act: Act, on: date) -> None:
        self.appeal.status = Status.IN_REVIEW
        self.keep(
            Reply(
                appeal=self.appeal,
                outcome=answer.outcome,
                text=answer.text,
                law=answer.law,
                remedy=answer.remedy,
                needs_execution=answer.needs_execution,
                superior=self.world.superior(self.appeal.agency, on),
                prepared_by=act.by,
                prepared_at=act.at,
            )
        )

    def _notify_hearing(self, act: NotifyHearing, on: date) -> None:
        told = {"notified_on": on, "decision": act.decision, "way": act.way}
        self.keep(Hearing(appeal=self.appeal, agency=self.appeal.agency, by=act.by, **told))
        self.start([ClockKind.OBJECTION], on)
        self.record_act(EventKind.HEARING_NOTIFIED, act, text=act.decision, way=act.way)
        self.owe(NoticeKind.HEARING, at=act.at, about=len(self.rows[Hearing]))

    def _object(self, act: Object, on: date) -> None:
        hearing = self.rows[Hearing][-1]
        hearing.objection, hearing.objected_on = act.text, on
        term = [clock for clock in self.clocks if clock.kind == ClockKind.OBJECTION][-1]
        self.end([ClockKind.OBJECTION], "met_on", on=on, at=act.at)
        self.record_act(EventKind.OBJECTED, act, text=act.text, is_late=on > term.due_on)

    def _record_hearing(self, act: RecordHearing, on: date) -> None:
        hearing = self.rows[Hearing][-1]
        hearing.held_on, hearing.protocol = act.held_on, act.protocol
        self.record_act(EventKind.HEARING_HELD, act, text=act.protocol, held_on=act.held_on.isoformat())

    def _waive_hearing(self, act: WaiveHearing, on: date) -> None:
        told = {"ground": act.ground, "reason": act.reason}
        self.keep(Hearing(appeal=self.appeal, agency=self.appeal.agency, by=act.by, **told))
        self.record_act(EventKind.HEARING_WAIVED, act, text=act.reason, waiver=act.ground)

    def _reply(self, act: SendReply | Satisfy, on: date) -> None:
        (prepared,) = self.rows[Reply]
        prepared.signed_by, prepared.signed_at = act.by, act.at
        self._close(Status.ANSWERED, act.at, on)
        if prepared.needs_execution:
            self.start([ClockKind.EXECUTION], on)
        self.record_act(EventKind.ANSWERED, act, text=prepared.text, outcome=prepared.outcome)
        self.owe(NoticeKind.ANSWERED, at=act.at)
        days = days_to_answer(self.appeal, on=on, calendar=self.world.calendar)
        self.count(Measure.ANSWERED, self.appeal.agency, on=on, days=days)

    def _report_execution(self, act: ReportExecution, on: date) -> None:
        self.end([ClockKind.EXECUTION], "met_on", on=on, at=act.at)
        self.record_act(EventKind.EXECUTED, act, text=act.text)
        self.owe(NoticeKind.EXECUTED, at=act.at)

    def _return(self, act: ReturnWithoutReview, on: date) -> None:
        if clocks.is_accepted(self.clocks):
            self.start([ClockKind.RETURN], self._letting_go()[-1].starts_on)
        self.end([ClockKind.FORWARDING, ClockKind.RETURN], "met_on", on=on, at=act.at)
        self._close_unanswered(act, on, Status.RETURNED, EventKind.RETURNED, NoticeKind.RETURNED)

    def _terminate(self, act: Terminate, on: date) -> None:
        self._close_unanswered(act, on, Status.TERMINATED, EventKind.TERMINATED, NoticeKind.TERMINATED)
        self.start([ClockKind.TERMINATION_NOTICE], on)

    def _post_letter(self, act: PostLetter, on: date) -> None:
        owed = [notice for notice in self.rows[Notice] if notice.goes_by_post and notice.kind in ENDINGS]
        for notice in owed:
            notice.medium, notice.posted_by, notice.bounced_at = Medium.POST, act.by, None
            self.record_act(EventKind.NOTICE_POSTED, act, notice=notice.kind)
            self.deliver(notice, at=act.at)

    def _close_unanswered(
        self,
        act: ReturnWithoutReview | Terminate,
        on: date,
        status: Status,
        event: EventKind,
        notice: NoticeKind,
    ) -> None:
        self._close(status, act.at, on)
        self.record_act(event, act, text=act.reason, ground=act.ground)
        self.owe(notice, at=act.at)
        self.count(Measure.CLOSED, self.appeal.agency, on=on)

    def _close(self, status: Status, at: datetime, on: date) -> None:
        self.appeal.status, self.appeal.closed_on = status, on
        self.end([ClockKind.REPLY], "met_on", on=on, at=at)
        self.end(replies.NO_LONGER_OWED, "cancelled_on", on=on, at=at)


TABLES = (
    Applicant,
    Appeal,
    AppealText,
    Routing,
    Signature,
    Suggestion,
    Coupon,
    Clock,
    Breach,
    Forwarding,
    Reply,
    Hearing,
    Event,
    EventText,
    Notice,
    CountDelta,
)
