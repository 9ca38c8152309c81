"""Processes that die with their parent, even a killed one, and how to tell a live one from a stale record."""

import ctypes
import os
import pwd
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from config.local.places import ROOT, Trouble, last_line, shown

PR_SET_PDEATHSIG = 1
ENDED = "Z"
LOG_BYTES = 10_000_000
TRACKS_PARENT = sys.platform == "linux"


@dataclass(frozen=True)
class Command:
    """What to start: `user` is the uid to run as (None: ours), `stop` the signal that asks it to end."""

    name: str
    argv: list[str]
    log: Path
    env: Mapping[str, str] = field(default_factory=dict)
    cwd: Path = ROOT
    user: int | None = None
    stop: signal.Signals = signal.SIGTERM
    to_terminal: bool = False


class Child:
    """A running `Command`; it is told to end when this process does, whatever ends it."""

    def __init__(self, command: Command) -> None:
        self.command = command
        self.started = time.monotonic()
        self.popen = spawn(command)

    @property
    def is_alive(self) -> bool:
        return self.popen.poll() is None

    def ask_to_stop(self) -> None:
        if self.is_alive:
            self.popen.send_signal(self.command.stop)

    def stop(self, seconds: float = 20) -> None:
        """Ask, wait, and then do not ask any more."""
        self.ask_to_stop()
        try:
            self.popen.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(self.popen.pid, signal.SIGKILL)
            self.popen.wait()

    def wait_until(self, is_ready: Callable[[], bool], seconds: float) -> None:
        """Return when `is_ready`; raises `Trouble` with its last words when it ends or takes too long."""
        deadline = time.monotonic() + seconds
        while not is_ready():
            if not self.is_alive:
                raise Trouble(f"{self.command.name} ended at once: {self.last_words()}")
            if time.monotonic() > deadline:
                self.stop()
                raise Trouble(f"{self.command.name} is not up after {seconds:.0f} seconds: {self.last_words()}")
            time.sleep(0.05)

    def last_words(self) -> str:
        return f"{last_line(self.command.log) or 'no word of why'} (all of it in {shown(self.command.log)})"


def spawn(command: Command) -> subprocess.Popen[bytes]:
    command.log.parent.mkdir(parents=True, exist_ok=True)
    if command.log.exists() and command.log.stat().st_size > LOG_BYTES:
        command.log.replace(command.log.with_suffix(".log.1"))
    with command.log.open("ab") as log:
        output = None if command.to_terminal else log
        return subprocess.Popen(
            command.argv if TRACKS_PARENT else guarded(command),
            env=dict(command.env),
            cwd=command.cwd,
            stdin=subprocess.DEVNULL if TRACKS_PARENT else subprocess.PIPE,
            stdout=output,
            stderr=output,
            start_new_session=True,
            preexec_fn=die_with_parent(command.stop) if TRACKS_PARENT else None,  # noqa: PLW1509
            **as_user(command.user),
        )


def as_user(user: int | None) -> dict:
    return {} if user is None else {"user": user, "group": pwd.getpwuid(user).pw_gid, "extra_groups": []}


def die_with_parent(stop: signal.Signals) -> Callable[[], None]:
    """Linux: what a child does before it becomes its program, so that `stop` reaches it when we are gone."""
    libc, parent = ctypes.CDLL(None), os.getpid()

    def ask_kernel() -> None:
        libc.prctl(PR_SET_PDEATHSIG, int(stop))
        if os.getppid() != parent:
            os._exit(1)

    return ask_kernel


def guarded(command: Command) -> list[str]:
    """Elsewhere: the same by a guardian that sees the pipe from its parent close."""
    guardian = Path(__file__).with_name("guardian.py")
    return [sys.executable, "-I", str(guardian), str(int(command.stop)), *command.argv]


def started_at(pid: int) -> str:
    """A word that tells this process from a later one with the same number; empty when there is none."""
    if TRACKS_PARENT:
        try:
            state, *figures = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            return ""
        return "" if state == ENDED else figures[18]
    asked = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], check=False, capture_output=True, text=True)
    return "-".join(asked.stdout.split())


def identity(pid: int) -> str:
    return f"{pid} {started_at(pid)}"


def is_living(recorded: str) -> bool:
    """Whether the process that `identity` described is still the one with that number."""
    pid, _, start = recorded.strip().partition(" ")
    return pid.isdecimal() and bool(start) and started_at(int(pid)) == start


def end_orphan(record: Path, stop: signal.Signals, seconds: float = 20) -> None:
    """End the process that the file `record` describes, if it outlived its parent, and forget the record."""
    recorded = record.read_text() if record.exists() else ""
    deadline = time.monotonic() + seconds
    while is_living(recorded):
        late = time.monotonic() > deadline
        os.kill(int(recorded.split()[0]), signal.SIGKILL if late else stop)
        time.sleep(0.2)
    record.unlink(missing_ok=True)
