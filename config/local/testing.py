"""`make test` and its parts: each a pytest run of its own, the slow and rough ones last."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from config.local.assets import build_assets
from config.local.messages import compile_messages
from config.local.places import ROOT, say

CHROMIUM = Path("/usr/bin/chromium")
APART = ("chaos", "browser")
SIDE_BY_SIDE = ("-n", "auto", "--dist", "worksteal")


def test(arguments: list[str]) -> int:
    """Everything; with arguments, one pytest run that gets them. The first failure decides the exit code."""
    prepare()
    if arguments:
        return pytest(arguments)
    ignored = [f"--ignore=tests/{part}" for part in APART]
    codes = [pytest(["tests", *ignored, *side_by_side()]), *(part(name, []) for name in APART)]
    return next((code for code in codes if code), 0)


def side_by_side() -> tuple[str, ...]:
    """A process with servers of its own on each core; but servers that were given are for one run at a time."""
    return () if {"DATABASE_URL", "REDIS_URL"} & os.environ.keys() else SIDE_BY_SIDE


def rough(name: str, arguments: list[str]) -> int:
    """`make chaos` and `make browser`: that part alone."""
    prepare()
    return part(name, arguments)


def bench(arguments: list[str]) -> int:
    prepare()
    return called([sys.executable, "-m", "bench", *arguments], {})


def prepare() -> None:
    compile_messages()
    build_assets()


def part(name: str, arguments: list[str]) -> int:
    if not any((ROOT / "tests" / name).glob("test_*.py")):
        say(f"There are no {name} tests.")
        return 0
    if name == "browser" and not CHROMIUM.exists():
        say(f"!!! SKIPPED: the browser tests need {CHROMIUM}; run `apt install chromium`. !!!")
        return 0
    return pytest([f"tests/{name}", *arguments])


def pytest(arguments: list[str]) -> int:
    return called([sys.executable, "-m", "pytest", *arguments], {"DJANGO_SETTINGS_MODULE": "config.settings.test"})


def called(command: list[str], extra: dict[str, str]) -> int:
    """Run `command` to its own end: Ctrl-C is for it, so that it can put its servers away."""
    signal.signal(signal.SIGINT, lambda _number, _frame: None)
    code = subprocess.run(command, check=False, cwd=ROOT, env={**os.environ, **extra}).returncode
    return code if code >= 0 else 128 - code
