"""The way from the first page of the oversight, and from the desk's, to the breaches nobody has explained."""

import pytest

from agencies.enums import Role
from appeals.domain.accountability import annul_breach, explain_breach
from appeals.domain.routing import OFFICE
from appeals.enums import BreachCause
from appeals.models import Breach
from tests.appeals.domain.statistics.situations import MONDAY, WEEK, place, sweep
from tests.appeals.web.desk.conftest import signed_in
from tests.factories import make_appeal, make_officer

pytestmark = pytest.mark.django_db


def test_first_page_leads_to_the_breaches_not_explained_yet(overseeing, now):
    for _ in range(3):
        make_appeal(MONDAY)
    make_appeal(MONDAY, **place("education.school", "KZ-75"))
    sweep(MONDAY + WEEK)
    first, second, *_ = Breach.objects.filter(appeal__region__code="KZ-79")
    explain_breach(first, cause=BreachCause.OTHER, text="So.", by=make_officer(role=Role.HEAD), at=now)
    annul_breach(second, reason="A mistake.", by=make_officer(OFFICE, Role.OVERSIGHT), at=now)

    number = overseeing.get("/oversight/").context["unexplained"]
    register = overseeing.get(number.url)

    assert (number.label, number.value) == ("Breaches not explained yet", "2")
    assert len(register.context["rows"]) == 2


def test_queue_leads_to_the_register_of_the_body_and_says_how_many_await_an_explanation():
    make_appeal(MONDAY)
    head, stranger = make_officer(role=Role.HEAD), make_officer("akimat.education.kz-75", Role.HEAD)
    sweep(MONDAY + WEEK)

    assert "Register of breaches (to be explained: 1)" in signed_in(head).get("/desk/").content.decode()
    others = [(action.label, action.url) for action in signed_in(stranger).get("/desk/").context["actions"]]
    assert ("Register of breaches", "/desk/breaches/") in others


def test_annulled_breach_is_no_longer_among_the_cases_behind_a_number(overseeing, now):
    make_appeal(MONDAY)
    sweep(MONDAY + WEEK)
    spring = {"show": "breaches", "first": "2026-01-01", "last": "2026-05-31"}
    assert len(overseeing.get("/oversight/cases/", spring).context["rows"]) == 1

    annul_breach(Breach.objects.get(), reason="A mistake.", by=make_officer(OFFICE, Role.OVERSIGHT), at=now)

    assert overseeing.get("/oversight/cases/", spring).context["rows"] == []
    assert overseeing.get("/oversight/").context["of_period"][0].value == "0"
