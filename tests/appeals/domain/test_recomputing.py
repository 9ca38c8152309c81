"""After a change of the calendar the running terms of open appeals move, on record; what is over never does."""

from datetime import date, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from agencies.domain.calendar import calendar
from agencies.enums import Origin, Role
from agencies.models import Agency, CalendarDay, Officer
from appeals.domain import recomputing
from appeals.domain.assignment import accept, assign, begin_review
from appeals.domain.breaches import note_missed
from appeals.domain.closing import terminate
from appeals.domain.extensions import extend
from appeals.domain.forwarding import forward
from appeals.domain.history import faults
from appeals.domain.holds import hold, note_lapsed, resume
from appeals.domain.recomputing import Move, foreseen, recompute
from appeals.enums import ClockKind, DueCause, EventKind, Kind, NoticeKind, TerminationGround
from appeals.models import Appeal, Breach, Clock, CountDelta, DueChange, Event, Notice
from tests.factories import MONDAY, make_appeal, make_officer

pytestmark = pytest.mark.django_db

DUE = date(2026, 2, 23)  # 15 working days after Monday 2 February 2026
DAY = timedelta(days=1)
ZONE = "Asia/Almaty"
LATER = MONDAY + 8 * DAY  # Tuesday 10 February: when the calendar is changed


@pytest.fixture
def head() -> Officer:
    return make_officer(role=Role.HEAD)


@pytest.fixture
def executor() -> Officer:
    return make_officer()


@pytest.fixture
def appeal(head: Officer, executor: Officer) -> Appeal:
    return assign(make_appeal(), executor, by=head, at=MONDAY)


def decree(day: date, *, is_working: bool = False) -> CalendarDay:
    return CalendarDay.objects.create(day=day, is_working=is_working, origin=Origin.DECREE, act="No. 1")


def run(at=LATER) -> list[Move]:
    return [move for ids in recomputing.batches() for move in recompute(ids, calendar(), at=at)]


def look(at=LATER) -> list[Move]:
    return [move for ids in recomputing.batches() for move in foreseen(ids, calendar(), at=at)]


def due(appeal: Appeal, kind: ClockKind = ClockKind.REPLY) -> date:
    return appeal.clocks.filter(kind=kind).latest("pk").due_on


def everything() -> list[list[tuple]]:
    tables = (Appeal, Clock, DueChange, Breach, Event, Notice, CountDelta)
    return [list(table.objects.order_by("pk").values_list()) for table in tables]


def in_order() -> bool:
    return not list(faults(Event.objects.select_related("appeal", "words").order_by("appeal_id", "seq")))


def test_recompute_after_a_new_day_off_moves_the_reply_by_one_working_day(appeal):
    decree(date(2026, 2, 16))

    run()

    reply = appeal.clocks.get(kind=ClockKind.REPLY)
    moved = reply.changes.get()
    assert reply.due_on == date(2026, 2, 24)
    assert (moved.cause, moved.was, moved.became, moved.on) == (DueCause.CALENDAR, DUE, date(2026, 2, 24), LATER.date())
    assert Appeal.objects.get().next_due_on == date(2026, 2, 24)
    assert in_order()


def test_recompute_leaves_one_line_of_history_a_case_with_every_term_that_moved():
    appeal = make_appeal()
    decree(date(2026, 2, 4))

    run(MONDAY + DAY)

    event = appeal.events.get(kind=EventKind.DUE_MOVED)
    assert event.data["moves"] == [
        {"clock": "forwarding", "was": "2026-02-05", "became": "2026-02-06"},
        {"clock": "reply", "was": "2026-02-23", "became": "2026-02-24"},
    ]
    assert event.by is None


def test_recompute_tells_the_applicant_once_when_her_answer_comes_later(appeal):
    decree(date(2026, 2, 16))

    run()
    run()

    assert appeal.notices.filter(kind=NoticeKind.DUE_MOVED).count() == 1


def test_recompute_begins_the_warnings_of_a_moved_term_anew(appeal):
    appeal.clocks.filter(kind=ClockKind.REPLY).update(warned=2)
    decree(date(2026, 2, 16))

    run()

    assert appeal.clocks.get(kind=ClockKind.REPLY).warned == 0


def test_recompute_after_a_day_off_is_withdrawn_moves_the_reply_back_and_tells_nobody():
    decree(date(2026, 2, 16))
    appeal, withdrawn = make_appeal(), CalendarDay.objects.filter(origin=Origin.DECREE)
    assert due(appeal) == date(2026, 2, 24)
    withdrawn.delete()

    run(MONDAY)

    assert due(appeal) == DUE
    assert not appeal.notices.filter(kind=NoticeKind.DUE_MOVED).exists()


def test_recompute_after_a_worked_saturday_moves_the_reply_one_working_day_ahead(appeal):
    decree(date(2026, 2, 14), is_working=True)

    run()

    assert due(appeal) == date(2026, 2, 20)


def test_recompute_leaves_the_day_the_head_decided(appeal, head):
    extend(appeal, until=date(2026, 3, 17), reason="A check on site.", by=head, at=MONDAY + DAY)
    decree(date(2026, 2, 16))

    run()

    assert due(appeal) == date(2026, 3, 17)


