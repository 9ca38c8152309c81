"""The check values of the law come out of `manage.py explain_term`; what it refuses, it refuses with a sentence."""

import json
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from appeals.enums import Kind
from appeals.models import Appeal, Clock, Term

pytestmark = pytest.mark.django_db


def explained(received: str, kind: str = "application", **options: Any) -> Any:
    told = StringIO()
    call_command("explain_term", kind=kind, received=received, json=True, stdout=told, **options)
    return json.loads(told.getvalue())


def printed(received: str, kind: str = "application", **options: Any) -> str:
    told = StringIO()
    call_command("explain_term", kind=kind, received=received, stdout=told, **options)
    return told.getvalue()


def due(told: Any) -> tuple[str, str]:
    return told["clocks"]["reply"]["due_on"], told["clocks"]["forwarding"]["due_on"]


@pytest.mark.parametrize(
    ("received", "application", "complaint", "forwarding"),
    [
        # the Code until December 2025: the day of receipt is day 1
        ("2022-06-07", "2022-06-27", "2022-07-04", "2022-06-10"),
        ("2022-02-28", "2022-03-24", "2022-03-31", "2022-03-03"),
        ("2024-04-29", "2024-05-22", "2024-05-29", "2024-05-03"),
        # the Code since then: from the next day
        ("2025-12-29", "2026-01-22", "2026-01-29", "2026-01-05"),
        ("2026-03-06", "2026-04-02", "2026-04-09", "2026-03-12"),
        ("2026-05-05", "2026-05-29", "2026-06-05", "2026-05-12"),
        ("2026-12-14", "2027-01-08", "2027-01-15", "2026-12-18"),
        ("2026-02-02", "2026-02-23", "2026-03-02", "2026-02-05"),
        # on both sides of each change of law
        ("2021-06-30", "2021-07-15", "2021-07-15", "2021-07-03"),  # forwarding ends on a worked Saturday
        ("2021-07-01", "2021-07-23", "2021-07-30", "2021-07-07"),
        ("2025-12-26", "2026-01-20", "2026-01-27", "2025-12-31"),
    ],
)
def test_each_check_value_comes_out_under_the_law_of_its_day(received, application, complaint, forwarding):
    asked = f"{received}T10:00"

    assert explained(asked)["registered_on"] == received
    assert due(explained(asked)) == (application, forwarding)
    assert due(explained(asked, "complaint")) == (complaint, forwarding)


def test_the_last_sunday_of_the_old_wording_is_registered_and_counted_under_the_new():
    told = explained("2025-12-28T10:00")

    assert told["registered_on"] == "2025-12-29"
    assert told["clocks"]["reply"]["counted_from"] == "2025-12-30"
    assert due(told) == ("2026-01-22", "2026-01-05")


@pytest.mark.parametrize(
    ("received", "special", "kind", "due_on"),
    [
        ("2026-02-02", "public_service", "complaint", "2026-02-09"),
        ("2026-02-02", "bailiff", "inquiry", "2026-02-05"),
        ("2022-06-07", "bailiff", "inquiry", "2022-06-09"),
        ("2026-02-02", "information", "inquiry", "2026-02-17"),
        ("2026-02-05", "information", "inquiry", "2026-02-20"),
        ("2026-02-06", "information", "inquiry", "2026-02-23"),  # Saturday 21 February moves to Monday
        ("2026-02-02", "rehabilitation", "application", "2026-05-04"),  # Sunday 3 May moves to Monday
    ],
)
def test_a_special_type_has_the_term_of_its_own_law(received, special, kind, due_on):
    assert explained(f"{received}T10:00", kind, special=special)["clocks"]["reply"]["due_on"] == due_on


def test_the_json_is_stable_whatever_the_language():
    told = explained("2026-12-11T18:41", lang="en")

    assert list(told) == [
        "kind", "special_type", "agency", "received_at", "registered_on", "clocks", "steps", "notes",
    ]  # fmt: skip
    assert list(told["clocks"]) == ["reply", "forwarding", "passing_up"]
    assert told["clocks"]["passing_up"] is None
    assert (told["received_at"], told["registered_on"]) == ("2026-12-11T18:41:00+05:00", "2026-12-14")
    assert told["clocks"]["reply"]["days_off"] == ["2026-12-16", "2027-01-01", "2027-01-04", "2027-01-07"]
    assert told["steps"] == told["clocks"]["reply"]["steps"]
    codes = ["received", "registered", "rule", "assumed", "counted_from", "days_off", "due"]
    assert [step["code"] for step in told["steps"]] == codes
    assert told["steps"][-1] == {"code": "due", "text": "Last day: Friday, 8 January 2027.", "day": "2027-01-08"}
    kazakh = explained("2026-12-11T18:41")
    assert [bare(step) for step in kazakh["steps"]] == [bare(step) for step in told["steps"]]


