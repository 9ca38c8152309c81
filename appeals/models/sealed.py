"""Personal data at rest: AES-256-GCM, keys named by the environment, and keyed digests to find it by.

The first of `PERSONAL_DATA_KEYS` seals; each can unseal, so keys rotate without a stop. What
the blob belongs to is authenticated with it: a blob moved to another row does not open.
"""

import hashlib
import hmac
import json
import os
from base64 import b64decode
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

NONCE_BYTES = 12


class Sealed(models.Model):
    """A row with a sealed JSON object, bound to the row's own key."""

    key_id = models.CharField(max_length=16, editable=False)
    blob = models.BinaryField(editable=False)

    class Meta:
        abstract = True

    def seal(self, value: dict[str, Any]) -> None:
        """Replace what the row holds; the primary key must be set before."""
        self.key_id = next(iter(settings.PERSONAL_DATA_KEYS))
        nonce = os.urandom(NONCE_BYTES)
        plain = json.dumps(value, ensure_ascii=False).encode()
        self.blob = nonce + self._cipher().encrypt(nonce, plain, self._bound_to())

    def unseal(self) -> dict[str, Any]:
        """What the row holds; raises `cryptography.exceptions.InvalidTag` when it was tampered with."""
        blob = bytes(self.blob)
        plain = self._cipher().decrypt(blob[:NONCE_BYTES], blob[NONCE_BYTES:], self._bound_to())
        return json.loads(plain)

    def _cipher(self) -> AESGCM:
        return AESGCM(b64decode(settings.PERSONAL_DATA_KEYS[self.key_id]))

    def _bound_to(self) -> bytes:
        return f"{self._meta.label_lower}:{self.pk}".encode()


def digest(purpose: str, value: str) -> bytes:
    """The keyed digest to store for exact search; empty for an empty value."""
    return digests(purpose, value)[0] if value else b""


def digests(purpose: str, value: str) -> list[bytes]:
    """The digests `value` may be stored under, one for each key still known, the current one first."""
    message = f"{purpose}:{folded(value)}".encode()
    return [hmac.digest(b64decode(key), message, hashlib.sha256) for key in settings.LOOKUP_KEYS.values()]


def folded(value: str) -> str:
    """Case and spacing do not make another person."""
    return " ".join(value.casefold().split())
