"""The commands, once the environment they need is there."""

import sys
from collections.abc import Callable
from functools import partial

from config.local.checks import check
from config.local.places import answer_for
from config.local.run import manage_here, run
from config.local.testing import bench, rough, test

COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "run": lambda _arguments: run(),
    "manage": manage_here,
    "test": test,
    "check": lambda _arguments: check(),
    "bench": bench,
    "browser": partial(rough, "browser"),
    "chaos": partial(rough, "chaos"),
}


def main() -> int:
    return COMMANDS[sys.argv[1]](sys.argv[2:])


if __name__ == "__main__":
    sys.exit(answer_for(main))
