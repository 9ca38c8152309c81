"""A changed table of competence, tried on what was registered."""

import csv
import io
import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from agencies.domain.atlas import Atlas
from agencies.enums import Role
from agencies.errors import DirectoryError
from agencies.models import Agency, Competence, Region, Topic
from appeals.domain.registration import register
from appeals.domain.trial import a_year_before, facts, try_rules
from appeals.models import Appeal, Event
from tests.factories import MONDAY, make_appeal, make_intake, make_officer

pytestmark = pytest.mark.django_db

TODAY = date(2026, 2, 10)
SHIPPED = settings.BASE_DIR / "agencies" / "data" / "kz" / "competences.csv"
UTILITIES, LAND, WATER = "akimat.utilities.kz-79", "akimat.land.kz-79", "ministry.water"


def table(*more: dict[str, str], without: str = "") -> bytes:
    """The shipped file without the rules of one topic, and with `more`."""
    with SHIPPED.open(newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        columns, rows = list(reader.fieldnames or ()), [row for row in reader if row["topic"] != without]
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="")
    writer.writeheader()
    writer.writerows([*rows, *({"in_district": "0", "verified": "0"} | row for row in more)])
    return out.getvalue().encode()


def tried(content: bytes, **days: date) -> dict[str, Any]:
    standing = Atlas.read()
    changed = standing.with_rules_of("changed.csv", io.BytesIO(content))
    return facts(try_rules(standing, changed, **{"since": a_year_before(TODAY), "on": TODAY} | days))


def topic(code: str) -> Topic:
    return Topic.objects.get(code=code)


@pytest.fixture
def registered() -> list[Appeal]:
    return [
        make_appeal(),
        make_appeal(topic=topic("waste")),
        make_appeal(topic=topic("waste")),
        make_appeal(topic=topic("waste"), region=None),
        make_appeal(topic=None),
    ]


def test_the_same_table_sends_nothing_elsewhere(registered):
    assert tried(table()) == {
        "since": "2025-02-10", "on": "2026-02-10", "appeals": 5, "elsewhere": 0,
        "triage": {"now": 2, "then": 2}, "moves": [], "further_moves": 0,
    }  # fmt: skip


def test_a_changed_rule_tells_from_whom_to_whom_and_by_topic(registered):
    changed = table({"topic": "waste", "region": "KZ-79", "agency": LAND}, {"topic": "waste", "agency": WATER})
    result = tried(changed.replace(b"waste,,0,,,,,,akimat.utilities", b"waste,,0,inquiry,,,,,akimat.utilities"))

    assert (result["appeals"], result["elsewhere"]) == (5, 3)
    assert result["triage"] == {"now": 2, "then": 1}
    assert result["moves"] == [
        {"from": UTILITIES, "to": LAND, "appeals": 2, "topics": {"waste": 2}},
        {"from": "president.office", "to": WATER, "appeals": 1, "topics": {"waste": 1}},
    ]


def test_a_rule_taken_out_sends_to_triage(registered):
    result = tried(table(without="waste"))

    assert result["triage"] == {"now": 2, "then": 4}
    assert result["moves"] == [{"from": UTILITIES, "to": "president.office", "appeals": 2, "topics": {"waste": 2}}]


def test_a_rule_for_a_district_moves_only_what_is_in_it(registered):
    Appeal.objects.filter(pk=registered[1].pk).update(district=Region.objects.get(code="KZ-79.abai"))

    result = tried(table({"topic": "waste", "region": "KZ-79.abai", "agency": LAND}))

    assert result["moves"] == [{"from": "akimat.district.kz-79.abai", "to": LAND, "appeals": 1, "topics": {"waste": 1}}]


def test_a_special_law_moves_complaints():
    make_appeal(kind="complaint", complained_of=Agency.objects.get(code=UTILITIES))
    special = {"topic": "housing.utilities", "kind": "complaint", "complained_of": UTILITIES}

    allowed = tried(table(special | {"agency": WATER}))
    barred = tried(table(special | {"agency": UTILITIES}))

    assert allowed["moves"] == [{"from": UTILITIES, "to": WATER, "appeals": 1, "topics": {"housing.utilities": 1}}]
    assert barred["moves"] == []


def test_only_appeals_of_the_days_that_competence_sent_are_tried(registered):
    holder = Agency.objects.get(code=UTILITIES)
    register(make_intake(topic=topic("waste"), holder=holder), at=MONDAY, by=make_officer(role=Role.REGISTRAR))

    everything = tried(table(without="waste"))
    later = tried(table(without="waste"), since=MONDAY.date() + timedelta(days=1))

    assert everything["appeals"] == 5
    assert later["appeals"] == 0


def test_a_rule_for_later_is_tried_by_asking_about_a_later_day(registered):
    changed = table({"topic": "waste", "region": "KZ-79", "agency": LAND, "valid_from": "2026-03-01"})

    assert tried(changed)["elsewhere"] == 0
    assert tried(changed, on=date(2026, 3, 1))["elsewhere"] == 2


