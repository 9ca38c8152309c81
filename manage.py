#!/usr/bin/env python
"""Django's command line for the virtual reception."""

import os
import runpy
import sys
from pathlib import Path

if __name__ == "__main__":
    if not {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"} & os.environ.keys():
        # Nothing says where the data is: it is this clone's own, as `make run` keeps it.
        os.chdir(Path(__file__).parent)
        os.execv(sys.executable, [sys.executable, "-m", "config.local", "manage", *sys.argv[1:]])  # noqa: S606
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    runpy.run_module("django", run_name="__main__")