def test_recompute_rolls_the_day_the_head_decided_where_it_became_a_day_off(appeal, head):
    extend(appeal, until=date(2026, 3, 17), reason="A check on site.", by=head, at=MONDAY + DAY)
    decree(date(2026, 3, 17))

    run()

    assert due(appeal) == date(2026, 3, 18)


def test_recompute_after_a_hold_gives_back_the_days_the_new_calendar_counts(appeal, executor):
    hold(appeal, missing="The address.", days=5, by=executor, at=MONDAY + DAY)
    resume(appeal, correction="House 1", by=executor, at=MONDAY + 4 * DAY)
    assert due(appeal) == date(2026, 2, 26)  # three working days given back: 3, 4 and 5 February
    decree(date(2026, 2, 4))

    run()

    # one more day off within the term, one day less to give back
    assert due(appeal) == date(2026, 2, 26)


def test_recompute_after_a_hold_over_days_off_that_are_worked_now_gives_them_back(appeal, executor):
    hold(appeal, missing="The address.", days=5, by=executor, at=MONDAY + 5 * DAY)
    resume(appeal, correction="House 1", by=executor, at=MONDAY + 7 * DAY)
    assert due(appeal) == DUE
    decree(date(2026, 2, 7), is_working=True)

    run()

    assert due(appeal) == DUE  # a day earlier by the term, a day later by the hold


def test_recompute_during_a_hold_moves_both_terms_and_the_hold_goes_on(appeal, executor):
    hold(appeal, missing="The address.", days=5, by=executor, at=MONDAY + DAY)
    decree(date(2026, 2, 9))

    run(MONDAY + 2 * DAY)

    assert due(appeal) == date(2026, 2, 24)
    assert due(appeal, ClockKind.CORRECTION) == date(2026, 2, 11)
    assert appeal.clocks.get(kind=ClockKind.REPLY).is_held
    resume(appeal, correction="House 1", by=executor, at=MONDAY + 8 * DAY)
    assert due(appeal) == date(2026, 3, 2)  # 3 to 9 February without the 9th: four working days given back


def test_recompute_keeps_the_working_days_an_official_gave(appeal, executor):
    hold(appeal, missing="The address.", days=5, by=executor, at=MONDAY + DAY)
    decree(date(2026, 2, 5))

    run(MONDAY + 2 * DAY)
    run(MONDAY + 2 * DAY)

    assert due(appeal, ClockKind.CORRECTION) == date(2026, 2, 11)


def test_recompute_of_calendar_days_rolls_an_end_that_became_a_day_off():
    appeal = make_appeal(kind=Kind.INQUIRY, special_type="information")
    assert due(appeal) == date(2026, 2, 17)
    decree(date(2026, 2, 12))
    run()
    assert due(appeal) == date(2026, 2, 17)
    decree(date(2026, 2, 17))

    run()

    assert due(appeal) == date(2026, 2, 18)


def test_recompute_of_a_forwarded_case_moves_only_the_terms_of_its_holder(head):
    appeal, to = make_appeal(), Agency.objects.get(code="akimat.education.kz-79")
    forward(appeal, to, by=head, at=MONDAY + DAY, reason="Theirs")
    decree(date(2026, 2, 16))

    moves = run()

    assert [move.clock.agency for move in moves] == [to]
    assert appeal.clocks.get(agency=head.agency, kind=ClockKind.REPLY).due_on == DUE


def test_recompute_undoes_a_breach_and_arms_its_clock_again(appeal):
    at = MONDAY + 22 * DAY  # Tuesday 24 February
    note_missed(zone=ZONE, on=at.date(), at=at, limit=10)
    decree(date(2026, 2, 16))

    (move,) = run(at)

    reply, breach = appeal.clocks.get(kind=ClockKind.REPLY), Breach.objects.get()
    assert move.undone
    assert (reply.due_on, reply.breached_on) == (at.date(), None)
    assert (breach.annulled_on, breach.annulment.by) == (at.date(), None)
    assert appeal.events.filter(kind=EventKind.BREACH_ANNULLED).count() == 1
    assert in_order()


def test_recompute_undoes_a_breach_and_the_term_missed_again_is_a_new_one(appeal):
    at = MONDAY + 22 * DAY
    note_missed(zone=ZONE, on=at.date(), at=at, limit=10)
    decree(date(2026, 2, 16))
    run(at)

    assert note_missed(zone=ZONE, on=at.date(), at=at, limit=10) == 0
    assert note_missed(zone=ZONE, on=at.date() + DAY, at=at + DAY, limit=10) == 1
    assert Breach.objects.filter(annulled_on=None).get().due_on == at.date()


def test_recompute_leaves_a_breach_whose_new_last_day_is_over_as_well(appeal):
    at = MONDAY + 24 * DAY
    note_missed(zone=ZONE, on=at.date(), at=at, limit=10)
    decree(date(2026, 2, 16))

    (move,) = run(at)

    assert not move.undone
    assert due(appeal) == date(2026, 2, 24)
    assert Breach.objects.get().annulled_on is None
    assert appeal.clocks.get(kind=ClockKind.REPLY).breached_on == at.date()


