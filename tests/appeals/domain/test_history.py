"""Nothing on record changes unnoticed."""

from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from agencies.enums import Role
from appeals.domain import access, anchors, breaches, history
from appeals.domain.assignment import accept, assign
from appeals.domain.forwarding import forward
from appeals.models import AccessRecord, Anchor, Appeal, Breach, Event, EventText
from tests.factories import MONDAY, make_appeal, make_officer

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def appeal() -> Appeal:
    """Registered, accepted, forwarded: four lines."""
    appeal, registrar = make_appeal(), make_officer(role=Role.REGISTRAR)
    accept(appeal, by=registrar, at=MONDAY + DAY)
    forward(appeal, make_officer("ministry.health").agency, by=registrar, at=MONDAY + DAY, reason="Theirs")
    return appeal


def faults() -> list[str]:
    events = Event.objects.select_related("appeal", "words").order_by("appeal_id", "seq")
    return [fault for _, fault in history.faults(events)]


def by_hand(statement: str, *values: object) -> None:
    """Change a row as somebody with the database's own rights would."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement, values)
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_verify_an_untouched_history_finds_nothing(appeal):
    assert faults() == []
    call_command("verify_history", verbosity=0)


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE appeals_event SET kind = 'assigned' WHERE seq = 3", "column"),
        ("UPDATE appeals_event SET data = '{}' WHERE seq = 4", "column"),
        ("UPDATE appeals_event SET at = at + interval '1 day' WHERE seq = 3", "column"),
        ("UPDATE appeals_event SET canonical = replace(canonical, 'accepted', 'assigned') WHERE seq = 3", "hash"),
        ("DELETE FROM appeals_event WHERE seq = 3", "gap"),
        ("UPDATE appeals_eventtext SET text = 'Ours'", "text"),
    ],
)
def test_verify_a_line_changed_by_hand_is_found(appeal, statement, fault):
    by_hand(statement)

    assert faults()[0] == fault
    with pytest.raises(CommandError, match="broken lines"):
        call_command("verify_history", appeal=appeal.number)


def test_erasing_free_text_leaves_the_chain_whole(appeal):
    EventText.objects.all().delete()

    assert faults() == []


def test_anchor_covers_what_was_written_and_finds_a_history_rewritten_whole(appeal, tmp_path):
    anchored = anchors.anchor(on=date(2026, 2, 3), folder=tmp_path)

    assert anchored.events == Event.objects.count()
    assert anchored.digest in (tmp_path / "anchors.txt").read_text()
    assert anchors.anchor(on=date(2026, 2, 3), folder=tmp_path) is None
    assert anchors.broken() == []

    by_hand("UPDATE appeals_event SET hash = sha256(hash) WHERE seq = 4")
    assert anchors.broken() == [date(2026, 2, 3)]


def test_anchor_twice_a_day_keeps_the_first(appeal, tmp_path):
    anchors.anchor(on=date(2026, 2, 3), folder=tmp_path)
    make_appeal()
    anchors.anchor(on=date(2026, 2, 4), folder=tmp_path)

    assert [anchor.day for anchor in Anchor.objects.all()] == [date(2026, 2, 3), date(2026, 2, 4)]
    assert anchors.broken() == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE appeals_event SET seq = 9",
        "DELETE FROM appeals_event",
        "UPDATE appeals_accessrecord SET purpose = ''",
        "DELETE FROM appeals_accessrecord",
        "UPDATE appeals_breach SET due_on = due_on + 1",
        "UPDATE appeals_breach SET agency_id = agency_id + 1",
        "DELETE FROM appeals_breach",
        "UPDATE appeals_countdelta SET day = day + 1",
    ],
)
def test_what_is_on_record_the_database_itself_refuses_to_change(appeal, statement):
    breaches.note_missed(zone="Asia/Almaty", on=date(2026, 5, 1), at=MONDAY, limit=100)
    access.read_applicant(appeal, by=make_officer(role=Role.HEAD), at=MONDAY, purpose="complaint by phone")
    assert Breach.objects.exists()

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_reading_personal_data_is_journalled_unless_the_case_is_ones_own(appeal):
    executor, other = make_officer("ministry.health"), make_officer("ministry.health", Role.HEAD)
    assign(appeal, executor, by=other, at=MONDAY + DAY)
    appeal.refresh_from_db()

    assert access.read_applicant(appeal, by=executor, at=MONDAY)["name"] == "Сынақ Азамат"
    assert not AccessRecord.objects.exists()

    access.read_applicant(appeal, by=other, at=MONDAY, purpose="Checking the address")
    record = AccessRecord.objects.get()
    assert (record.officer, record.appeal, record.purpose) == (other, appeal, "Checking the address")


def test_verify_of_an_appeal_that_does_not_exist_is_an_error():
    with pytest.raises(CommandError, match="no appeal"):
        call_command("verify_history", appeal="ЖТ-2026-99999999")
