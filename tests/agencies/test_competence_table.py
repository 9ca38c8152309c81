"""The shipped table of competence: every cell, and the command that proves it."""

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from django.core.management import CommandError, call_command

from agencies.domain.atlas import Atlas
from agencies.domain.competence import Matter
from agencies.domain.gaps import check, circles
from agencies.models import Agency, Competence, Function, Region, Topic

pytestmark = pytest.mark.django_db

TODAY = date(2026, 2, 2)
BEGINNING, DAY = date(2021, 7, 1), timedelta(days=1)
KINDS: dict[str, list[str]] = {
    kind: [] for kind in ("application", "complaint", "report", "proposal", "opinion", "inquiry")
}
A_FEW = ("tourism", "water.irrigation")


@pytest.fixture
def atlas() -> Atlas:
    return Atlas.read()


def finding(topic: str, region: str | None, kind: str = "application", on: date = TODAY):
    matter = Matter(Topic.objects.get(code=topic).pk, Region.objects.filter(code=region).first(), kind)
    return Atlas.read().resolve(matter, on=on)


def few() -> Atlas:
    """Shymkent with its districts, and two topics: enough where a fault was planted."""
    whole = Atlas.read()
    topics = {pk: topic for pk, topic in whole.topics.items() if topic.code in A_FEW}
    regions = {pk: region for pk, region in whole.regions.items() if region.code.startswith("KZ-79")}
    rules = tuple(
        rule for rule in whole.rules if rule.topic.code in (*A_FEW, Topic.objects.get(code="tourism").group.code)
    )
    return replace(whole, topics=topics, regions=regions, rules=rules)


def checked(on: date = TODAY):
    return check(few(), KINDS, on=on)


def faults(on: date = TODAY) -> list[tuple[str, str]]:
    return [(fault.kind, fault.where) for fault in checked(on).faults]


def test_every_cell_leads_to_exactly_one_living_body_or_to_triage_for_want_of_a_place(atlas):
    report = check(atlas, KINDS, on=TODAY)

    topics = Topic.objects.alive(TODAY).exclude(group=None).count()
    places = Region.objects.alive(TODAY).count() + 1
    assert report.faults == []
    assert report.cells.total() == topics * places * len(KINDS)
    assert set(report.cells) == {"rule", "no_place"}


def quarters() -> Iterator[date]:
    """The first day of each quarter since the portal began, to the first of the year after the next."""
    days = (date(year, month, 1) for year in range(2021, TODAY.year + 2) for month in (1, 4, 7, 10))
    yield from (day for day in days if day >= BEGINNING)


def changes(atlas: Atlas) -> set[date]:
    """The days on which a row of the directory begins to hold, or holds no longer."""
    tables = (atlas.topics.values(), atlas.regions.values(), atlas.agencies.values(), atlas.rules)
    rows = [row for table in tables for row in table]
    return {row.valid_from for row in rows if row.valid_from} | {row.valid_to + DAY for row in rows if row.valid_to}


def test_every_cell_is_in_order_on_the_first_day_of_every_quarter_since_the_portal_began(atlas):
    days, told, asked = changes(atlas), {}, BEGINNING
    for day in quarters():
        if day == BEGINNING or any(asked < change <= day for change in days):  # else all is as it was
            told[day], asked = check(atlas, KINDS, on=day).faults, day

    assert len(told) > 5
    assert set(map(tuple, told.values())) == {()}


def test_digital_services_were_for_the_ministry_of_the_day():
    before, after = (finding("digital.services", None, on=day) for day in (date(2024, 2, 1), date(2025, 10, 1)))

    assert (before.agency.code, after.agency.code) == ("ministry.digital", "ministry.ai_digital")


@pytest.mark.parametrize("planted", [{"kind": "report"}, {"region": "KZ-79"}, {"region": "KZ-79.abai"}])
def test_cells_asked_about_together_come_out_as_each_would_alone(planted):
    rule = {"topic": Topic.objects.get(code="tourism"), "agency": Agency.objects.get(code="ministry.water")}
    place = Region.objects.get(code=planted["region"]) if "region" in planted else None
    Competence.objects.create(**rule | planted | {"region": place})
    atlas, alone = few(), Counter()

    for topic, place, kind in product(atlas.topics.values(), atlas.places(TODAY), KINDS):
        alone[atlas.resolve(Matter(topic.pk, place, kind), on=TODAY).reason] += 1

    assert check(atlas, KINDS, on=TODAY).cells == alone


def test_check_asks_who_has_the_function_of_a_rule_to_come_on_the_day_it_begins():
    labour = Topic.objects.get(code="labour")
    rules = tuple(rule for rule in Atlas.read().rules if rule.topic_id == labour.pk)
    atlas = replace(few(), topics={labour.pk: labour}, rules=rules)

    assert check(atlas, KINDS, on=date(2023, 12, 31)).faults == []


def test_only_where_no_place_is_told_does_a_cell_end_in_triage(atlas):
    for topic in Topic.objects.exclude(group=None):
        for kind in KINDS:
            found = atlas.resolve(Matter(topic.pk, None, kind), on=TODAY)
            assert (found.agency is None) == (found.reason == "no_place"), topic.code
            assert found.agency is None or found.agency.region_id is None


