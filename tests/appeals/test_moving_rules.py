"""The truth table of taking back, striking off, dividing, classing anew and correcting contacts."""

from datetime import date
from itertools import product

import pytest

from agencies.enums import Role
from agencies.models import Agency, Officer
from appeals import rules
from appeals.enums import FINAL, Kind, ReturnGround, Status, TerminationGround
from appeals.models import Appeal, Coupon
from tests.appeals.test_rules import BODY, ME, OFFICE, OTHER, D, E, H, R, U, Y, appeal_in, officer_in

OPEN = set(Status) - set(FINAL)
TODAY, TOMORROW = date(2026, 2, 2), date(2026, 2, 3)
HELD_ELSEWHERE = "Only the body holding the appeal may do this."

# who may in the body that holds the appeal, and in which statuses
MAY: dict[str, tuple[set[Role], set[Status]]] = {
    "withdraw": ({R, E, U, H, D, Y}, OPEN),
    "strike_off": ({R, H, D}, OPEN),
    "forward_part": ({R, E, U, H, D, Y}, OPEN),
    "reclassify": ({R, E, U, H, D}, OPEN),
    "correct_contacts": ({R, E, U, H, D}, set(Status)),
}
# what the body complained of may do with the complaint
OF_THE_BODY_COMPLAINED_OF = {"withdraw", "correct_contacts"}


def refusal(act: str, officer: Officer, appeal: Appeal) -> str:
    appeal.coupon = Coupon(accepted_by_id=ME)
    asked = {"strike_off": {"entered_on": TODAY, "on": TODAY}}.get(act, {})
    return getattr(rules, f"refusal_to_{act}")(officer, appeal, **asked)


def allowed(act: str, body: Agency, **fields: object) -> set[tuple[Role, Status]]:
    return {
        (role, status)
        for role, status in product(Role, Status)
        if not refusal(act, officer_in(body, role), appeal_in(body, status, **fields))
    }


@pytest.mark.parametrize("act", MAY)
@pytest.mark.parametrize("body", [BODY, OFFICE], ids=["body", "office"])
def test_an_act_is_allowed_exactly_to_these_roles_in_these_statuses_at_the_office_too(act, body):
    assert allowed(act, body) == set(product(*MAY[act]))


@pytest.mark.parametrize("act", MAY)
def test_an_act_from_another_body_is_allowed_to_no_role_in_no_status(act):
    reasons = {refusal(act, officer_in(OTHER, r), appeal_in(BODY, s)) for r, s in product(Role, Status)}

    assert reasons == {HELD_ELSEWHERE}


@pytest.mark.parametrize("act", MAY)
def test_what_is_with_somebody_else_is_closed_to_executors(act):
    roles, statuses = MAY[act]

    assert allowed(act, BODY, mine=False) == set(product(roles - {E}, statuses))


@pytest.mark.parametrize("act", MAY)
def test_the_body_complained_of_may_not_rid_itself_of_the_complaint(act):
    expected = set(product(*MAY[act])) if act in OF_THE_BODY_COMPLAINED_OF else set()

    assert allowed(act, BODY, kind=Kind.COMPLAINT, complained_of=BODY) == expected


@pytest.mark.parametrize(("status", "may"), [(status, status in OPEN) for status in Status])
def test_the_applicant_may_withdraw_whatever_is_open_and_correct_her_contacts_always(status, may):
    appeal = appeal_in(BODY, status)

    assert (not rules.refusal_to_withdraw(None, appeal)) == may
    assert not rules.refusal_to_correct_contacts(None, appeal)


@pytest.mark.parametrize(
    ("role", "hers", "on", "may"),
    [
        (R, True, TODAY, True),
        (R, True, TOMORROW, False),
        (R, False, TODAY, False),
        (H, False, TOMORROW, True),
        (D, False, TOMORROW, True),
    ],
)
def test_a_registrar_strikes_off_her_own_slip_of_the_day_head_and_deputy_anything(role, hers, on, may):
    appeal = appeal_in(BODY, Status.REGISTERED)
    appeal.coupon = Coupon(accepted_by_id=ME if hers else ME + 1)

    assert (not rules.refusal_to_strike_off(officer_in(BODY, role), appeal, entered_on=TODAY, on=on)) == may


@pytest.mark.parametrize(
    ("role", "becomes", "may"),
    [(role, day, day == TODAY or role in {H, D}) for role, day in product((R, E, U, H, D), (TODAY, TOMORROW))],
)
def test_only_head_and_deputy_make_a_term_longer(role, becomes, may):
    refused = rules.refusal_of_longer_term(officer_in(BODY, role), was=TODAY, becomes=becomes)

    assert (not refused) == may


def test_after_an_extension_or_during_a_wait_the_kind_cannot_change():
    held, going_on = appeal_in(BODY, Status.ON_HOLD), appeal_in(BODY, Status.ASSIGNED)

    assert "extended" in rules.refusal_of_new_kind(going_on, is_extended=True, is_asked=False)
    assert "is asked for" in rules.refusal_of_new_kind(going_on, is_extended=False, is_asked=True)
    assert "End the wait" in rules.refusal_of_new_kind(held, is_extended=False, is_asked=False)
    assert not rules.refusal_of_new_kind(going_on, is_extended=False, is_asked=False)


def test_a_part_is_not_divided_and_no_body_gets_two_open_parts():
    registrar = officer_in(BODY, R)
    part, whole = appeal_in(BODY, Status.REGISTERED, parent_id=5), appeal_in(BODY, Status.REGISTERED)

    assert "not divided again" in rules.refusal_to_forward_part(registrar, part, OTHER)
    assert "already has an open part" in rules.refusal_to_forward_part(registrar, whole, OTHER, has_part=True)
    assert not rules.refusal_to_forward_part(registrar, whole, OTHER)


@pytest.mark.parametrize("ground", TerminationGround)
def test_by_mistake_is_no_ground_to_terminate_and_no_superior_only_where_none_hears(ground):
    refused = rules.refusal_to_terminate(officer_in(BODY, H), appeal_in(BODY, Status.ASSIGNED), ground)

    assert bool(refused) == (ground in {TerminationGround.BY_MISTAKE, TerminationGround.NO_SUPERIOR})


@pytest.mark.parametrize(("ground", "is_lapsed"), list(product(ReturnGround, (True, False))))
def test_what_was_not_corrected_is_a_ground_to_return_only_once_its_time_is_over(ground, is_lapsed):
    refused = rules.refusal_to_return(
        officer_in(BODY, H), appeal_in(BODY, Status.ASSIGNED), ground, is_lapsed=is_lapsed
    )

    assert bool(refused) == (ground == ReturnGround.NOT_CORRECTED and not is_lapsed)
