"""Private servers: separate, thrown away or kept, and mended after any end."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import dj_database_url
import psycopg2
import pytest
import redis

from config.local.binaries import home, socket_folder
from config.local.children import is_living
from config.local.places import ROOT
from config.local.postgres import Postgres, forget_recycled
from config.local.servers import TESTS, begin, servers
from config.local.valkey import Valkey
from tests.local.test_children import wait_for

HOLDER = """
import os, sys
from config.local.servers import servers
with servers("test") as urls:
    print("up", os.getpid(), urls.database_url, flush=True)
    sys.stdin.read()
"""


def up(holder: subprocess.Popen[str]) -> list[str]:
    """Process number and database of a holder; it may first say that it waits for another test run."""
    said = next(line for line in holder.stdout if line.startswith("up "))
    return said.split()[1:]


@pytest.fixture
def nothing_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.delenv("REDIS_URL")


@pytest.fixture
def sockets() -> Iterator[Path]:
    folder = socket_folder()
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def folder(request: pytest.FixtureRequest) -> Iterator[Path]:
    """A place the servers' user can reach, also where the tests run as root."""
    place = TESTS / f"{request.node.name}"
    home(place)
    yield place
    for made in {place, home(place)}:
        shutil.rmtree(made, ignore_errors=True)


def ask(url: str, statement: str) -> object:
    """The first value that `statement` gives, committed."""
    settings = dj_database_url.parse(url)
    link = psycopg2.connect(host=settings["HOST"], user=settings["USER"], dbname=settings["NAME"])
    try:
        with link, link.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchone()[0] if cursor.description else None
    finally:
        link.close()


def test_given_servers_are_used_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere/reception")
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere:6379/0")

    with servers("test") as urls:
        assert (urls.database_url, urls.redis_url) == (
            "postgres://elsewhere/reception",
            "redis://elsewhere:6379/0",
        )


@pytest.mark.usefixtures("nothing_given")
def test_two_test_runs_at_once_do_not_meet_and_leave_nothing() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        pid, others_url = up(other)
        with servers("test") as urls:
            ask(urls.database_url, "CREATE TABLE mine ()")

            assert ask(others_url, "SELECT to_regclass('mine')") is None
            assert redis.Redis.from_url(urls.redis_url).ping()
        other.communicate("done")

    assert other.returncode == 0
    assert not list(home(TESTS).glob(f"{pid}-*"))
    assert not Path(dj_database_url.parse(urls.database_url)["HOST"]).exists()


@pytest.mark.usefixtures("nothing_given")
def test_a_killed_test_run_takes_its_servers_along_and_its_data_is_swept() -> None:
    other = subprocess.Popen(
        [sys.executable, "-c", HOLDER], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    pid, _ = up(other)
    left = next(home(TESTS).glob(f"{pid}-*"))
    recorded = (left / "postgres.pid").read_text()
    other.kill()
    other.communicate()

    with servers("test"):
        assert not left.exists()
    assert not is_living(recorded)


@pytest.mark.usefixtures("nothing_given")
def test_letters_of_kazakh_fold_the_same_everywhere() -> None:
    with servers("test") as urls:
        assert ask(urls.database_url, "SELECT lower('ӘҒҚҢӨҰҮҺІ')") == "әғқңөұүһі"


def test_a_killed_postgresql_starts_again_with_what_was_committed(folder: Path, sockets: Path) -> None:
    database = Postgres(folder, sockets, logs=folder)
    database.make()
    child = begin(database)
    ask(database.url, "CREATE TABLE kept AS SELECT 7 AS value")

    os.kill(child.popen.pid, signal.SIGKILL)
    child.popen.wait()
    again = begin(database)

    try:
        assert ask(database.url, "SELECT value FROM kept") == 7
    finally:
        again.stop()


def test_a_killed_valkey_starts_again_with_what_it_had(folder: Path, sockets: Path) -> None:
    broker = Valkey(folder, sockets, logs=folder)
    child = begin(broker)
    redis.Redis.from_url(broker.url).set("kept", "7")
    wait_for(lambda: any(path.stat().st_size for path in broker.data.rglob("*.incr.aof")))

    os.kill(child.popen.pid, signal.SIGKILL)
    child.popen.wait()
    again = begin(broker)

    try:
        assert redis.Redis.from_url(broker.url).get("kept") == b"7"
    finally:
        again.stop()


def test_an_interrupted_initdb_is_done_anew(folder: Path, sockets: Path) -> None:
    database = Postgres(folder, sockets, logs=folder)
    half_made = database.data.with_name("postgres.new")
    half_made.mkdir()
    (half_made / "PG_VERSION").write_text("18")

    database.make()
    begin(database).stop()

    assert not half_made.exists()


def test_a_lock_file_whose_number_went_to_another_process_is_removed(tmp_path: Path) -> None:
    lock, record = tmp_path / "postmaster.pid", tmp_path / "postgres.pid"
    lock.write_text(f"{os.getpid()}\n/data\n")
    record.write_text(f"{os.getpid()} 1")

    forget_recycled(lock, record)

    assert not lock.exists()


def test_a_lock_file_of_a_living_postgresql_stays(tmp_path: Path) -> None:
    lock, record = tmp_path / "postmaster.pid", tmp_path / "postgres.pid"
    lock.write_text(f"{os.getpid()}\n/data\n")

    forget_recycled(lock, record)

    assert lock.exists()
