"""The truth table of the rules: every role, every act, every status, at home and elsewhere."""

from datetime import date
from itertools import product

import pytest

from agencies.enums import Level, Role
from agencies.models import Agency, Officer, User
from appeals import rules
from appeals.enums import FINAL, Kind, Outcome, Status
from appeals.errors import Refused
from appeals.models import Appeal, Coupon, Reply

BODY = Agency(pk=1, level=Level.LOCAL, code="body")
OTHER = Agency(pk=2, level=Level.LOCAL, code="other")
OFFICE = Agency(pk=3, level=Level.PRESIDENT, code="office")
ME = 7

R, E, U, H, D, Y = Role.REGISTRAR, Role.EXECUTOR, Role.UNIT_HEAD, Role.HEAD, Role.DEPUTY, Role.DUTY

# who may in the body that holds the appeal, and in which statuses; "mine": only whose appeal it is
OPEN_AND_NOT_HELD = set(Status) - {*FINAL, Status.ON_HOLD}
MAY: dict[str, tuple[set[Role], set[Status], bool]] = {
    "accept": ({R, U, H, D, Y}, set(Status) - set(FINAL), False),
    "assign": ({R, U, H, D}, OPEN_AND_NOT_HELD, False),
    "forward": ({R, E, U, H, D, Y}, set(Status) - set(FINAL), False),
    "begin_review": ({E, U, H, D}, {Status.ASSIGNED}, True),
    "prepare_reply": ({E, U, H, D}, OPEN_AND_NOT_HELD, True),
    "reply": ({H, D}, OPEN_AND_NOT_HELD, False),
    "return": ({H, D}, set(Status) - set(FINAL), False),
    "terminate": ({H, D}, set(Status) - set(FINAL), False),
}


def refusal(act: str, officer: Officer, appeal: Appeal) -> str:
    prepared = {"prepared": Reply(outcome=Outcome.SATISFIED), "on": date(2026, 2, 2), "hearing": None}
    asked = {"accept": {"accepted": False}, "reply": prepared}.get(act, {})
    return getattr(rules, f"refusal_to_{act}")(officer, appeal, **asked)


def officer_in(agency: Agency, role: Role) -> Officer:
    return Officer(pk=ME, agency=agency, role=role, user=User(pk=1))


def appeal_in(agency: Agency, status: Status, *, mine: bool = True, **fields: object) -> Appeal:
    given = {"kind": Kind.APPLICATION, "officer_id": ME if mine else ME + 1} | fields
    return Appeal(agency=agency, status=status, **given)


def allowed(act: str, agency: Agency, role: Role, appeal: Appeal) -> bool:
    return not refusal(act, officer_in(agency, role), appeal)


@pytest.mark.parametrize("act", MAY)
def test_an_act_is_allowed_exactly_to_these_roles_in_these_statuses(act):
    roles, statuses, _ = MAY[act]

    pairs = {(r, s) for r, s in product(Role, Status) if allowed(act, BODY, r, appeal_in(BODY, s))}

    assert pairs == set(product(roles, statuses))


@pytest.mark.parametrize("act", MAY)
def test_an_act_from_another_body_is_allowed_to_no_role_in_no_status(act):
    reasons = {refusal(act, officer_in(OTHER, r), appeal_in(BODY, s)) for r, s in product(Role, Status)}

    assert reasons == {"Only the body holding the appeal may do this."}


@pytest.mark.parametrize("act", MAY)
def test_the_office_only_forwards(act):
    roles, statuses, _ = MAY[act]

    pairs = {(r, s) for r, s in product(Role, Status) if allowed(act, OFFICE, r, appeal_in(OFFICE, s))}

    assert pairs == (set(product(roles, statuses)) if act == "forward" else set())


@pytest.mark.parametrize("act", MAY)
def test_what_is_with_somebody_else_is_closed_to_who_may_only_do_her_own(act):
    roles, _, only_mine = MAY[act]
    appeal = appeal_in(BODY, Status.ASSIGNED, mine=False)

    may = {role for role in Role if allowed(act, BODY, role, appeal)}

    open_to = set() if only_mine else roles
    assert may == (open_to - {Role.EXECUTOR} if act == "forward" else open_to)


@pytest.mark.parametrize(
    ("officer_id", "reason"),
    [
        (None, "The appeal is not assigned to an officer yet."),
        (ME + 1, "The appeal is assigned to somebody else."),
    ],
)
@pytest.mark.parametrize("act", ["begin_review", "prepare_reply"])
def test_the_work_of_an_assignee_by_another_tells_whether_there_is_one(act, officer_id, reason):
    appeal = appeal_in(BODY, Status.ASSIGNED, officer_id=officer_id)

    assert refusal(act, officer_in(BODY, E), appeal) == reason


@pytest.mark.parametrize("act", MAY)
def test_the_body_complained_of_only_passes_the_complaint_up(act):
    appeal = appeal_in(BODY, Status.REGISTERED, kind=Kind.COMPLAINT, complained_of=BODY)

    may = {role for role in Role if allowed(act, BODY, role, appeal)}

    assert may == (MAY["forward"][0] if act == "forward" else set())


@pytest.mark.parametrize("role", Role)
def test_registering_is_for_registrars_and_duty_officers(role):
    assert (not rules.refusal_to_register(officer_in(BODY, role))) == (role in {R, Y})


@pytest.mark.parametrize("role", Role)
def test_an_appeal_is_assigned_only_to_who_works_on_appeals_in_the_body(role):
    appeal = appeal_in(BODY, Status.REGISTERED, officer_id=None)
    here, elsewhere = officer_in(BODY, role), officer_in(OTHER, role)

    assert (not rules.refusal_to_assign(officer_in(BODY, H), appeal, here)) == (role in {E, U, H, D})
    assert rules.refusal_to_assign(officer_in(BODY, H), appeal, elsewhere)


@pytest.mark.parametrize("role", Role)
def test_the_coupon_is_for_who_accepted_the_appeal_whatever_the_role(role):
    appeal = appeal_in(BODY, Status.REGISTERED)
    appeal.coupon = Coupon(accepted_by_id=ME)

    assert not rules.refusal_to_print_coupon(officer_in(BODY, role), appeal)
    appeal.coupon = Coupon(accepted_by_id=None)
    assert rules.refusal_to_print_coupon(officer_in(BODY, role), appeal)


def test_a_complaint_goes_neither_to_the_body_complained_of_nor_below_it():
    below = Agency(pk=4, level=Level.LOCAL, superior=OTHER)
    beside = Agency(pk=5, level=Level.LOCAL)
    appeal = appeal_in(BODY, Status.REGISTERED, kind=Kind.COMPLAINT, complained_of=OTHER)
    registrar = officer_in(BODY, R)

    assert rules.refusal_to_forward(registrar, appeal, OTHER)
    assert rules.refusal_to_forward(registrar, appeal, below)
    assert not rules.refusal_to_forward(registrar, appeal, beside)
    assert rules.refusal_to_forward(registrar, appeal, BODY) == "The appeal is already with this body."


def test_insisting_on_a_refusal_raises_it_and_on_none_does_nothing():
    rules.insist("")

    with pytest.raises(Refused, match="Because"):
        rules.insist("Because")
