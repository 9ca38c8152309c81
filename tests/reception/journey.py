"""A citizen at the counter, page by page."""

from typing import Any

from django.test import Client

ANSWERS: dict[str, dict[str, str]] = {
    "kind": {"kind": "application"},
    "place": {"region": "KZ-79"},
    "district": {"district": "none"},
    "heading": {"heading": "heading.housing"},
    "topic": {"topic": "housing.utilities"},
    "text": {"text": "Үйімізде үш күннен бері жылу жоқ. Жылуды қосып беруіңізді сұраймын."},
    "files": {},
    "applicant": {"applicant_type": "person"},
    "name": {"name": "Сынақ  Азамат", "idn": "900101 350003"},
    "contacts": {
        "email": "azamat@example.test",
        "phone": "8 701 000 00 00",
        "address": "Шымкент, Сынақ көшесі, 1",
        "consent": "on",
    },
}


def answer(client: Client, step: str, **given: Any) -> Any:
    return client.post(f"/write/{step}/", given if given else ANSWERS[step])


def write(client: Client, upto: str = "", **changed: dict[str, str]) -> None:
    """Answer every question, or those before `upto`."""
    for step, given in (ANSWERS | changed).items():
        if step == upto:
            return
        response = client.post(f"/write/{step}/", given)
        assert response.status_code == 302, response.context["form"].errors


def send(client: Client, **changed: dict[str, str]) -> Any:
    write(client, **changed)
    return client.post("/write/check/", follow=True)
