"""The desk shows what the text of a case suggests while it is to be decided whose it is; the official decides."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from agencies.enums import Role
from agencies.models import Agency, Competence, Topic
from appeals.domain import numbering
from appeals.enums import Kind
from appeals.models import Appeal, Suggestion
from tests.factories import make_appeal, make_officer

pytestmark = pytest.mark.django_db
WASTE = "Нам уже месяц не вывозят мусор, контейнеры переполнены."
UTILITIES = "akimat.utilities.kz-79"


@pytest.fixture
def registrar(client: Client) -> Client:
    client.force_login(make_officer("president.office", role=Role.REGISTRAR).user)
    return client


def in_triage(**fields: Any) -> Appeal:
    return make_appeal(at=timezone.now(), **{"topic": None, "text": WASTE} | fields)


def address(appeal: Appeal, act: str = "") -> str:
    return f"/desk/{numbering.slug(appeal.number)}/{act}"


def offered(client: Client, appeal: Appeal) -> list[tuple[Any, str]]:
    return list(client.get(address(appeal, "forward/")).context["form"].fields["to"].choices)


def test_case_in_triage_shows_the_suggested_topics_with_confidence_and_words(registrar: Client):
    page = registrar.get(address(in_triage()))

    assert "What the text suggests" in page.text
    assert page.context["suggested"]["topics"][0]["name"] == "Waste"
    assert page.context["suggested"]["topics"][0]["percent"] > 60
    assert "мусор" in page.context["suggested"]["words"]


def test_case_shows_no_topic_that_only_distracts(registrar: Client):
    appeal = in_triage()
    said = [["waste", 0.5], ["roads.local", 0.1], ["education.school", 0.0999]]
    Suggestion.objects.filter(appeal=appeal).update(ranked=said)

    shown = registrar.get(address(appeal)).context["suggested"]["topics"]

    assert [topic["percent"] for topic in shown] == [50, 10]


def test_case_without_a_suggestion_shows_none(registrar: Client):
    silent, old = in_triage(text="Эээ ммм."), in_triage()
    Suggestion.objects.filter(appeal=old).delete()

    for appeal in (silent, old):
        assert registrar.get(address(appeal)).context["suggested"] is None
        assert registrar.get(address(appeal, "forward/")).status_code == 200


def test_forwarding_from_triage_offers_the_suggested_body_and_has_it_chosen(registrar: Client):
    appeal, body = in_triage(), Agency.objects.get(code=UTILITIES)

    page = registrar.get(address(appeal, "forward/"))

    assert page.context["form"].fields["to"].choices == [(body.pk, f"{body} – suggested by the text: Waste")]
    assert page.context["form"].initial["to"] == body.pk
    assert Appeal.objects.get().agency.code == "president.office"


def test_forwarding_offers_no_body_whose_competence_has_ended_though_it_lives(registrar: Client):
    appeal = in_triage(text="Нет поливной воды в арыке, поля сохнут без орошения.")

    told = dict(offered(registrar, appeal))

    assert Competence.objects.filter(topic__code="water.irrigation", agency__code="ministry.ecology").exists()
    assert list(told) == [Agency.objects.get(code="ministry.water").pk]


def test_forwarding_offers_only_bodies_for_the_kind_of_the_appeal(registrar: Client):
    text = "Застройщик не сдаёт дом, долевое строительство остановлено."
    named = {}
    for kind in (Kind.APPLICATION, Kind.REPORT):
        bodies = dict(offered(registrar, in_triage(text=text, kind=kind)))
        named[kind] = set(Agency.objects.filter(pk__in=bodies).values_list("code", flat=True))

    assert "akimat.building_control.kz-79" not in named[Kind.APPLICATION]
    assert named[Kind.REPORT] == {"akimat.construction.kz-79", "akimat.building_control.kz-79"}


def test_forwarding_by_the_suggestion_is_done_by_the_official_with_a_reason(registrar: Client):
    appeal, body = in_triage(), Agency.objects.get(code=UTILITIES)

    without = registrar.post(address(appeal, "forward/"), {"to": body.pk, "reason": ""})
    done = registrar.post(address(appeal, "forward/"), {"to": body.pk, "reason": "Мусор вывозит акимат."})

    assert without.status_code == 422
    assert done.status_code == 302
    assert Appeal.objects.get().agency == body


def test_forwarding_asks_as_before_where_the_text_agrees_with_the_topic_or_is_a_complaint():
    client, officer = Client(), make_officer(role=Role.REGISTRAR)
    client.force_login(officer.user)
    agreeing = make_appeal(at=timezone.now(), topic=Topic.objects.get(code="waste"), text=WASTE)
    school = Agency.objects.get(code="akimat.education.kz-79")
    complaint = make_appeal(
        at=timezone.now(), kind=Kind.COMPLAINT, complained_of=school, text=WASTE, holder=officer.agency
    )

    for appeal in (agreeing, complaint):
        assert all("suggested" not in name for _, name in offered(client, appeal))


def test_pages_with_a_suggestion_cost_at_most_eight_reads(registrar: Client, rows_read: Callable):
    appeal = in_triage()
    registrar.get(address(appeal))

    for act in ("", "forward/"):
        with rows_read() as statements:
            assert registrar.get(address(appeal, act)).status_code == 200
        assert len(statements) <= 8, "\n".join(statements)
