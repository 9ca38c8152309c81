"""Stories played in memory and stored by COPY: the same rows as by the verbs, a hundred times faster."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.db import transaction
from django.db.models import prefetch_related_objects

from appeals.domain import numbering
from appeals.models import Appeal, AppealText, Applicant, Clock, Coupon, EventText, Routing, Signature, Suggestion
from reception.domain.demonstration.case import TABLES, Case, Rows
from reception.domain.demonstration.copying import copy, drawn_ids, numbered
from reception.domain.demonstration.story import Story
from reception.domain.demonstration.world import World

BLOCK = 500
# what has its key before it is stored
KEYED = (Applicant, Appeal, AppealText, Routing, Signature, Suggestion, Coupon, Clock, EventText)


@transaction.atomic
def in_bulk(stories: Sequence[Story], world: World) -> None:
    """Play `stories`, all at once or not at all. Memory grows with how many are handed in together."""
    clock_ids = _clock_ids()
    cases = [Case(story, world, clock_ids) for story in stories]
    for case, number, appeal_id in zip(cases, _numbers(cases), drawn_ids(Appeal, len(cases)), strict=True):
        case.enter(number, appeal_id)
    prefetch_related_objects([case.appeal for case in cases], "attachments")  # none, and nobody asks again
    rows: Rows = defaultdict(list)
    for case in cases:
        for model, made in case.play().items():
            rows[model] += made
    _store(rows)


def _store(rows: Rows) -> None:
    for model in TABLES:
        if not rows[model]:
            continue
        if model is EventText:
            for words in rows[model]:
                words.event_id = words.event.pk
        elif model not in KEYED:
            numbered(rows[model])
        copy(rows[model])


def _clock_ids() -> Iterator[int]:
    while True:
        yield from drawn_ids(Clock, BLOCK)


def _numbers(cases: Sequence[Case]) -> list[str]:
    """The number of each case, drawn from the series of its kind of applicant and year."""
    wanted: dict[tuple[str, int], list[int]] = defaultdict(list)
    for n, case in enumerate(cases):
        wanted[numbering.PREFIXES[case.intake.applicant_type], case.registered_on.year].append(n)
    numbers = [""] * len(cases)
    for (prefix, year), places in wanted.items():
        for n, serial in zip(places, numbering.draw(numbering.series(prefix, year), len(places)), strict=True):
            numbers[n] = numbering.numbered(prefix, year, serial)
    return numbers
