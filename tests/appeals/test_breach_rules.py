"""The truth table of answering for a broken term: every role, at home, elsewhere and overseeing."""

from datetime import date

import pytest

from agencies.enums import Level, Role
from agencies.models import Agency, Officer, User
from appeals import rules
from appeals.enums import BreachCause
from appeals.models import Breach

BODY, OTHER = Agency(pk=1, level=Level.LOCAL, code="body"), Agency(pk=2, level=Level.LOCAL, code="other")
ME = 7
ANSWERING = {Role.HEAD, Role.DEPUTY, Role.UNIT_HEAD, Role.CONTROLLER}

# who may in the body of the breach, and who may anywhere
MAY: dict[str, tuple[set[Role], set[Role]]] = {
    "explain_breach": (ANSWERING, set()),
    "review_breach": ({Role.OVERSIGHT}, {Role.OVERSIGHT}),
    "take_measure": (ANSWERING - {Role.UNIT_HEAD}, set()),
    "annul_breach": ({Role.OVERSIGHT}, {Role.OVERSIGHT}),
}


def officer_in(agency: Agency, role: Role) -> Officer:
    return Officer(pk=ME, agency=agency, role=role, user=User(pk=1))


def breach_of(agency: Agency, **fields: object) -> Breach:
    return Breach(**{"agency": agency, "officer_id": ME + 1, "cause": BreachCause.OTHER} | fields)


def refusal(act: str, officer: Officer, breach: Breach) -> str:
    return getattr(rules, f"refusal_to_{act}")(officer, breach)


@pytest.mark.parametrize("act", MAY)
def test_an_act_is_allowed_exactly_to_these_roles_here_and_elsewhere(act):
    here = {role for role in Role if not refusal(act, officer_in(BODY, role), breach_of(BODY))}
    elsewhere = {role for role in Role if not refusal(act, officer_in(OTHER, role), breach_of(BODY))}

    assert (here, elsewhere) == MAY[act]


@pytest.mark.parametrize("role", Role)
def test_the_officer_named_on_a_breach_may_explain_it_whatever_the_role(role):
    assert not rules.refusal_to_explain_breach(officer_in(BODY, role), breach_of(BODY, officer_id=ME))


@pytest.mark.parametrize("act", MAY)
def test_of_an_annulled_breach_nothing_more_is_said_by_anybody(act):
    annulled = breach_of(BODY, annulled_on=date(2026, 2, 9))

    reasons = [refusal(act, officer_in(BODY, role), annulled) for role in MAY[act][0]]

    assert set(reasons) == {"The breach is annulled."}


def test_a_breach_is_reviewed_once_it_is_explained():
    overseer = officer_in(OTHER, Role.OVERSIGHT)

    assert rules.refusal_to_review_breach(overseer, breach_of(BODY, cause="")) == (
        "The body has not explained the breach yet."
    )
