"""What is typed into the pages of routing by whoever wishes ill: an answer, never a crash."""

import pytest

from agencies.enums import Role
from agencies.models import Officer
from appeals.domain import grouping, numbering
from appeals.domain.forwarding import forward
from appeals.models import Appeal
from tests.appeals.web.desk.conftest import address, signed_in
from tests.factories import MONDAY, make_appeal, make_officer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_monday")]
HUGE = ["9" * 5000, "9" * 30, "-1", "٣", "x", "\x00", "½"]


@pytest.fixture
def on_monday(time_machine):
    time_machine.move_to(MONDAY, tick=False)


@pytest.mark.parametrize("key", HUGE)
def test_page_of_a_group_after_what_is_no_member_is_shown(registrar: Officer, appeal: Appeal, key: str):
    group = grouping.open_group([appeal], name="Lamps", by=registrar, at=MONDAY)

    assert signed_in(registrar).get(f"/desk/groups/{group.pk}/", {"after": key}).status_code == 200


@pytest.mark.parametrize("pk", ["9" * 30, "9" * 5000])
def test_group_and_dispute_of_any_number_are_not_there(registrar: Officer, pk: str):
    for page in ("groups", "disputes"):
        assert signed_in(registrar).get(f"/desk/{page}/{pk}/").status_code == 404


@pytest.mark.parametrize("value", HUGE)
@pytest.mark.parametrize("act", ["forward/", "forward-part/"])
def test_bodies_looked_for_by_what_is_no_region_are_none(registrar: Officer, appeal: Appeal, act: str, value: str):
    asked = {"find": "1", "region": value, "function": value, "to": value}

    assert signed_in(registrar).post(address(appeal, act), asked).status_code in (200, 422)


def test_administrator_of_the_software_sees_no_like_appeals_and_no_group(registrar: Officer, appeal: Appeal):
    group = grouping.open_group([appeal], name="Lamps", by=registrar, at=MONDAY)
    for n in range(2):
        make_appeal(text="Біздің көшеде бір ай бойы шам жанбайды, қараңғы.", details={"name": f"Азамат {n}"})
    browser = signed_in(make_officer(role=Role.ADMINISTRATOR))

    page = browser.get("/desk/alike/").content.decode()

    assert "Lamps" not in page
    assert "шам жанбайды" not in page
    assert browser.get(f"/desk/groups/{group.pk}/").status_code == 404


def test_body_that_passed_the_appeal_on_is_not_told_in_which_group_it_is_now(registrar: Officer, appeal: Appeal):
    after = make_officer("akimat.education.kz-79", Role.REGISTRAR)
    forward(appeal, after.agency, by=registrar, at=MONDAY, reason="Theirs.")
    grouping.open_group([Appeal.objects.get()], name="Lamps", by=after, at=MONDAY)
    overseer = make_officer("president.office", Role.OVERSIGHT)

    told = [signed_in(each).get(address(appeal)).content.decode() for each in (registrar, after, overseer)]
    cases = [
        signed_in(each).get(f"/api/v1/appeals/{numbering.slug(appeal.number)}/").json()
        for each in (registrar, after, overseer)
    ]

    assert ["Lamps" in page for page in told] == [False, True, True]
    assert [bool(case["group"]) for case in cases] == [False, True, True]
