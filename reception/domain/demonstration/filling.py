"""Fills a database with a demonstration: the past in bulk, scenes and the last days by the verbs; resumes."""

from collections.abc import Iterator, Sequence
from itertools import groupby, islice

from appeals.domain.statistics import folding
from appeals.models import Appeal
from reception.domain.demonstration.by_verbs import by_verbs
from reception.domain.demonstration.in_bulk import in_bulk
from reception.domain.demonstration.schedule import PREFIX, Plan, planned
from reception.domain.demonstration.staff import is_staffed, staff
from reception.domain.demonstration.story import Story
from reception.domain.demonstration.telling import stories
from reception.domain.demonstration.world import World

TOGETHER = 1000  # stories in memory at a time
BY_VERBS = 60  # the last stories, at most one in ten; scenes besides
TOLD_EVERY = 20  # stories played by the verbs
FOLDED_TOGETHER = 50_000


def begun() -> tuple[Plan, int] | None:
    """The plan of the demonstration in this database, and how many of its appeals are there; or none."""
    keys = Appeal.objects.filter(intake_key__startswith=PREFIX).order_by("-pk").values_list("intake_key", flat=True)
    last = keys.first()
    if last is None:
        return None
    plan, index = planned(last)
    return plan, index + 1


def has_strangers() -> bool:
    """Whether there are appeals that belong to no demonstration."""
    return Appeal.objects.exclude(intake_key__startswith=PREFIX).exists()


def fill(plan: Plan, *, done: int = 0) -> Iterator[int]:
    """Bring in what `plan` has beyond its first `done` appeals; yields how many there are, again and again."""
    if not is_staffed():
        staff(plan)
    world = World(plan.until)
    last = plan.appeals - min(BY_VERBS, plan.appeals // 10)
    told = enumerate(stories(plan, world, after=done), start=done + 1)
    for is_for_verbs, run in groupby(told, key=lambda one: one[1].is_scene or one[0] > last):
        while together := list(islice(run, TOLD_EVERY if is_for_verbs else TOGETHER)):
            _play([story for _, story in together], world, is_for_verbs=is_for_verbs)
            yield together[-1][0]
    fold()


def _play(together: Sequence[Story], world: World, *, is_for_verbs: bool) -> None:
    if is_for_verbs:
        for story in together:
            by_verbs(story)
    else:
        in_bulk(together, world)
        fold()


def fold() -> None:
    """Add up all that was counted."""
    while folding.fold(limit=FOLDED_TOGETHER):
        pass