def test_recompute_leaves_a_term_that_is_over_now_to_the_sweep(appeal):
    decree(date(2026, 2, 14), is_working=True)
    at = MONDAY + 21 * DAY  # Monday 23 February: in time until the Saturday was worked

    run(at)

    assert due(appeal) == date(2026, 2, 20)
    assert not Breach.objects.exists()
    assert note_missed(zone=ZONE, on=at.date(), at=at, limit=10) == 1


def test_recompute_never_touches_closed_cases_and_ended_terms(appeal, head):
    terminate(appeal, TerminationGround.NO_SUBSTANCE, by=head, at=MONDAY + DAY, reason="Nothing is asked.")
    accept(other := make_appeal(), by=head, at=MONDAY + DAY)
    decree(date(2026, 2, 4))

    moves = run(MONDAY + 2 * DAY)

    assert {(move.clock.appeal_id, move.clock.kind) for move in moves} == {(other.pk, ClockKind.REPLY)}
    assert due(other, ClockKind.FORWARDING) == date(2026, 2, 5)


def test_recompute_twice_changes_nothing_the_second_time(appeal, executor, head):
    begin_review(appeal, by=executor, at=MONDAY)
    extend(appeal, until=date(2026, 3, 17), reason="A check on site.", by=head, at=MONDAY + DAY)
    make_appeal()
    decree(date(2026, 3, 17))
    decree(date(2026, 2, 4))
    run(MONDAY + DAY)
    after_once = everything()

    assert run(MONDAY + DAY) == []
    assert everything() == after_once


def test_recompute_on_trial_shows_the_moves_and_touches_nothing(appeal):
    note_missed(zone=ZONE, on=date(2026, 2, 24), at=MONDAY + 22 * DAY, limit=10)
    decree(date(2026, 2, 16))
    before = everything()

    (move,) = look(MONDAY + 22 * DAY)

    assert (move.was, move.becomes, move.undone) == (DUE, date(2026, 2, 24), True)
    assert everything() == before


def test_recompute_without_a_change_of_the_calendar_moves_nothing(appeal, executor, head):
    hold(appeal, missing="The address.", days=5, by=executor, at=MONDAY + DAY)
    resume(appeal, correction="House 1", by=executor, at=MONDAY + 4 * DAY)
    extend(Appeal.objects.get(), until=date(2026, 3, 17), reason="A check.", by=head, at=MONDAY + 4 * DAY)

    assert look() == []


def test_recompute_without_a_change_of_the_calendar_leaves_the_terms_after_a_lapse(appeal, executor):
    hold(appeal, missing="The address.", days=5, by=executor, at=MONDAY + DAY)
    note_lapsed(zone=ZONE, on=date(2026, 2, 11), at=MONDAY + 9 * DAY, limit=10)

    assert appeal.clocks.running().count() == 2  # the reply, and the return that may follow
    assert look() == []


def test_recompute_ended_in_the_middle_does_what_is_left(appeal):
    other = make_appeal()
    decree(date(2026, 2, 16))
    recompute([appeal.pk], calendar(), at=LATER)

    moves = run()

    assert [move.clock.appeal_id for move in moves] == [other.pk]
    assert (due(appeal), due(other)) == (date(2026, 2, 24), date(2026, 2, 24))


def test_recompute_of_one_appeal_leaves_the_others(appeal):
    other = make_appeal()
    decree(date(2026, 2, 16))

    recompute([appeal.pk], calendar(), at=LATER)

    assert due(other) == DUE


@pytest.mark.parametrize("how_many", [1, 3])
def test_recompute_on_trial_reads_as_often_for_one_appeal_as_for_three(how_many, rows_read):
    ids, known = [make_appeal().pk for _ in range(how_many)], calendar()

    with rows_read() as statements:
        foreseen(ids, known, at=MONDAY)

    assert len(statements) == 3


@time_machine.travel(MONDAY + 22 * DAY)
def test_the_command_prints_the_table_and_changes_nothing_on_trial(appeal):
    note_missed(zone=ZONE, on=date(2026, 2, 24), at=MONDAY + 22 * DAY, limit=10)
    decree(date(2026, 2, 16))
    before, told, done = everything(), StringIO(), StringIO()

    call_command("recompute", dry_run=True, stdout=told)
    assert everything() == before
    call_command("recompute", appeal=appeal.number, stdout=done)

    *table, count = told.getvalue().splitlines()
    assert [line.split() for line in table] == [
        ["number", "body", "term", "was", "becomes", "breach"],
        [appeal.number, appeal.agency.code, "reply", "2026-02-23", "2026-02-24", "annulled"],
    ]
    assert count == "terms to move: 1, of appeals: 1; breaches to annul: 1"
    assert done.getvalue().splitlines() == [*table, "terms moved: 1, of appeals: 1; breaches annulled: 1"]
    assert due(appeal) == date(2026, 2, 24)


def test_the_command_for_an_unknown_appeal_says_so():
    with pytest.raises(CommandError, match="There is no appeal"):
        call_command("recompute", appeal="ЖТ-2026-00000000")
