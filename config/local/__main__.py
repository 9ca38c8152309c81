"""`python3 -m config.local COMMAND`: what every target of the Makefile calls; begins on a bare Python."""

import contextlib
import sys

if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit("Python 3.11 or newer is needed; name one you have, as in: make run PYTHON=python3.12")

from config.local.bootstrap import enter
from config.local.busy import refuse_if_busy
from config.local.clean import clean
from config.local.places import answer_for

FOR_DEVELOPERS = ("test", "check", "bench", "browser", "chaos")
NEEDS = {"run": "local", "manage": "local"} | dict.fromkeys(FOR_DEVELOPERS, "dev")


def main() -> int:
    """Make the environment that the command needs and go on inside it (`inside.py`)."""
    command = sys.argv[1] if len(sys.argv) > 1 else ""
    if command == "clean":
        return clean()
    if command not in NEEDS:
        print("Commands: clean,", ", ".join(NEEDS))
        return 2
    if command == "run":
        refuse_if_busy()
    told = sys.stderr if command == "manage" else sys.stdout  # what a command prints may be read by a program
    with contextlib.redirect_stdout(told):
        enter(NEEDS[command])
    return 0


sys.exit(answer_for(main))
