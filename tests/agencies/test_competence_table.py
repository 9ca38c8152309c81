"""The shipped competences, cell by cell."""

from datetime import date

import pytest

from agencies.domain.competence import Matter, resolve
from agencies.models import Agency, Competence, Region, Topic

pytestmark = pytest.mark.django_db

TODAY = date(2026, 2, 2)
KINDS = ("application", "complaint", "report", "proposal", "opinion", "inquiry")


def finding(topic: str, region: str | None, kind: str = "application", on: date = TODAY):
    matter = Matter(Topic.objects.get(code=topic).pk, Region.objects.filter(code=region).first(), kind)
    return resolve(matter, list(Competence.objects.all()), list(Agency.objects.all()), on=on)


def test_every_topic_in_every_region_and_kind_has_exactly_one_living_body():
    rules, agencies = list(Competence.objects.all()), list(Agency.objects.all())
    regions = list(Region.objects.alive(TODAY))

    gaps = [
        (topic.code, region.code, kind, found.reason)
        for topic in Topic.objects.exclude(group=None)
        for region in regions
        for kind in KINDS
        for found in [resolve(Matter(topic.pk, region, kind), rules, agencies, on=TODAY)]
        if found.reason != "rule" or not found.agency.is_alive(TODAY)
    ]

    assert gaps == []


def test_every_topic_without_a_region_has_a_national_body_or_none_with_the_reason():
    rules, agencies = list(Competence.objects.all()), list(Agency.objects.all())

    for topic in Topic.objects.exclude(group=None):
        for kind in KINDS:
            found = resolve(Matter(topic.pk, None, kind), rules, agencies, on=TODAY)
            assert (found.agency is None) == (found.reason == "nobody_there"), topic.code
            assert found.agency is None or found.agency.region_id is None


@pytest.mark.parametrize(
    ("topic", "region", "kind", "code"),
    [
        ("housing.utilities", "KZ-79", "application", "akimat.utilities.kz-79"),
        ("construction", "KZ-71", "proposal", "akimat.construction.kz-71"),
        ("construction", "KZ-71", "complaint", "akimat.building_control.kz-71"),
        ("water.flood", "KZ-27", "application", "akimat.kz-27"),
        ("water.flood", "KZ-27", "report", "emergency.territorial.kz-27"),
        ("security.police", "KZ-10", "complaint", "police.territorial.kz-10"),
        ("foreign", None, "application", "ministry.foreign"),
        ("proposals.policy", None, "proposal", "president.office"),
    ],
)
def test_resolve_by_topic_place_and_kind_finds_the_body(topic, region, kind, code):
    assert finding(topic, region, kind).agency.code == code


def test_resolve_of_labour_before_and_after_the_change_of_2024_finds_the_body_of_the_day():
    before = finding("labour", "KZ-79", on=date(2023, 12, 31))
    after = finding("labour", "KZ-79", on=date(2024, 1, 1))

    assert before.agency.code == "akimat.labour_inspection.kz-79"
    assert after.agency.code == "labour.territorial.kz-79"


def test_resolve_of_a_local_matter_without_a_region_finds_nobody_and_says_so():
    found = finding("roads.local", None)

    assert (found.agency, found.reason) == (None, "nobody_there")
