"""The district or city within the region: asked on a page of its own, optional, and told to everybody later."""

import pytest
import time_machine
from django.test import Client

from agencies.models import Region
from appeals.domain import coupons
from appeals.domain.registration import Intake, register
from appeals.errors import InvalidIntake
from appeals.models import Appeal
from tests.factories import MONDAY, make_intake
from tests.reception.api.bodies import body, send
from tests.reception.journey import answer, write
from tests.reception.journey import send as send_by_hand

pytestmark = pytest.mark.django_db


def region(code: str) -> Region:
    return Region.objects.get(code=code)


def test_district_is_asked_after_the_region_and_offers_only_its_own(client: Client):
    write(client, upto="place")

    chosen = answer(client, "place", region="KZ-10")
    page = client.get("/write/district/").text

    assert chosen.headers["Location"] == "/write/district/"
    assert 'value="KZ-10.semey"' in page
    assert 'value="KZ-79.abai"' not in page
    assert answer(client, "district", district="KZ-10.semey").headers["Location"] == "/write/heading/"


def test_district_is_not_asked_abroad(client: Client):
    write(client, upto="place")

    assert answer(client, "place", region="none").headers["Location"] == "/write/heading/"
    assert client.get("/write/district/").headers["Location"] == "/write/heading/"


def test_district_of_another_region_is_refused_on_its_page(client: Client):
    write(client, upto="district")

    response = answer(client, "district", district="KZ-10.semey")

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["district"]
    assert client.get("/write/").headers["Location"] == "/write/district/"


def test_district_is_asked_again_where_the_region_changes(client: Client):
    write(client, district={"district": "KZ-79.turan"})

    response = answer(client, "place", region="KZ-10")

    assert response.headers["Location"] == "/write/district/"
    assert "checked" not in client.get("/write/district/").text


def test_district_goes_through_check_page_registration_and_case(client: Client):
    write(client, district={"district": "KZ-79.turan"})
    with time_machine.travel(MONDAY, tick=False):
        page = client.get("/write/check/").text
        client.post("/write/check/")
        client.post("/follow/", {"number": Appeal.objects.get().number, "key": coupons.key_of(Appeal.objects.get())})
        case = client.get("/follow/appeal/").text

    appeal = Appeal.objects.get()
    name = region("KZ-79.turan").name_en
    assert name in page
    assert (appeal.region.code, appeal.district.code) == ("KZ-79", "KZ-79.turan")
    assert appeal.routing.explanation["district"] == "KZ-79.turan"
    assert name in case


def test_district_left_unsaid_leaves_the_appeal_in_its_region(client: Client):
    send_by_hand(client)

    assert (Appeal.objects.get().region.code, Appeal.objects.get().district) == ("KZ-79", None)


def test_api_takes_a_district_of_the_region_and_tells_by_what_it_went(client: Client):
    receipt = send(client, body(district="KZ-79.turan")).json()

    assert Appeal.objects.get().district.code == "KZ-79.turan"
    assert receipt["reason"]["codes"]["district"] == "KZ-79.turan"


@pytest.mark.parametrize(
    "given",
    [
        {"district": "KZ-10.semey"},
        {"district": "KZ-79"},
        {"district": "KZ-79.nowhere"},
        {"district": 7},
    ],
)
def test_api_refuses_a_district_that_does_not_lie_in_the_region_at_the_field(client: Client, given):
    answered = send(client, body(**given))

    assert answered.status_code == 400
    assert list(answered.json()) == ["district"]
    assert not Appeal.objects.exists()


def test_api_is_told_the_region_by_a_district_alone_but_not_beside_one_that_is_null(client: Client):
    told = body(region=None, district="KZ-79.turan")

    refused, taken = send(client, told | {"region": None}), send(client, told)

    assert (refused.status_code, list(refused.json()), taken.status_code) == (400, ["district"], 201)
    assert Appeal.objects.get().region.code == "KZ-79"


def test_api_lists_districts_under_their_regions(client: Client):
    rows = {row["code"]: row for row in client.get("/api/v1/regions/").json()}

    assert len(rows) == 20
    assert "KZ-10.semey" in [district["code"] for district in rows["KZ-10"]["districts"]]


def test_api_tells_beforehand_to_whom_a_matter_of_a_district_goes(client: Client):
    asked = {"kind": "application", "topic": "lighting", "region": "KZ-10", "district": "KZ-10.semey"}

    told = client.get("/api/v1/where/", asked).json()

    assert told["reason"]["codes"]["district"] == "KZ-10.semey"
    assert told["agency"]["code"] == "akimat.district.kz-10.semey"


def test_intake_with_a_district_of_another_region_is_refused_and_leaves_nothing():
    with pytest.raises(InvalidIntake) as refused:
        register(make_intake(district=region("KZ-10.semey")), at=MONDAY)

    assert refused.value.field == "district"
    assert not Appeal.objects.exists()


def test_content_digest_is_the_same_as_ever_without_a_district_and_another_with_one():
    plain: Intake = make_intake(key="one")
    placed = make_intake(key="one", district=region("KZ-79.turan"))

    assert plain.digests == make_intake(key="two").digests
    assert plain.digests != placed.digests
