"""Real Celery processes for tests: workers and a beat with a broker and a database of the test's own."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from redis import Redis

from config import env
from config.celery import app

ROOT = Path(__file__).parents[1]
PATIENCE = 90  # seconds


class Celery:
    """An empty broker and whoever works for it on `database`; `settings` are added to their environment."""

    def __init__(self, database: str, folder: Path, **settings: str) -> None:
        self.folder = folder
        url = urlsplit(os.environ["DATABASE_URL"])
        broker = os.environ["REDIS_URL"].partition("?")[0] + "?db=9"
        self.broker = Redis.from_url(broker)
        self.broker.flushdb()
        self.environment = {
            **os.environ,
            "DATABASE_URL": f"{url.scheme}://{url.netloc}/{database}?{url.query}",
            "REDIS_URL": broker,
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            **settings,
        }

    def send(self, task: str, *arguments: str) -> None:
        with app.connection_for_write(env.broker(self.environment["REDIS_URL"])) as connection:
            app.send_task(task, arguments, connection=connection)

    def worker(self, *options: str) -> AbstractContextManager[subprocess.Popen[bytes]]:
        return self._process("worker", "--pool=solo", "-n", f"{uuid4().hex[:8]}@%h", *options)

    def is_idle(self) -> bool:
        """Whether every task sent is done; one that a killed worker had taken never is."""
        return not self.broker.llen("celery") and not self.broker.hlen("unacked")

    def beat(self) -> AbstractContextManager[subprocess.Popen[bytes]]:
        return self._process("beat", "-s", str(self.folder / "schedule"))

    @contextmanager
    def _process(self, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
        with (self.folder / f"{arguments[0]}.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "celery", "-A", "config.celery", *arguments],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
            )
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def until(ask: Callable[[], Any]) -> Any:
    """What `ask` gives once it is true; fails when it stays false too long."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if answer := ask():
            return answer
        time.sleep(0.05)  # between two looks at a row, with a deadline
    raise AssertionError("It did not happen in time.")
