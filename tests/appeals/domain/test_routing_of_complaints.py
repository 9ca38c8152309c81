"""Nobody judges itself: the guard over the whole tree of bodies, and what special laws may and may not say."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db.models import F

from agencies.domain.atlas import Atlas
from agencies.domain.tree import upwards
from agencies.models import Agency, Competence, Topic
from appeals.domain.routing import Asked, Proposal, propose, proposed
from appeals.models import Appeal
from appeals.rules import is_complained_of, superior_instance, would_judge_itself
from appeals.rules.holder import refusal_of_complaint

pytestmark = pytest.mark.django_db

TODAY = date(2026, 2, 2)
YESTERDAY = date(2026, 2, 1)
POLICE, UTILITIES, AKIMAT = "police.territorial.kz-79", "akimat.utilities.kz-79", "akimat.kz-79"
HEARING_NONE = ("president", "president.office", "prime_minister", "government")


@pytest.fixture
def bodies() -> dict[str, Agency]:
    """All of them, each linked in memory to what is above it and after it."""
    return {agency.code: agency for agency in Atlas.read().agencies.values()}


def body(code: str) -> Agency:
    return Agency.objects.get(code=code)


def about(complained_of: Agency, bodies: dict[str, Agency]) -> Proposal:
    asked = Asked(None, None, "complaint", complained_of=complained_of)
    return proposed(asked, (), (), on=TODAY, office=lambda: bodies["president.office"])


def complain(code: str, topic: str | None = "security.police", **asked: Any) -> Proposal:
    given = {"topic": Topic.objects.get(code=topic) if topic else None, "region": None, "kind": "complaint"}
    return propose(**given | {"on": TODAY, "complained_of": body(code)} | asked)


def special_law(agency: str, complained_of: str = POLICE, **conditions: Any) -> Competence:
    topic = Topic.objects.get(code="security.police")
    given = {"topic": topic, "kind": "complaint", "complained_of": body(complained_of), "basis": "Special law"}
    return Competence.objects.create(**given | conditions, agency=body(agency))


def pairs(bodies: dict[str, Agency]) -> Iterator[tuple[Agency, Agency]]:
    """Every living body, with itself and with every body below it."""
    below: dict[int, list[Agency]] = defaultdict(list)
    for agency in bodies.values():
        for above in upwards(agency):
            below[above.pk].append(agency)
    return ((above, one) for above in bodies.values() if above.is_alive(TODAY) for one in below[above.pk])


def test_no_complaint_about_any_living_body_is_decided_by_that_body_or_below_it(bodies):
    living = [agency for agency in bodies.values() if agency.is_alive(TODAY)]
    proposals = {agency: about(agency, bodies) for agency in living}

    decided = {agency: proposal for agency, proposal in proposals.items() if proposal.decider}
    assert len(living) == Agency.objects.alive(TODAY).count()
    for agency, proposal in decided.items():
        above = list(upwards(agency))[1:]
        assert proposal.agency == agency
        assert proposal.decider in above
        assert proposal.decider.complaint_instance
        assert not would_judge_itself(proposal.decider, agency)
        assert not any(step.complaint_instance for step in above[: above.index(proposal.decider)])


def test_a_complaint_ends_in_no_superior_exactly_right_below_president_prime_minister_and_government(bodies):
    living = [agency for agency in bodies.values() if agency.is_alive(TODAY)]

    unheard = {agency.code for agency in living if about(agency, bodies).decider is None}

    assert unheard == {
        agency.code for agency in living if agency.superior is None or agency.superior.code in HEARING_NONE
    }
    assert {about(bodies[code], bodies).explanation["reason"] for code in unheard} == {"no_superior"}
    assert {about(bodies[code], bodies).agency.code for code in unheard} == {"president.office"}


def test_nobody_forwards_a_complaint_to_the_body_complained_of_or_below_it_whoever_holds_it(bodies):
    holders = [bodies[code] for code in ("president.office", "ministry.internal", POLICE, UTILITIES)]

    tried = 0
    for complained_of, to in pairs(bodies):
        for holder in holders:
            appeal = Appeal(kind="complaint", complained_of=complained_of, agency=holder)
            assert refusal_of_complaint(appeal, to, TODAY), (complained_of.code, to.code, holder.code)
            tried += 1

    assert tried > len(bodies) * len(holders)


def test_the_body_complained_of_hands_the_complaint_to_its_superior_and_to_nobody_else(bodies):
    for complained_of in [bodies[code] for code in (POLICE, UTILITIES, "committee.roads", "company.enpf")]:
        appeal = Appeal(kind="complaint", complained_of=complained_of, agency=complained_of)

        free = [to for to in bodies.values() if not refusal_of_complaint(appeal, to, TODAY)]

        assert free == [superior_instance(complained_of, TODAY)]


def test_complaint_about_a_body_of_a_district_goes_up_to_the_region_and_then_nowhere(bodies):
    district = bodies["akimat.district.kz-79.abai"]

    assert about(district, bodies).decider == bodies[AKIMAT]
    assert about(bodies[AKIMAT], bodies).explanation == {"reason": "no_superior", "complained_of": AKIMAT}


def test_complaint_about_a_body_that_ceased_goes_by_way_of_its_successor_which_does_not_judge_either():
    heir = body("akimat.housing.kz-79")
    Agency.objects.filter(code=UTILITIES).update(valid_to=YESTERDAY, successor=heir)
    proposal = complain(UTILITIES)

    appeal = Appeal(kind="complaint", complained_of=body(UTILITIES), agency=heir)
    assert (proposal.agency, proposal.decider) == (heir, body(AKIMAT))
    assert proposal.explanation == {
        "reason": "complaint", "complained_of": UTILITIES, "successor": heir.code, "decider": AKIMAT
    }  # fmt: skip
    assert is_complained_of(heir, appeal)
    assert refusal_of_complaint(appeal, body("ministry.internal"), TODAY)
    assert not refusal_of_complaint(appeal, body(AKIMAT), TODAY)


def test_complaint_about_a_body_merged_into_its_superior_is_not_decided_by_that():
    Agency.objects.filter(code=UTILITIES).update(valid_to=YESTERDAY, successor=body(AKIMAT))

    proposal = complain(UTILITIES)

    assert (proposal.is_triage, proposal.explanation["reason"]) == (True, "no_superior")
    assert would_judge_itself(body("akimat.land.kz-79"), body(UTILITIES))


def test_complaint_about_a_body_that_ceased_without_a_successor_goes_to_triage():
    Agency.objects.filter(code=UTILITIES).update(valid_to=YESTERDAY)

    assert complain(UTILITIES).explanation == {"reason": "complained_of_ceased", "complained_of": UTILITIES}
    assert complain(UTILITIES).is_triage


def test_complaint_below_a_superior_that_ceased_goes_to_the_superiors_successor():
    Agency.objects.filter(code="ministry.internal").update(valid_to=YESTERDAY, successor=body("ministry.justice"))

    assert complain(POLICE).decider == body("ministry.justice")


def test_complaint_in_a_tree_that_runs_in_a_circle_ends_in_triage():
    Agency.objects.filter(code="ministry.internal").update(superior=body(POLICE))

    proposal = complain(POLICE)

    assert (proposal.is_triage, proposal.explanation["reason"]) == (True, "no_superior")


def test_complaint_in_a_circle_of_successors_ends_in_triage():
    Agency.objects.filter(code=POLICE).update(valid_to=YESTERDAY, successor=body(UTILITIES))
    Agency.objects.filter(code=UTILITIES).update(valid_to=YESTERDAY, successor=body(POLICE))

    assert complain(POLICE).explanation["reason"] == "complained_of_ceased"


def test_special_law_sends_a_complaint_to_the_decider_it_names():
    rule = special_law("prosecutor_general")

    proposal = complain(POLICE)

    assert (proposal.agency, proposal.decider) == (body("prosecutor_general"), body("prosecutor_general"))
    assert proposal.explanation == {
        "reason": "special_law", "rule": rule.pk, "by": ["kind", "complained_of"], "beat": [], "because": [],
        "topic": "security.police", "region": None, "agency": "prosecutor_general",
        "complained_of": POLICE, "decider": "prosecutor_general",
    }  # fmt: skip


def test_special_law_about_a_body_below_the_government_opens_a_way_where_there_was_none():
    special_law("prosecutor_general", AKIMAT)

    assert complain(AKIMAT).decider == body("prosecutor_general")
    assert complain(AKIMAT, topic="tourism").explanation["reason"] == "no_superior"


@pytest.mark.parametrize(
    ("named", "complained_of", "why"),
    [
        (POLICE, POLICE, "guarded"),
        (POLICE, "ministry.internal", "guarded"),
        ("government", POLICE, "unhearing"),
        ("president.office", POLICE, "unhearing"),
        ("accounts_committee", POLICE, "nobody"),
    ],
)
def test_special_law_never_makes_a_body_its_own_judge_and_the_explanation_says_so(named, complained_of, why):
    Agency.objects.filter(code="accounts_committee").update(successor=None)
    rule = special_law(named, complained_of)

    proposal = complain(complained_of)

    ordinary = Competence.objects.filter(pk=rule.pk).delete() and complain(complained_of)
    assert (proposal.agency, proposal.decider) == (ordinary.agency, ordinary.decider)
    assert proposal.explanation == ordinary.explanation | {"beat": [rule.pk], "because": [why]}


def test_two_special_laws_that_tie_go_to_triage():
    special_law("prosecutor_general")
    special_law("ministry.justice", kind="", region=body(POLICE).region)

    proposal = complain(POLICE, region=body(POLICE).region)

    assert (proposal.is_triage, proposal.explanation["reason"]) == (True, "tie")


def test_rules_that_name_no_body_complained_of_say_nothing_about_complaints():
    Competence.objects.filter(topic__code="security.police").update(kind="complaint")

    proposal = complain(POLICE)

    assert (proposal.agency, proposal.decider) == (body(POLICE), body("ministry.internal"))
    assert "beat" not in proposal.explanation


def test_proposing_a_complaint_costs_few_statements(django_assert_max_num_queries):
    special_law(POLICE)
    above = "__".join(["superior"] * 4)
    complained_of = Agency.objects.select_related(above, "successor").get(code=POLICE)
    topic = Topic.objects.get(code="security.police")

    with django_assert_max_num_queries(3):
        propose(topic=topic, region=None, kind="complaint", on=TODAY, complained_of=complained_of)


def test_no_shipped_body_is_its_own_superior_or_stands_below_a_body_that_ceased():
    living = Agency.objects.alive(TODAY)

    assert not living.filter(superior=F("pk")).exists()
    assert not living.filter(superior__valid_to__lt=TODAY).exists()
