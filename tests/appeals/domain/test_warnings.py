"""The ladder: who is told of a term ahead, on which day, once; and who of a broken one, never on a day off."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from agencies.domain.calendar import calendar
from agencies.domain.working_days import days
from agencies.enums import Role
from agencies.models import CalendarDay, Officer, Unit
from appeals.domain import clocks, ladder
from appeals.domain.assignment import assign
from appeals.domain.breaches import note_missed
from appeals.domain.extensions import extend
from appeals.domain.forwarding import forward
from appeals.domain.holds import hold
from appeals.domain.warnings import furthest, warn_ahead
from appeals.enums import ClockKind, NoticeKind
from appeals.models import Appeal, Clock, LadderStep, Notice
from tests.factories import MONDAY, make_appeal, make_officer

pytestmark = pytest.mark.django_db

ZONE = "Asia/Almaty"
ELSEWHERE = "akimat.utilities.kz-75"
DUE = date(2026, 2, 23)  # of the reply: 15 working days after Monday 2 February 2026


def morning(on: date) -> datetime:
    return datetime.combine(on, time(10), ZoneInfo(ZONE)).astimezone(UTC)


def run(on: date, *, zone: str = ZONE, limit: int = 100) -> int:
    return warn_ahead(zone=zone, on=on, at=morning(on), limit=limit)


def told(kind: NoticeKind = NoticeKind.WARNING) -> list[tuple[str, Officer]]:
    """Whom and how many working days ahead, in the order it was owed."""
    return [(notice.key.split(":")[3], notice.officer) for notice in Notice.objects.filter(kind=kind).order_by("pk")]


@pytest.fixture
def unit() -> Unit:
    head = make_officer(role=Role.HEAD)
    return Unit.objects.create(agency=head.agency, name_kk="Бөлім", name_ru="Отдел", name_en="Unit")


@pytest.fixture
def executor(unit: Unit) -> Officer:
    return make_officer(unit=unit)


@pytest.fixture
def unit_head(unit: Unit) -> Officer:
    other = Unit.objects.create(agency=unit.agency, name_kk="Басқа", name_ru="Другой", name_en="Other")
    make_officer(role=Role.UNIT_HEAD, unit=other)
    return make_officer(role=Role.UNIT_HEAD, unit=unit)


@pytest.fixture
def head(unit: Unit) -> Officer:
    return unit.agency.officers.get(role=Role.HEAD)


@pytest.fixture
def appeal(executor: Officer, head: Officer) -> Appeal:
    """In work: only its reply clock runs, until 23 February."""
    return assign(make_appeal(), executor, by=head, at=MONDAY)


def test_warn_ahead_tells_executor_then_unit_head_then_head_each_on_her_day(appeal, executor, unit_head, head):
    seen = {}
    for on in days(MONDAY.date(), DUE):
        before = len(told())
        run(on)
        if new := told()[before:]:
            seen[on] = new

    assert seen == {
        date(2026, 2, 18): [("3", executor)],
        date(2026, 2, 20): [("1", unit_head)],
        DUE: [("0", head)],
    }
    assert not appeal.notices.filter(kind=NoticeKind.WARNING, officer=None).exists()


def test_warn_ahead_twice_on_a_day_tells_once(appeal):
    assert [run(date(2026, 2, 18)), run(date(2026, 2, 18))] == [1, 0]

    assert len(told()) == 1


def test_warn_ahead_after_missed_runs_tells_each_step_once(appeal, executor, unit_head, head):
    run(DUE)

    assert told() == [("3", executor), ("1", unit_head), ("0", head)]
    assert run(DUE) == 0


def test_warn_ahead_of_a_term_that_ran_out_is_left_to_the_breach(appeal):
    assert run(date(2026, 2, 24)) == 0

    note_missed(zone=ZONE, on=date(2026, 2, 24), at=morning(date(2026, 2, 24)), limit=10)
    assert run(date(2026, 2, 24)) == 0
    assert told() == []


def test_warn_ahead_while_nobody_is_assigned_tells_the_registrars(head):
    registrars = [make_officer(role=Role.REGISTRAR), make_officer(role=Role.REGISTRAR)]
    make_appeal()

    run(date(2026, 2, 4))

    assert told() == [("1", registrar) for registrar in registrars]  # of the forwarding


def test_warn_ahead_where_the_executor_has_left_tells_the_head(appeal, executor, head):
    executor.valid_to = date(2026, 2, 10)
    executor.save()

    run(date(2026, 2, 18))

    assert told() == [("3", head)]


@pytest.mark.parametrize("on", [date(2026, 2, 20), DUE])
def test_warn_ahead_where_there_is_no_head_tells_the_deputy(appeal, head, on):
    Clock.objects.update(warned=1)
    Officer.objects.filter(pk=head.pk).update(valid_to=date(2026, 2, 3))
    deputy = make_officer(role=Role.DEPUTY)

    run(on)

    assert told() == ([("1", deputy)] if on < DUE else [("1", deputy), ("0", deputy)])


def test_warn_ahead_where_nobody_is_in_office_asks_no_more(appeal):
    Officer.objects.update(valid_to=date(2026, 2, 3))

    assert [run(DUE), run(DUE)] == [1, 0]
    assert told() == []


def test_warn_ahead_on_a_day_off_is_silent_and_tells_on_the_next_working_day(appeal, executor):
    Clock.objects.filter(kind=ClockKind.REPLY).update(due_on=date(2026, 2, 25))

    assert run(date(2026, 2, 21)) == run(date(2026, 2, 22)) == 0
    assert run(date(2026, 2, 23)) == 1
    assert told() == [("3", executor)]  # the 20th would have been early


def test_warn_ahead_over_nauryz_counts_working_days(appeal, executor, unit_head):
    """21 to 25 March 2026 are off; the term ends on Friday the 27th."""
    Clock.objects.filter(kind=ClockKind.REPLY).update(due_on=date(2026, 3, 27))

    assert {on: run(on) for on in days(date(2026, 3, 18), date(2026, 3, 25))} == {
        date(2026, 3, 18): 0,
        date(2026, 3, 19): 1,
        **dict.fromkeys(days(date(2026, 3, 20), date(2026, 3, 25)), 0),
    }
    assert run(date(2026, 3, 26)) == 1
    assert told() == [("3", executor), ("1", unit_head)]


def test_warn_ahead_on_a_worked_saturday_tells(appeal, executor, unit_head):
    CalendarDay.objects.create(day=date(2026, 2, 21), is_working=True, act="No. 1")

    assert run(date(2026, 2, 20)) == 1
    assert run(date(2026, 2, 21)) == 1
    assert told() == [("3", executor), ("1", unit_head)]


@pytest.mark.parametrize("working_days", [0, 1, 3, 10])
def test_furthest_is_the_last_day_whose_step_has_come(working_days):
    known = calendar()
    for on in days(date(2026, 3, 1), date(2026, 5, 15)):
        if known.is_working(on):
            last = furthest(working_days, on, known)
            assert step_day(last, working_days) <= on < step_day(last + timedelta(days=1), working_days)


def step_day(due_on: date, working_days: int) -> date:
    """The day `working_days` before `due_on`, counted back; of an end on a day off, the working day before it."""
    known = calendar()
    back = working_days if known.is_working(due_on) else max(working_days, 1)
    return known.before(due_on, back)


def test_extend_warns_anew_for_the_new_last_day(appeal, executor, unit_head, head):
    run(date(2026, 2, 20))
    extend(appeal, until=date(2026, 3, 20), reason="A check on site.", by=head, at=morning(date(2026, 2, 20)))
    clocks.meet(appeal, [ClockKind.EXTENSION_NOTICE], on=date(2026, 2, 20), at=MONDAY)

    assert run(DUE) == 0
    assert run(date(2026, 3, 17)) == run(date(2026, 3, 19)) == run(date(2026, 3, 20)) == 1
    assert told() == [("3", executor), ("1", unit_head), ("3", executor), ("1", unit_head), ("0", head)]


def test_warn_ahead_of_what_waits_for_the_applicant_tells_nobody(appeal, executor):
    hold(appeal, missing="The contract.", days=3, by=executor, at=MONDAY)
    Clock.objects.update(due_on=date(2026, 2, 5))

    assert run(date(2026, 2, 5)) == 0
    assert set(Clock.objects.running().values_list("kind", flat=True)) == {ClockKind.REPLY, ClockKind.CORRECTION}


def test_warn_ahead_of_a_clock_that_was_met_tells_nobody(appeal):
    clocks.meet(appeal, [ClockKind.REPLY], on=MONDAY.date(), at=MONDAY)

    assert run(DUE) == 0


def test_warn_ahead_in_batches_shares_the_work(executor, head):
    for _ in range(5):
        assign(make_appeal(), executor, by=head, at=MONDAY)

    assert [run(date(2026, 2, 18), limit=2) for _ in range(4)] == [2, 2, 1, 0]
    assert len(told()) == 5


def test_warn_ahead_leaves_other_zones_alone(appeal):
    assert run(DUE, zone="Asia/Oral") == 0


def test_warn_ahead_without_a_ladder_tells_nobody(appeal):
    LadderStep.objects.filter(working_days__gte=0).delete()

    assert run(DUE) == 0


def test_warn_ahead_asks_as_much_of_many_as_of_one(executor, head, django_assert_num_queries):
    for _ in range(3):
        assign(make_appeal(), executor, by=head, at=MONDAY)

    for limit in (1, 2):
        with django_assert_num_queries(10):  # two of them the savepoint
            assert run(date(2026, 2, 18), limit=limit) == limit


def test_a_step_of_a_kinds_own_replaces_those_for_any(appeal, executor, head):
    LadderStep.objects.create(clock=ClockKind.FORWARDING, working_days=2, recipient="head")
    make_appeal(at=MONDAY)

    run(date(2026, 2, 3))
    run(date(2026, 2, 5))

    assert told() == [("2", head)]


def test_note_missed_tells_head_and_oversight_once_and_no_deputy(appeal, head):
    overseer = make_officer("president.office", Role.OVERSIGHT)
    make_officer(role=Role.DEPUTY)
    for _ in range(2):
        note_missed(zone=ZONE, on=date(2026, 2, 24), at=morning(date(2026, 2, 24)), limit=10)

    assert told(NoticeKind.BREACH) == [("-1", head), ("-1", overseer)]


def test_a_co_executor_is_warned_herself_and_a_breach_of_hers_told_to_the_head_of_her_unit(appeal, executor, unit_head):
    clock = clocks.start_one(
        appeal, ClockKind.CO_EXECUTOR, on=MONDAY.date(), calendar=calendar(), due_on=DUE, officer=executor
    )
    Clock.objects.exclude(pk=clock.pk).delete()
    run(date(2026, 2, 20))
    note_missed(zone=ZONE, on=date(2026, 2, 24), at=morning(date(2026, 2, 24)), limit=10)

    assert told() == [("1", executor)]
    assert told(NoticeKind.BREACH) == [("-1", unit_head)]


def test_note_missed_on_a_day_off_tells_officials_when_work_begins_and_the_applicant_at_once(appeal, head):
    Clock.objects.update(due_on=date(2026, 3, 20))
    saturday = date(2026, 3, 21)  # Nauryz, until the 25th
    note_missed(zone=ZONE, on=saturday, at=morning(saturday), limit=10)

    (to_head,) = Notice.objects.filter(kind=NoticeKind.BREACH)
    (to_applicant,) = Notice.objects.filter(kind=NoticeKind.TERM_EXPIRED)
    assert to_head.try_after == datetime(2026, 3, 26, 9, tzinfo=ZoneInfo(ZONE))
    assert to_head.owed_at == to_applicant.try_after == morning(saturday)


def test_note_missed_on_a_working_day_tells_officials_at_once(appeal, head):
    on = date(2026, 2, 24)
    note_missed(zone=ZONE, on=on, at=morning(on), limit=10)

    assert Notice.objects.get(kind=NoticeKind.BREACH).try_after == morning(on)


def test_forward_past_the_third_day_tells_the_head_of_the_body_that_was_late(appeal, executor, head):
    there = make_officer(ELSEWHERE, Role.HEAD).agency

    forward(appeal, there, by=executor, at=morning(date(2026, 2, 10)), reason="Theirs.")

    assert told(NoticeKind.BREACH) == [("-1", head)]


def test_every_kind_of_clock_has_a_ladder():
    assert all(ladder.steps()[kind] for kind in ClockKind)
