"""A real mail server for a test, and who reads what."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

from aiosmtpd.controller import Controller

from appeals.enums import NoticeKind

OFFICERS_READ = (
    NoticeKind.BREACH,
    NoticeKind.WARNING,
    NoticeKind.EXTENSION_ASKED,
    NoticeKind.CO_EXECUTOR_ASKED,
    NoticeKind.DIGEST,
    NoticeKind.COMPETENCE_DISPUTED,
    NoticeKind.URGENT,
)
APPLICANTS_READ = [kind for kind in NoticeKind if kind not in OFFICERS_READ]


class Keeper:
    """Keeps what it gets; `nobody@` does not exist, `later@` is busy."""

    def __init__(self) -> None:
        self.letters: list[bytes] = []

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if address.startswith("nobody@"):
            return "550 5.1.1 No such mailbox"
        if address.startswith("later@"):
            return "451 4.3.0 Try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.letters.append(envelope.content)
        return "250 OK"


@contextmanager
def mail_server() -> Iterator[tuple[list[bytes], int]]:
    """The letters it takes, and its port on 127.0.0.1."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(Keeper(), hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield controller.handler.letters, port
    finally:
        controller.stop()
