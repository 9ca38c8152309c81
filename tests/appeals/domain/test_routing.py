"""Which rule of competence decides, which it beats, and why."""

from datetime import date
from typing import Any

import pytest

from agencies.models import Agency, Competence, Function, Region, Topic
from appeals.domain.routing import Asked, Proposal, propose

pytestmark = pytest.mark.django_db

TODAY = date(2026, 2, 2)
CITY, DISTRICT, OTHER_DISTRICT = "KZ-79", "KZ-79.abai", "KZ-79.turan"
WATER, TRADE, FINANCE = "ministry.water", "ministry.trade", "ministry.finance"


def body(code: str) -> Agency:
    return Agency.objects.get(code=code)


def place(code: str) -> Region:
    return Region.objects.get(code=code)


def rule(agency: str, topic: str = "tourism", **conditions: Any) -> Competence:
    return Competence.objects.create(topic=Topic.objects.get(code=topic), agency=body(agency), **conditions)


def proposed(topic: str | None = "tourism", region: str | None = CITY, district: str | None = None, **asked: Any):
    given = {
        "topic": Topic.objects.get(code=topic) if topic else None,
        "region": place(region) if region else None,
        "district": place(district) if district else None,
        "kind": "application",
        "on": TODAY,
    }
    return propose(**given | asked)


def standing(topic: str = "tourism") -> Competence:
    return Competence.objects.get(topic__code=topic)


def told(proposal: Proposal) -> dict[str, Any]:
    return {name: proposal.explanation[name] for name in ("reason", "rule", "by", "beat", "because")}


def test_propose_by_topic_and_place_says_which_rule_and_that_it_beat_none():
    proposal = proposed()

    assert proposal.agency.code == "akimat.tourism.kz-79"
    assert proposal.explanation == {
        "reason": "rule",
        "rule": standing().pk,
        "by": [],
        "beat": [],
        "because": [],
        "topic": "tourism",
        "region": CITY,
        "agency": "akimat.tourism.kz-79",
    }


@pytest.mark.parametrize(
    ("conditions", "asked", "by"),
    [
        ({"region": CITY}, {}, ["region"]),
        ({"region": CITY}, {"district": DISTRICT}, ["region"]),
        ({"region": DISTRICT}, {"district": DISTRICT}, ["region", "district"]),
        ({"in_district": True}, {"district": DISTRICT}, ["district"]),
        ({"region": CITY, "in_district": True}, {"district": DISTRICT}, ["region", "district"]),
        ({"kind": "report"}, {"kind": "report"}, ["kind"]),
        ({"special_type": "x"}, {"special_type": "x"}, ["special_type"]),
        ({"addressee": TRADE}, {"addressee": TRADE}, ["addressee"]),
        ({"region": CITY, "kind": "report"}, {"kind": "report"}, ["region", "kind"]),
    ],
)
def test_propose_by_a_rule_with_conditions_beats_the_rule_without(conditions, asked, by):
    more = rule(WATER, **named(conditions))

    proposal = proposed(**named(asked, as_given=("district",)))

    assert proposal.agency == body(WATER)
    assert told(proposal) == {
        "reason": "rule", "rule": more.pk, "by": by, "beat": [standing_pk(more)], "because": ["fewer"]
    }  # fmt: skip


def named(given: dict[str, Any], as_given: tuple[str, ...] = ()) -> dict[str, Any]:
    rows = {"region": place, "addressee": body, "complained_of": body}
    return {
        name: rows[name](value) if name in rows and name not in as_given else value for name, value in given.items()
    }


def standing_pk(but: Competence) -> int:
    return Competence.objects.exclude(pk=but.pk).get(topic=but.topic).pk


@pytest.mark.parametrize(
    ("conditions", "asked", "why"),
    [
        ({"region": "KZ-75"}, {}, "other_place"),
        ({"region": DISTRICT}, {}, "other_place"),
        ({"region": DISTRICT}, {"district": OTHER_DISTRICT}, "other_place"),
        ({"in_district": True}, {}, "no_district"),
        ({"in_district": True}, {"region": None}, "no_district"),
        ({"kind": "report"}, {}, "other_kind"),
        ({"special_type": "x"}, {}, "other_type"),
        ({"special_type": "x"}, {"special_type": "y"}, "other_type"),
        ({"addressee": TRADE}, {}, "other_addressee"),
        ({"addressee": TRADE}, {"addressee": FINANCE}, "other_addressee"),
        ({"complained_of": TRADE}, {}, "other_complained_of"),
        ({"kind": "application", "valid_to": date(2026, 2, 1)}, {}, "not_in_force"),
        ({"kind": "application", "valid_from": date(2026, 2, 3)}, {}, "not_in_force"),
    ],
)
def test_propose_leaves_a_rule_that_does_not_fit_aside_and_says_why(conditions, asked, why):
    other = rule(WATER, **named(conditions))

    proposal = proposed(**{"region": CITY} | named(asked, as_given=("region",)))

    assert proposal.agency != body(WATER)
    assert (proposal.explanation["beat"], proposal.explanation["because"]) == ([other.pk], [why])


