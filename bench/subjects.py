"""What is measured: four pages, one act of a citizen, one sweep."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies.domain.calendar import local_dates
from agencies.models import Officer
from appeals.domain import breaches
from appeals.domain.numbering import slug
from appeals.enums import ClockKind
from appeals.models import Appeal, Clock
from bench.situation import Situation
from reception.web.session import DRAFT, OPEN_FOR, OPENED

CLOCKS = 1000
BATCHES, SMALL_BATCHES = 2, 10


@dataclass(frozen=True)
class Subject:
    """`run` is measured, `other` is the same with other rows, `bare` the least the same client can ask for.

    What writes is undone: `prepare` is SQL that comes before it in the same transaction. A sweep
    has several batches in one run.
    """

    name: str
    run: Callable[[], Any]
    other: Callable[[], Any]
    bare: Callable[[], Any] | None = None
    is_page: bool = True
    grows_little: bool = False
    prepare: str = ""
    batches: int = 1
    small_batches: int = 1


def subjects(situation: Situation) -> list[Subject]:
    busy, idle, overseer = map(signed_in, (situation.busy, situation.idle, situation.overseer))
    sender = citizen({DRAFT: str(situation.draft)})
    follower, stranger = (follower_of(appeal) for appeal in (situation.long, situation.short))
    queue, oversight, follow = reverse("desk:queue"), reverse("oversight:breaches"), reverse("reception:case")
    case, short = (page_of(appeal) for appeal in (situation.long, situation.short))
    send = partial(submit, sender, sender.cookies[settings.SESSION_COOKIE_NAME].value)
    return [
        Subject("queue", partial(page, busy, queue), partial(page, idle, queue), bare_for(busy), grows_little=True),
        Subject("case", partial(page, busy, case), partial(page, busy, short), bare_for(busy), grows_little=True),
        Subject("follow", partial(page, follower, follow), partial(page, stranger, follow), bare_for(follower)),
        Subject(
            "oversight",
            partial(page, overseer, f"{oversight}?period=last_12_months"),
            partial(page, overseer, f"{oversight}?period=last_12_months&bodies=all"),
            bare_for(overseer),
        ),
        Subject("submission", send, send, bare_for(sender), is_page=False),
        sweep(),
    ]


def sweep() -> Subject:
    """Terms that ran out yesterday and were not met after all, noted in two batches, and in ten."""
    zone, today = max(local_dates(timezone.now()), key=lambda local: clocks_in(local[0]))
    due, yesterday = met_in(zone), today - timedelta(days=1)
    prepare = (
        f"UPDATE {Clock._meta.db_table} SET met_on = NULL, due_on = '{yesterday}',"
        f" starts_on = LEAST(starts_on, '{yesterday}') WHERE id IN ({','.join(map(str, due))})"
    )
    return Subject(
        f"sweep, {len(due)} clocks",
        partial(note, zone, today, batches=BATCHES, limit=len(due) // BATCHES),
        partial(note, zone, today, batches=SMALL_BATCHES, limit=len(due) // SMALL_BATCHES),
        is_page=False,
        prepare=prepare,
        batches=BATCHES,
        small_batches=SMALL_BATCHES,
    )


def clocks_in(zone: str) -> int:
    return Clock.objects.in_zone(zone).count()


def met_in(zone: str) -> list[int]:
    """The last reply clock of a thousand answered appeals, one each, met in time; fewer in a small database."""
    met = Clock.objects.in_zone(zone).filter(kind=ClockKind.REPLY, breached_on=None).exclude(met_on=None)
    last = met.values("appeal").annotate(last=Max("pk")).order_by("-last").values_list("last", flat=True)
    found = list(last[:CLOCKS])
    return found[: len(found) // SMALL_BATCHES * SMALL_BATCHES]


def note(zone: str, on: date, *, batches: int, limit: int) -> None:
    for _ in range(batches):
        noted = breaches.note_missed(zone=zone, on=on, at=timezone.now(), limit=limit)
        if noted != limit:
            raise ValueError(f"The sweep noted {noted} clocks, not {limit}.")


def signed_in(officer: Officer) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(officer.user, settings.AUTHENTICATION_BACKENDS[0])
    return client


def citizen(kept: dict[str, Any]) -> Client:
    """A browser whose session keeps `kept`."""
    client = Client(SERVER_NAME="localhost")
    session = client.session
    session.update(kept)
    session.save()
    return client


def follower_of(appeal: Appeal) -> Client:
    until = timezone.now() + OPEN_FOR
    return citizen({OPENED: {"appeal": appeal.pk, "until": until.isoformat()}})


def page_of(appeal: Appeal) -> str:
    return reverse("desk:case", args=[slug(appeal.number)])


def bare_for(client: Client) -> Callable[[], Any]:
    return partial(page, client, reverse("bare"))


def submit(client: Client, session: str) -> None:
    """Send the draft. The new session it moves to is rolled back with everything else: the old one is kept."""
    answered(client.post, reverse("reception:check"), 302)
    client.cookies[settings.SESSION_COOKIE_NAME] = session


def page(client: Client, address: str) -> None:
    answered(client.get, address, 200)


def answered(ask: Callable[..., Any], address: str, status: int) -> None:
    """Ask, and insist on the answer: a refusal is quick and says nothing about the page."""
    response = ask(address)
    if response.status_code != status:
        raise ValueError(f"{address} answered {response.status_code}, not {status}.")
