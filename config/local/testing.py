"""`make test` and its parts: what is slow and rough is a pytest run of its own, and the last."""

import os
import signal
import subprocess
import sys
from collections.abc import Collection, Iterable
from pathlib import Path

from config.local.assets import build_assets
from config.local.messages import compile_messages
from config.local.places import ROOT, say

CHROMIUM = Path("/usr/bin/chromium")
APART = ("chaos", "browser")
SIDE_BY_SIDE = ("-n", "auto", "--dist", "worksteal")
A_FILE_EACH = ("-n", "2", "--dist", "loadfile")  # what kills servers waits for them half of its time


def test(arguments: list[str]) -> int:
    """Everything; with arguments, one pytest run that gets them. The first failure decides the exit code."""
    prepare()
    if arguments:
        return pytest(arguments)
    ignored = [f"--ignore=tests/{name}" for name in APART]
    codes = pytest(["tests", *ignored, *shared(SIDE_BY_SIDE)]), parts(APART, shared(A_FILE_EACH))
    return next((code for code in codes if code), 0)


def shared(options: tuple[str, ...]) -> tuple[str, ...]:
    """Several processes, each with servers of its own; but servers that were given are for one run at a time."""
    return () if {"DATABASE_URL", "REDIS_URL"} & os.environ.keys() else options


def rough(name: str, arguments: list[str]) -> int:
    """`make chaos` and `make browser`: that part alone."""
    prepare()
    return parts([name], arguments)


def bench(arguments: list[str]) -> int:
    prepare()
    return called([sys.executable, "-m", "bench", *arguments], {})


def prepare() -> None:
    compile_messages()
    build_assets()


def parts(names: Collection[str], arguments: Iterable[str]) -> int:
    """One run of what `names` stands for, without what this machine has nothing for."""
    if "browser" in names and not CHROMIUM.exists():
        say(f"!!! SKIPPED: the browser tests need {CHROMIUM}; run `apt install chromium`. !!!")
        names = set(names) - {"browser"}
    return pytest([*(f"tests/{name}" for name in names), *arguments]) if names else 0


def pytest(arguments: list[str]) -> int:
    return called([sys.executable, "-m", "pytest", *arguments], {"DJANGO_SETTINGS_MODULE": "config.settings.test"})


def called(command: list[str], extra: dict[str, str]) -> int:
    """Run `command` to its own end: Ctrl-C is for it, so that it can put its servers away."""
    signal.signal(signal.SIGINT, lambda _number, _frame: None)
    code = subprocess.run(command, check=False, cwd=ROOT, env={**os.environ, **extra}).returncode
    return code if code >= 0 else 128 - code
