"""The truth table of the hearing and of what follows an answer: every role, every status, at home and elsewhere."""

from collections.abc import Callable
from datetime import date
from itertools import product
from typing import Any

import pytest

from agencies.enums import Role
from agencies.models import Officer
from appeals import rules
from appeals.enums import FINAL, ClockKind, Outcome, Status
from appeals.models import Appeal, Clock
from tests.appeals.test_rules import BODY, ME, OFFICE, OTHER, D, E, H, R, U, Y, appeal_in, officer_in

OPEN = set(Status) - set(FINAL)
NOT_HELD = OPEN - {Status.ON_HOLD}
RUNNING = Clock(agency=BODY, kind=ClockKind.FILE_ACCESS, officer_id=ME)

# what is asked of the rule; who may where it is her appeal, who where it is not; in which statuses
Rule = Callable[[Officer, Appeal], str]
TABLE: dict[str, tuple[Rule, set[Role], set[Role], set[Status]]] = {
    "notify": (
        lambda officer, appeal: rules.refusal_to_notify_hearing(officer, appeal, is_needed=True),
        {E, U, H, D}, {H, D}, NOT_HELD,
    ),
    "record": (
        lambda officer, appeal: rules.refusal_to_record_hearing(officer, appeal, is_awaited=True),
        {E, U, H, D}, {H, D}, NOT_HELD,
    ),
    "waive": (
        lambda officer, appeal: rules.refusal_to_waive_hearing(officer, appeal, is_needed=True),
        {E, U, H, D}, {H, D}, NOT_HELD,
    ),
    "object": (
        lambda officer, appeal: rules.refusal_to_object(officer, appeal, is_awaited=True),
        {R, E, U, H, D, Y}, {R, E, U, H, D, Y}, OPEN,
    ),
    "ask a colleague": (rules.refusal_to_ask_co_executor, {E, U, H, D}, {U, H, D}, NOT_HELD),
    "answer a colleague": (
        lambda officer, appeal: rules.refusal_to_answer_as_co_executor(officer, appeal, RUNNING),
        {E, U, H, D}, {E, U, H, D}, OPEN,
    ),
    "correct": (rules.refusal_to_correct_reply, {H, D}, {H, D}, {Status.ANSWERED}),
    "report": (
        lambda officer, appeal: rules.refusal_to_report_execution(officer, appeal, RUNNING),
        {E, U, H, D}, {H, D}, {Status.ANSWERED},
    ),
    "ask for the file": (
        lambda officer, appeal: rules.refusal_to_ask_for_file(officer, appeal, None),
        {R, U, H, D, Y}, {R, U, H, D, Y}, set(Status),
    ),
    "show the file": (
        lambda officer, appeal: rules.refusal_to_show_file(officer, RUNNING),
        {R, E, U, H, D, Y}, {R, E, U, H, D, Y}, set(Status),
    ),
}  # fmt: skip


@pytest.mark.parametrize("act", TABLE)
@pytest.mark.parametrize("mine", [True, False])
def test_an_act_is_allowed_exactly_to_these_roles_in_these_statuses(act: str, mine: bool):
    refusal, hers, others, statuses = TABLE[act]

    pairs = {
        (role, status)
        for role, status in product(Role, Status)
        if not refusal(officer_in(BODY, role), appeal_in(BODY, status, mine=mine))
    }

    assert pairs == set(product(hers if mine else others, statuses))


@pytest.mark.parametrize("act", TABLE)
def test_an_act_from_another_body_is_allowed_to_no_role_in_no_status(act: str):
    refusal = TABLE[act][0]

    assert all(refusal(officer_in(OTHER, r), appeal_in(BODY, s)) for r, s in product(Role, Status))


@pytest.mark.parametrize("act", ["notify", "record", "waive", "object", "ask a colleague", "answer a colleague"])
def test_the_office_which_answers_nothing_hears_nobody(act: str):
    refusal = TABLE[act][0]

    assert all(refusal(officer_in(OFFICE, r), appeal_in(OFFICE, s)) for r, s in product(Role, Status))


@pytest.mark.parametrize("outcome", Outcome)
@pytest.mark.parametrize(
    ("owed", "on", "is_refused"),
    [
        (None, date(2026, 2, 2), False),
        (rules.HearingOwed(), date(2026, 2, 2), True),
        (rules.HearingOwed(date(2026, 2, 5)), date(2026, 2, 4), True),
        (rules.HearingOwed(date(2026, 2, 5)), date(2026, 2, 5), False),
    ],
)
def test_an_adverse_answer_and_no_other_waits_for_the_hearing(outcome: Outcome, owed: Any, on: date, is_refused: bool):
    refusal = rules.refusal_unless_heard(outcome, owed, on=on)

    assert bool(refusal) == (is_refused and outcome in (Outcome.REFUSED, Outcome.PARTLY))


def test_the_applicant_objects_while_it_is_awaited_and_the_appeal_is_open():
    assert not rules.refusal_to_object(None, appeal_in(BODY, Status.IN_REVIEW), is_awaited=True)
    assert rules.refusal_to_object(None, appeal_in(BODY, Status.IN_REVIEW), is_awaited=False)
    assert rules.refusal_to_object(None, appeal_in(BODY, Status.ANSWERED), is_awaited=True) == "The appeal is closed."


def test_the_applicant_asks_for_the_file_once_at_a_time():
    appeal = appeal_in(BODY, Status.ANSWERED)

    assert not rules.refusal_to_ask_for_file(None, appeal, None)
    assert "already asked for" in rules.refusal_to_ask_for_file(None, appeal, RUNNING)
