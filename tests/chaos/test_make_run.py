"""`make run` in a copy of this clone: killed at any depth, it leaves nothing behind and starts again."""

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from config.local.binaries import home
from config.local.busy import LOOPBACK, free_port
from config.local.children import identity, is_living
from config.local.places import ROOT, VENV
from config.local.services import answers
from tests.local.test_children import wait_for

PATIENCE_SECONDS = 120


class Installation:
    """One copy, its port, and the `make run` that serves it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port, self.output = folder, free_port(), folder / "output.txt"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        passed = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        with self.output.open("ab") as output:
            self.process = subprocess.Popen(
                ["make", "run"],
                cwd=self.folder,
                env={**passed, "PORT": str(self.port)},
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        wait_for(self.serves, PATIENCE_SECONDS)

    def serves(self) -> bool:
        assert self.process.poll() is None, self.output.read_text()
        return answers(f"http://{LOOPBACK}:{self.port}/healthz")

    def supervisor(self) -> int:
        """The process number that the lock of a running clone tells."""
        return int((self.folder / "var" / "run" / "lock").read_text().rpartition("process ")[2].rstrip(")"))

    def servers(self) -> list[str]:
        kept = home(self.folder / "var" / "run", self.folder)
        files = [kept / name for name in ("postgres.pid", "valkey.pid")]
        return [file.read_text() if file.exists() else "" for file in files]


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    folder = tmp_path / "a clone with spaces"
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    for name in filter(None, subprocess.check_output(listed, cwd=ROOT, text=True).split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / name)
    (folder / ".venv").symlink_to(VENV)
    (folder / "package-lock.json").unlink(missing_ok=True)
    made = Installation(folder)
    yield made
    if made.process and made.process.poll() is None:
        os.killpg(made.process.pid, signal.SIGTERM)
        made.process.wait(PATIENCE_SECONDS)
    subprocess.run(["rm", "-f", str(folder / ".venv")], check=True)
    subprocess.run(["make", "clean"], cwd=folder, check=True, stdout=subprocess.DEVNULL)


def gone(recorded: list[str]) -> Callable[[], bool]:
    return lambda: not any(is_living(record) for record in recorded)


def test_a_killed_supervisor_takes_all_along_and_the_next_start_serves(installation: Installation) -> None:
    installation.start()
    everything = [identity(installation.supervisor()), *installation.servers()]
    assert all(is_living(record) for record in everything)

    os.kill(installation.supervisor(), signal.SIGKILL)
    installation.process.wait(PATIENCE_SECONDS)

    wait_for(gone(everything), PATIENCE_SECONDS)
    wait_for(lambda: not answers(f"http://{LOOPBACK}:{installation.port}/healthz"), PATIENCE_SECONDS)
    installation.start()


def test_a_killed_database_comes_back_and_a_signal_ends_everything(installation: Installation) -> None:
    installation.start()
    before = installation.servers()
    database = int(before[0].split()[0])

    os.kill(database, signal.SIGKILL)
    wait_for(lambda: "" not in installation.servers() and before != installation.servers(), PATIENCE_SECONDS)
    wait_for(installation.serves, PATIENCE_SECONDS)
    everything = [identity(installation.supervisor()), *installation.servers()]
    os.kill(installation.supervisor(), signal.SIGTERM)

    assert installation.process.wait(PATIENCE_SECONDS) == 0
    assert gone(everything)()


def test_a_second_start_in_the_same_clone_is_refused_in_one_line(installation: Installation) -> None:
    installation.start()

    second = subprocess.run(["make", "run"], cwd=installation.folder, capture_output=True, text=True)

    assert second.returncode != 0
    assert second.stderr.splitlines()[0] == (
        f"This clone runs already: http://{LOOPBACK}:{installation.port} (process {installation.supervisor()}). "
        "Stop it there with Ctrl-C."
    )


def test_a_command_brings_its_own_servers_and_prints_only_its_answer(installation: Installation) -> None:
    asked = ["explain_term", "--kind", "complaint", "--received", "2026-03-06T10:00", "--json"]
    passed = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}

    alone = subprocess.run(["python3", "manage.py", *asked], cwd=installation.folder, env=passed, capture_output=True)

    assert alone.returncode == 0, alone.stderr
    assert json.loads(alone.stdout)["registered_on"] == "2026-03-06"
    assert gone(installation.servers())()
    installation.start()
    beside = subprocess.run(["python3", "manage.py", *asked], cwd=installation.folder, env=passed, capture_output=True)
    assert beside.stdout == alone.stdout
