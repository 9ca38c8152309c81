"""The same act at the same moment, on a database of its own where commits are real."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

from django.db import connection

from agencies.domain.calendar import calendar
from agencies.enums import Origin, Role
from agencies.models import CalendarDay
from appeals.domain import breaches, deliveries, history
from appeals.domain.amending import amend
from appeals.domain.closing import strike_off
from appeals.domain.forwarding import forward
from appeals.domain.parts import forward_part
from appeals.domain.recomputing import recompute
from appeals.domain.registration import register
from appeals.enums import ClockKind, EventKind
from appeals.errors import AppealError, InvalidTerm
from appeals.models import Appeal, Breach, DueChange, Event, Notice, Term
from tests.factories import MONDAY, make_appeal, make_intake, make_officer

LATER = MONDAY + timedelta(days=60)


def at_once(times: int, act: Callable[[], Any]) -> list[Any]:
    """What each of `times` parallel calls of `act` gave."""

    def once(_: int) -> Any:
        try:
            return act()
        except AppealError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(once, range(times)))


def unbroken() -> bool:
    events = Event.objects.select_related("appeal", "words").order_by("appeal_id", "seq")
    return not list(history.faults(events))


def test_register_thirty_at_once_with_one_key_is_one_appeal(own_database):
    intake = make_intake()

    sent = at_once(30, lambda: register(intake, at=MONDAY).pk)

    assert len(set(sent)) == Appeal.objects.count() == Notice.objects.count() == 1


def test_register_thirty_at_once_gives_thirty_numbers_of_a_new_series(own_database):
    numbers = at_once(30, lambda: make_appeal().number)

    assert len(set(numbers)) == 30
    assert unbroken()


def test_note_missed_twice_at_once_leaves_one_breach_and_one_notice_a_clock(own_database):
    head = make_officer(role=Role.HEAD)
    late = [make_appeal() for _ in range(20)]

    counts = at_once(4, lambda: breaches.note_missed(zone="Asia/Almaty", on=LATER.date(), at=LATER, limit=7))
    while breaches.note_missed(zone="Asia/Almaty", on=LATER.date(), at=LATER, limit=7):
        pass

    assert sum(counts) <= 40
    assert Breach.objects.count() == 2 * len(late)  # forwarding and reply
    assert Notice.objects.filter(officer=head).count() == 2 * len(late)
    assert Notice.objects.filter(kind="term_expired").count() == len(late)
    assert unbroken()


def test_note_missed_again_changes_nothing(own_database):
    make_appeal()
    breaches.note_missed(zone="Asia/Almaty", on=LATER.date(), at=LATER, limit=100)

    assert breaches.note_missed(zone="Asia/Almaty", on=LATER.date(), at=LATER, limit=100) == 0
    assert Breach.objects.count() == 2


def test_note_missed_on_the_due_day_finds_nothing(own_database):
    make_appeal()

    assert breaches.note_missed(zone="Asia/Almaty", on=date(2026, 2, 5), at=MONDAY, limit=100) == 0
    assert breaches.note_missed(zone="Asia/Almaty", on=date(2026, 2, 6), at=MONDAY, limit=100) == 1


def test_forward_ten_at_once_is_one_hop_and_nine_refusals(own_database):
    appeal, registrar = make_appeal(), make_officer(role=Role.REGISTRAR)
    there = make_officer("akimat.education.kz-79").agency

    results = at_once(10, lambda: forward(appeal, there, by=registrar, at=MONDAY, reason="Theirs"))

    assert sum(isinstance(result, AppealError) for result in results) == 9
    assert Appeal.objects.get().hops == 1
    assert unbroken()


def test_strike_off_two_at_once_for_each_other_leaves_one_that_goes_on(own_database):
    head = make_officer(role=Role.HEAD)
    for _ in range(5):
        one, other = make_appeal(), make_appeal()
        pairs = [(one, other), (other, one)]

        def strike(left: list[tuple[Appeal, Appeal]] = pairs) -> None:
            appeal, true = left.pop()
            strike_off(appeal, reason="Twice.", by=head, at=MONDAY, duplicate_of=true)

        results = at_once(2, strike)

        assert sum(isinstance(result, AppealError) for result in results) == 1
    assert Appeal.objects.open().count() == 5
    assert unbroken()


def test_forward_parts_at_once_numbers_each_and_gives_no_body_two(own_database):
    appeal, registrar = make_appeal(), make_officer(role=Role.REGISTRAR)
    there = make_officer("akimat.education.kz-79").agency
    given = {"questions": "The school?", "reason": "Theirs", "by": registrar, "at": MONDAY}

    results = at_once(10, lambda: forward_part(appeal, there, **given))

    assert sum(isinstance(result, AppealError) for result in results) == 9
    assert [part.number for part in appeal.parts.all()] == [f"{appeal.number}/1"]
    assert unbroken()


def test_claim_at_once_leases_each_notice_to_one(own_database):
    for _ in range(10):
        make_appeal()

    leased = at_once(5, lambda: deliveries.claim(at=LATER, limit=4))

    assert sorted(pk for part in leased for pk in part) == sorted(Notice.objects.values_list("pk", flat=True))


def test_recompute_four_times_at_once_moves_each_term_once(own_database):
    ids = [make_appeal().pk for _ in range(10)]
    CalendarDay.objects.create(day=date(2026, 2, 4), origin=Origin.DECREE, act="No. 1")

    moves = at_once(4, lambda: len(recompute(ids, calendar(), at=MONDAY)))

    assert sum(moves) == DueChange.objects.count() == 20  # forwarding and reply
    assert Event.objects.filter(kind=EventKind.DUE_MOVED).count() == 10
    assert unbroken()


def test_amend_four_times_at_once_is_one_change_of_the_register(own_database):
    reply = Term.objects.get(clock=ClockKind.REPLY, kind="", valid_to=None)

    told = at_once(4, lambda: amend(reply, valid_from=date(2026, 7, 1), by=None, on=MONDAY.date(), length=10))

    assert [isinstance(one, InvalidTerm) for one in told].count(True) == 3
    assert Term.objects.filter(clock=ClockKind.REPLY, kind="", valid_from=date(2026, 7, 1)).count() == 1
