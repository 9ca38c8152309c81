"""The directory as data: loaded, compared, refused where it contradicts itself."""

import csv
import shutil
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from agencies.domain.directory import Change, load
from agencies.errors import DirectoryError
from agencies.models import Agency, Channel, Competence, Function, Region, RegionName, Topic

pytestmark = pytest.mark.django_db

SHIPPED = settings.BASE_DIR / "agencies" / "data" / "kz"
END_OF_2021 = date(2021, 12, 31)
APRIL_2025 = date(2025, 4, 15)
TODAY = date(2026, 2, 2)

BODIES_OF_2021 = [
    "agency.civil_service",
    "ministry.health",
    "ministry.foreign",
    "ministry.information_society",
    "ministry.industry_infrastructure",
    "ministry.culture_sports",
    "ministry.national_economy",
    "ministry.digital",
    "ministry.education_science",
    "ministry.agriculture",
    "ministry.labour",
    "ministry.trade",
    "ministry.finance",
    "ministry.energy",
    "ministry.ecology_geology",
    "ministry.justice",
    "national_bank",
    "agency.financial_market",
    "agency.competition",
    "prosecutor_general",
    "court_department",
    "ministry.internal",
    "ministry.defence",
    "ministry.emergency",
]
BODIES_OF_2025 = [
    "agency.strategic_planning",
    "agency.anticorruption",
    "agency.financial_market",
    "agency.financial_monitoring",
    "agency.civil_service",
    "agency.competition",
    "supreme_audit",
    "prosecutor_general",
    "ministry.internal",
    "ministry.water",
    "ministry.health",
    "ministry.foreign",
    "ministry.culture_information",
    "ministry.science",
    "ministry.national_economy",
    "ministry.defence",
    "ministry.emergency",
    "ministry.industry_construction",
    "ministry.education",
    "ministry.agriculture",
    "ministry.trade",
    "ministry.transport",
    "ministry.labour",
    "ministry.tourism_sports",
    "ministry.finance",
    "ministry.digital",
    "ministry.ecology",
    "ministry.energy",
    "ministry.justice",
    "national_bank",
    "judicial_administration",
    "cec",
]
TABLE_1 = {  # channel: at the President, at central bodies, at local bodies
    "call_centre": (0, 1, 1),
    "hotline": (0, 0, 1),
    "letter": (1, 1, 1),
    "visit": (0, 1, 1),
    "site": (0, 1, 1),
    "email": (0, 1, 1),
    "virtual_reception": (1, 0, 0),
    "open_dialogue": (0, 1, 1),
    "e_appeal": (0, 1, 1),
    "public_council": (0, 1, 1),
    "ikomek": (0, 0, 1),
    "blog": (0, 1, 0),
    "facebook": (0, 1, 1),
    "telegram": (1, 1, 1),
    "twitter": (1, 0, 0),
    "instagram": (1, 0, 1),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The shipped tables, to be spoilt."""
    return Path(shutil.copytree(SHIPPED, tmp_path / "kz"))


def rewrite(path: Path, code: str, /, **cells: str) -> int:
    """Put `cells` into the row of `path` whose first cell is `code`; the number of its line."""
    with path.open(newline="", encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    number, row = next((n, row) for n, row in enumerate(rows, 2) if row[0] == code)
    for name, text in cells.items():
        row[header.index(name)] = text
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *rows])
    return number


def test_load_twice_changes_nothing(django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        diff = load(SHIPPED, apply=True)

    assert not diff
    assert diff.missing == []


def test_load_of_a_changed_row_shows_old_and_new_and_waits_for_apply(folder):
    rewrite(folder / "agencies.csv", "ministry.health", name_en="Ministry of Good Health")

    shown = load(folder, apply=False)
    name_before = Agency.objects.get(code="ministry.health").name_en
    load(folder, apply=True)

    assert shown.changed == [
        Change("agencies", "ministry.health", "name_en", "Ministry of Health", "Ministry of Good Health")
    ]
    assert name_before == "Ministry of Health"
    assert Agency.objects.get(code="ministry.health").name_en == "Ministry of Good Health"


def test_load_links_a_new_body_to_its_superior(folder):
    names = "Ғарыш министрлігі,Министерство космоса,Ministry of Space"
    with (folder / "agencies.csv").open("a", encoding="utf-8") as file:
        file.write(f"ministry.space,central,,government,,,Asia/Almaty,{names},,,1,1,0,\n")

    diff = load(folder, apply=True)

    assert diff.added == [("agencies", "ministry.space")]
    assert Agency.objects.get(code="ministry.space").superior.code == "government"


def test_load_tells_rows_the_folder_lacks_and_keeps_them():
    Function.objects.create(code="own", name_kk="Өз", name_ru="Своя", name_en="Own")

    diff = load(SHIPPED, apply=True)

    assert diff.missing == [("functions", "own")]
    assert Function.objects.filter(code="own").exists()


@pytest.mark.parametrize(
    ("file", "code", "cells", "reason"),
    [
        (
            "agencies.csv",
            "ministry.health",
            {"superior": "ministry.none"},
            "superior 'ministry.none' is unknown",
        ),
        ("agencies.csv", "government", {"superior": "ministry.health"}, "superior runs in a circle"),
        ("agencies.csv", "ministry.health", {"level": "cosmic"}, "level 'cosmic'"),
        ("agencies.csv", "ministry.health", {"verified": "perhaps"}, "verified 'perhaps'"),
        ("agencies.csv", "ministry.health", {"name_kk": ""}, "name_kk ''"),
        (
            "agencies.csv",
            "ministry.health",
            {"valid_from": "2020-02-01", "valid_to": "2020-01-31"},
            "the last day of validity, 2020-01-31, lies before the first, 2020-02-01",
        ),
        (
            "agencies.csv",
            "ministry.health",
            {"code": "ministry.foreign"},
            "ministry.foreign already stands in line",
        ),
        ("functions.csv", "akimat.land", {"superior": "nobody"}, "superior 'nobody' is unknown"),
        ("functions.csv", "akimat.land", {"title_ru": "Отдел {whose}"}, "title_ru knows only"),
        ("functions.csv", "akimat.land", {"per": "village"}, "per 'village': a function has its bodies per region or"),
        ("functions.csv", "akimat.land", {"per": ""}, "per '': a function has its bodies per region or per district"),
        (
            "functions.csv",
            "akimat.land",
            {"superior": "akimat.district"},
            "superior 'akimat.district.kz-10' is unknown",
        ),
        ("topics.csv", "waste", {"group": "heading.none"}, "group 'heading.none' is unknown"),
        ("competences.csv", "waste", {"agency": "cec"}, "a competence names either a body or a function"),
        ("competences.csv", "waste", {"function": ""}, "a competence names either a body or a function"),
        ("regions.csv", "KZ-10", {"predecessor": "KZ-99"}, "predecessor 'KZ-99' is unknown"),
        ("regions.csv", "KZ-10.semey", {"superior": "KZ-99"}, "superior 'KZ-99' is unknown"),
        ("regions.csv", "KZ-10.semey", {"superior": "KZ-10.semey"}, "KZ-10.semey is itself a district"),
        ("regions.csv", "KZ-10.semey", {"superior": "KZ-10.abai"}, "KZ-10.abai is itself a district, and has none"),
        ("regions.csv", "KZ-10", {"superior": "KZ-10.semey"}, "KZ-10.semey is itself a district"),
        ("agencies.csv", "ministry.health", {"successor": "ministry.health"}, "successor runs in a circle"),
        (
            "agencies.csv",
            "ministry.health",
            {"name_en": "Health\x00"},
            "a character with the code 0 stands in the column",
        ),
    ],
)
def test_load_of_a_contradiction_is_refused_with_file_and_line(folder, file, code, cells, reason):
    number = rewrite(folder / file, code, **cells)

    with pytest.raises(DirectoryError) as refusal:
        load(folder, apply=True)

    assert reason in str(refusal.value)
    assert str(refusal.value).startswith(f"{file}, line {number}: ") or "circle" in reason or "already" in reason
    assert not load(SHIPPED, apply=False)


def test_load_of_a_circle_names_a_line_that_lies_in_it_and_the_circle_alone(folder):
    number = rewrite(folder / "agencies.csv", "government", superior="ministry.health")

    with pytest.raises(DirectoryError) as refusal:
        load(folder, apply=False)

    told = f"agencies.csv, line {number}: superior runs in a circle: government → ministry.health → government."
    assert str(refusal.value) == told


def test_load_of_an_empty_name_says_so_with_one_full_stop(folder):
    number = rewrite(folder / "agencies.csv", "ministry.health", name_kk="")

    with pytest.raises(DirectoryError) as refusal:
        load(folder, apply=False)

    assert str(refusal.value) == f"agencies.csv, line {number}: name_kk '': This field cannot be blank."


def test_load_of_a_table_that_a_spreadsheet_saved_with_a_mark_before_it_changes_nothing(folder):
    for path in folder.glob("*.csv"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())

    assert not load(folder, apply=False)


def test_load_of_a_missing_column_a_missing_file_and_no_text_is_refused(folder):
    (folder / "channels.csv").write_text("code,form\nletter,paper\n", encoding="utf-8")
    with pytest.raises(DirectoryError, match=r"channels\.csv, line 2: the column position is missing"):
        load(folder, apply=False)

    (folder / "channels.csv").write_bytes(b"\xff\xfe\x00code")
    with pytest.raises(DirectoryError, match=r"channels\.csv is no table in UTF-8"):
        load(folder, apply=False)

    for emptied in ("", "\n\n"):
        (folder / "channels.csv").write_text(emptied, encoding="utf-8")
        with pytest.raises(DirectoryError, match=r"channels\.csv is empty"):
            load(folder, apply=False)

    (folder / "channels.csv").unlink()
    with pytest.raises(DirectoryError, match=r"channels\.csv cannot be read"):
        load(folder, apply=False)


def test_regions_are_twenty_today_and_seventeen_in_2021():
    assert Region.objects.first_level().alive(TODAY).count() == 20
    assert Region.objects.first_level().alive(END_OF_2021).count() == 17
    assert dict(Region.objects.exclude(predecessor=None).values_list("code", "predecessor__code")) == {
        "KZ-10": "KZ-63",
        "KZ-33": "KZ-19",
        "KZ-62": "KZ-35",
        "KZ-61": "KZ-YUZ",
        "KZ-79": "KZ-YUZ",
    }


def test_populations_of_2021_add_up_to_the_nation_and_each_living_region_has_one_of_2024():
    in_2021 = Region.objects.filter(populations__on=date(2021, 1, 1)).values_list("populations__people", flat=True)
    in_2024 = Region.objects.filter(populations__on=date(2024, 12, 1))

    assert sum(in_2021) == 18_878_000
    assert set(in_2024) == set(Region.objects.first_level().alive(TODAY))


def test_capital_bore_another_name_from_2019_to_2022():
    name = RegionName.objects.get(region__code="KZ-71", name_en="Nur-Sultan")

    assert (name.valid_from, name.valid_to) == (date(2019, 3, 23), date(2022, 9, 16))


def test_central_bodies_of_2021_and_of_2025_are_alive_on_those_days():
    alive_then = set(Agency.objects.alive(END_OF_2021).values_list("code", flat=True))
    alive_later = set(Agency.objects.alive(APRIL_2025).values_list("code", flat=True))

    assert (len(BODIES_OF_2021), len(BODIES_OF_2025)) == (24, 32)
    assert set(BODIES_OF_2021) <= alive_then
    assert set(BODIES_OF_2025) <= alive_later


def test_bodies_that_ended_have_a_successor_that_lives_on_the_next_day():
    ended = Agency.objects.exclude(valid_to=None).select_related("successor")

    assert ended
    assert [body.code for body in ended if not body.successor] == []
    late = [b.code for b in ended if b.successor.valid_from and (b.successor.valid_from - b.valid_to).days != 1]
    assert late == []


def test_each_region_has_an_akimat_with_departments_below_it_and_ministries_have_their_own():
    for region in Region.objects.first_level().alive(TODAY):
        place = region.code.lower()
        bodies = {body.code: body for body in region.agencies.select_related("superior")}

        assert bodies[f"akimat.{place}"].superior.code == "government"
        assert bodies[f"akimat.utilities.{place}"].superior.code == f"akimat.{place}"
        assert bodies[f"police.territorial.{place}"].level == "central"
        assert {body.zone for body in bodies.values()} == {region.zone}


def test_each_district_lies_in_a_region_of_today_in_its_zone_and_has_an_akimat_below_the_regions():
    districts = Region.objects.exclude(superior=None).select_related("superior")

    assert districts.count() == 227
    for district in districts:
        region = district.superior
        akimat = district.agencies.select_related("superior", "function").get()
        assert district.code.startswith(f"{region.code}.")
        assert (district.zone, akimat.zone) == (region.zone, region.zone)
        assert region.is_alive(TODAY)
        assert (akimat.function.code, akimat.superior.code) == ("akimat.district", f"akimat.{region.code.lower()}")


def test_akimats_of_districts_are_named_by_the_district_and_its_region():
    semey = Agency.objects.get(code="akimat.district.kz-10.semey")
    esil = Agency.objects.get(code="akimat.district.kz-71.esil")

    assert (semey.name_kk, semey.name_ru, semey.name_en) == (
        "Абай облысы Семей қаласының әкімдігі",
        "Акимат города Семей области Абай",
        "Akimat of Semey city, Abai Region",
    )
    assert (esil.name_kk, esil.name_ru, esil.name_en) == (
        "Астана қаласы Есіл ауданы әкімінің аппараты",
        "Аппарат акима района Есиль города Астаны",
        "Office of the Akim of Esil District, Astana",
    )


def test_no_two_bodies_of_today_bear_the_same_name():
    for language in ("kk", "ru", "en"):
        names = list(Agency.objects.alive(TODAY).values_list(f"name_{language}", flat=True))
        assert len(names) == len(set(names))


def test_president_prime_minister_and_government_hear_no_complaints():
    deaf = Agency.objects.filter(complaint_instance=False).values_list("code", flat=True)

    assert set(deaf) == {"president", "president.office", "government", "prime_minister"}
    assert set(Agency.objects.filter(bound_by_code=False).values_list("code", flat=True)) == {
        "president",
        "president.office",
    }


def test_channels_are_those_of_table_1():
    channels = {c.code: (c.at_president, c.at_central, c.at_local) for c in Channel.objects.all()}

    assert channels == TABLE_1


@pytest.mark.parametrize("model", [Region, Agency, Function, Topic, Channel])
def test_names_are_given_in_three_languages_in_their_own_letters(model):
    for row in model.objects.all():
        assert row.name_kk
        assert row.name_ru
        assert row.name_en.isascii() or "–" in row.name_en, row.name_en


def test_topics_are_described_in_three_languages_and_stand_under_a_heading():
    topics = Topic.objects.exclude(group=None)

    assert topics.count() >= 45
    for topic in topics:
        for description in (topic.description_kk, topic.description_ru, topic.description_en):
            assert len(description.split()) >= 8, topic.code


def test_what_no_source_confirms_says_so():
    for model in (Region, Agency, Topic, Competence):
        assert not model.objects.filter(verified=False, note="").exists()