def test_propose_prefers_the_rule_for_the_district_to_those_for_the_region_and_says_why():
    wide, inside, near = (
        rule(TRADE, region=place(CITY)),
        rule(FINANCE, region=place(CITY), in_district=True),
        rule(WATER, region=place(DISTRICT)),
    )
    plain = Competence.objects.exclude(region__code__startswith=CITY).get(topic__code="tourism")

    here, next_door, at_large = (proposed(district=code) for code in (DISTRICT, OTHER_DISTRICT, None))

    assert (here.agency.code, here.explanation["rule"]) == (WATER, near.pk)
    assert here.explanation["beat"] == [plain.pk, wide.pk, inside.pk]
    assert here.explanation["because"] == ["fewer", "fewer", "farther"]
    assert here.explanation["district"] == DISTRICT
    assert next_door.agency.code == FINANCE
    assert (at_large.agency.code, "district" in at_large.explanation) == (TRADE, False)


def test_propose_by_a_function_finds_the_nearest_body_up_from_the_district():
    function = Function.objects.get(code="akimat.district")
    Competence.objects.create(topic=Topic.objects.get(code="tourism"), function=function, in_district=True)

    assert proposed(district=DISTRICT).agency.code == "akimat.district.kz-79.abai"
    assert proposed().agency.code == "akimat.tourism.kz-79"


def test_propose_with_two_rules_that_fit_equally_goes_to_triage_with_both():
    mine, yours = rule(WATER, region=place(CITY)), rule(TRADE, kind="application")
    plain = Competence.objects.exclude(pk__in=[mine.pk, yours.pk]).get(topic__code="tourism")

    proposal = proposed()

    assert proposal.is_triage
    assert told(proposal) == {
        "reason": "tie", "rule": mine.pk, "by": ["region"],
        "beat": [plain.pk, yours.pk], "because": ["fewer", "equal"],
    }  # fmt: skip


def test_propose_tells_at_most_eight_of_the_rules_beaten_those_that_fitted_first():
    plain = standing()
    for region in Region.objects.first_level().alive(TODAY)[:12]:
        rule(WATER, region=region)

    proposal = proposed(region="KZ-10")

    assert proposal.explanation["beat"][0] == plain.pk
    assert proposal.explanation["because"] == ["fewer", *["other_place"] * 7]


def test_propose_of_a_body_that_ceased_yesterday_goes_to_its_heir_or_to_triage():
    first, last = body(WATER), body("ministry.ecology")
    Agency.objects.filter(pk=first.pk).update(valid_to=date(2026, 2, 1), successor=body(TRADE))
    Agency.objects.filter(code=TRADE).update(valid_to=date(2026, 2, 1), successor=last)

    inherited = proposed("water.irrigation")
    Agency.objects.filter(pk=last.pk).update(valid_to=date(2026, 2, 1), successor=None)
    orphaned = proposed("water.irrigation")

    assert inherited.agency == last
    assert orphaned.is_triage
    assert orphaned.explanation["reason"] == "ceased"


def test_propose_by_a_function_whose_bodies_ceased_goes_to_their_heirs():
    Competence.objects.filter(topic__code="labour", function__code="labour.territorial").delete()
    Competence.objects.filter(topic__code="labour").update(valid_to=None)

    assert proposed("labour").agency.code == "labour.territorial.kz-79"


def test_propose_under_a_topic_that_ceased_yesterday_goes_to_triage():
    Topic.objects.filter(code="tourism").update(valid_to=date(2026, 2, 1))

    proposal = proposed()

    assert (proposal.is_triage, proposal.explanation["reason"]) == (True, "topic_ceased")


@pytest.mark.parametrize(
    ("topic", "region", "reason"),
    [
        (None, CITY, "no_topic"),
        ("heading.culture", CITY, "no_rule"),
        ("tourism", None, "no_place"),
        ("tourism", "KZ-YUZ", "nobody_there"),
    ],
)
def test_propose_without_a_way_goes_to_triage_with_the_reason(topic, region, reason):
    proposal = proposed(topic, region)

    assert (proposal.is_triage, proposal.explanation["reason"]) == (True, reason)


def test_propose_when_two_bodies_have_the_function_goes_to_triage():
    Agency.objects.filter(code="akimat.sport.kz-79").update(function=Function.objects.get(code="akimat.tourism"))

    assert (proposed().is_triage, proposed().explanation["reason"]) == (True, "two_bodies")


def test_propose_with_districts_that_run_in_a_circle_does_not_hang():
    Region.objects.filter(code=CITY).update(superior=place(DISTRICT))

    assert proposed(district=DISTRICT).agency.code == "akimat.tourism.kz-79"


@pytest.mark.parametrize("districts", [0, 3])
def test_propose_costs_few_statements_however_many_rules_there_are(django_assert_max_num_queries, districts):
    for district in Region.objects.filter(superior__code=CITY)[:districts]:
        rule(WATER, region=district)
    topic, city, district = Topic.objects.get(code="tourism"), place(CITY), place(DISTRICT)
    district.superior = city

    with django_assert_max_num_queries(3):
        propose(topic=topic, region=city, district=district, kind="application", on=TODAY)


def test_what_is_asked_of_competence_is_the_nearest_place_known():
    city, district = place(CITY), place(DISTRICT)

    assert Asked(None, city, "report", district).matter.region == district
    assert Asked(None, city, "report").matter.region == city
    assert Asked(None, None, "report").matter.is_in_district is False
