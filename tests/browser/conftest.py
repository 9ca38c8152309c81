"""A real web server over a small filled database, and a real Chromium."""

import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.db.models import Model
from django.test import override_settings
from django.utils import timezone
from playwright.sync_api import Browser, sync_playwright

from agencies.enums import Role
from agencies.models import Officer
from appeals.domain import breaches, coupons
from appeals.domain.assignment import assign
from appeals.domain.disputes import dispute
from appeals.domain.extensions import ask_extension
from appeals.domain.forwarding import forward
from appeals.domain.grouping import open_group
from appeals.domain.hearings import notify_hearing
from appeals.domain.holds import hold
from appeals.domain.numbering import slug
from appeals.domain.replies import Answer, prepare_reply
from appeals.enums import ClockKind, HearingWay, Outcome
from appeals.models import Breach
from tests.appeals.domain.statistics.situations import answered
from tests.databases import clone
from tests.factories import make_appeal, make_officer
from tests.workers import ROOT, until

CHROMIUM = "/usr/bin/chromium"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DAY = timedelta(days=1)
TOPICS = ["housing.utilities", "roads.local", "education.school", "health.care", "land.allocation"]
REGIONS = ["KZ-79", "KZ-75", "KZ-71", "KZ-61", None]


@dataclass(frozen=True)
class Site:
    """Where it answers, who can sign in, and what there is to look at; `signed_in` holds cookies by e-mail."""

    address: str
    official: str
    registrar: str
    overseer: str
    slug: str
    key: str
    running: str
    held: str
    held_key: str
    breach: int
    decider: str
    urgent: str
    dispute: int
    group: int
    signed_in: dict[str, list[Any]] = field(default_factory=dict)


@pytest.fixture(scope="session")
def site(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Site]:
    with django_db_blocker.unblock(), clone() as database:
        with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.Argon2PasswordHasher"]):
            filled = fill()
        with served(database, tmp_path_factory.mktemp("web")) as address:
            yield Site(address, **filled)


@pytest.fixture(scope="session")
def chromium(site: Site) -> Iterator[Browser]:
    """Started after the site is filled and ended before it is put away: its event loop bars the database."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


def fill() -> dict[str, Any]:
    """Shymkent's utilities with appeals new, late, in review; some in other regions; breaches on record."""
    now = timezone.now()
    head = make_officer(role=Role.HEAD)
    executor = make_officer(role=Role.EXECUTOR)
    overseer = make_officer("president.office", Role.OVERSIGHT)
    for days in (0, 1, 2, 4, 8, 16, 30, 45, 60):
        for topic, region in zip(TOPICS, REGIONS, strict=True):
            make_appeal(at=now - days * DAY, topic=named("Topic", topic), region=named("Region", region))
    shown = make_appeal(at=now - 25 * DAY, language="kk")
    assign(shown, executor, by=head, at=now - 24 * DAY)
    while breaches.note_missed(zone="Asia/Almaty", on=timezone.localdate(), at=now, limit=500):
        pass
    notify_hearing(shown, decision="Жартылай қанағаттандыру.", way=HearingWay.WRITTEN, by=executor, at=now - 9 * DAY)
    answer = Answer(Outcome.PARTLY, "Жылу қосылды.", "Заңның 27-бабы", "Үш ай ішінде шағым жасауға болады.")
    prepare_reply(shown, answer, by=executor, at=now)
    for topic in TOPICS:
        answered(make_appeal(at=now - 40 * DAY, topic=named("Topic", topic)), at=now)
    running, held = (assign(make_appeal(at=now), executor, by=head, at=now) for _ in range(2))
    until_day = running.clocks.get(kind=ClockKind.REPLY).due_on + 7 * DAY
    ask_extension(running, until=until_day, reason="Жерінде тексеру керек.", by=executor, at=now)
    hold(held, missing="Пәтердің нөмірін көрсетіңіз.", days=5, by=executor, at=now)
    return routed(head, now) | {
        "official": head.user.email,
        "registrar": make_officer(role=Role.REGISTRAR).user.email,
        "running": slug(running.number),
        "held": slug(held.number),
        "held_key": coupons.key_of(held),
        "breach": Breach.objects.filter(agency=head.agency).latest("pk").pk,
        "overseer": overseer.user.email,
        "slug": slug(shown.number),
        "key": coupons.key_of(shown),
    }


def routed(head: Officer, now: datetime) -> dict[str, Any]:
    """Doors: an urgent appeal, one whose competence the akimat decides, like ones of which three are a group."""
    decider = make_officer("akimat.kz-79", Role.HEAD)
    urgent = make_appeal(at=now, topic=None, text="Көршім мені өлтіремін деп қорқытып жүр, балаларым үшін қорқамын.")
    alike = [make_appeal(at=now - n * DAY, details={"name": f"Тұрғын {n}"}) for n in range(5)]
    group = open_group(alike[:3], name="Шымкенттегі жылу", by=head, at=now)
    moved, by = make_appeal(at=now), head
    for code in ("akimat.education.kz-79", "akimat.health.kz-79"):
        moved = forward(moved, named("Agency", code), by=by, at=now, reason="Біздің құзыретімізге жатпайды.")
        by = make_officer(code, Role.HEAD)
    left = dispute(moved, by=by, at=now, reason="Бұл да біздің мәселе емес.", proposed=head.agency)
    return {"decider": decider.user.email, "urgent": slug(urgent.number), "dispute": left.pk, "group": group.pk}


def named(model: str, code: str | None) -> Model | None:
    return apps.get_model("agencies", model).objects.get(code=code) if code else None


@contextmanager
def served(database: str, folder: Path) -> Iterator[str]:
    """The address of a gunicorn that serves `database`."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"127.0.0.1:{free.getsockname()[1]}"
    url = urlsplit(os.environ["DATABASE_URL"])
    environment = {
        **os.environ,
        "DATABASE_URL": f"{url.scheme}://{url.netloc}/{database}?{url.query}",
        "DJANGO_SETTINGS_MODULE": "config.settings.local",
        "DEMONSTRATION": "1",
    }
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", address, "--threads", "4"]
    with (folder / "web.log").open("wb") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        until(lambda: is_up(f"http://{address}/healthz"))
        yield f"http://{address}"
    finally:
        server.terminate()
        server.wait()


def is_up(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310
            return answer.status == 200
    except OSError:
        return False
