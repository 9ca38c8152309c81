"""What a program sends: valid unless said otherwise."""

from typing import Any
from uuid import uuid4

from django.test import Client


def body(**changes: Any) -> dict[str, Any]:
    """An application from Shymkent about heating; a field set to None is left out."""
    given = {
        "kind": "application",
        "text": "Үйімізде үш күннен бері жылу жоқ.",
        "language": "kk",
        "region": "KZ-79",
        "topic": "housing.utilities",
        "applicant": applicant(),
    }
    return {name: value for name, value in (given | changes).items() if value is not None}


def applicant(**changes: Any) -> dict[str, Any]:
    given = {
        "type": "person",
        "name": "Сынақ Азамат",
        "idn": "900101350003",
        "email": "azamat@example.test",
        "phone": "8 701 000 00 00",
        "address": "Шымкент, Сынақ көшесі, 1",
        "consent": True,
    }
    return {name: value for name, value in (given | changes).items() if value is not None}


def send(client: Client, content: Any, key: str | None = "", **headers: str) -> Any:
    """POST `content` with `key`, a fresh one where empty, none where None."""
    if key is not None:
        headers["Idempotency-Key"] = key or uuid4().hex
    return client.post("/api/v1/appeals/", content, content_type="application/json", headers=headers)
