"""The scenes written by hand: played by the verbs, they show what is too rare for chance."""

from datetime import date

import pytest

from agencies.enums import Role
from agencies.models import Officer
from appeals.domain import crowds, urgent_queue
from appeals.domain.disputes import heard_by
from appeals.enums import EventKind, Kind, Status
from appeals.models import Appeal, Event, Group, Reply, Urgency
from reception.domain.demonstration.by_verbs import by_verbs
from reception.domain.demonstration.scenes import scenes
from reception.domain.demonstration.schedule import Plan
from reception.domain.demonstration.shares import table
from reception.domain.demonstration.staff import staff
from reception.domain.demonstration.telling import stories
from reception.domain.demonstration.world import World

pytestmark = pytest.mark.django_db
UNTIL = date(2026, 6, 10)
PLAN = Plan(1000, 1, UNTIL)


def post(email: str) -> Officer:
    return Officer.objects.get(user__email=email)


def play(plan: Plan) -> list[Appeal]:
    staff(plan)
    return [by_verbs(story) for story in stories(plan, World(plan.until)) if story.is_scene]


def test_scenes_show_what_visitors_are_sent_to_see():
    at = PLAN.noon
    assert len(play(PLAN)) == len(scenes())

    office, police = post("duty@office.test"), post("duty@police.test")
    unsettled = [line for line in urgent_queue.lines(office, at=at) if not line.urgency.settled_at]
    assert {line.appeal.agency.code for line in unsettled} == {"police.territorial.kz-79", "akimat.utilities.kz-79"}
    assert urgent_queue.lines(police, at=at)[0].urgency.settled_at is None
    assert set(Urgency.objects.values_list("is_real", flat=True)) == {None, True, False}
    assert Urgency.objects.count() == len(table("scenes/urgent")["scene"])

    left = heard_by(post("head@akimat.test"))
    assert sorted(dispute.to is None for dispute in left) == [False, True, True]

    head = post("head@shymkent.test")
    offered = [crowd for crowd in crowds.crowds(head, on=UNTIL) if crowd.is_alike]
    assert [(len(crowd.numbers), crowd.people) for crowd in offered][:2] == [(6, 6), (4, 4)]
    group = Group.objects.get(agency=head.agency)
    prepared = Reply.objects.filter(appeal__group=group, signed_at=None)
    assert (prepared.count(), prepared.values("text", "law", "remedy").distinct().count()) == (5, 1)

    assert Appeal.objects.filter(parent__isnull=False, agency__code="akimat.education.kz-79").count() == 1
    assert Appeal.objects.filter(previous__isnull=False, status=Status.IN_REVIEW).count() == 1
    complaints = Appeal.objects.filter(kind=Kind.COMPLAINT, agency=head.agency)
    assert set(complaints.values_list("status", flat=True)) == {Status.ANSWERED, Status.REGISTERED}
    assert Event.objects.filter(kind=EventKind.SENT_BACK).count() == 2


def test_scenes_that_end_on_a_day_off_among_holidays_leave_nobody_late():
    play(Plan(1000, 1, date(2026, 5, 10)))

    late = Event.objects.filter(kind=EventKind.BREACHED).values_list("appeal__content__text", "data")
    assert list(late) == []


def test_small_demonstration_has_the_first_scenes_only():
    plan = Plan(100, 1, UNTIL)
    staff(plan)

    written = [story for story in stories(plan, World(UNTIL)) if story.is_scene]

    assert len(written) == 5
    assert sorted(story.intake.text for story in written) == sorted(scene.text for scene in scenes()[:5])


def test_police_and_the_office_have_somebody_on_duty():
    staff(PLAN)

    on_duty = set(Officer.objects.filter(role=Role.DUTY).values_list("agency__code", flat=True))

    assert {"president.office", "police.territorial.kz-79"} <= on_duty
    assert "akimat.utilities.kz-79" not in on_duty
