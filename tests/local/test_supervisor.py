"""What falls is started again; the servers stop last."""

import os
import signal
import sys
from pathlib import Path

import pytest

from config.local.children import Child, Command
from config.local.places import Trouble
from config.local.supervisor import Service, Stopped, Supervisor

TALKER = """
import pathlib, signal, sys, time
def leave(*_):
    with open(sys.argv[2], "a") as book:
        book.write(sys.argv[1] + "\\n")
    sys.exit()
signal.signal(signal.SIGTERM, leave)
pathlib.Path(sys.argv[3]).touch()
time.sleep(600)
"""


def service(folder: Path, name: str, *, is_server: bool = False) -> Service:
    ready, log = folder / f"{name}.ready", folder / "log"
    argv = [sys.executable, "-c", TALKER, name, str(folder / "left"), str(ready)]
    return Service(name, lambda: Child(Command(name, argv, log)), ready.exists, log, is_server=is_server)


def test_users_of_the_servers_stop_before_them_in_opposite_order(tmp_path: Path) -> None:
    supervisor = Supervisor()
    supervisor.keep(service(tmp_path, "database", is_server=True))
    supervisor.keep(service(tmp_path, "web"))

    supervisor.stop()

    assert (tmp_path / "left").read_text().split() == ["web", "database"]


def test_a_killed_service_is_started_again_after_a_pause(tmp_path: Path) -> None:
    supervisor, web = Supervisor(), service(tmp_path, "web")
    supervisor.keep(web)
    first = web.child.popen.pid
    os.kill(first, signal.SIGKILL)
    web.child.popen.wait()

    web.look_after()
    assert web.child is None
    web.again_at = 0
    web.look_after()

    assert web.child.popen.pid != first
    supervisor.stop()


def test_pauses_between_falls_grow_to_half_a_minute_and_are_forgotten_once_it_had_settled(tmp_path: Path) -> None:
    web = service(tmp_path, "web")
    fallen = stopped(web.begin())

    pauses = [pause_after(web, fallen, lived=lived) for lived in (1, 1, 1, 1, 1, 1, 60, 61, 1)]

    assert pauses == [1, 2, 4, 8, 16, 30, 30, 1, 2]


def pause_after(web: Service, fallen: Child, *, lived: float) -> int:
    now = fallen.started + lived
    web.mourn(fallen, now=now)
    return round(web.again_at - now)


def stopped(child: Child) -> Child:
    child.popen.kill()
    child.popen.wait()
    return child


def test_a_service_that_never_comes_up_ends_the_start_with_its_last_words(tmp_path: Path) -> None:
    argv = [sys.executable, "-c", "print('port 25 is not mine'); exit(1)"]
    log = tmp_path / "log"
    mail = Service("Mail", lambda: Child(Command("Mail", argv, log)), lambda: False, log)

    with pytest.raises(Trouble, match="Mail does not come up: port 25 is not mine"):
        Supervisor().keep(mail, seconds=0.5)


def test_a_signal_ends_the_watch() -> None:
    supervisor = Supervisor()
    supervisor.ask(signal.SIGTERM, None)

    with pytest.raises(Stopped):
        supervisor.watch()
