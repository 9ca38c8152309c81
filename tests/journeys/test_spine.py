"""From a citizen's browser to a flagged breach on the President's dashboard, through HTTP only."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from agencies.enums import Role
from appeals.enums import NoticeKind
from appeals.models import Appeal, Breach, Notice
from tests.factories import MONDAY, UTILITIES_OF_SHYMKENT, make_officer
from tests.journeys.steps import page, posted, sent, signed_in
from tests.workers import until

DAY = timedelta(days=1)


def test_from_the_citizens_browser_to_the_breach_on_the_dashboard(processes: Callable[[], list[bytes]]) -> None:
    executor = make_officer(role=Role.EXECUTOR)
    head = make_officer(role=Role.HEAD)
    stranger = make_officer("akimat.education.kz-79", Role.HEAD)
    overseer = make_officer("president.office", Role.OVERSIGHT)

    # On a Monday a citizen in Shymkent writes, in Kazakh, about heating.
    with time_machine.travel(MONDAY):
        _, receipt = sent()
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
    # The applicant is told at once: silence is refusal. Officials are told on a working day.
    until(lambda: not Notice.objects.filter(officer=None, delivered_at=None).exists())
    owed = Notice.objects.exclude(kind=NoticeKind.DIGEST).order_by("kind", "officer").values_list("kind", "officer")
    assert list(owed) == [
        (NoticeKind.BREACH, head.pk),
        (NoticeKind.BREACH, overseer.pk),
        (NoticeKind.REGISTERED, None),
        (NoticeKind.TERM_EXPIRED, None),
    ]
    assert len(letters) >= 2

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
