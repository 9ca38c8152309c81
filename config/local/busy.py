"""One installation a clone, one port an installation: said at once, before anything is set up."""

import contextlib
import os
import socket
from collections.abc import Iterator

from config.local.places import VAR, Trouble, try_lock

LOOPBACK = "127.0.0.1"
LOCK = VAR / "run" / "lock"


def wanted_port() -> int:
    given = os.environ.get("PORT", "8000")
    if not given.isdecimal() or not 0 < int(given) < 65536:
        raise Trouble(f"PORT is {given!r}, not a number from 1 to 65535.")
    return int(given)


def refuse_if_busy() -> None:
    """Raises `Trouble` where this clone runs already, or where the port is another's."""
    with only_one(""):
        port = wanted_port()
        if not is_free(port):
            raise Trouble(f"Port {port} is taken; choose another: PORT={port + 1} make run")


@contextlib.contextmanager
def only_one(address: str) -> Iterator[None]:
    """Hold the lock that tells a second `make run` about this one."""
    LOCK.parent.mkdir(parents=True, exist_ok=True)
    with LOCK.open("a+") as lock:
        if not try_lock(lock):
            lock.seek(0)
            raise Trouble(f"This clone runs already: {lock.read().strip()}. Stop it there with Ctrl-C.")
        lock.truncate(0)
        lock.write(f"{address} (process {os.getpid()})")
        lock.flush()
        yield


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except PermissionError:
            raise Trouble(f"Port {port} is for the administrator only; choose another: PORT=8000 make run") from None
        except OSError:
            return False
    return True


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return probe.getsockname()[1]
