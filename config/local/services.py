"""The processes of one local installation: what is started, and how one sees that it serves."""

import os
import socket
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from config.local.busy import LOOPBACK
from config.local.children import Child, Command
from config.local.places import LOGS, VAR
from config.local.supervisor import Service

ANSWER_SECONDS = 5


def module(name: str, arguments: list[str], env: Mapping[str, str]) -> Command:
    return Command(name, [sys.executable, "-m", *arguments], LOGS / f"{name.lower()}.log", env)


def manage(arguments: list[str], env: Mapping[str, str], *, to_terminal: bool = False) -> Command:
    argv = [sys.executable, "manage.py", *arguments]
    return Command(f"manage.py {arguments[0]}", argv, LOGS / f"{arguments[0]}.log", env, to_terminal=to_terminal)


def web(port: int, env: Mapping[str, str]) -> Service:
    server = ["gunicorn", "config.wsgi", "--config", "config/gunicorn.py", "--workers", "2"]
    command = module("Web", [*server, "--bind", f"{LOOPBACK}:{port}"], env)
    return Service("Web", lambda: Child(command), lambda: answers(f"http://{LOOPBACK}:{port}/healthz"), command.log)


def worker(env: Mapping[str, str]) -> Service:
    options = ["--concurrency", "2", "--loglevel", "INFO", "--without-gossip", "--without-mingle"]
    return logged(module("Worker", ["celery", "-A", "config.celery", "worker", *options], env), " ready.")


def beat(env: Mapping[str, str]) -> Service:
    options = ["--schedule", str(VAR / "run" / "beat-schedule"), "--pidfile", "", "--loglevel", "INFO"]
    return logged(module("Beat", ["celery", "-A", "config.celery", "beat", *options], env), "beat: Starting")


def mail(port: int, env: Mapping[str, str]) -> Service:
    box = ["-c", "aiosmtpd.handlers.Mailbox", str(VAR / "run" / "mail")]
    command = module("Mail", ["aiosmtpd", "-n", "-l", f"{LOOPBACK}:{port}", *box], env)
    return Service("Mail", lambda: Child(command), lambda: listens(port), command.log)


def logged(command: Command, sign: str) -> Service:
    """A service that shows in its log that it is up, as Celery does."""
    before = command.log.stat().st_size if command.log.exists() else 0
    return Service(
        command.name, lambda: Child(command), lambda: sign in written_since(command.log, before), command.log
    )


def written_since(log: Path, offset: int) -> str:
    with log.open("rb") as file:
        file.seek(offset if os.fstat(file.fileno()).st_size >= offset else 0)
        return file.read().decode(errors="replace")


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=ANSWER_SECONDS) as answer:  # noqa: S310
            return answer.status == 200
    except (OSError, urllib.error.URLError):
        return False


def listens(port: int) -> bool:
    try:
        socket.create_connection((LOOPBACK, port), timeout=1).close()
    except OSError:
        return False
    return True
