"""`make test`: a throw-away database and broker, cheap passwords, mail in memory, any missing variable an error."""

import base64
import os

os.environ.setdefault("DJANGO_SECRET_KEY", "tests-only")
os.environ.setdefault("PERSONAL_DATA_KEYS", "t2:" + base64.b64encode(b"2" * 32).decode())
os.environ.setdefault("LOOKUP_KEYS", "t1:" + base64.b64encode(b"1" * 32).decode())

from config.settings.base import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
