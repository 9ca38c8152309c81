"""Refusals: safe to show, with a code, ignorant of HTTP."""


class AppealError(Exception):
    """Root of this app's errors; its text is for people."""

    code = "appeal_error"


class Refused(AppealError):
    """This person may not do this, or not at this moment."""

    code = "refused"


class IllegalMove(AppealError):
    """The table of moves knows no such step."""

    code = "illegal_move"


class InvalidIntake(AppealError):
    """What was handed in cannot be registered; `field` names the place."""

    code = "invalid_intake"

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class Unconfirmed(InvalidIntake):
    """What can be registered once its registrar confirms it: by field, with what follows."""

    def __init__(self, doubts: dict[str, str]) -> None:
        super().__init__(" ".join(doubts.values()))
        self.doubts = doubts


class UnfitFile(AppealError):
    """The file cannot be taken; the text says why."""

    code = "unfit_file"


class NoTerm(AppealError):
    """No dated row of law gives this clock its length."""

    code = "no_term"


class InvalidTerm(AppealError):
    """The register of terms cannot be changed like this; `field` names the place."""

    code = "invalid_term"

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class Bounced(AppealError):
    """The receiver will never take this message."""

    code = "bounced"


class Undelivered(AppealError):
    """The message could not be handed over now; later it may."""

    code = "undelivered"
