"""Why a case came where it came, as officials and their programs read it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agencies.enums import Role
from agencies.models import Agency, Competence, Region, Topic
from appeals.domain.numbering import slug
from appeals.models import Appeal
from tests.factories import make_appeal, make_officer

pytestmark = pytest.mark.django_db

YESTERDAY = timezone.localdate() - timedelta(days=1)
SPORT = "akimat.sport.kz-79"


@pytest.fixture
def officer(client: Client) -> Client:
    client.force_login(make_officer(SPORT, Role.HEAD).user)
    return client


@pytest.fixture
def weighed() -> Appeal:
    """Of two rules the one for the kind decided."""
    rule = Competence.objects.get(topic__code="sport")
    Competence.objects.create(topic=rule.topic, function=rule.function, kind="application", basis="Land Code")
    return make_appeal(topic=rule.topic)


def routing(client: Client, appeal: Appeal) -> dict:
    return client.get(f"/api/v1/appeals/{slug(appeal.number)}/").json()["routing"]


def page(client: Client, appeal: Appeal) -> str:
    return client.get(f"/desk/{slug(appeal.number)}/").content.decode()


def test_case_tells_the_rule_its_law_and_what_it_beat_and_why(officer, weighed):
    plain = Competence.objects.get(topic__code="sport", kind="")

    told = routing(officer, weighed)

    assert told == {
        "agency": SPORT,
        "reason": "rule",
        "text": "This body answers for appeals of this kind on the topic “Sport”. "
        "Region: Shymkent. Basis: Land Code.",
        "rule": {"answerer": str(plain.function), "basis": "Land Code", "verified": False},
        "conditions": ["kind"],
        "beaten": [
            {
                "answerer": str(plain.function), "basis": plain.basis, "verified": plain.verified,
                "because": "fewer", "why": "it has fewer conditions",
            }
        ],
    }  # fmt: skip


def test_case_in_triage_tells_the_reason_and_no_rule(client):
    client.force_login(make_officer("president.office", Role.REGISTRAR).user)

    told = routing(client, make_appeal(topic=None))

    assert (told["agency"], told["reason"]) == ("president.office", "no_topic")
    assert (told["rule"], told["conditions"], told["beaten"]) == (None, [], [])


def test_page_of_the_case_shows_the_rules_behind_the_routing(officer, weighed):
    shown = page(officer, weighed)

    assert "The rules of competence behind it" in shown
    assert "No source confirms the rule yet." in shown
    assert "topic, kind of appeal" in shown
    assert "it has fewer conditions" in shown


def test_page_of_a_case_without_rules_leaves_them_out(client):
    client.force_login(make_officer("president.office", Role.REGISTRAR).user)

    assert "The rules of competence behind it" not in page(client, make_appeal(topic=None))


@pytest.mark.parametrize("rules", [1, 3])
def test_page_and_program_cost_the_same_however_many_rules_were_beaten(officer, weighed, rules):
    for region in Region.objects.first_level()[:rules]:
        Competence.objects.create(topic=weighed.topic, region=region, agency=Agency.objects.get(code=SPORT))
    appeal = make_appeal(topic=weighed.topic)

    with CaptureQueriesContext(connection) as captured:
        assert "The rules of competence behind it" in page(officer, appeal)
    assert len([query for query in captured if "SAVEPOINT" not in query["sql"]]) <= 10


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"topic": "none"}, "topic"),
        ({"topic": "heading.culture"}, "topic"),
        ({"region": "KZ-99"}, "region"),
        ({"region": "KZ-YUZ"}, "region"),
        ({"kind": "complaint", "complained_of": "none"}, "complained_of"),
        ({"kind": "complaint", "complained_of": "ministry.water"}, "complained_of"),
        ({"topic": "tourism"}, "topic"),
    ],
)
def test_asking_after_what_is_not_in_the_directory_any_more_is_refused_at_the_field(client, asked, field):
    Agency.objects.filter(code="ministry.water").update(valid_to=YESTERDAY)
    Topic.objects.filter(code="tourism").update(valid_to=YESTERDAY)

    answer = client.get("/api/v1/where/", {"kind": "application"} | asked)

    assert (answer.status_code, list(answer.json())) == (400, [field])


def test_asking_after_a_topic_whose_body_ceased_yesterday_leads_to_triage_with_the_reason(client):
    Agency.objects.filter(code="ministry.water").update(valid_to=YESTERDAY, successor=None)

    told = client.get("/api/v1/where/", {"kind": "application", "topic": "water.irrigation"}).json()

    assert told["agency"]["code"] == "president.office"
    assert told["reason"]["codes"]["reason"] == "ceased"
