"""What the holder of a coupon may see of the case: everything that concerns the applicant, nothing internal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import OuterRef

from agencies.domain.calendar import calendar
from agencies.domain.working_days import WorkingCalendar
from agencies.enums import Level
from agencies.models import Agency
from appeals.domain import arrays, helplines
from appeals.domain.arrays import ErratumLine, HearingLine, PartLine
from appeals.domain.clocks import asked_for_file
from appeals.domain.explanations import clocks_of, explain_all
from appeals.domain.hearings import can_be_objected_to
from appeals.domain.queues import Countdown, countdown_of
from appeals.domain.wording import Entry, Names, explained, history_of, names_in, special_type, told_to_applicant
from appeals.enums import ClockKind, EventKind, Status
from appeals.models import Appeal, Attachment, Breach, Clock, Event, Forwarding, Reply
from appeals.rules import refusal_to_ask_for_file, refusal_to_object, superior_instance
from appeals.rules.holder import nobody_may_hear

# of the terms that run together, the first of these is the applicant's date
MATTERING = (ClockKind.REPLY, ClockKind.PASSING_UP, ClockKind.FORWARDING)

# what moves an appeal from one body to another, or says that it stays; and what leaves that to the body above
HANDED_ON = (EventKind.FORWARDED, EventKind.SENT_BACK, EventKind.COMPETENCE_DECIDED)
LEFT_TO_BODY_ABOVE = EventKind.COMPETENCE_DISPUTED

# ended by the body without an answer
UNANSWERED = (Status.RETURNED, Status.TERMINATED)

ALONG = (
    "agency__superior__superior__superior__superior",
    "topic",
    "region",
    "district",
    "channel",
    "complained_of__superior__superior__superior",
    "previous",
    "parent",
    "content",
    "routing",
    "coupon",
    "reply__superior",
    "reply__signed_by",
    "urgency",
)


@dataclass(frozen=True)
class Case:
    """A case as its applicant sees it on the local date `on`."""

    appeal: Appeal
    on: date
    calendar: WorkingCalendar
    events: list[Event]
    clocks: list[Clock]
    recorded: list[Breach]
    forwardings: list[Forwarding]
    files: list[dict[str, Any]]
    names: Names
    superior: Agency | None  # who hears a complaint about an ending without an answer
    hearings: list[HearingLine]
    errata: list[ErratumLine]
    parts: list[PartLine]

    @property
    def clock(self) -> Clock | None:
        """The holder's running term that matters most to the applicant; in an answered case the last one it had.

        None where the case ended without an answer: nothing was promised that could be called kept.
        """
        if self.appeal.status in (*UNANSWERED, Status.WITHDRAWN):
            return None
        held = [clock for clock in self.clocks if clock.agency_id == self.appeal.agency_id]
        running = [clock for clock in held if clock.is_running and clock.kind in MATTERING]
        return next((clock for kind in MATTERING for clock in reversed(running or held) if clock.kind == kind), None)

    @cached_property
    def explained_clocks(self) -> Sequence[Clock]:
        """The clocks, each with the `steps` to its last day."""
        return explain_all(self.clocks, self.calendar)

    @property
    def countdown(self) -> Countdown | None:
        """How that term stands."""
        return standing(self.clock, on=self.on, calendar=self.calendar) if self.clock else None

    @property
    def is_unheard(self) -> bool:
        """Whether it waits at the Office because no body may decide the complaint (Art. 91(3))."""
        at_office = self.appeal.is_open and self.appeal.agency.level == Level.PRESIDENT
        return at_office and nobody_may_hear(self.appeal)

    @property
    def earlier(self) -> str:
        """The number of the appeal that the applicant herself said it follows on; empty where officials named one.

        They may err, and the number would then be a stranger's.
        """
        said = next((event.get("previous") for event in self.events if event.kind == EventKind.REGISTERED), None)
        number = self.appeal.previous.number if self.appeal.previous else ""
        return number if number == said else ""

    @property
    def why(self) -> str:
        """Why the appeal went first to whom it went."""
        return explained(self.appeal.routing.explanation, self.names)

    @property
    def why_now(self) -> Entry | None:
        """Why it is with whom it is, where it was handed on since, or its body has ceased."""
        moved = [event for event in self.events if event.kind in HANDED_ON or self._is_by_succession(event)]
        return next(iter(told_to_applicant(moved[-1:], self.names)), None)

    @property
    def decider(self) -> str:
        """The body above that is asked who answers and has not decided; empty where none is."""
        settling = (LEFT_TO_BODY_ABOVE, *HANDED_ON)
        asked = [event for event in self.events if event.kind in settling or "undecided" in event.data]
        if not self.appeal.is_open or not asked or asked[-1].kind != LEFT_TO_BODY_ABOVE:
            return ""
        code = asked[-1].data["above"]
        return self.names.get(("body", code), code)

    @property
    def special_type(self) -> str:
        return special_type(self.appeal, self.names)

    @property
    def entries(self) -> list[Entry]:
        return told_to_applicant(self.events, self.names)

    @property
    def breaches(self) -> list[Breach]:
        return [breach for breach in self.recorded if breach.annulled_on is None]

    @property
    def is_silent(self) -> bool:
        """A term to answer ran out without an act: that counts as refusal (Art. 91(2))."""
        return any(
            clock.kind == ClockKind.REPLY and clock.is_running and not clock.is_held and clock.due_on < self.on
            for clock in self.clocks
        )

    @property
    def correction(self) -> Entry | None:
        """What the body asks the applicant for, while it can still be supplied."""
        awaited = any(
            clock.is_running and clock.kind in (ClockKind.CORRECTION, ClockKind.RETURN) for clock in self.clocks
        )
        asked = [event for event in self.events if event.kind == EventKind.HELD and awaited and self.appeal.is_open]
        return next(iter(told_to_applicant(asked, self.names)), None)

    @property
    def correction_due_on(self) -> date | None:
        """The applicant's last day for it; none once that is over."""
        running = (clock for clock in self.clocks if clock.is_running and clock.kind == ClockKind.CORRECTION)
        return next((clock.due_on for clock in running), None)

    @property
    def hearing(self) -> HearingLine | None:
        """The preliminary decision that the body made known last."""
        known = [line for line in self.hearings if line.agency_id == self.appeal.agency_id]
        return known[-1] if known and known[-1].notified_on else None

    @property
    def can_object(self) -> bool:
        return not refusal_to_object(None, self.appeal, is_awaited=can_be_objected_to(self.hearing))

    @property
    def objection_clock(self) -> Clock | None:
        """The applicant's time to object, until its last day."""
        last = self._last(ClockKind.OBJECTION)
        return last if last and last.is_running and last.due_on >= self.on else None

    @property
    def execution(self) -> Clock | None:
        """The time of the body to carry out what it decided."""
        return self._last(ClockKind.EXECUTION)

    @property
    def executed(self) -> Entry | None:
        """What the body did."""
        return self._told(EventKind.EXECUTED)

    @property
    def files_asked_for(self) -> list[Clock]:
        """The time each body still has to show the file; one that let the case go owes it, too."""
        return [clock for clock in self.clocks if clock.kind == ClockKind.FILE_ACCESS and clock.is_running]

    @property
    def can_ask_for_file(self) -> bool:
        return not refusal_to_ask_for_file(None, self.appeal, asked_for_file(self.clocks, self.appeal.agency_id))

    @property
    def shown_files(self) -> list[Entry]:
        """How each body last showed the file."""
        last = {event.data["agency"]: event for event in self.events if event.kind == EventKind.FILE_SHOWN}
        return told_to_applicant(last.values(), self.names)

    def _is_by_succession(self, event: Event) -> bool:
        """Whether its holder has it as the successor of the one before; duties alone may go over, too."""
        return event.kind == EventKind.SUCCEEDED and event.data["to"] == self.appeal.agency.code

    def _last(self, kind: ClockKind) -> Clock | None:
        return next((clock for clock in reversed(self.clocks) if clock.kind == kind), None)

    def _told(self, *kinds: EventKind) -> Entry | None:
        done = [event for event in self.events if event.kind in kinds]
        return next(iter(told_to_applicant(done[-1:], self.names)), None)

    @property
    def ending(self) -> Entry | None:
        """On what ground and why the body returned the appeal or terminated its review."""
        ended = [event for event in self.events if event.kind in (EventKind.RETURNED, EventKind.TERMINATED)]
        return next(iter(told_to_applicant(ended[-1:], self.names)), None)

    @property
    def withdrawn(self) -> Entry | None:
        """That the applicant took the appeal back, and what she said to it."""
        return self._told(EventKind.WITHDRAWN)

    @property
    def is_all_answered(self) -> bool:
        """Whether the appeal went to several bodies, and each has answered."""
        states = [self.appeal.status, *(part.status for part in self.parts)]
        return bool(self.parts) and all(status == Status.ANSWERED for status in states)

    @property
    def reply(self) -> Reply | None:
        """The answer, once it is signed."""
        prepared = getattr(self.appeal, "reply", None)
        return prepared if prepared and prepared.signed_at else None


