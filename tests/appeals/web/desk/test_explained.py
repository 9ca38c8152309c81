"""The officer reads of each term how its last day comes about, and what came of those that ended."""

from datetime import timedelta

import time_machine

from agencies.models import Officer
from appeals.domain.breaches import note_missed
from appeals.models import Appeal
from tests.appeals.web.desk.conftest import address, signed_in
from tests.factories import MONDAY, make_appeal

REPLY = [
    "Received: Monday, 2 February 2026, 10:00.",
    "Registered on the same day: Monday, 2 February 2026.",
    "Term: 15 working days (Code, Art. 76(1)-(2)). In force since 29 December 2025.",
    "This reading of the law is in part an assumption: no source confirms it yet.",
    "Counted from the next working day: Tuesday, 3 February 2026.",
    "Last day: Monday, 23 February 2026.",
    (
        "If there is no answer by the end of that day, it counts as a refusal and can be complained of "
        "(Article 91(2) of the Code)."
    ),
    "If it is not done by the end of that day, the breach goes on record by itself.",
]


def test_case_explains_each_running_term(appeal: Appeal, registrar: Officer):
    with time_machine.travel(MONDAY, tick=False):
        page = signed_in(registrar).get(address(appeal))

    steps = {clock["label"]: clock["steps"] for clock in page.context["clocks"]}
    assert list(steps) == ["Forwarding", "Reply"]
    assert steps["Reply"] == REPLY
    assert steps["Forwarding"][-2] == "Last day: Thursday, 5 February 2026."
    for step in REPLY:
        assert f"<li>{step}</li>" in page.content.decode()


def test_case_tells_what_came_of_the_terms_that_no_longer_run(appeal: Appeal, assigned: Appeal, registrar: Officer):
    with time_machine.travel(MONDAY, tick=False):
        page = signed_in(registrar).get(address(appeal))

    assert [(clock["label"], clock["told"]) for clock in page.context["ended"]] == [
        ("Registration", "Done in time: Monday, 2 February 2026."),
        ("Forwarding", "No longer runs since: Monday, 2 February 2026."),
    ]
    assert "Terms that no longer run" in page.content.decode()


def test_case_tells_a_broken_term_that_still_runs(registrar: Officer):
    appeal, later = make_appeal(), MONDAY + timedelta(days=7)
    note_missed(zone="Asia/Almaty", on=later.date(), at=later, limit=10)

    page = signed_in(registrar).get(address(appeal))

    steps = {clock["label"]: clock["steps"] for clock in page.context["clocks"]}
    assert steps["Forwarding"][-1] == "The term was broken; noted on record: Monday, 9 February 2026."


def test_case_by_program_gives_each_term_its_steps(appeal: Appeal, registrar: Officer):
    told = signed_in(registrar).get(f"/api/v1/appeals/{address(appeal).split('/')[2]}/").json()

    explained = {clock["kind"]: clock["explanation"] for clock in told["clocks"]}
    assert list(explained) == ["registration", "forwarding", "reply"]
    assert [step["text"] for step in explained["reply"]] == REPLY
    assert explained["reply"][5] == {"code": "due", "text": REPLY[5], "day": "2026-02-23"}
    assert [step["code"] for step in explained["registration"]][-1] == "met"
