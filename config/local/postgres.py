"""A private PostgreSQL from the wheel's binaries, made once, reached by a socket only."""

import os
import shutil
import signal
import subprocess
from pathlib import Path
from urllib.parse import quote

from config.local.binaries import give, home, postgres_bin, servant
from config.local.children import Child, Command, as_user, end_orphan, identity, is_living, started_at
from config.local.places import LOGS, Trouble, last_line, shown

DATABASE = "reception"
# The provider inside PostgreSQL folds Kazakh letters the same on every machine.
LETTERS = ("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
CAREFUL = {"shared_buffers": "128MB", "max_wal_size": "1GB"}
# Throw-away data: a test that survives a power cut is not worth its fsync.
CARELESS = {**CAREFUL, "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Postgres:
    """One cluster in `folder`, its socket in `sockets`."""

    def __init__(self, folder: Path, sockets: Path, *, logs: Path = LOGS, lasting: bool = True) -> None:
        self.sockets, self.log = sockets, logs / "postgres.log"
        self.settings = CAREFUL if lasting else CARELESS
        self.data = home(folder) / "postgres"
        self.record = self.data.with_name("postgres.pid")

    @property
    def url(self) -> str:
        return f"postgres://postgres@{quote(str(self.sockets), safe='')}/{DATABASE}"

    def make(self) -> None:
        """Make the cluster unless it is there; an interrupted attempt leaves nothing that counts."""
        if not self.data.exists():
            make_cluster(self.data, self.log)

    def start(self) -> Child:
        """Start it, after ending or forgetting what an earlier start left; it may not answer yet."""
        forget_recycled(self.data / "postmaster.pid", self.record)
        end_orphan(self.record, signal.SIGINT)
        child = Child(self.command())
        self.record.write_text(identity(child.popen.pid))
        return child

    def command(self) -> Command:
        settings = [f"--{name}={value}" for name, value in self.settings.items()]
        own = [
            "--listen_addresses=",
            f"--unix_socket_directories={self.sockets}",
            "--timezone=UTC",
            "--log_timezone=UTC",
        ]
        argv = [str(postgres_bin() / "postgres"), "-D", str(self.data), *own, *settings]
        return Command("PostgreSQL", argv, self.log, environment(), self.data, servant(), stop=signal.SIGINT)

    def is_up(self) -> bool:
        asked = [
            str(postgres_bin() / "pg_isready"),
            "-q",
            "-h",
            str(self.sockets),
            "-d",
            DATABASE,
            "-U",
            "postgres",
        ]
        return subprocess.run(asked, check=False, env=environment()).returncode == 0


def forget_recycled(lock: Path, record: Path) -> None:
    """Remove PostgreSQL's own lock file where its process is gone and an unrelated one has the number now.

    Otherwise PostgreSQL judges better itself: it also sees processes that outlived their leader.
    """
    if lock.exists() and record.exists():
        recorded, pid = record.read_text(), lock.read_text().split("\n")[0].strip()
        if recorded.startswith(f"{pid} ") and not is_living(recorded) and started_at(int(pid)):
            lock.unlink()


def environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}


def make_cluster(data: Path, log: Path) -> None:
    """`initdb` and the database, aside, then put in place in one step."""
    aside = data.with_name(f"{data.name}.new")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir()
    give(aside)
    run_as_servant(
        ["initdb", "-D", str(aside), "-U", "postgres", "--auth=trust", "--no-instructions", *LETTERS],
        aside,
        log,
    )
    run_as_servant(["postgres", "--single", "-D", str(aside), "postgres"], aside, log, f"CREATE DATABASE {DATABASE}\n")
    aside.rename(data)


def run_as_servant(argv: list[str], folder: Path, log: Path, told: str = "") -> None:
    log.parent.mkdir(parents=True, exist_ok=True)
    program = [str(postgres_bin() / argv[0]), *argv[1:]]
    with log.open("ab") as out:
        done = subprocess.run(
            program,
            check=False,
            input=told.encode(),
            stdout=out,
            stderr=out,
            env=environment(),
            cwd=folder,
            **as_user(servant()),
        )
    if done.returncode:
        raise Trouble(f"{argv[0]} could not make the database: {last_line(log)} (all of it in {shown(log)})")
