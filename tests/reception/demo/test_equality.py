"""The bulk path writes what the verbs write, row by row."""

from datetime import date
from itertools import pairwise

import pytest
from django.core.management import call_command
from django.db import transaction

from appeals.enums import ClockKind, Status
from appeals.models import Appeal, Breach, Notice
from reception.domain.demonstration.by_verbs import by_verbs
from reception.domain.demonstration.in_bulk import in_bulk
from reception.domain.demonstration.schedule import Plan
from reception.domain.demonstration.staff import staff
from reception.domain.demonstration.story import Act, InScene, SendReply, Story
from reception.domain.demonstration.telling import stories
from reception.domain.demonstration.world import World
from tests.reception.demo.rows import stored

pytestmark = pytest.mark.django_db
PLAN = Plan(2500, 7, date(2026, 6, 10))
MOST = 72


@pytest.fixture
def world() -> World:
    staff(PLAN)
    return World(PLAN.until)


def varied(world: World) -> list[Story]:
    """One story of each shape: way in, kind, acts, their lateness, what became of its letters."""
    shapes: dict[tuple, Story] = {}
    for story in stories(PLAN, world):
        if story.is_scene:
            continue
        shapes.setdefault(shape(story), story)
    late = [story for told, story in shapes.items() if told[-1]]
    others = [story for told, story in shapes.items() if not told[-1]]
    step = max(1, len(others) // (MOST - len(late)))
    return sorted([*late, *others[::step]], key=lambda story: story.intake.received_at)


def shape(story: Story) -> tuple:
    instants = [story.intake.received_at, *(act.at for act in story.acts)]
    days = [(later - earlier).days for earlier, later in pairwise(instants)]
    is_answered = any(isinstance(act, SendReply) for act in story.acts)
    is_late = bool(days) and (days[0] > 7 or (is_answered and sum(days) > 33))
    verbs = tuple(type(act) for act in story.acts)
    intake = story.intake
    return (intake.form, intake.kind == "complaint", intake.applicant_type, story.mailbox, verbs, is_late)


def test_bulk_writes_the_rows_the_verbs_write(world):
    told = varied(world)
    assert len(told) >= 60

    before = transaction.savepoint()
    for story in told:
        by_verbs(story)
    by_the_verbs = stored()
    verbs_played = {type(act) for story in told for act in story.acts}
    breached = set(Breach.objects.values_list("kind", flat=True))
    endings = set(Appeal.objects.values_list("status", flat=True))
    bounced = Notice.objects.exclude(bounced_at=None).exists()
    transaction.savepoint_rollback(before)
    in_bulk(told, world)
    in_memory = stored()

    assert verbs_played == set(Act.__subclasses__()) - {InScene}
    assert breached >= {ClockKind.FORWARDING, ClockKind.REPLY}
    assert endings >= {Status.REGISTERED, Status.ANSWERED, Status.RETURNED, Status.TERMINATED}
    assert bounced
    for table, rows in by_the_verbs.items():
        assert in_memory[table] == rows, table
    assert in_memory.keys() == by_the_verbs.keys()


def test_bulk_leaves_histories_and_counts_that_verify(world, capsys):
    in_bulk(varied(world), world)

    call_command("verify_history")
    call_command("rebuild_counts", "--check")

    assert "verified" in capsys.readouterr().out