@pytest.mark.parametrize(
    ("language", "first", "last"),
    [
        ("kk", "Келіп түсті: 2026\xa0ж. 6 наурыз, жұма, 10:00.", "Соңғы күні: 2026\xa0ж. 2 сәуір, бейсенбі."),
        ("ru", "Поступило: пятница, 6 марта 2026\xa0г., 10:00.", "Последний день: четверг, 2 апреля 2026\xa0г."),
        ("en", "Received: Friday, 6 March 2026, 10:00.", "Last day: Thursday, 2 April 2026."),
    ],
)
def test_the_text_is_in_the_language_asked_for(language, first, last):
    told = printed("2026-03-06T10:00", lang=language)

    assert told.splitlines()[0] == first
    assert f"- {last}" in told.splitlines()


def test_the_text_is_in_kazakh_unless_said_otherwise():
    assert printed("2026-03-06T10:00") == printed("2026-03-06T10:00", lang="kk")


def test_a_complaint_shows_the_passing_up_and_where_the_days_run():
    told = explained("2026-03-06T10:00", "complaint", lang="en")

    assert told["clocks"]["passing_up"]["due_on"] == "2026-03-12"
    assert [note["code"] for note in told["notes"]] == ["decided_above"]
    assert "run at the body above it" in printed("2026-03-06T10:00", "complaint", lang="en")


def test_the_office_of_the_president_only_forwards_and_says_so():
    told = explained("2026-03-06T10:00", agency="president.office", lang="en")

    assert told["clocks"]["reply"] is None
    assert told["clocks"]["forwarding"]["due_on"] == "2026-03-12"
    assert not told["clocks"]["forwarding"]["is_official"]
    assert told["steps"] == told["clocks"]["forwarding"]["steps"]
    assert [note["code"] for note in told["notes"]] == ["not_bound_by_code"]
    assert "is not bound by the Code" in printed("2026-03-06T10:00", agency="president.office", lang="en")


@pytest.mark.parametrize(
    ("received", "agency", "registered_on"),
    [
        ("2026-03-05T18:30", "", "2026-03-05"),
        ("2026-03-05T18:31", "", "2026-03-06"),
        ("2026-03-05T13:31+00:00", "", "2026-03-06"),
        ("2026-03-05T20:00+09:00", "", "2026-03-05"),
        ("2024-02-29T17:31+05:00", "", "2024-03-01"),  # Astana kept another time until that night
        ("2024-02-29T17:31+05:00", "akimat.kz-27", "2024-02-29"),  # the west did not
    ],
)
def test_a_time_counts_where_the_body_stands(received, agency, registered_on):
    assert explained(received, agency=agency)["registered_on"] == registered_on


def test_nothing_is_written():
    explained("2026-03-06T10:00", "complaint")

    assert not Appeal.objects.exists()
    assert not Clock.objects.exists()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"kind": "petition"}, f"There is no kind “petition”. Known are: {', '.join(Kind.values)}."),
        ({"lang": "de"}, r"«de» тілі жоқ. Рұқсат етілгендері: kk, ru, en."),
        ({"special": "pigeons"}, "There is no special type “pigeons”. Known are: public_service, taxpayer, "),
        ({"special": "media"}, "“media” is one of the kind “inquiry”. .* there are: rehabilitation."),
        ({"kind": "report", "special": "media"}, "“media” is one of the kind “inquiry”. .* there are: –."),
        ({"agency": "akimat.kz-7"}, "There is no body “akimat.kz-7” .* akimat.kz-75"),
        ({"received": "yesterday"}, "“yesterday” is no date with a time. Write it like 2026-03-06T10:00."),
        ({"received": "2026-02-30T10:00"}, "“2026-02-30T10:00” is no date with a time."),
        ({"received": "0001-01-01T00:00+20:00"}, "is no date with a time."),
        ({"received": "2014-12-31T10:00"}, "No term can be counted on 31 December 2014, which lies outside it."),
        (
            {"received": "2030-12-27T10:00"},
            "The working calendar covers the days from 1 January 2015 to 31 December 2030",
        ),
        ({"received": "9999-12-31T23:00"}, "No term can be counted on 31 December 9999"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_a_sentence(options, sentence):
    told = StringIO()
    asked = {"kind": "application", "received": "2026-03-06T10:00", "lang": "en"} | options

    with pytest.raises(CommandError, match=sentence) as refused:
        call_command("explain_term", stdout=told, **asked)

    assert (told.getvalue(), refused.value.returncode) == ("", 1)


def test_a_day_before_any_law_is_refused():
    Term.objects.filter(valid_from=date(2015, 1, 1), clock="reply").delete()

    with pytest.raises(CommandError, match="register of terms has no entry for this day: Reply"):
        explained("2015-03-06T10:00", lang="en")


def bare(step: Any) -> Any:
    return {name: fact for name, fact in step.items() if name != "text"}
