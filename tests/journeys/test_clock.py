"""One term held, extended, moved by a decree, broken, explained, reviewed and punished, through HTTP only."""

from collections.abc import Callable
from datetime import date, timedelta

import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies.enums import Role
from appeals import tasks
from appeals.domain.statistics import rebuilding
from appeals.enums import ClockKind, MeasureKind
from appeals.models import Appeal, Breach, Clock
from tests.factories import MONDAY, make_officer, make_user
from tests.journeys.steps import page, posted, sent, signed_in
from tests.workers import until

DAY = timedelta(days=1)


def on(day: date, name: str) -> dict[str, str]:
    """A date as it is typed into the three boxes of the field `name`."""
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


def test_a_term_lives_its_whole_life_and_every_step_is_told(processes: Callable[[], list[bytes]], capsys) -> None:
    executor, head = make_officer(role=Role.EXECUTOR), make_officer(role=Role.HEAD)
    controller, overseer = make_officer(role=Role.CONTROLLER), make_officer("president.office", Role.OVERSIGHT)
    keeper = make_user(is_staff=True, is_superuser=True)

    # Monday: a citizen writes. Tuesday: the officer needs the number of the flat, and the term stands still.
    with time_machine.travel(MONDAY):
        sent()
    appeal = Appeal.objects.select_related("coupon").get()
    slug, key = appeal.number.replace("ЖТ", "zht"), appeal.coupon.unseal()["key"]
    reply = Clock.objects.get(kind=ClockKind.REPLY)
    assert reply.due_on == date(2026, 2, 23)
    with time_machine.travel(MONDAY + DAY):
        posted(signed_in(head), "desk:assign", {"to": str(executor.pk)}, slug)
        posted(signed_in(executor), "desk:hold", {"missing": "Пәтердің нөмірі керек.", "days": "5"}, slug)

    # A week after she wrote, the citizen answers; four working days are given back.
    with time_machine.travel(MONDAY + 7 * DAY):
        citizen = Client()
        citizen.post(reverse("set_language"), {"language": "kk"})
        assert "Пәтердің нөмірі керек." in posted(citizen, "reception:follow", {"number": slug, "key": key})
        posted(citizen, "reception:correct", {"correction": "12-пәтер."})
    reply.refresh_from_db()
    assert reply.due_on == date(2026, 2, 27)

    # The officer asks for an extension, the head grants it, and the applicant is told at once.
    with time_machine.travel(MONDAY + 8 * DAY):
        asked = {**on(date(2026, 3, 20), "until"), "reason": "Желіні тексеру керек."}
        posted(signed_in(executor), "desk:ask_extension", asked, slug)
        posted(signed_in(head), "desk:extend", asked, slug)
        tasks.deliver_notices()
        told = posted(citizen, "reception:follow", {"number": slug, "key": key})
        assert "2026\xa0ж. 20 наурыз" in told
        assert "Желіні тексеру керек." in told
    assert Clock.objects.get(kind=ClockKind.EXTENSION_NOTICE).met_on == date(2026, 2, 10)

    # A decree makes the last day a day off; the term moves over Nauryz, and says so.
    with time_machine.travel(MONDAY + 9 * DAY):
        administration = Client()
        administration.force_login(keeper)
        decree = {"day": "2026-03-20", "act": "№ 1", "name_kk": "Демалыс", "name_ru": "Выходной", "name_en": "Day off"}
        assert administration.post(reverse("admin:agencies_calendarday_add"), decree).status_code == 302
        call_command("recompute", "--dry-run")
        assert appeal.number in capsys.readouterr().out
        assert Clock.objects.get(pk=reply.pk).due_on == date(2026, 3, 20)
        call_command("recompute")
        reply.refresh_from_db()
        assert reply.due_on == date(2026, 3, 26)
        assert "2026\xa0ж. 26 наурыз" in posted(citizen, "reception:follow", {"number": slug, "key": key})

    # Nobody answers. The real beat wakes the real worker: one breach, and everybody is told.
    letters = processes()
    breach = until(Breach.objects.first)
    assert (breach.kind, breach.due_on, breach.officer) == (ClockKind.REPLY, date(2026, 3, 26), executor)
    until(lambda: len(letters) >= 2)  # silence is refusal, and the last day moved; officials on a working day
    silent = posted(citizen, "reception:follow", {"number": slug, "key": key})
    assert reverse("reception:complain") in silent

    # The body explains, the oversight wants measures, the controller enters one; the register shows it all.
    posted(signed_in(head), "desk:breach_explain", {"cause": "neglect", "text": "Ұмытылды."}, str(breach.pk))
    posted(signed_in(overseer), "desk:breach_review", {"verdict": "measures_due", "text": ""}, str(breach.pk))
    measure = {"kind": MeasureKind.REMARK, "order_number": "17-қ", **on(timezone.localdate(), "taken_on")}
    posted(signed_in(controller), "desk:breach_measure", measure, str(breach.pk))
    register = page(signed_in(overseer), "oversight:register")
    assert appeal.number in register
    export = signed_in(overseer).get(reverse("desk:breaches_export"))
    assert "17-қ" in b"".join(export.streaming_content).decode()

    # What is on record is whole, and adds up.
    call_command("verify_history", verbosity=0)
    assert rebuilding.differences() == []
    assert Breach.objects.count() == 1
