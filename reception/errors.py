"""Refusals at the counter: safe to show, ignorant of HTTP."""


class ReceptionError(Exception):
    """Root of this app's errors; its text is for people."""


class Unfinished(ReceptionError):
    """The draft cannot be sent yet; `step` is the first question without an answer."""

    def __init__(self, step: str) -> None:
        super().__init__(step)
        self.step = step


class Gone(ReceptionError):
    """There is no such draft any more."""
