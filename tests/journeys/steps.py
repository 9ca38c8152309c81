"""What people do in a journey, through HTTP only."""

from django.test import Client
from django.urls import reverse

from agencies.models import Officer
from tests.factories import PASSWORD

ANSWERS = {
    "kind": {"kind": "application"},
    "place": {"region": "KZ-79"},
    "district": {"district": "KZ-79.karatau"},
    "heading": {"heading": "heading.housing"},
    "topic": {"topic": "housing.utilities"},
    "text": {"text": "Қаратау ауданындағы үйімізде үш күннен бері жылу жоқ. Жылуды қосып беріңіздер."},
    "files": {"done": "1"},
    "applicant": {"applicant_type": "person"},
    "name": {"name": "Сынақ Азамат", "idn": "900101350003"},
    "contacts": {"email": "azamat@example.test", "phone": "+77010000000", "address": "Шымкент", "consent": "on"},
}


def posted(client: Client, name: str, data: dict[str, str], *args: str) -> str:
    """What the page after the POST says; the POST itself must have led there."""
    response = client.post(reverse(name, args=args), data, follow=True)
    assert response.redirect_chain, response.content.decode()
    assert response.status_code == 200
    return response.content.decode()


def page(client: Client, name: str, *args: str, **query: str) -> str:
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def signed_in(officer: Officer) -> Client:
    client = Client()
    response = client.post(reverse("account_login"), {"login": officer.user.email, "password": PASSWORD})
    assert response.status_code == 302
    return client


def sent() -> tuple[Client, str]:
    """A citizen in Shymkent writes in Kazakh about heating and sends it; her browser, and the receipt it shows."""
    citizen = Client()
    citizen.post(reverse("set_language"), {"language": "kk"})
    for step, answer in ANSWERS.items():
        posted(citizen, f"reception:write_{step}", answer)
    assert "Шымкент қаласының" in page(citizen, "reception:check")
    return citizen, posted(citizen, "reception:check", {})
