"""`make run`: one machine, loopback, the demonstration."""

import os

from config.settings.base import *  # noqa: F403

DEMONSTRATION = os.environ.get("DEMONSTRATION") == "1"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
WHITENOISE_USE_FINDERS = True
