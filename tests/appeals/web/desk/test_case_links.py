"""Where a case leads: to the appeal it follows on, and to its breaches in the register."""

import pytest

from agencies.enums import Role
from appeals.domain.accountability import annul_breach
from appeals.domain.assignment import assign
from appeals.domain.numbering import slug
from appeals.domain.registration import register
from appeals.domain.routing import OFFICE
from appeals.enums import Kind
from appeals.errors import Refused
from appeals.models import Appeal, Breach
from tests.appeals.domain.statistics.situations import WEEK, place, sweep
from tests.appeals.web.desk.conftest import address, signed_in
from tests.factories import MONDAY, make_appeal, make_intake, make_officer

pytestmark = pytest.mark.django_db


def complaint_about(appeal: Appeal) -> Appeal:
    return make_appeal(kind=Kind.COMPLAINT, complained_of=appeal.agency, previous=appeal)


def test_complaint_names_the_earlier_appeal_and_leads_to_it(appeal, head):
    complaint = complaint_about(appeal)

    page = signed_in(head).get(address(complaint)).content.decode()

    assert f'href="/desk/{slug(appeal.number)}/">{appeal.number}</a>' in page


def test_complaint_names_an_earlier_appeal_the_reader_may_not_see_without_a_link(appeal):
    elsewhere = make_appeal(**place("education.school", "KZ-75"))
    complaint = make_appeal(previous=elsewhere)

    page = signed_in(make_officer(role=Role.HEAD)).get(address(complaint)).content.decode()

    assert f"Earlier appeal: {elsewhere.number}" in page
    assert f'href="/desk/{slug(elsewhere.number)}/"' not in page


def test_same_key_with_another_earlier_appeal_is_refused_and_registers_nothing(appeal):
    intake = {"key": "k", "kind": Kind.COMPLAINT, "complained_of": appeal.agency}
    first = register(make_intake(**intake, previous=appeal), at=MONDAY)

    assert register(make_intake(**intake, previous=appeal), at=MONDAY) == first
    with pytest.raises(Refused, match="already used"):
        register(make_intake(**intake), at=MONDAY)

    assert Appeal.objects.count() == 2


def test_case_leads_to_its_breach_for_who_may_see_it_alone(appeal, registrar, executor, head):
    sweep(MONDAY + WEEK)
    breach = Breach.objects.get()
    link = f'href="/desk/breaches/{breach.pk}/"'

    assert link in signed_in(head).get(address(appeal)).content.decode()
    assert link not in signed_in(executor).get(address(appeal)).content.decode()


def test_case_of_a_named_officer_leads_to_her_breach_marked_once_annulled(appeal, registrar, executor):
    assign(appeal, executor, by=registrar, at=MONDAY)
    sweep(MONDAY + 5 * WEEK)
    annul_breach(
        Breach.objects.get(), reason="A strike.", by=make_officer(OFFICE, Role.OVERSIGHT), at=MONDAY + 5 * WEEK
    )

    page = signed_in(executor).get(address(appeal)).content.decode()

    assert "Annulled:" in page
    assert f'href="/desk/breaches/{Breach.objects.get().pk}/"' in page
