"""The truth table of handing on: forwarding, sending back, asking the body above, deciding, satisfying."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from agencies.enums import Level, Role
from agencies.models import Agency, Officer
from appeals import rules
from appeals.enums import FINAL, Kind, Status
from appeals.models import Appeal, Clock, Dispute
from appeals.rules import Journey
from tests.appeals.test_rules import BODY, OFFICE, OTHER, D, E, H, R, U, Y, appeal_in, officer_in

OPEN = set(Status) - set(FINAL)
TODAY = date(2026, 2, 2)
DAY = timedelta(days=1)
THIRD = Agency(pk=4, level=Level.LOCAL, code="third")
ABOVE = Agency(pk=5, level=Level.LOCAL, code="above")
GONE = Agency(pk=6, level=Level.LOCAL, code="gone", valid_to=TODAY - DAY)
RUNNING = Clock(due_on=TODAY)
FROM_OTHER = Journey(came_from=OTHER, had_by=frozenset({OTHER.pk}))

# who may in the body that holds the appeal, and in which statuses
MAY: dict[str, tuple[set[Role], set[Status]]] = {
    "send_back": ({R, E, U, H, D, Y}, OPEN),
    "dispute": ({R, E, U, H, D, Y}, OPEN),
    "satisfy": ({H, D}, OPEN - {Status.ON_HOLD}),
}


def refusal(act: str, officer: Officer, appeal: Appeal, **changes: object) -> str:
    given = {
        "send_back": {"forwarding": RUNNING, "journey": FROM_OTHER},
        "dispute": {"journey": FROM_OTHER},
        "satisfy": {"passing_up": RUNNING},
    }[act]
    return getattr(rules, f"refusal_to_{act}")(officer, appeal, **given | {"on": TODAY} | changes)


def held(act: str, status: Status = Status.REGISTERED, *, mine: bool = True) -> Appeal:
    """By BODY; what is to be satisfied is a complaint of it."""
    complaint = {"kind": Kind.COMPLAINT, "complained_of": BODY} if act == "satisfy" else {}
    return appeal_in(BODY, status, mine=mine, **complaint)


def allowed(act: str, *, mine: bool = True) -> set[tuple[Role, Status]]:
    pairs = product(Role, Status)
    return {(r, s) for r, s in pairs if not refusal(act, officer_in(BODY, r), held(act, s, mine=mine))}


@pytest.mark.parametrize("act", MAY)
def test_an_act_is_allowed_exactly_to_these_roles_in_these_statuses(act):
    assert allowed(act) == set(product(*MAY[act]))


@pytest.mark.parametrize("act", MAY)
def test_what_is_with_somebody_else_is_closed_to_executors(act):
    roles, statuses = MAY[act]

    assert allowed(act, mine=False) == set(product(roles - {E}, statuses))


@pytest.mark.parametrize("act", MAY)
def test_an_act_from_another_body_is_allowed_to_no_role_in_no_status(act):
    reasons = {refusal(act, officer_in(OTHER, r), held(act, s)) for r, s in product(Role, Status)}

    assert reasons == {"Only the body holding the appeal may do this."}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"journey": Journey()}, "came from no other body"),
        ({"forwarding": None}, "already accepted"),
        ({"forwarding": Clock(due_on=TODAY - DAY)}, "is over"),
        ({"journey": replace(FROM_OTHER, came_from=GONE)}, "no longer exists"),
        ({"journey": replace(FROM_OTHER, returns=1)}, "returned once already"),
        ({"journey": replace(FROM_OTHER, is_disputed=True)}, "Until it decides"),
        ({"journey": replace(FROM_OTHER, is_settled=True)}, "decided that your body"),
    ],
)
def test_an_appeal_is_sent_back_once_before_it_is_accepted_while_its_time_runs(changes, reason):
    assert reason in refusal("send_back", officer_in(BODY, R), held("send_back"), **changes)


def test_sending_back_does_not_count_how_often_the_appeal_was_forwarded():
    appeal = appeal_in(BODY, Status.REGISTERED, hops=2)

    assert not refusal("send_back", officer_in(BODY, R), appeal)


def test_a_complaint_is_sent_back_neither_to_the_body_complained_of_nor_by_it():
    passed_up = appeal_in(BODY, Status.REGISTERED, kind=Kind.COMPLAINT, complained_of=OTHER)
    own = appeal_in(BODY, Status.REGISTERED, kind=Kind.COMPLAINT, complained_of=BODY)

    assert "may not go to the body complained of" in refusal("send_back", officer_in(BODY, R), passed_up)
    assert "passes the complaint up" in refusal("send_back", officer_in(BODY, R), own)


@pytest.mark.parametrize(
    ("hops", "journey", "to", "reason"),
    [
        (0, FROM_OTHER, OTHER, ""),
        (1, FROM_OTHER, THIRD, ""),
        (2, FROM_OTHER, THIRD, "forwarded twice already"),
        (2, FROM_OTHER, None, "forwarded twice already"),
        (1, replace(FROM_OTHER, returns=1), OTHER, "returned once already"),
        (1, replace(FROM_OTHER, returns=1), THIRD, ""),
        (0, replace(FROM_OTHER, is_disputed=True), None, "Until it decides"),
        (0, replace(FROM_OTHER, is_settled=True), None, "decided that your body"),
    ],
)
def test_the_third_forwarding_and_a_second_return_are_for_the_body_above(hops, journey, to, reason):
    refused = rules.refusal_to_forward(
        officer_in(BODY, R), appeal_in(BODY, Status.REGISTERED, hops=hops), to, on=TODAY, journey=journey
    )

    assert (reason in refused) if reason else not refused


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        (OFFICE, {}),
        (BODY, {"is_urgent": True}),
        (BODY, {"kind": Kind.COMPLAINT, "complained_of": BODY}),
    ],
    ids=["the office", "what is urgent", "a complaint that goes up"],
)
def test_the_guard_stops_neither_the_office_nor_what_is_urgent_nor_a_complaint_on_its_way_up(body, fields):
    appeal = appeal_in(body, Status.REGISTERED, hops=9, **fields)
    worst = replace(FROM_OTHER, returns=9, is_disputed=True, is_settled=True)

    assert not rules.refusal_to_forward(officer_in(body, R), appeal, journey=worst)


def test_nobody_forwards_to_a_body_that_has_ceased_in_whole_or_in_part():
    registrar, appeal = officer_in(BODY, R), appeal_in(BODY, Status.REGISTERED)

    assert rules.refusal_to_forward(registrar, appeal, GONE, on=TODAY) == "This body no longer exists."
    assert rules.refusal_to_forward_part(registrar, appeal, GONE, on=TODAY) == "This body no longer exists."


def test_nobody_forwards_to_the_president_nor_proposes_him_but_to_his_office_whoever_may():
    president = Agency(pk=9, level=Level.PRESIDENT, code="president")
    office = Agency(pk=10, level=Level.PRESIDENT, code="office", superior=president)
    registrar, appeal = officer_in(BODY, R), appeal_in(BODY, Status.REGISTERED)

    refused = {
        rules.refusal_to_forward(registrar, appeal, president, on=TODAY),
        rules.refusal_to_forward_part(registrar, appeal, president, on=TODAY),
        rules.refusal_to_dispute(registrar, appeal, president, on=TODAY, journey=FROM_OTHER),
    }

    (told,) = refused
    assert told.startswith("Nobody forwards to the President")
    assert not rules.refusal_to_forward(registrar, appeal, office, on=TODAY)


def test_a_complaint_goes_to_no_body_that_hears_none_and_other_appeals_do():
    government = Agency(pk=11, level=Level.CENTRAL, code="government", complaint_instance=False)
    complaint = appeal_in(BODY, Status.REGISTERED, kind=Kind.COMPLAINT, complained_of=OTHER)
    other = appeal_in(BODY, Status.REGISTERED)

    for act in ("forward", "forward_part"):
        may_not = getattr(rules, f"refusal_to_{act}")
        assert "hears no complaints" in may_not(officer_in(BODY, R), complaint, government, on=TODAY)
        assert not may_not(officer_in(BODY, R), other, government, on=TODAY)
    dispute = Dispute(appeal=complaint, agency=BODY, above=ABOVE)
    assert "hears no complaints" in rules.refusal_to_decide(officer_in(ABOVE, H), dispute, government, on=TODAY)


def test_a_part_goes_however_often_the_whole_was_forwarded_or_whoever_decides_about_it():
    appeal = appeal_in(BODY, Status.REGISTERED, hops=9)

    assert not rules.refusal_to_forward_part(officer_in(BODY, R), appeal, THIRD, on=TODAY)


@pytest.mark.parametrize(
    ("body", "fields", "journey", "reason"),
    [
        (BODY, {}, Journey(), "No other body has had the appeal yet"),
        (BODY, {}, replace(FROM_OTHER, is_disputed=True), "already asked"),
        (BODY, {}, replace(FROM_OTHER, is_settled=True), "decided that your body"),
        (BODY, {"kind": Kind.COMPLAINT, "complained_of": BODY}, FROM_OTHER, "passes the complaint up"),
        (OFFICE, {}, FROM_OTHER, "No body is above"),
    ],
)
def test_the_body_above_is_asked_once_and_only_where_bodies_disagree(body, fields, journey, reason):
    appeal = appeal_in(body, Status.REGISTERED, **fields)

    assert reason in rules.refusal_to_dispute(officer_in(body, R), appeal, on=TODAY, journey=journey)


@pytest.mark.parametrize(
    ("proposed", "reason"),
    [(THIRD, ""), (BODY, "already with this body"), (GONE, "no longer exists"), (OTHER, "may not go to the body")],
)
def test_only_a_body_that_could_answer_is_proposed(proposed, reason):
    appeal = appeal_in(BODY, Status.REGISTERED, kind=Kind.COMPLAINT, complained_of=OTHER)

    refused = rules.refusal_to_dispute(officer_in(BODY, R), appeal, proposed, on=TODAY, journey=FROM_OTHER)

    assert (reason in refused) if reason else not refused


def asked(status: Status = Status.REGISTERED, **fields: object) -> Dispute:
    return Dispute(appeal=appeal_in(BODY, status), agency=BODY, above=ABOVE, **fields)


def test_the_body_above_decides_in_these_roles_while_the_appeal_is_open():
    may = {
        (role, status)
        for role, status in product(Role, Status)
        if not rules.refusal_to_decide(officer_in(ABOVE, role), asked(status), THIRD, on=TODAY)
    }

    assert may == set(product({R, U, H, D}, OPEN))


def test_nobody_else_decides():
    reasons = {rules.refusal_to_decide(officer_in(BODY, role), asked(), THIRD, on=TODAY) for role in Role}

    assert reasons == {"Only the body that was asked decides this."}


@pytest.mark.parametrize(
    ("to", "reason"),
    [
        (BODY, ""),
        (THIRD, ""),
        (GONE, "no longer exists"),
        (OFFICE, "does not answer them"),
    ],
)
def test_it_is_decided_for_a_living_body_that_answers(to, reason):
    refused = rules.refusal_to_decide(officer_in(ABOVE, H), asked(), to, on=TODAY)

    assert (reason in refused) if reason else not refused


def test_a_complaint_is_never_decided_to_be_for_the_body_complained_of_or_below_it():
    below = Agency(pk=8, level=Level.LOCAL, superior=OTHER)
    dispute = asked()
    dispute.appeal.kind, dispute.appeal.complained_of = Kind.COMPLAINT, OTHER

    for to in (OTHER, below):
        assert "may not go to the body complained of" in rules.refusal_to_decide(
            officer_in(ABOVE, H), dispute, to, on=TODAY
        )


@pytest.mark.parametrize(
    ("instead_of", "to", "reason"),
    [
        (None, BODY, "Meanwhile it was decided"),
        (OTHER, BODY, "Meanwhile it was decided"),
        (THIRD, THIRD, "decided already"),
        (THIRD, BODY, ""),
    ],
)
def test_only_who_knows_of_a_decision_decides_anew(instead_of, to, reason):
    decided = asked(to=THIRD, decided_on=TODAY)
    decided.appeal.agency = THIRD

    refused = rules.refusal_to_decide(officer_in(ABOVE, H), decided, to, on=TODAY, instead_of=instead_of)

    assert (reason in refused) if reason else not refused


def test_nothing_is_decided_anew_about_what_has_gone_elsewhere_since():
    decided = asked(to=THIRD, decided_on=TODAY)

    refused = rules.refusal_to_decide(officer_in(ABOVE, H), decided, OTHER, on=TODAY, instead_of=THIRD)

    assert refused == "The appeal has gone to another body since you decided."


@pytest.mark.parametrize(
    ("fields", "passing_up", "reason"),
    [
        ({}, RUNNING, "Only the body complained of"),
        ({"kind": Kind.COMPLAINT, "complained_of": OTHER}, RUNNING, "Only the body complained of"),
        ({"kind": Kind.COMPLAINT, "complained_of": BODY}, None, "three working days are over"),
        ({"kind": Kind.COMPLAINT, "complained_of": BODY}, Clock(due_on=TODAY - DAY), "three working days are over"),
    ],
)
def test_a_complaint_is_satisfied_only_by_the_body_complained_of_and_in_its_time(fields, passing_up, reason):
    appeal = appeal_in(BODY, Status.REGISTERED, **fields)

    assert reason in rules.refusal_to_satisfy(officer_in(BODY, H), appeal, passing_up, on=TODAY)