def test_a_trial_writes_nothing_and_asks_the_database_the_same_however_many_appeals(
    registered, django_assert_num_queries
):
    before = (Competence.objects.count(), Event.objects.count())
    for _ in range(3):
        with django_assert_num_queries(5):
            tried(table(without="waste"))
        make_appeal(topic=topic("tourism"))

    assert Competence.objects.count() == before[0]
    assert Event.objects.count() == before[1] + 6


def test_only_the_twenty_largest_moves_are_told(registered):
    for region in Region.objects.first_level().alive(TODAY)[:20]:
        for code in ("sport", "culture"):
            make_appeal(topic=topic(code), region=region)

    result = tried(table().replace(b"akimat.sport", b"akimat.land").replace(b"akimat.culture", b"akimat.land"))

    assert (len(result["moves"]), result["further_moves"], result["elsewhere"]) == (20, 20, 40)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", r"bad.csv is empty: not even the columns are named\."),
        (b"topic,agency\nwaste,ministry.water\n", r"bad.csv, line 2: the column region is missing\."),
        (table({"topic": "none", "agency": WATER}), r"bad.csv, line \d+: topic 'none' is unknown\."),
        (table({"topic": "waste", "region": "KZ-99", "agency": WATER}), r"line \d+: region 'KZ-99' is unknown\."),
        (table({"topic": "waste", "kind": "report"}), r"line \d+: a competence names either a body or a function\."),
        (table({"topic": "waste", "agency": WATER}), r"line \d+: waste False already stands in line \d+\."),
        (table({"topic": "waste", "agency": WATER, "valid_from": "soon"}), r"line \d+: valid_from 'soon': "),
        (b"\xff\xfe\x00", r"bad.csv is no table in UTF-8"),
        (b'topic,"\n', r"bad.csv is no table in UTF-8|line 1"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_with_its_line(content, sentence):
    with pytest.raises(DirectoryError, match=sentence):
        Atlas.read().with_rules_of("bad.csv", io.BytesIO(content))


def test_a_file_saved_by_a_spreadsheet_with_a_mark_at_its_head_is_read():
    standing = Atlas.read()

    assert len(standing.with_rules_of("x.csv", io.BytesIO(b"\xef\xbb\xbf" + table())).rules) == len(standing.rules)


def test_try_competence_prints_the_figures_and_as_json_the_same(registered, tmp_path):
    file = tmp_path / "changed.csv"
    file.write_bytes(table(without="waste"))
    out, machine = io.StringIO(), io.StringIO()

    call_command("try_competence", str(file), "--on", "2026-02-10", stdout=out)
    call_command("try_competence", str(file), "--on", "2026-02-10", "--since", "2026-02-01", "--json", stdout=machine)

    assert out.getvalue().splitlines() == [
        "2025-02-10 to 2026-02-10: 5 appeals sent by competence",
        "would have gone elsewhere: 2 (40.0%)",
        "triage: 2 now, 4 with the changed table",
        "",
        "      2  akimat.utilities.kz-79  Department of Energy and Infrastructure Development of Shymkent",
        "      →  president.office  Administration of the President of the Republic of Kazakhstan",
        "         waste 2",
    ]
    assert json.loads(machine.getvalue()) | {"since": ""} == tried(table(without="waste")) | {"since": ""}


def test_try_competence_refuses_a_bad_file_in_one_line(tmp_path):
    file = tmp_path / "changed.csv"
    file.write_text("topic\nwaste\n")

    with pytest.raises(CommandError, match=r"changed.csv, line 2: the column region is missing"):
        call_command("try_competence", str(file))
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("try_competence", str(tmp_path / "none.csv"))


def test_try_competence_from_after_the_day_asked_about_is_refused_in_one_line():
    with pytest.raises(CommandError, match=r"^No appeal lies between 2026-03-01 and 2026-02-10: [^\n]+$"):
        call_command("try_competence", str(SHIPPED), "--on", "2026-02-10", "--since", "2026-03-01")


def test_what_went_to_the_police_at_once_is_moved_by_the_rules_for_theirs_alone():
    urgent = make_appeal(topic=topic("waste"), text="Сосед угрожает убить меня ножом.")
    moved = {name: table({"topic": name, "agency": WATER}, without=name) for name in ("waste", "security.police")}

    told = {name: tried(content) for name, content in moved.items()}

    assert urgent.agency.code == "police.territorial.kz-79"
    assert (told["waste"]["appeals"], told["waste"]["elsewhere"]) == (1, 0)
    assert [(move["from"], move["to"]) for move in told["security.police"]["moves"]] == [(urgent.agency.code, WATER)]


def test_a_year_before_the_leap_day_is_the_last_of_february():
    assert a_year_before(date(2028, 2, 29)) == date(2027, 2, 28)
    assert a_year_before(date(2026, 11, 22)) == date(2025, 11, 22)
