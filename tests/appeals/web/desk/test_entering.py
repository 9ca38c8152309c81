"""What came days ago, or from whom no answer can reach: entered by who knows what follows."""

from datetime import date
from typing import Any

import pytest

from agencies.models import Agency
from appeals.enums import ClockKind
from appeals.models import Appeal, Breach, Notice
from tests.appeals.web.desk.conftest import signed_in


def came_on(day: date) -> dict[str, Any]:
    return {"received_on_day": day.day, "received_on_month": day.month, "received_on_year": day.year}


def test_register_of_an_earlier_day_asks_with_what_follows_and_registers_once_confirmed(letter, registrar):
    client = signed_in(registrar)
    late = letter | came_on(date(2026, 1, 26))

    asked = client.post("/desk/register/", late)

    assert asked.status_code == 422
    (told,) = asked.context["form"].errors["is_late"]
    assert "registered on 26 January 2026 and had to be entered on that day: a breach" in told
    assert "Forwarding until 29 January 2026, which is over and goes on record, too; Reply until 16 February" in told
    assert 'type="checkbox" name="is_late"' in asked.content.decode()
    assert not Appeal.objects.exists()
    assert client.post("/desk/register/", late | {"is_late": "on"}).status_code == 302
    assert Appeal.objects.get().registered_on == date(2026, 1, 26)
    assert Breach.objects.get().kind == ClockKind.REGISTRATION


def test_register_of_the_evening_before_a_working_day_asks_for_nothing(letter, registrar):
    friday_evening = came_on(date(2026, 1, 30)) | {"received_time": "18:31"}

    assert signed_in(registrar).post("/desk/register/", letter | friday_evening).status_code == 302
    assert not Breach.objects.exists()


def test_register_confirmed_keeps_the_tick_in_sight_while_another_fault_is_mended(letter, registrar):
    response = signed_in(registrar).post("/desk/register/", letter | {"is_late": "on", "text": ""})

    assert 'type="checkbox" name="is_late"' in response.content.decode()


@pytest.mark.parametrize("day", [date(2025, 2, 2), date(2024, 12, 31), date(2019, 1, 28)])
def test_register_of_a_day_a_year_back_or_more_is_refused_even_if_confirmed(day, letter, registrar):
    response = signed_in(registrar).post("/desk/register/", letter | came_on(day) | {"is_late": "on"})

    assert response.status_code == 422
    assert response.context["form"].errors == {
        "received_on": ["This day lies a year or more back. Check the year of receipt."]
    }
    assert not Appeal.objects.exists()


def test_register_of_a_day_before_the_body_began_is_refused(letter, registrar):
    Agency.objects.filter(pk=registrar.agency_id).update(valid_from=date(2026, 2, 1))

    response = signed_in(registrar).post("/desk/register/", letter | came_on(date(2026, 1, 30)) | {"is_late": "on"})

    (told,) = response.context["form"].errors["received_on"]
    assert told.startswith("On this day there was no such body yet: it began on 1 February 2026.")
    assert not Appeal.objects.exists()


def test_register_without_address_and_e_mail_says_that_no_answer_arrives_and_owes_no_message(letter, registrar):
    client = signed_in(registrar)
    bare = letter | {"address": ""}

    asked = client.post("/desk/register/", bare)

    assert asked.status_code == 422
    assert asked.context["form"].errors["is_unreachable"][0].startswith("Neither a postal address nor an e-mail")
    assert not Appeal.objects.exists()
    assert client.post("/desk/register/", bare | {"is_unreachable": "on"}).status_code == 302
    assert Appeal.objects.get().applicant.is_unreachable
    assert not Notice.objects.exists()


def test_register_asks_for_all_confirmations_at_once(letter, registrar):
    asked = signed_in(registrar).post("/desk/register/", letter | came_on(date(2026, 1, 30)) | {"address": ""})

    assert list(asked.context["form"].errors) == ["is_late", "is_unreachable"]


def test_register_of_a_day_after_the_body_ended_is_refused_and_of_its_last_day_taken(letter, registrar):
    Agency.objects.filter(pk=registrar.agency_id).update(valid_to=date(2026, 2, 1))
    refused = signed_in(registrar).post("/desk/register/", letter)
    Agency.objects.filter(pk=registrar.agency_id).update(valid_to=date(2026, 2, 2))
    taken = signed_in(registrar).post("/desk/register/", letter)

    (told,) = refused.context["form"].errors["received_on"]
    assert told.startswith("On this day there was no such body any more: it ended on 1 February 2026.")
    assert taken.status_code == 302
    assert Appeal.objects.count() == 1
