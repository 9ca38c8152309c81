"""The command: fills once, resumes, refuses where it has no business; and what it fills looks like the country."""

from collections import Counter
from datetime import date
from io import StringIO
from itertools import islice

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.urls import reverse

from agencies.enums import Role
from agencies.models import Agency, Officer, User
from appeals.domain.history import faults
from appeals.domain.identifiers import is_bin, is_iin
from appeals.domain.statistics import rebuilding
from appeals.enums import ClockKind
from appeals.models import Appeal, BreachExplanation, Clock, CountDelta, Event, Extension, Hold, Notice, Reply
from reception.domain.demonstration import filling
from reception.domain.demonstration.by_verbs import by_verbs
from reception.domain.demonstration.people import person_name
from reception.domain.demonstration.schedule import Plan
from reception.domain.demonstration.shares import table
from reception.domain.demonstration.staff import PASSWORD, sign_ins, staff
from reception.domain.demonstration.story import CorrectTopic, Forward, PrepareReply, SendBack
from reception.domain.demonstration.telling import stories
from reception.domain.demonstration.world import World
from tests.factories import make_appeal

pytestmark = pytest.mark.django_db
UNTIL = date(2026, 6, 10)  # a Wednesday
SIZE = 60


@pytest.fixture
def demonstration(settings) -> None:
    reverse("home")  # the addresses are made once, and not those of a demonstration
    settings.DEMONSTRATION = True


def demo(**options: object) -> str:
    told = StringIO()
    call_command("demo", appeals=SIZE, until=UNTIL, stdout=told, **options)
    return told.getvalue()


def test_demo_fills_the_portal_and_the_second_run_does_nothing(demonstration):
    first, second = demo(), demo()

    assert f"{SIZE} appeals in" in first
    assert "already filled" in second
    assert Appeal.objects.count() == SIZE
    assert not CountDelta.objects.exists()


def test_demo_ended_in_the_middle_resumes_where_it_was(demonstration):
    plan = Plan(SIZE, 1, UNTIL)
    staff(plan)
    for story in islice(stories(plan, World(UNTIL)), 5):
        by_verbs(story)

    demo(seed=2)

    keys = Appeal.objects.order_by("pk").values_list("intake_key", flat=True)
    assert list(keys) == [plan.key(n) for n in range(SIZE)]


def test_demo_beside_real_appeals_is_refused_unless_told(demonstration):
    make_appeal()

    with pytest.raises(CommandError, match="real people"):
        demo()

    assert Appeal.objects.count() == 1
    demo(anyway=True)
    assert Appeal.objects.count() == SIZE + 1


def test_demo_outside_the_demonstration_is_refused_and_opens_no_sign_in_even_when_told():
    with pytest.raises(CommandError, match="no demonstration"):
        demo()

    demo(anyway=True)
    assert Appeal.objects.count() == SIZE
    assert not [user for user in User.objects.all() if user.has_usable_password()]
    assert not Officer.objects.filter(role__in=[Role.OVERSIGHT, Role.ADMINISTRATOR]).exists()
    with pytest.raises(CommandError, match="nobody can sign in"):
        demo(sign_ins=True)


def test_sign_ins_are_printed_and_open_the_door_to_their_posts(demonstration, rf):
    demo()

    printed = demo(sign_ins=True).splitlines()

    assert len(printed) == len(sign_ins()) == 10
    for line, (sign_in, body) in zip(printed, sign_ins(), strict=True):
        assert line.split()[:4] == [sign_in.email, PASSWORD, sign_in.role, sign_in.page]
        user = authenticate(rf.post("/"), email=sign_in.email, password=PASSWORD)
        assert user.posts.get().role == sign_in.role
        assert user.posts.get().agency == body


def test_every_body_but_the_president_has_somebody_for_every_act():
    staff(Plan(SIZE, 1, UNTIL))

    for role in (Role.REGISTRAR, Role.EXECUTOR, Role.HEAD):
        having = set(Officer.objects.in_office(UNTIL).filter(role=role).values_list("agency__code", flat=True))
        living = set(Agency.objects.alive(UNTIL).values_list("code", flat=True))
        assert living - having == {"president"}


def test_messages_of_the_past_are_delivered_and_some_recent_ones_are_owed(demonstration):
    demo()

    owed = Notice.objects.filter(medium="email", delivered_at=None, bounced_at=None)
    assert 10 <= owed.count() <= 80
    assert Notice.objects.exclude(delivered_at=None).exists()


def test_the_same_plan_is_told_in_the_same_words():
    plan = Plan(SIZE, 1, UNTIL)
    staff(plan)

    once, again, other = (
        [(story.intake.text, story.acts, story.intake.details) for story in stories(told, World(UNTIL))]
        for told in (plan, plan, Plan(SIZE, 2, UNTIL))
    )

    assert once == again
    assert once != other


