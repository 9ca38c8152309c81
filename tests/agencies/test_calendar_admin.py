"""The working calendar in the administration: who keeps it, what a decree must say, what stays on record."""

import pytest
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from agencies.domain.calendar import calendar
from agencies.domain.staffing import entrust_calendar, keeps_calendar
from agencies.enums import Origin
from agencies.models import CalendarDay, CalendarYear, User
from tests.factories import MONDAY, make_officer, make_user

# Django's own templates of the administration rely on missing variables being empty.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

ADD = "/admin/agencies/calendarday/add/"
TRANSFERRED = {
    "day": "2026-05-08",
    "name_kk": "Демалыс күні",
    "name_ru": "Выходной день",
    "name_en": "Day off",
    "act": "Resolution No. 1000 of 1 December 2025",
}
WORKED = TRANSFERRED | {"day": "2026-05-16", "is_working": "on"}
REMINDER = (
    "The terms that run already do not move by themselves. `manage.py recompute --dry-run` "
    "shows which would move; without `--dry-run` it moves them."
)


@pytest.fixture
def keeper(client: Client) -> User:
    """An official to whom the calendar is given, signed in."""
    user = entrust_calendar(make_officer().user, by=None, on=MONDAY.date())
    client.force_login(user)
    return user


@pytest.fixture
def administrator(client: Client) -> User:
    user = make_user(is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


def page(row: CalendarDay | CalendarYear | User, name: str = "change") -> str:
    return reverse(f"admin:agencies_{row._meta.model_name}_{name}", args=[row.pk])


def said(answer: HttpResponse) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


def errors(answer: HttpResponse) -> dict[str, list[str]]:
    assert answer.status_code == 200
    return dict(answer.context["adminform"].form.errors)


def acts(user: User) -> list[tuple[int, str]]:
    done = LogEntry.objects.filter(user=user).order_by("pk")
    return [(entry.action_flag, entry.object_repr) for entry in done]


def decree(**fields) -> CalendarDay:
    return CalendarDay.objects.create(**{"day": "2026-05-08", "act": "No. 1", "origin": Origin.DECREE} | fields)


def test_keeper_enters_a_transferred_day_off_and_a_worked_saturday(client, keeper):
    answers = [client.post(ADD, given) for given in (TRANSFERRED, WORKED)]

    entered = CalendarDay.objects.filter(origin=Origin.DECREE).values_list("day__day", "is_working", "act")
    assert [answer.status_code for answer in answers] == [302, 302]
    assert list(entered) == [(8, False, TRANSFERRED["act"]), (16, True, TRANSFERRED["act"])]


def test_keeper_is_reminded_after_each_edit_that_open_terms_stay(client, keeper):
    assert REMINDER in said(client.post(ADD, TRANSFERRED))
    row = CalendarDay.objects.get(origin=Origin.DECREE)

    assert REMINDER in said(client.post(page(row), TRANSFERRED | {"day": "2026-05-15"}))
    assert REMINDER in said(client.post(page(row, "delete"), {"post": "yes"}))


def test_every_edit_of_the_calendar_stays_in_the_log(client, keeper):
    client.post(ADD, TRANSFERRED)
    row = CalendarDay.objects.get(origin=Origin.DECREE)
    client.post(page(row), TRANSFERRED | {"day": "2026-05-15"})
    client.post(page(row, "delete"), {"post": "yes"})
    client.post(page(CalendarYear.objects.get(year=2026)), {"confirmed": "on", "act": "No. 1000"})

    assert acts(keeper) == [
        (ADDITION, "2026-05-08"),
        (CHANGE, "2026-05-15"),
        (DELETION, "2026-05-15"),
        (CHANGE, "2026"),
    ]
    assert not CalendarDay.objects.filter(origin=Origin.DECREE).exists()


def test_keeper_is_let_into_nothing_else(client, keeper):
    index = client.get(reverse("admin:index"))

    shown = {model["object_name"] for app in index.context["app_list"] for model in app["models"]}
    assert shown == {"CalendarDay", "CalendarYear"}
    assert client.get(reverse("admin:agencies_agency_changelist")).status_code == 403
    assert client.get(reverse("admin:appeals_appeal_changelist")).status_code == 403
    assert client.post(page(keeper), {"is_superuser": "on"}).status_code == 403


def test_calendar_to_an_official_without_it_is_shut(client):
    client.force_login(make_officer().user)

    answer = client.post(ADD, TRANSFERRED)

    assert answer.url.startswith(reverse("admin:login"))
    assert not CalendarDay.objects.filter(origin=Origin.DECREE).exists()


@pytest.mark.parametrize(
    ("given", "field", "reason"),
    [
        (TRANSFERRED | {"act": ""}, "act", "This field is required."),
        (TRANSFERRED | {"act": "Decree"}, "act", "Name the act with its number."),
        (TRANSFERRED | {"name_kk": ""}, "name_kk", "This field is required."),
        (TRANSFERRED | {"name_ru": " "}, "name_ru", "This field is required."),
        (TRANSFERRED | {"name_en": ""}, "name_en", "This field is required."),
        (TRANSFERRED | {"day": ""}, "day", "This field is required."),
        (
            TRANSFERRED | {"day": "2031-05-08"},
            "day",
            "The working calendar covers the years 2015 to 2030 only.",
        ),
        (
            TRANSFERRED | {"day": "2014-12-31"},
            "day",
            "The working calendar covers the years 2015 to 2030 only.",
        ),
        (
            TRANSFERRED | {"day": "2026-05-16"},  # a Saturday
            "day",
            "This day is a day off already; the decree would change nothing.",
        ),
        (
            TRANSFERRED | {"day": "2026-12-16"},  # a holiday
            "day",
            "This day is a day off already; the decree would change nothing.",
        ),
        (
            WORKED | {"day": "2026-05-08"},  # a Friday
            "day",
            "This day is a working day already; the decree would change nothing.",
        ),
        (
            WORKED | {"day": "2024-05-04"},  # a Saturday worked by an earlier act
            "day",
            "This day is a working day already; the decree would change nothing.",
        ),
    ],
)
def test_decree_that_cannot_stand_is_refused_at_its_field(client, keeper, given, field, reason):
    before = list(CalendarDay.objects.values_list())

    answer = client.post(ADD, given)

    assert errors(answer) == {field: [reason]}
    assert list(CalendarDay.objects.values_list()) == before
    assert acts(keeper) == []


def test_second_decree_for_a_day_is_refused_and_the_first_can_be_changed(client, keeper):
    client.post(ADD, TRANSFERRED)

    again = client.post(ADD, TRANSFERRED)
    row = CalendarDay.objects.get(origin=Origin.DECREE)
    changed = client.post(page(row), TRANSFERRED | {"act": "Resolution No. 1001"})

    row.refresh_from_db()
    assert errors(again) == {"day": ["A decree for this day is already entered; change that one."]}
    assert (changed.status_code, row.act) == (302, "Resolution No. 1001")


def test_seeded_day_cannot_be_changed_or_deleted_and_a_decree_is_entered_beside_it(client, keeper):
    seeded = CalendarDay.objects.get(day="2026-12-16")
    given = WORKED | {"day": "2026-12-16"}

    assert client.get(page(seeded)).status_code == 200
    assert client.post(page(seeded), given).status_code == 403
    assert client.post(page(seeded, "delete"), {"post": "yes"}).status_code == 403
    assert client.post(ADD, given).status_code == 302

    assert set(CalendarDay.objects.filter(day="2026-12-16").values_list("origin", "is_working")) == {
        ("seeded", False),
        ("decree", True),
    }
    assert calendar().is_working(seeded.day)


def test_year_is_confirmed_with_its_act_and_never_without(client, keeper):
    year = CalendarYear.objects.get(year=2026)

    refused = client.post(page(year), {"confirmed": "on", "act": " "})
    year.refresh_from_db()
    assert errors(refused) == {"act": ["Name the act by which the year is confirmed."]}
    assert not year.confirmed

    client.post(page(year), {"confirmed": "on", "act": "Resolution No. 1000", "year": "2035"})
    year.refresh_from_db()
    assert (year.confirmed, year.act) == (True, "Resolution No. 1000")
    assert CalendarYear.objects.count() == 16


def test_year_is_neither_added_nor_deleted_by_hand(client, keeper):
    year = CalendarYear.objects.get(year=2030)

    assert client.post(reverse("admin:agencies_calendaryear_add"), {"year": "2031"}).status_code == 403
    assert client.post(page(year, "delete"), {"post": "yes"}).status_code == 403
    assert CalendarYear.objects.count() == 16


def form_of(user: User, **fields: str) -> dict[str, str]:
    return {"email": user.email, "full_name": user.full_name, "language": "en", "is_active": "on"} | fields


def test_administrator_gives_the_calendar_to_an_official_and_takes_it_back(client, administrator):
    user = make_officer().user

    client.post(page(user), form_of(user, keeps_calendar="on"))
    assert keeps_calendar(user)
    assert User.objects.get(pk=user.pk).is_staff

    client.post(page(user), form_of(user))
    assert not keeps_calendar(user)
    assert not User.objects.get(pk=user.pk).is_staff
    assert acts(administrator) == [(CHANGE, user.full_name), (CHANGE, user.full_name)]
    assert "Keeps the working calendar" in LogEntry.objects.latest("pk").get_change_message()


def test_administrator_who_changes_a_name_leaves_the_calendar_with_its_keeper(client, administrator):
    user = entrust_calendar(make_officer().user, by=None, on=MONDAY.date())

    client.post(page(user), form_of(user, full_name="Renamed", keeps_calendar="on"))

    user.refresh_from_db()
    assert user.full_name == "Renamed"
    assert keeps_calendar(user)


def test_calendar_given_to_who_holds_no_post_is_refused_on_the_form(client, administrator):
    citizen = make_user()

    answer = client.post(page(citizen), form_of(citizen, keeps_calendar="on"))

    citizen.refresh_from_db()
    assert errors(answer) == {
        "keeps_calendar": ["Only an official may keep the working calendar; this user holds no post."]
    }
    assert not citizen.is_staff
