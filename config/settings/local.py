"""`make run`: one machine, loopback, the demonstration."""

import os

from config.settings.base import *

DEMONSTRATION = os.environ.get("DEMONSTRATION") == "1"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
