"""Where things lie in this clone, and the one way to tell people about them."""

import contextlib
import errno
import fcntl
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parents[2]
VAR = ROOT / "var"
VENV = ROOT / ".venv"
LOGS = VAR / "run" / "logs"
ROOM_TO_SET_UP = 1_500_000_000
ROOM_TO_SERVE = 200_000_000


class Trouble(Exception):
    """What went wrong and what to do about it, in one line for the person at the terminal."""


def say(line: str) -> None:
    """One step, one line, at once."""
    print(line, flush=True)


@contextlib.contextmanager
def locked(path: Path, *, waiting: str) -> Iterator[None]:
    """Hold the lock file `path`; says `waiting` once when another process holds it, then waits for that."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as held:
        if not try_lock(held):
            say(waiting)
            fcntl.flock(held, fcntl.LOCK_EX)
        yield


def try_lock(file: IO[str]) -> bool:
    """Whether the lock on the open `file` is ours now; it goes when the file closes or the process dies."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def insist_on_room(path: Path, needed: int) -> None:
    """Refuse to begin what the disk under `path` cannot hold (`needed` is in bytes)."""
    free = shutil.disk_usage(path).free
    if free < needed:
        raise Trouble(
            f"Only {free // 1_000_000} MB are free on the disk of {path}; "
            f"{needed // 1_000_000} MB are needed. Make room and start again."
        )


def last_line(path: Path) -> str:
    """The last line of a log that says something; empty where there is none."""
    try:
        with path.open("rb") as log:
            log.seek(max(0, os.fstat(log.fileno()).st_size - 4096))
            lines = log.read().decode(errors="replace").split("\n")
    except FileNotFoundError:
        return ""
    return next((line.strip() for line in reversed(lines) if line.strip()), "")


def shown(path: Path) -> str:
    """`path` as a person in the clone would type it."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


def answer_for(main: Callable[[], int]) -> int:
    """The exit code of `main`; what a person can do something about is told in one line."""
    try:
        return main()
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
    except PermissionError as error:
        print(f"{error.filename} belongs to another user; start as that user.", file=sys.stderr)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        print("The disk is full. Make room and start again; what is half made mends itself.", file=sys.stderr)
    except KeyboardInterrupt:
        return 130
    return 1
