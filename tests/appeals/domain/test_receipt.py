"""The day an appeal counts as received (Art. 64(3)): by the hours, the zone and the working days of its body."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from agencies.domain.calendar import calendar
from agencies.enums import Origin
from agencies.models import Agency, CalendarDay
from appeals.domain import terms
from appeals.domain.terms import counted_as_received_on
from appeals.enums import ClockKind, Kind
from appeals.models import Appeal

pytestmark = pytest.mark.django_db

SHYMKENT, QYZYLORDA, ORAL = "akimat.kz-79", "akimat.kz-43", "akimat.kz-27"
ZONES = {
    "KZ-15": "Asia/Aqtobe",
    "KZ-23": "Asia/Atyrau",
    "KZ-27": "Asia/Oral",
    "KZ-39": "Asia/Qostanay",
    "KZ-43": "Asia/Qyzylorda",
    "KZ-47": "Asia/Aqtau",
}


def counted(at: str, body: str = SHYMKENT) -> str:
    """The day the instant `at`, in UTC, counts for in `body`."""
    instant = datetime.fromisoformat(at).replace(tzinfo=UTC)
    return counted_as_received_on(instant, Agency.objects.get(code=body), calendar()).isoformat()


@pytest.mark.parametrize(
    ("at", "body", "day"),
    [
        # Almaty time was UTC+6 until 29 February 2024 (a Thursday), UTC+5 from 1 March
        ("2024-02-29 12:29", SHYMKENT, "2024-02-29"),
        ("2024-02-29 12:30", SHYMKENT, "2024-02-29"),
        ("2024-02-29 12:31", SHYMKENT, "2024-03-01"),
        ("2024-02-29 13:30", SHYMKENT, "2024-03-01"),  # 19:30, though 18:30 by the time of the next day
        ("2024-02-29 17:30", SHYMKENT, "2024-03-01"),  # 23:30, for the first time
        ("2024-02-29 18:30", SHYMKENT, "2024-03-01"),  # 23:30, for the second time
        ("2024-03-01 12:31", SHYMKENT, "2024-03-01"),  # 17:31
        ("2024-03-01 13:29", SHYMKENT, "2024-03-01"),
        ("2024-03-01 13:30", SHYMKENT, "2024-03-01"),
        ("2024-03-01 13:31", SHYMKENT, "2024-03-04"),  # over the weekend
        # Qyzylorda gave up its UTC+6 on 21 December 2018, a Friday; Almaty did not
        ("2018-12-20 12:29", QYZYLORDA, "2018-12-20"),
        ("2018-12-20 12:30", QYZYLORDA, "2018-12-20"),
        ("2018-12-20 12:31", QYZYLORDA, "2018-12-21"),
        ("2018-12-21 12:31", QYZYLORDA, "2018-12-21"),
        ("2018-12-21 13:29", QYZYLORDA, "2018-12-21"),
        ("2018-12-21 13:30", QYZYLORDA, "2018-12-21"),
        ("2018-12-21 13:31", QYZYLORDA, "2018-12-24"),
        ("2018-12-21 12:31", SHYMKENT, "2018-12-24"),
        # the west was UTC+5 all along
        ("2024-02-29 13:30", ORAL, "2024-02-29"),
        ("2024-02-29 13:31", ORAL, "2024-03-01"),
        ("2024-03-01 13:30", ORAL, "2024-03-01"),
    ],
)
def test_receipt_at_the_end_of_the_working_day_goes_by_the_time_where_the_body_stands(at, body, day):
    assert counted(at, body) == day


@pytest.mark.parametrize(
    ("at", "day"),
    [
        ("2026-03-20 13:30", "2026-03-20"),  # Friday, 18:30; Nauryz on 21-23 March, two days of it at the weekend
        ("2026-03-20 13:31", "2026-03-26"),
        ("2026-03-22 06:00", "2026-03-26"),
        ("2026-03-25 18:59", "2026-03-26"),
        ("2024-03-20 13:31", "2024-03-26"),  # Wednesday evening; 21-23 March, and Monday for Saturday
        ("2024-05-03 12:00", "2024-05-03"),
        ("2024-05-03 13:31", "2024-05-04"),  # Friday evening before a Saturday that is worked
        ("2024-05-04 05:00", "2024-05-04"),
        ("2024-05-04 13:30", "2024-05-04"),
        ("2024-05-04 13:31", "2024-05-06"),
        ("2024-05-05 05:00", "2024-05-06"),
        ("2024-05-07 05:00", "2024-05-10"),  # the day off that the Saturday was worked for is 8 May
        ("2026-12-11 13:41", "2026-12-14"),
        ("2026-02-01 19:00", "2026-02-02"),  # midnight to Monday
        ("2026-02-01 22:00", "2026-02-02"),  # before the doors open
    ],
)
def test_receipt_on_days_off_counts_for_the_next_working_day(at, day):
    assert counted(at) == day


def test_receipt_goes_by_the_hours_of_the_body_itself():
    Agency.objects.filter(code=SHYMKENT).update(day_ends=time(17))

    assert [counted(f"2026-02-02 {hour}") for hour in ("12:00", "12:01", "13:30")] == [
        "2026-02-02",
        "2026-02-03",
        "2026-02-03",
    ]
    assert counted("2026-02-02 13:30", ORAL) == "2026-02-02"


def test_receipt_follows_a_decree_at_once():
    CalendarDay.objects.create(day=date(2026, 2, 7), is_working=True, origin=Origin.DECREE, act="No. 1")
    CalendarDay.objects.create(day=date(2026, 2, 9), origin=Origin.DECREE, act="No. 1")

    assert [counted(at) for at in ("2026-02-07 05:00", "2026-02-07 13:31")] == ["2026-02-07", "2026-02-10"]


def test_bodies_stand_in_the_zone_of_their_region():
    bodies = Agency.objects.exclude(region=None).select_related("region__superior")

    assert len(bodies) > 400
    whole = {body: body.region.superior or body.region for body in bodies}
    assert [body.code for body in bodies if body.zone != ZONES.get(whole[body].code, "Asia/Almaty")] == []
    assert {body.region.code for body in bodies} >= ZONES.keys()


@pytest.mark.parametrize(
    ("zone", "until_2018", "until_2024", "since"),
    [
        ("Asia/Almaty", 6, 6, 5),
        ("Asia/Qostanay", 6, 6, 5),
        ("Asia/Qyzylorda", 6, 5, 5),
        ("Asia/Aqtobe", 5, 5, 5),
        ("Asia/Atyrau", 5, 5, 5),
        ("Asia/Aqtau", 5, 5, 5),
        ("Asia/Oral", 5, 5, 5),
    ],
)
def test_local_date_follows_the_changes_of_2018_and_2024(zone, until_2018, until_2024, since):
    ahead = {(2018, 12, 19): until_2018, (2018, 12, 22): until_2024, (2024, 2, 28): until_2024, (2024, 3, 2): since}

    for day, hours in ahead.items():
        midnight = datetime(*day, tzinfo=UTC) - timedelta(hours=hours)
        assert terms.local_date(midnight, Agency(zone=zone)) == date(*day)
        assert terms.local_date(midnight - timedelta(seconds=1), Agency(zone=zone)) == date(*day) - timedelta(days=1)


def test_receipt_of_the_known_case_is_due_when_it_was():
    """The reception before this one gave this appeal, of 7 June 2022 at 13:58, until 27 June."""
    registered = date.fromisoformat(counted("2022-06-07 07:58"))
    term = terms.chosen(terms.in_force(registered), ClockKind.REPLY, Appeal(kind=Kind.APPLICATION))

    assert registered == date(2022, 6, 7)
    assert terms.due_on(term, registered, calendar()) == date(2022, 6, 27)
