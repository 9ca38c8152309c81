"""The virtual environment: made, mended, brought up to date, and entered."""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

from config.local.places import (
    ROOM_TO_SET_UP,
    ROOT,
    VAR,
    VENV,
    Trouble,
    insist_on_room,
    last_line,
    locked,
    say,
    shown,
)

PYTHON = VENV / "bin" / "python"
STAMP = VENV / ".installed"
IN_THE_MAKING = VENV / ".in-the-making"
LOG = VAR / "setup.log"
# uv brings its own certificates; behind a company proxy only the machine's are right (pip asks for those itself).
TRUST_THE_MACHINE = {"UV_SYSTEM_CERTS": "1", "UV_NATIVE_TLS": "1"}


def enter(kind: str) -> NoReturn:
    """Go on inside a `.venv` that holds `requirements/<kind>.txt`; this process becomes that one."""
    if not is_installed(kind):
        with locked(VAR / "setup.lock", waiting="Another process is setting this clone up; waiting for it ..."):
            if not is_installed(kind):
                install(kind)
    go_on_inside()


def go_on_inside() -> NoReturn:
    environment = {**os.environ, "VIRTUAL_ENV": str(VENV)}
    environment["PATH"] = os.pathsep.join([str(VENV / "bin"), os.environ.get("PATH", os.defpath)])
    environment.pop("PYTHONHOME", None)
    os.execve(PYTHON, [str(PYTHON), "-m", "config.local.inside", *sys.argv[1:]], environment)


def lock_file(kind: str) -> Path:
    return ROOT / "requirements" / f"{kind}.txt"


def stamp_of(kind: str) -> str:
    return f"{kind} {hashlib.sha256(lock_file(kind).read_bytes()).hexdigest()}"


def is_installed(kind: str) -> bool:
    """Whether the environment is whole and holds what `kind` needs; the one for development serves all."""
    if IN_THE_MAKING.exists() or not STAMP.exists() or not PYTHON.exists():
        return False
    return STAMP.read_text() in {stamp_of(kind), stamp_of("dev")}


def install(kind: str) -> None:
    """Bring `.venv` to the lock of `kind`; what an interrupted attempt left behind is made anew."""
    insist_on_room(ROOT, ROOM_TO_SET_UP)
    if STAMP.exists() and STAMP.read_text().startswith("dev "):
        kind = "dev"
    if VENV.exists() and (IN_THE_MAKING.exists() or not runs(PYTHON)):
        say("Removing a half-made environment (.venv) ...")
        shutil.rmtree(VENV)
    STAMP.unlink(missing_ok=True)
    if not VENV.exists():
        say("Making the environment (.venv) ...")
        make_environment()
    IN_THE_MAKING.touch()
    say(f"Installing {shown(lock_file(kind))} (about a minute) ...")
    add_packages(lock_file(kind))
    STAMP.write_text(stamp_of(kind))
    IN_THE_MAKING.unlink()


def make_environment() -> None:
    VENV.mkdir()
    IN_THE_MAKING.touch()
    if importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv"):
        called([sys.executable, "-m", "venv", str(VENV)])
    elif shutil.which("uv"):
        called(["uv", "venv", "--quiet", "--allow-existing", "--python", sys.executable, str(VENV)])
    else:
        shutil.rmtree(VENV)
        raise Trouble("This Python cannot make environments; run `apt install python3-venv` and start again.")


def add_packages(lock: Path) -> None:
    """Install `lock` with its hashes: by uv where it is on the path, by pip where it is not or fails."""
    wanted = ["--require-hashes", "-r", str(lock)]
    if shutil.which("uv"):
        try:
            return called(["uv", "pip", "install", "--quiet", "--python", str(PYTHON), *wanted])
        except Trouble:
            if not importlib.util.find_spec("ensurepip"):
                raise
            say("uv could not install them; trying pip ...")
    if not runs(PYTHON, "import pip"):
        called([str(PYTHON), "-m", "ensurepip"])
    return called([str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wanted])


def called(command: list[str]) -> None:
    """Run `command` into the setup log; a failure is told in one line with the tool's own last word."""
    LOG.parent.mkdir(parents=True, exist_ok=True)
    with LOG.open("w") as log:
        done = subprocess.run(
            command,
            check=False,
            env={**TRUST_THE_MACHINE, **os.environ},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=ROOT,
        )
    if done.returncode:
        raise Trouble(
            f"Setting up failed: {last_line(LOG)} (all of it in {shown(LOG)}). "
            "Check the network and the room on the disk, then start again."
        )


def runs(python: Path, program: str = "") -> bool:
    try:
        return subprocess.run([python, "-c", program], check=False, capture_output=True).returncode == 0
    except OSError:
        return False
