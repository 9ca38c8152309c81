"""The district of an appeal at the desk: registered with it, corrected together with the region, shown in the case."""

from datetime import timedelta

import pytest

from agencies.models import Region
from appeals.domain import numbering, parts
from appeals.enums import EventKind
from appeals.models import Appeal
from tests.appeals.web.desk.conftest import address, signed_in
from tests.appeals.web.desk.test_reclassify import told
from tests.factories import MONDAY, make_appeal, make_officer

pytestmark = pytest.mark.django_db


def place(code: str) -> Region:
    return Region.objects.get(code=code)


def test_letter_is_registered_with_its_district(letter, registrar):
    response = signed_in(registrar).post("/desk/register/", letter | {"district": place("KZ-79.turan").pk})

    assert response.status_code == 302
    assert Appeal.objects.get().district.code == "KZ-79.turan"


@pytest.mark.parametrize("code", ["KZ-10.semey", "KZ-79"])
def test_letter_with_a_district_of_another_region_is_refused_at_the_field(letter, registrar, code):
    response = signed_in(registrar).post("/desk/register/", letter | {"district": place(code).pk})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["district"]
    assert not Appeal.objects.exists()


def test_reclassify_moves_region_and_district_together_and_says_so(assigned, executor):
    given = told(assigned, region=place("KZ-10").pk, district=place("KZ-10.semey").pk)

    done = signed_in(executor).post(address(assigned, "reclassify/"), given)
    case = signed_in(executor).get(address(assigned))

    appeal = Appeal.objects.get(pk=assigned.pk)
    assert done.status_code == 302
    assert (appeal.region.code, appeal.district.code) == ("KZ-10", "KZ-10.semey")
    data = appeal.events.get(kind=EventKind.RECLASSIFIED).data
    assert {name: code for name, code in data.items() if "district" in name} == {
        "district": "KZ-10.semey",
        "district_was": None,
    }
    assert "Semey city" in case.content.decode()
    assert "District or city: not stated → Semey city." in case.content.decode()


def test_reclassify_to_a_district_of_another_region_is_refused_at_the_field(assigned, executor):
    given = told(assigned, district=place("KZ-10.semey").pk)

    page = signed_in(executor).post(address(assigned, "reclassify/"), given)

    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["district"]
    assert Appeal.objects.get(pk=assigned.pk).district is None


def test_api_clears_the_district_where_another_region_is_named(executor, assigned):
    Appeal.objects.filter(pk=assigned.pk).update(district=place("KZ-79.turan"))
    path = f"/api/v1/appeals/{numbering.slug(assigned.number)}/reclassify/"

    given = {"region": "KZ-10", "reason": "Typed with care"}
    answered = signed_in(executor).post(path, given, content_type="application/json")

    appeal = Appeal.objects.get(pk=assigned.pk)
    assert answered.status_code == 200, answered.content
    assert (appeal.region.code, appeal.district) == ("KZ-10", None)


def test_part_of_an_appeal_lies_in_the_same_district(registrar):
    appeal = make_appeal(district=place("KZ-79.turan"))
    other = make_officer("akimat.education.kz-79").agency

    part = parts.forward_part(
        appeal, other, questions="Мектеп туралы", reason="Ours not", by=registrar, at=MONDAY + timedelta(hours=1)
    )

    assert part.district == appeal.district