def test_stories_have_the_published_shape():
    plan = Plan(5000, 1, UNTIL)
    staff(plan)
    world = World(UNTIL)
    told = list(stories(plan, world))
    shares = table("shares")

    assert len(told) == plan.appeals
    assert_like(Counter(story.intake.form for story in told), shares["forms"])
    assert_like(Counter(story.intake.kind for story in told), shares["kinds"])
    outcomes = Counter(act.answer.outcome for story in told for act in story.acts if isinstance(act, PrepareReply))
    assert_like(outcomes, shares["outcomes"])
    places = Counter(story.intake.region.code for story in told if story.intake.region)
    assert_like(places, {code: weight / 8033 for code, weight in world.region_weights.items()})
    without_region = sum(story.intake.region is None for story in told) / len(told)
    assert 0.005 < without_region < 0.02
    forwarded = sum(any(isinstance(act, Forward) for act in story.acts) for story in told) / len(told)
    assert 0.18 < forwarded < 0.23
    sent_back = sum(any(isinstance(act, SendBack) for act in story.acts) for story in told) / len(told)
    assert 0.001 < sent_back < 0.01
    corrected = sum(any(isinstance(act, CorrectTopic) for act in story.acts) for story in told) / len(told)
    assert 0.04 < corrected < 0.1
    in_district = sum(story.intake.district is not None for story in told) / len(told)
    assert 0.1 < in_district < 0.3


def assert_like(counted: Counter, shares: dict[str, float]) -> None:
    """Each share is met to two in a hundred."""
    total = counted.total()
    for name, share in shares.items():
        assert counted[name] / total == pytest.approx(share, abs=0.02), name


def test_open_cases_stand_at_every_distance_from_their_date():
    plan = Plan(500, 1, UNTIL)
    staff(plan)
    for story in stories(plan, world := World(UNTIL)):
        if story.intake.region and story.intake.region.code == "KZ-79" and story.intake.received_at.year == 2026:
            by_verbs(story)

    at_hand = Appeal.objects.open().filter(agency__code="akimat.utilities.kz-79")
    due = Clock.objects.running().filter(appeal__in=at_hand, kind=ClockKind.REPLY).values_list("due_on", flat=True)
    assert {world.calendar.between(UNTIL, day) for day in due} >= {*range(16), -1, -2, -4, -9}
    assert Reply.objects.filter(appeal__in=at_hand, signed_at=None).exists()
    assert {appeal.status for appeal in at_hand} == {"registered", "assigned", "in_review"}


def test_channels_are_those_their_level_has():
    plan = Plan(800, 1, UNTIL)
    staff(plan)

    for story in stories(plan, World(UNTIL)):
        channel = story.intake.channel
        assert channel.at_president or channel.at_central or channel.at_local
        assert channel.form == story.intake.form


def test_numbers_of_people_are_right_and_nobodys():
    plan = Plan(400, 1, UNTIL)
    staff(plan)

    for story in stories(plan, World(UNTIL)):
        number = story.intake.details["idn"]
        if story.intake.applicant_type == "firm":
            assert is_bin(number)
            assert number.startswith("50")
        else:
            assert is_iin(number)
            assert number[6] in "12"
        assert story.intake.details["email"].endswith((".test", "")) or not story.intake.details["email"]


def test_names_follow_the_person():
    lot = Plan(1, 1, UNTIL).lot("names")

    for _ in range(50):
        name = person_name(lot)
        assert name.endswith(("ұлы", "қызы"))
        assert len(name.split()) == 3


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_texts_have_enough_parts_in(language):
    phrases, matters = table(f"phrases_{language}"), table(f"matters_{language}")

    details = [line for lines in phrases["detail"].values() for line in lines]
    for parts in (phrases["opening"], details, phrases["request"]["application"], phrases["closing"]):
        assert len(set(parts)) >= 12
    topics = set(table("shares")["topics"])
    assert set(matters) == topics
    assert min(len(set(lines)) for lines in matters.values()) >= 3


def test_filling_tells_how_far_it_is():
    plan = Plan(SIZE, 1, UNTIL)

    there = list(filling.fill(plan))

    assert there == sorted(there)
    assert there[-1] == SIZE
    assert filling.begun() == (plan, SIZE)


def test_mailbox_outside_the_demonstration_is_not_found(client):
    assert client.get("/demonstration/mailbox/").status_code == 404


def test_demo_lets_officials_answer_for_breaches_and_wait_for_applicants_once(demonstration):
    demo()
    told = BreachExplanation.objects.count(), Extension.objects.count(), Hold.objects.count()

    demo()

    assert all(told)
    assert (BreachExplanation.objects.count(), Extension.objects.count(), Hold.objects.count()) == told
    assert rebuilding.differences() == []
    assert not list(faults(Event.objects.select_related("appeal", "words").order_by("appeal_id", "seq")))
