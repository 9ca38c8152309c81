"""PostgreSQL and Valkey for one purpose: those of the environment, or private ones while a block runs."""

import contextlib
import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import Literal

from config.local.binaries import give, home, socket_folder
from config.local.children import Child, end_orphan, identity, is_living
from config.local.places import VAR, Trouble, locked
from config.local.postgres import Postgres, make_cluster
from config.local.valkey import Valkey

Purpose = Literal["test", "bench"]
TESTS = VAR / "test"
BENCH = VAR / "bench"
PAUSES = (0.5, 2.0)


@dataclass(frozen=True)
class Urls:
    """`database_url` for `DATABASE_URL`, `redis_url` (`unix:///path?db=0` or `redis://…`) for `REDIS_URL`.

    A private database can be restarted.
    """

    database_url: str
    redis_url: str
    restart_database: Callable[[], None] | None = None


class Running:
    """A private server, and the process that is it now."""

    def __init__(self, server: Postgres | Valkey) -> None:
        self.server, self.child = server, begin(server)

    def stop(self) -> None:
        self.child.stop()

    def restart(self) -> None:
        self.stop()
        self.child = begin(self.server)


@contextlib.contextmanager
def servers(purpose: Purpose) -> Iterator[Urls]:
    """Both servers, up, until the block ends; what `DATABASE_URL` and `REDIS_URL` name is used as it is.

    "test" is thrown away afterwards and meets no other run; "bench" stays in `var/bench`, one run at a time.
    """
    given = Urls(os.environ.get("DATABASE_URL", ""), os.environ.get("REDIS_URL", ""))
    if given.database_url and given.redis_url:
        yield given
        return
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(throw_away() if purpose == "test" else kept())
        sockets = stack.enter_context(private_sockets())
        lasting = purpose == "bench"
        database = Postgres(folder, sockets, logs=folder, lasting=lasting)
        broker = Valkey(folder, sockets, logs=folder, lasting=lasting)
        restart = None
        if not given.database_url:
            database.make()
            running = Running(database)
            stack.callback(running.stop)
            restart = running.restart
        if not given.redis_url:
            stack.callback(Running(broker).stop)
        yield Urls(given.database_url or database.url, given.redis_url or broker.url, restart)


def begin(server: Postgres | Valkey) -> Child:
    """Start `server` and wait until it answers; tried again while the remains of a killed one still go."""
    for pause in PAUSES:
        child = server.start()
        try:
            child.wait_until(server.is_up, 60)
        except Trouble:
            time.sleep(pause)
        else:
            return child
    child = server.start()
    child.wait_until(server.is_up, 60)
    return child


@contextlib.contextmanager
def private_sockets() -> Iterator[Path]:
    sockets = socket_folder()
    try:
        yield sockets
    finally:
        shutil.rmtree(sockets, ignore_errors=True)


@contextlib.contextmanager
def kept() -> Iterator[Path]:
    BENCH.mkdir(parents=True, exist_ok=True)
    with locked(BENCH / "lock", waiting="Another measurement is running; waiting for it ..."):
        yield BENCH


@contextlib.contextmanager
def throw_away() -> Iterator[Path]:
    """A folder of this process's own, with a fresh cluster in it; those of dead processes are swept first."""
    folder = TESTS / f"{identity(os.getpid()).replace(' ', '-')}-{token_hex(3)}"
    with locked(TESTS / "lock", waiting="Another test run is preparing its database; waiting for it ..."):
        sweep_leftovers()
        base = home(TESTS) / "postgres"
        if not base.exists():
            make_cluster(base, TESTS / "initdb.log")
        copied = home(folder) / "postgres"
        shutil.copytree(base, copied, symlinks=True)
        give(copied)
    try:
        yield folder
    finally:
        remove(folder)


def sweep_leftovers() -> None:
    for folder in list(home(TESTS).iterdir()):
        pid, dash, start = folder.name.rpartition("-")[0].partition("-")
        if dash and pid.isdecimal() and not is_living(f"{pid} {start}"):
            end_orphan(folder / "postgres.pid", signal.SIGINT)
            end_orphan(folder / "valkey.pid", signal.SIGTERM)
            remove(TESTS / folder.name)


def remove(folder: Path) -> None:
    for place in {folder, home(folder)}:
        shutil.rmtree(place, ignore_errors=True)