@pytest.mark.parametrize(
    ("topic", "region", "kind", "code"),
    [
        ("housing.utilities", "KZ-79", "application", "akimat.utilities.kz-79"),
        ("construction", "KZ-71", "proposal", "akimat.construction.kz-71"),
        ("construction", "KZ-71", "complaint", "akimat.building_control.kz-71"),
        ("construction", "KZ-71.esil", "complaint", "akimat.building_control.kz-71"),
        ("water.flood", "KZ-27", "application", "akimat.kz-27"),
        ("water.flood", "KZ-27", "report", "emergency.territorial.kz-27"),
        ("security.police", "KZ-10", "complaint", "police.territorial.kz-10"),
        ("security.police", "KZ-10.semey", "complaint", "police.territorial.kz-10"),
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


def test_resolve_of_a_local_matter_without_a_region_asks_for_the_place():
    found = finding("roads.local", None)

    assert (found.agency, found.reason) == (None, "no_place")


def test_check_finds_a_topic_without_a_rule():
    Competence.objects.filter(topic__code="tourism").delete()

    [fault] = checked().faults

    assert (fault.kind, fault.where) == ("gap", "tourism")
    assert fault.told.startswith("no_rule: –/application, –/complaint, –/report and ")


def test_check_finds_two_rules_that_tie():
    topic = Topic.objects.get(code="tourism")
    Competence.objects.create(topic=topic, agency=Agency.objects.get(code="ministry.water"), kind="report")
    region = Region.objects.get(code="KZ-79")
    Competence.objects.create(topic=topic, agency=Agency.objects.get(code="ministry.water"), region=region)

    [fault] = checked().faults

    districts = Region.objects.alive(TODAY).filter(superior=region).count()
    assert (fault.kind, fault.where) == ("tie", "tourism")
    assert f"and {districts + 1 - 3} more" in fault.told


def test_check_finds_a_function_that_nobody_has():
    own = Function.objects.create(code="own", name_kk="Өз", name_ru="Своя", name_en="Own")
    Competence.objects.filter(topic__code="tourism").update(function=own)

    assert faults() == [("gap", "tourism"), ("nobody", "tourism → own")]


def test_check_finds_a_function_that_two_bodies_have_in_one_place():
    Agency.objects.filter(code="akimat.sport.kz-79").update(function=Function.objects.get(code="akimat.tourism"))

    assert ("gap", "tourism") in faults()
    assert finding("tourism", "KZ-79").reason == "two_bodies"


def test_check_finds_rules_that_name_a_body_ceased_and_a_topic_ceased():
    Agency.objects.filter(code="ministry.water").update(valid_to=date(2026, 2, 1), successor=None)
    Topic.objects.filter(code="tourism").update(valid_to=date(2026, 2, 1))

    assert faults() == [
        ("gap", "water.irrigation"),
        ("ceased", "water.irrigation → ministry.water"),
        ("ceased", "tourism → akimat.tourism"),
    ]
    assert faults(date(2026, 2, 1)) == []


def test_check_finds_a_rule_whose_ceased_body_is_succeeded_though_the_cell_is_answered():
    heir = Agency.objects.get(code="ministry.ecology")
    Agency.objects.filter(code="ministry.water").update(valid_to=date(2026, 2, 1), successor=heir)

    assert faults() == [("ceased", "water.irrigation → ministry.water")]
    assert finding("water.irrigation", None).agency == heir


def test_check_finds_kinds_and_special_types_that_there_are_not_and_rules_of_headings():
    rule = Competence.objects.get(topic__code="tourism")
    for fields in ({"kind": "complaints"}, {"special_type": "none"}, {"topic": rule.topic.group}):
        Competence.objects.create(**{"topic": rule.topic, "function": rule.function} | fields)

    assert sorted(faults()) == [
        ("heading", f"{rule.topic.group.code} → akimat.tourism"),
        ("unknown", "tourism complaints → akimat.tourism"),
        ("unknown", "tourism none → akimat.tourism"),
    ]


def test_check_finds_circles_of_superiors_and_of_successors_and_never_hangs():
    government = Agency.objects.get(code="government")
    Agency.objects.filter(code="president").update(superior=government)
    pair = [Agency.objects.get(code=code) for code in ("ministry.digital", "ministry.ai_digital")]
    Agency.objects.filter(pk=pair[1].pk).update(successor=pair[0])

    assert sorted(faults()) == [("circle", "ministry.ai_digital"), ("circle", "president")]


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        ({}, []),
        ({1: None, 2: 1, 3: 2}, []),
        ({1: 1}, [[1]]),
        ({1: 2, 2: 3, 3: 1, 4: 2}, [[1, 2, 3]]),
        ({4: 2, 1: 2, 2: 3, 3: 2, 5: 6, 6: 5, 7: 99}, [[2, 3], [5, 6]]),
    ],
)
def test_circles_are_each_found_once(steps, found):
    assert list(circles(steps)) == found


def test_check_competence_prints_the_table_and_passes():
    out = io.StringIO()

    call_command("check_competence", "--on", "2026-02-02", stdout=out)

    head, *rows = out.getvalue().splitlines()
    assert head.startswith("competence on 2026-02-02: ")
    assert [row.split(maxsplit=1)[1] for row in rows] == [
        "one living body",
        "triage: no place was told, and the matter is decided where it is",
    ]


def test_check_competence_names_the_fault_and_fails():
    Competence.objects.filter(topic__code="tourism").delete()
    out = io.StringIO()

    with pytest.raises(CommandError, match="1 faults"):
        call_command("check_competence", stdout=out)

    assert "gap       tourism: no_rule: –/application" in out.getvalue()


def test_atlas_with_other_rules_leaves_its_own_as_they_are():
    emptied = replace(few(), rules=())

    assert {fault.kind for fault in check(emptied, KINDS, on=TODAY).faults} == {"gap"}
    assert checked().faults == []
