"""Keeps services up: starts them in order, restarts what falls, stops them in the opposite order."""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from config.local.children import Child, Command
from config.local.places import Trouble, last_line, say, shown

LONGEST_PAUSE_SECONDS = 30
SETTLED_SECONDS = 60
TRIES = 3
BREATH_SECONDS = 0.1


class Stopped(Exception):
    """A person or the system asked us to end."""


@dataclass
class Service:
    """`begin` starts it anew; `is_up` tells when it serves. Servers stop after everything that uses them."""

    name: str
    begin: Callable[[], Child]
    is_up: Callable[[], bool]
    log: Path
    is_server: bool = False
    child: Child | None = field(default=None, init=False)
    falls: int = field(default=0, init=False)
    again_at: float = field(default=0.0, init=False)

    def look_after(self) -> None:
        """Notice its end, and start it again when its pause is over."""
        now = time.monotonic()
        if self.child is None:
            if now >= self.again_at:
                self.child = self.begin()
        elif not self.child.is_alive:
            self.mourn(self.child, now=now)

    def mourn(self, child: Child, *, now: float) -> None:
        """Say why it fell and when it is tried again: after 1, 2, 4 … 30 seconds unless it had settled."""
        settled = now - child.started > SETTLED_SECONDS
        self.falls = 1 if settled else self.falls + 1
        pause = min(2 ** (self.falls - 1), LONGEST_PAUSE_SECONDS)
        self.child, self.again_at = None, now + pause
        code = child.popen.returncode
        why = f"was killed (signal {-code})" if code < 0 else f"ended with {code}: {child.last_words()}"
        say(f"{self.name} {why}; starting it again in {pause} s")


class Supervisor:
    def __init__(self) -> None:
        self.services: list[Service] = []
        self.tasks: list[Child] = []
        self.asked = False

    @contextmanager
    def in_charge(self) -> Iterator[None]:
        """Until the block ends a signal to stop becomes `Stopped`; afterwards nothing of ours runs."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.ask)
        try:
            yield
        finally:
            self.stop()

    def ask(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True

    def keep(self, service: Service, *, seconds: float = 90, note: str = "") -> None:
        """Start `service`, return when it serves, and keep it up from then on."""
        began = time.monotonic()
        service.child = service.begin()
        self.services.append(service)
        deadline = began + seconds
        while not service.is_up():
            self.breathe()
            if time.monotonic() > deadline or service.falls > TRIES:
                raise Trouble(f"{service.name} does not come up: {last_line(service.log)} ({shown(service.log)})")
        say(f"{service.name:<12} is up ({time.monotonic() - began:.1f} s){note}")

    def finish(self, command: Command) -> Child:
        """Run `command` to its end beside the services."""
        task = Child(command)
        self.tasks.append(task)
        while task.is_alive:
            self.breathe()
        self.tasks.remove(task)
        return task

    def watch(self) -> None:
        """Keep everything up until `Stopped`."""
        while True:
            self.breathe()

    def breathe(self) -> None:
        if self.asked:
            raise Stopped
        for service in self.services:
            service.look_after()
        time.sleep(BREATH_SECONDS)

    def stop(self) -> None:
        """End tasks, then what serves people, then the servers underneath, the last started first."""
        self.asked = True
        running = [(service.is_server, service.child) for service in reversed(self.services) if service.child]
        users = [*self.tasks, *(child for is_server, child in running if not is_server)]
        for child in users:
            child.ask_to_stop()
        for child in [*users, *(child for is_server, child in running if is_server)]:
            child.stop()
