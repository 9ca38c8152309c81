"""What is measured at two sizes of the demonstration: four pages and one act of a citizen."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies.models import Officer
from appeals.domain.numbering import slug
from appeals.models import Appeal
from bench.situation import Situation
from reception.web.session import DRAFT, OPEN_FOR, OPENED


@dataclass(frozen=True)
class Subject:
    """`run` is measured, `other` is the same with other rows, `bare` the least the same client can ask for.

    What writes is undone.
    """

    name: str
    run: Callable[[], Any]
    other: Callable[[], Any]
    bare: Callable[[], Any] | None = None
    is_page: bool = True
    grows_little: bool = False


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
    ]


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
