"""What the directory and the calendar refuse."""


class AgenciesError(Exception):
    """Root of this app's errors; safe to show."""

    code = "agencies_error"


class OutsideCalendar(AgenciesError):
    """A date the working calendar does not cover; it never guesses."""

    code = "outside_calendar"


class DirectoryError(AgenciesError):
    """The shipped directory contradicts itself."""

    code = "directory_error"


class Refused(AgenciesError):
    """An act on posts that the rules do not allow; says why, in the reader's language."""

    code = "refused"
