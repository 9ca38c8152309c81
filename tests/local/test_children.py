"""Children end with their parent, however it ends."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from config.local.children import Child, Command, end_orphan, identity, is_living
from config.local.places import ROOT, Trouble

SLEEPER = [sys.executable, "-c", "import time; time.sleep(600)"]
DEAF = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("deaf", flush=True)
time.sleep(600)
"""
PARENT = """
import sys, time
from pathlib import Path
from config.local import children
children.TRACKS_PARENT = sys.argv[1] == "kernel"
child = children.Child(children.Command("Sleeper", sys.argv[3:], Path(sys.argv[2]) / "log"))
print(child.popen.pid, flush=True)
time.sleep(600)
"""


def wait_for(true: Callable[[], bool], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


@pytest.mark.parametrize("by", ["kernel", "guardian"])
def test_a_child_ends_when_its_parent_is_killed(tmp_path: Path, by: str) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, by, str(tmp_path), *SLEEPER],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    child = identity(int(parent.stdout.readline()))
    assert is_living(child)

    parent.kill()
    parent.communicate()

    wait_for(lambda: not is_living(child))


def test_a_child_that_does_not_listen_is_killed(tmp_path: Path) -> None:
    child = Child(Command("Deaf", [sys.executable, "-c", DEAF], tmp_path / "log"))
    wait_for(lambda: "deaf" in (tmp_path / "log").read_text())

    child.stop(seconds=0.2)

    assert child.popen.returncode == -signal.SIGKILL


def test_a_child_that_ends_at_once_is_told_with_its_last_words(tmp_path: Path) -> None:
    child = Child(Command("Short", [sys.executable, "-c", "print('no room'); exit(3)"], tmp_path / "log"))

    with pytest.raises(Trouble, match="Short ended at once: no room"):
        child.wait_until(lambda: False, 20)


def test_a_recycled_number_is_not_taken_for_the_old_process() -> None:
    assert is_living(identity(os.getpid()))
    assert not is_living(f"{os.getpid()} 1")
    assert not is_living("")


def test_an_orphan_is_ended_and_forgotten(tmp_path: Path) -> None:
    record = tmp_path / "server.pid"
    with subprocess.Popen(SLEEPER) as orphan:
        record.write_text(identity(orphan.pid))

        end_orphan(record, signal.SIGTERM, seconds=20)

        assert orphan.poll() == -signal.SIGTERM
    assert not record.exists()
