"""Runs one program and ends it when who started it is gone; for systems without PDEATHSIG."""

import select
import signal
import subprocess
import sys
from types import FrameType

PATIENCE_SECONDS = 20


def main() -> int:
    """`guardian.py SIGNAL PROGRAM ARGUMENT...`, with the parent's pipe as standard input."""
    program = subprocess.Popen(sys.argv[2:], stdin=subprocess.DEVNULL)

    def pass_on(number: int, _frame: FrameType | None) -> None:
        program.send_signal(number)

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT, signal.SIGHUP):
        signal.signal(number, pass_on)
    while program.poll() is None:
        readable, _, _ = select.select([sys.stdin], [], [], 0.2)
        if readable and not sys.stdin.read(1):
            return end(program, int(sys.argv[1]))
    return program.returncode


def end(program: subprocess.Popen[bytes], number: int) -> int:
    program.send_signal(number)
    try:
        return program.wait(PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        program.kill()
        return program.wait()


if __name__ == "__main__":
    sys.exit(main())
