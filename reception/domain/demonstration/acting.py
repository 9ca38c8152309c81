"""What officers do about an appeal, and on which working day and hour."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from math import ceil
from random import Random

from agencies.models import Agency, Officer
from appeals.domain.replies import Answer
from appeals.enums import ClockKind, HearingWay, Kind, Outcome, ReturnGround, TerminationGround, WaiverGround
from appeals.rules import ADVERSE
from reception.domain.demonstration import wording
from reception.domain.demonstration.shares import drawn, table
from reception.domain.demonstration.story import (
    Accept,
    Act,
    Assign,
    BeginReview,
    CorrectTopic,
    Forward,
    NotifyHearing,
    Object,
    PrepareReply,
    RecordHearing,
    ReportExecution,
    ReturnWithoutReview,
    Satisfy,
    SendBack,
    SendReply,
    Terminate,
    WaiveHearing,
)
from reception.domain.demonstration.ways import Way
from reception.domain.demonstration.world import World

MORNING, NOON, LUNCH = (time(9, 5), time(11)), (time(11), time(12, 50)), (time(12, 50), time(14))
AFTERNOON, LATER = (time(14), time(15)), (time(15), time(16, 25))
BEFORE_EVENING = (time(16, 25), time(16, 30))
EVENING = (time(16, 30), time(18, 15))
IN_TIME = {1: 0.45, 2: 0.35, 3: 0.20}  # working days until a body takes or forwards an appeal
MOST_LATE = 15  # working days
NOTICE = 3  # working days between the preliminary decision made known and the signature
WAYS = {HearingWay.WRITTEN: 0.6, HearingWay.IN_PERSON: 0.3, HearingWay.VIDEO: 0.1}
RETURNED = (ReturnGround.IDENTICAL, ReturnGround.INSULTING)
TERMINATED = (TerminationGround.REPEATED, TerminationGround.DECIDED, TerminationGround.NO_SUBSTANCE)
SKEW = (3.2, 1.6)  # of the beta distribution of answers over the term: most come in its last third


@dataclass
class Acting:
    """Writes the acts of one story into `acts`, in order; `until` is the date of the demonstration.

    What was added to the stories draws from `aside`, so that the rest stays as it was.
    """

    world: World
    lot: Random
    aside: Random
    way: Way
    language: str
    until: date

    def __post_init__(self) -> None:
        self.acts: list[Act] = []
        self.shares = table("shares")
        self.rates = self.shares["rates"]

    def play(self, arrived: date, *, is_cast: bool) -> tuple[Act, ...]:
        """Every act after registration on `arrived`; a laid out case stays open."""
        *passing, last = self.way.bodies
        if is_cast and not passing:
            self._leave_open(last, arrived)
        elif self.way.complained_of and self.aside.random() < self.rates["satisfied_below"]:
            self._satisfy(self.way.complained_of, arrived)
        elif not is_cast:
            self._settle(last, self._pass_along(arrived))
        return tuple(self.acts)

    def _pass_along(self, arrived: date) -> date:
        """From the first body to the last one; the local date on which it arrives there."""
        first, *others = self.way.bodies
        holder = first
        for following in others:
            arrived = self._pass_on(holder, following, arrived)
            holder = following
            if self.way.is_sent_back and following == others[0]:
                arrived = self._send_back(following, arrived)
                holder = first
        return arrived

    def _pass_on(self, body: Agency, to: Agency, arrived: date) -> date:
        """The body forwards, at once or after acceptance; the local date of it."""
        n = self._days_to_take(body)
        staff = self.world.staff[body.pk]
        is_office = body == self.world.office
        is_complaint = body == self.way.complained_of
        if not (is_office or is_complaint) and self.lot.random() < self.rates["forwarded_after_acceptance"]:
            day, executor = self.world.calendar.after(arrived, n), self.lot.choice(staff.executors)
            self.acts.append(Assign(self.lot.choice(staff.registrars), self._at(body, day, MORNING), executor))
            by, hours = executor, AFTERNOON
        else:
            day, by, hours = self.world.calendar.after(arrived, n), self.lot.choice(staff.registrars), NOON
        occasion = "of_office" if is_office else "of_complaint" if is_complaint else "of_body"
        reason = wording.forward_reason(self.lot, self.language, occasion)
        self.acts.append(Forward(by, self._at(body, day, hours), to, reason))
        return day

    def _send_back(self, body: Agency, arrived: date) -> date:
        """Within its three days, before it is accepted; the local date of it."""
        day = self.world.calendar.after(arrived, drawn(self.aside, IN_TIME))
        by, at = self.aside.choice(self.world.staff[body.pk].registrars), self._at_aside(body, day, NOON)
        self.acts.append(SendBack(by, at, wording.forward_reason(self.aside, self.language, "back")))
        return day

    def _satisfy(self, body: Agency, arrived: date) -> None:
        """The body complained of gives in before the complaint goes up."""
        day = self.world.calendar.after(arrived, drawn(self.aside, IN_TIME))
        by, at = self.aside.choice(self.world.staff[body.pk].heads), self._at_aside(body, day, EVENING)
        answer = wording.answer(self.aside, self.language, Outcome.SATISFIED, self.way.matter)
        self.acts.append(Satisfy(by, at, answer))

    def _settle(self, body: Agency, arrived: date) -> None:
        """The last body answers, in time or late, or ends the review."""
        taken = self._days_to_take(body)
        executor = self._take(body, arrived, taken)
        term = self._term(arrived)
        chance = self.lot.random()
        if self.way.kind != Kind.COMPLAINT and chance < self.rates["returned"] + self.rates["terminated"]:
            day = self.world.calendar.after(arrived, min(taken + self.lot.randrange(4), term))
            self._end(body, day, returned=chance < self.rates["returned"])
            return
        answered = self._days_to_answer(body, taken, term)
        begun = self.lot.randint(taken, min(taken + 3, answered))
        prepared = self.lot.randint(max(begun, answered - 3), answered)
        answer = self._work(body, executor, arrived, begun, prepared)
        if answer and answer.outcome in ADVERSE:
            self._hear(body, executor, self.world.calendar.after(arrived, begun), days=answered - begun)
        day = self.world.calendar.after(arrived, answered)
        self.acts.append(SendReply(self.lot.choice(self.world.staff[body.pk].heads), self._at(body, day, EVENING)))
        if answer and answer.needs_execution:
            self._carry_out(body, executor, day)

    def _leave_open(self, body: Agency, arrived: date) -> None:
        """As far along as it would be by now: nothing, accepted, assigned, under review, a reply prepared."""
        age = self.world.calendar.between(arrived, self.until) - self.world.calendar.is_working(self.until)
        if age < 1 or (age < 3 and self.lot.random() < 0.6):
            return
        taken = self.lot.randint(1, min(2, age))
        if age < 3:
            by = self.lot.choice(self.world.staff[body.pk].registrars)
            self.acts.append(Accept(by, self._at(body, self.world.calendar.after(arrived, taken), MORNING)))
            return
        executor = self._take(body, arrived, taken)
        begun = self.lot.randint(taken, age)
        if age > 4 and self.lot.random() < 0.75:
            is_prepared = age > 9 and self.lot.random() < 0.6
            answer = self._work(body, executor, arrived, begun, self.lot.randint(begun, age) if is_prepared else None)
            if answer and answer.outcome in ADVERSE:
                self._hear(body, executor, self.world.calendar.after(arrived, begun), days=NOTICE)

    def _take(self, body: Agency, arrived: date, taken: int) -> Officer:
        """The body accepts and assigns on the working day number `taken`; the executor."""
        staff, day = self.world.staff[body.pk], self.world.calendar.after(arrived, taken)
        registrar, executor = self.lot.choice(staff.registrars), self.lot.choice(staff.executors)
        if self.lot.random() < 0.5:
            self.acts.append(Accept(registrar, self._at(body, day, MORNING)))
        by = registrar if self.lot.random() < 0.7 else self.lot.choice(staff.heads)
        self.acts.append(Assign(by, self._at(body, day, NOON), executor))
        if self.way.stated != self.way.matter and self.aside.random() < self.rates["corrected"]:
            reason = wording.correction(self.aside, self.language)
            self.acts.append(CorrectTopic(executor, self._at_aside(body, day, LUNCH), self.way.matter, reason))
        return executor

    def _work(self, body: Agency, executor: Officer, arrived: date, begun: int, prepared: int | None) -> Answer | None:
        """The review, and the answer if it is `prepared`."""
        after = self.world.calendar.after
        self.acts.append(BeginReview(executor, self._at(body, after(arrived, begun), AFTERNOON)))
        if prepared is None:
            return None
        outcome = Outcome(drawn(self.lot, self.shares["outcomes"]))
        answer = wording.answer(self.lot, self.language, outcome, self.way.matter)
        day = after(arrived, prepared)
        if outcome == Outcome.SATISFIED and self._is_known(ClockKind.EXECUTION, day):
            answer = self._promised(answer)
        self.acts.append(PrepareReply(executor, self._at(body, day, LATER), answer))
        return answer

    def _promised(self, answer: Answer) -> Answer:
        """In some answers something is still to be done."""
        if self.aside.random() >= self.rates["still_to_do"]:
            return answer
        promise = wording.said(self.aside, self.language, "promise")
        return replace(answer, text=f"{answer.text} {promise}", needs_execution=True)

    def _carry_out(self, body: Agency, executor: Officer, answered: date) -> None:
        """What was promised is done in time, or, by some, late."""
        is_late = self.aside.random() < self.rates["done_late"]
        n = self.aside.randint(6, 9) if is_late else self.aside.randint(1, 5)
        day = self.world.calendar.after(answered, n)
        at = self._at_aside(body, day, NOON)
        self.acts.append(ReportExecution(executor, at, wording.said(self.aside, self.language, "done")))

    def _hear(self, body: Agency, executor: Officer, day: date, *, days: int) -> None:
        """Before an adverse answer `days` after `day` the applicant is heard; where that is too soon, she waives it."""
        if not self._is_known(ClockKind.HEARING, day):
            return
        at = self._at_aside(body, day, BEFORE_EVENING)
        if days < NOTICE:
            reason = wording.said(self.aside, self.language, "waiver")
            heard: list[Act] = [WaiveHearing(executor, at, WaiverGround.ASKED, reason)]
        else:
            heard = self._heard(body, executor, day, at)
        self.acts = sorted([*self.acts, *heard], key=lambda act: act.at)

    def _heard(self, body: Agency, executor: Officer, day: date, at: datetime) -> list[Act]:
        """The preliminary decision, what some object to it, and the protocol of an oral hearing."""
        way = drawn(self.aside, WAYS)
        acts: list[Act] = [NotifyHearing(executor, at, wording.said(self.aside, self.language, "preliminary"), way)]
        if self.aside.random() < self.rates["objected"]:
            by, text = self.aside.choice(self.world.staff[body.pk].registrars), "objection"
            objected = self._at_aside(body, self.world.calendar.after(day, 1), NOON)
            acts.append(Object(by, objected, wording.said(self.aside, self.language, text)))
        if way != HearingWay.WRITTEN:
            held_on = self.world.calendar.after(day, 2)
            held = self._at_aside(body, held_on, BEFORE_EVENING)
            acts.append(RecordHearing(executor, held, held_on, wording.said(self.aside, self.language, "protocol")))
        return acts

    def _is_known(self, clock: ClockKind, day: date) -> bool:
        """Whether the law of the `day` sets such a term."""
        return self.world.term(clock, self.way.kind, day) is not None

    def _end(self, body: Agency, day: date, *, returned: bool) -> None:
        head, at = self.lot.choice(self.world.staff[body.pk].heads), self._at(body, day, EVENING)
        endings = table(f"phrases_{self.language}")["endings"]
        if returned:
            ground = self.lot.choice(RETURNED)
            self.acts.append(ReturnWithoutReview(head, at, ground, endings[ground]))
        else:
            without = self.lot.choice(TERMINATED)
            self.acts.append(Terminate(head, at, without, endings[without]))

    def _days_to_take(self, body: Agency) -> int:
        if self.lot.random() < self.shares["late"]["forwarding"][body.level]:
            return self.lot.randint(4, 9)
        return drawn(self.lot, IN_TIME)

    def _days_to_answer(self, body: Agency, taken: int, term: int) -> int:
        if self.lot.random() < self.shares["late"]["reply"][body.level]:
            return term + self.lot.randint(1, MOST_LATE)
        return max(taken, ceil(self.lot.betavariate(*SKEW) * term))

    def _term(self, arrived: date) -> int:
        """Working days of the reply term from `arrived`."""
        due_on = self.world.due_on(ClockKind.REPLY, self.way.kind, arrived)
        return self.world.calendar.between(arrived, due_on)

    def _at_aside(self, body: Agency, day: date, hours: tuple[time, time]) -> datetime:
        return self.world.instant(body, day, hours, self.aside)

    def _at(self, body: Agency, day: date, hours: tuple[time, time]) -> datetime:
        return self.world.instant(body, day, hours, self.lot)