def case(appeal_id: int, *, on: date) -> Case | None:
    """The case, read with seven queries however long its history is; ended without an answer, with a few more."""
    files = Attachment.objects.filter(appeal=OuterRef("pk"))
    beside = Appeal.objects.select_related(*ALONG).annotate(
        told_files=arrays.told(files, pk="pk", name="name", size="size"),
        told_hearings=arrays.told_hearings(),
        told_errata=arrays.told_errata(),
        told_parts=arrays.told_parts(Appeal.objects.all()),
        told_helplines=helplines.told(),
    )
    appeal = beside.filter(pk=appeal_id).first()
    if appeal is None:
        return None
    events = history_of(appeal)
    return Case(
        appeal,
        on,
        calendar(),
        events,
        [clock for clock in clocks_of(appeal) if clock.kind != ClockKind.CO_EXECUTOR],
        list(appeal.breaches.exclude(kind=ClockKind.CO_EXECUTOR).select_related("agency").order_by("pk")),
        list(appeal.forwardings.select_related("left", "to").order_by("pk")),
        appeal.told_files,
        names_in([appeal.routing.explanation, *(event.data for event in events)]),
        superior_instance(appeal.agency, appeal.closed_on or on) if appeal.status in UNANSWERED else None,
        arrays.hearing_lines(appeal.told_hearings),
        arrays.erratum_lines(appeal.told_errata),
        arrays.part_lines(appeal.told_parts),
    )


def standing(clock: Clock, *, on: date, calendar: WorkingCalendar) -> Countdown | None:
    """How `clock` stands on the local date `on`."""
    if clock.met_on or clock.cancelled_on:
        return Countdown("met" if clock.met_on else "cancelled", 0, clock.due_on)
    return countdown_of(clock, on, calendar)
