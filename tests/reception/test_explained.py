"""The applicant reads how her last day comes about: before sending, on the receipt, and as long as the case is open."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from agencies.enums import Role
from appeals.domain import assignment, coupons, extensions, forwarding, replies
from appeals.domain.replies import Answer
from appeals.enums import Outcome
from appeals.models import Appeal
from tests.factories import MONDAY, make_appeal, make_officer
from tests.reception.journey import answer, write

pytestmark = pytest.mark.django_db
FRIDAY_EVENING = datetime(2026, 12, 11, 13, 41, tzinfo=UTC)
STEPS = [
    "Received: Friday, 11 December 2026, 18:41.",
    (
        "Registered on the nearest working day, since it came after the working day had ended (18:30) "
        "and days off followed: Monday, 14 December 2026."
    ),
    "Term: 15 working days (Code, Art. 76(1)-(2)). In force since 29 December 2025.",
    "This reading of the law is in part an assumption: no source confirms it yet.",
    "Counted from the next working day: Tuesday, 15 December 2026.",
    "Days off besides weekends: 16 December 2026; 1, 4, 7 January 2027.",
    "Last day: Friday, 8 January 2027.",
    (
        "If there is no answer by the end of that day, it counts as a refusal and can be complained of "
        "(Article 91(2) of the Code)."
    ),
    "If it is not done by the end of that day, the breach goes on record by itself.",
]


def follow(client: Client, appeal: Appeal) -> Any:
    key = coupons.key_of(appeal)
    told = client.post("/api/v1/follow/", {"number": appeal.number, "key": key}, content_type="application/json")
    return told.json()["clocks"]


def test_the_last_page_the_receipt_and_the_case_explain_the_day_alike(client: Client):
    with time_machine.travel(FRIDAY_EVENING, tick=False):
        write(client)
        check = client.get("/write/check/")
        receipt = client.post("/write/check/", follow=True)
        case = client.get("/follow/appeal/")

    for page in (check, receipt, case):
        assert page.context["steps"] == STEPS
        for step in STEPS:
            assert f"<li>{step}</li>" in page.content.decode()


def test_a_complaint_explains_the_term_to_pass_it_up(client: Client):
    with time_machine.travel(MONDAY, tick=False):
        write(client, upto="files", kind={"kind": "complaint"})
        answer(client, "body", complained_of="akimat.education.kz-79")
        for step in ("files", "applicant", "name", "contacts"):
            answer(client, step)
        receipt = client.post("/write/check/", follow=True)

    assert "Term: 3 working days (Code, Art. 91(4)). In force since 1 July 2021." in receipt.context["steps"]
    assert "Last day: Thursday, 5 February 2026." in receipt.context["steps"]


def test_a_case_handed_on_explains_the_days_of_the_body_that_has_it(client: Client):
    appeal, head = make_appeal(), make_officer(role=Role.HEAD)
    elsewhere = make_officer("akimat.utilities.kz-75", role=Role.HEAD)
    at = MONDAY + timedelta(days=1)
    forwarding.forward(appeal, elsewhere.agency, by=head, at=at, reason="Алматы")
    assignment.assign(appeal, elsewhere, by=elsewhere, at=at)
    extensions.extend(appeal, until=date(2026, 3, 31), reason="Тексеру", by=elsewhere, at=at)

    client.post("/follow/", {"number": appeal.number, "key": coupons.key_of(appeal)})
    steps = client.get("/follow/appeal/").context["steps"]

    assert steps[2] == "For this body the term starts: Tuesday, 3 February 2026."
    assert steps[5:9] == [
        "Counted from the next working day: Wednesday, 4 February 2026.",
        "By this count the last day was: Tuesday, 24 February 2026.",
        "Extended (3 February 2026). The last day before: 24 February 2026; now: Tuesday, 31 March 2026.",
        "Last day: Tuesday, 31 March 2026.",
    ]


def test_following_by_program_gives_each_term_its_steps_in_codes(client: Client):
    appeal = make_appeal(at=FRIDAY_EVENING)

    told = {clock["kind"]: clock["explanation"] for clock in follow(client, appeal)}

    assert [step["text"] for step in told["reply"]] == STEPS
    assert told["reply"][0] == {"code": "received", "text": STEPS[0], "at": "2026-12-11T18:41:00+05:00"}
    assert told["reply"][5]["days"] == ["2026-12-16", "2027-01-01", "2027-01-04", "2027-01-07"]
    assert [step["code"] for step in told["registration"]] == [
        "received", "registered", "rule", "counted_from", "due", "met",
    ]  # fmt: skip


def test_an_answered_case_tells_that_it_was_done_in_time(client: Client):
    appeal, head = make_appeal(), make_officer(role=Role.HEAD)
    assignment.assign(appeal, head, by=head, at=MONDAY)
    prepared = Answer(Outcome.SATISFIED, "Жылу қосылды.", "ӘРПК 76-бап", "Шағымдануға болады.")
    replies.prepare_reply(appeal, prepared, by=head, at=MONDAY)
    replies.reply(appeal, by=head, at=MONDAY + timedelta(days=2), seen=MONDAY)

    client.post("/follow/", {"number": appeal.number, "key": coupons.key_of(appeal)})
    steps = client.get("/follow/appeal/").context["steps"]

    assert steps[-2:] == ["Last day: Monday, 23 February 2026.", "Done in time: Wednesday, 4 February 2026."]
