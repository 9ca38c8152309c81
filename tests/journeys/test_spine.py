"""From a citizen's browser to a flagged breach on the President's dashboard, through HTTP only."""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from agencies.enums import Role
from agencies.models import Officer
from appeals.models import Appeal, Breach, Notice
from tests.factories import MONDAY, PASSWORD, UTILITIES_OF_SHYMKENT, make_officer
from tests.mail import mail_server
from tests.workers import Celery, until

DAY = timedelta(days=1)

ANSWERS = {
    "kind": {"kind": "application"},
    "place": {"region": "KZ-79"},
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


@pytest.fixture
def processes(own_database: str, tmp_path: Path):
    """Starts a real worker and a real beat, and a mail server for their letters; they stop with the test."""
    with ExitStack() as stack:

        def start() -> list[bytes]:
            letters, port = stack.enter_context(mail_server())
            celery = Celery(
                own_database,
                tmp_path,
                DJANGO_SETTINGS_MODULE="config.settings.local",
                EMAIL_HOST="127.0.0.1",
                EMAIL_PORT=str(port),
            )
            stack.enter_context(celery.worker())
            stack.enter_context(celery.beat())
            return letters

        yield start


def test_from_the_citizens_browser_to_the_breach_on_the_dashboard(processes: Callable[[], list[bytes]]) -> None:
    executor = make_officer(role=Role.EXECUTOR)
    head = make_officer(role=Role.HEAD)
    stranger = make_officer("akimat.education.kz-79", Role.HEAD)
    overseer = make_officer("president.office", Role.OVERSIGHT)

    # On a Monday a citizen in Shymkent writes, in Kazakh, about heating.
    with time_machine.travel(MONDAY):
        citizen = Client()
        citizen.post(reverse("set_language"), {"language": "kk"})
        for step, answer in ANSWERS.items():
            posted(citizen, f"reception:write_{step}", answer)
        assert "Шымкент қаласының" in page(citizen, "reception:check")
        receipt = posted(citizen, "reception:check", {})
        appeal = Appeal.objects.select_related("coupon", "agency", "region").get()
        key = appeal.coupon.unseal()["key"]
        assert appeal.number in receipt
        assert key in receipt
        assert appeal.agency.code == UTILITIES_OF_SHYMKENT
        assert str(appeal.agency.named("kk")) in receipt

    slug = appeal.number.replace("ЖТ", "zht")

    # The next day the department sees it and gives it to an officer; another body knows nothing of it.
    with time_machine.travel(MONDAY + DAY):
        desk = signed_in(head)
        assert appeal.number in page(desk, "desk:queue")
        posted(desk, "desk:assign", {"to": str(executor.pk)}, slug)
        assert signed_in(stranger).get(reverse("desk:case", args=[slug])).status_code == 404

    # The term passes. The real beat wakes the real worker, and the breach is on record.
    letters = processes()
    breach = until(lambda: Breach.objects.select_related("agency", "officer").first())
    assert (breach.agency.code, breach.due_on, breach.officer) == (UTILITIES_OF_SHYMKENT, date(2026, 2, 23), executor)
    until(lambda: not Notice.objects.filter(delivered_at=None).exists())
    assert len(letters) == Notice.objects.count() == 3  # the receipt, the head, and the applicant: silence is refusal

    # It stands on the dashboard under its body and its region, and leads to the case.
    oversight = signed_in(overseer)
    dashboard = page(oversight, "oversight:breaches")
    assert appeal.agency.named("kk") in dashboard
    assert appeal.region.named("kk") in dashboard
    assert appeal.number in page(oversight, "oversight:cases", agency=UTILITIES_OF_SHYMKENT)

    # The late answer closes the case, and the breach remains.
    posted(
        signed_in(executor),
        "desk:prepare_reply",
        {"outcome": "satisfied", "text": "Жылу қосылды.", "law": "27-бап", "remedy": "Үш ай ішінде шағым"},
        slug,
    )
    signing = signed_in(head)
    seen = signing.get(reverse("desk:reply", args=[slug])).context["form"].initial["seen"]
    posted(signing, "desk:reply", {"seen": seen}, slug)
    appeal.refresh_from_db()
    assert appeal.status == "answered"
    assert Breach.objects.get() == breach

    # The citizen reads the answer.
    reader = Client()
    followed = posted(reader, "reception:follow", {"number": slug, "key": key.lower()})
    assert "Жылу қосылды." in followed

    # The history is whole; a line changed by hand is found.
    call_command("verify_history", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE appeals_event SET at = at + interval '9 months' WHERE kind = 'assigned'")
        cursor.execute("SET session_replication_role = origin")
    with pytest.raises(CommandError, match="1 broken lines"):
        call_command("verify_history", verbosity=0)
