"""The daily anchor: one digest over all lines written up to the end of a day, kept outside the database too.

Whoever rewrites a whole history, hashes and all, would have to rewrite every anchor since, and
the copies of them that others hold.
"""

from datetime import date
from hashlib import sha256
from pathlib import Path

from django.db import connection, transaction
from django.db.models import Max

from appeals.models import Anchor, Event

BEGINNING = "0" * 64


def anchor(*, on: date, folder: Path) -> Anchor | None:
    """Anchor what was written since the last anchor, as of the local date `on`; once a day, none when nothing was."""
    made = _anchored(on, _last_line())
    if made:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "anchors.txt").open("a", encoding="utf-8") as copy:
            copy.write(f"{made.day} {made.last_event} {made.events} {made.digest}\n")
    return made


@transaction.atomic
def _anchored(on: date, until: int) -> Anchor | None:
    last = Anchor.objects.select_for_update().order_by("-day").first()
    if last and last.day >= on:
        return None
    after, previous = (last.last_event, last.digest) if last else (0, BEGINNING)
    events, last_event, digest = _digest(previous, after, until)
    if not events:
        return None
    return Anchor.objects.create(day=on, last_event=last_event, events=events, digest=digest)


def broken() -> list[date]:
    """The days whose anchor no longer fits the lines it covers."""
    wrong, after, previous = [], 0, BEGINNING
    for anchored in Anchor.objects.order_by("day"):
        events, _, digest = _digest(previous, after, anchored.last_event)
        if (events, digest) != (anchored.events, anchored.digest):
            wrong.append(anchored.day)
        after, previous = anchored.last_event, anchored.digest
    return wrong


@transaction.atomic
def _last_line() -> int:
    """The last line on record, once whoever was still writing has committed: no lower one can appear later."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE appeals_event IN SHARE MODE")
    return Event.objects.aggregate(last=Max("pk"))["last"] or 0


def _digest(previous: str, after: int, until: int) -> tuple[int, int, str]:
    """How many events come after `after` up to `until`, the last of them, and the digest over their hashes."""
    events = Event.objects.filter(pk__gt=after, pk__lte=until).order_by("pk")
    seal, n, last = sha256(previous.encode()), 0, after
    for pk, hash_ in events.values_list("pk", "hash").iterator():
        seal.update(bytes(hash_))
        n, last = n + 1, pk
    return n, last, seal.hexdigest()
