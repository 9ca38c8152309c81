"""The administration's window on the cases."""

import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client
from django.utils import translation
from django.utils.html import escape

from agencies.enums import Role
from agencies.models import CalendarDay
from appeals.domain import access, breaches
from appeals.domain.accountability import annul_breach, explain_breach, review_breach, take_measure
from appeals.domain.routing import OFFICE
from appeals.enums import AccessedData, BreachCause, MeasureKind, Verdict
from appeals.models import (
    Breach,
    BreachExplanation,
    BreachReview,
    Clock,
    Event,
    LadderStep,
    Notice,
    SpecialType,
    Term,
)
from tests.factories import MONDAY, make_appeal, make_officer, make_user

LATER = MONDAY + timedelta(days=40)
OF_A_BREACH = ("breachexplanation", "breachreview", "breachmeasure", "breachannulment")
READS = {"appeal": 5, "event": 5, "clock": 5, "breach": 5, "notice": 5, "accessrecord": 5} | dict.fromkeys(
    OF_A_BREACH, 5
)
WINDOWS = tuple(READS)
NAMED = ("agencies/topic", "agencies/channel", "appeals/specialtype", "appeals/helpline")
LAW = {"Term", "SpecialType", "LadderStep"}


@pytest.fixture
def administrator(db: None) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(make_user(is_staff=True, is_superuser=True))
    return client


def everything_happened(how_many: int) -> None:
    """Appeals looked into and late, their breaches explained, reviewed, punished and annulled."""
    head, overseer = make_officer(role=Role.HEAD), make_officer(OFFICE, Role.OVERSIGHT)
    for _ in range(how_many):
        late = make_appeal()
        access.journal(late, AccessedData.APPLICANT, by=head, at=MONDAY)
    breaches.note_missed(zone=late.agency.zone, on=LATER.date(), at=LATER, limit=10)
    order = {"officer": head, "taken_on": LATER.date(), "order_number": "17-к"}
    for breach in Breach.objects.all():
        explain_breach(breach, cause=BreachCause.WORKLOAD, text="Ill.", by=head, at=LATER)
        review_breach(breach, verdict=Verdict.MEASURES_DUE, text="Act.", by=overseer, at=LATER)
        take_measure(breach, kind=MeasureKind.REMARK, **order, by=head, at=LATER)
        annul_breach(breach, reason="A mistake.", by=overseer, at=LATER)


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_what_the_windows_call_their_rows_is_in_the_language_of_the_reader(language, administrator):
    everything_happened(1)
    rows = [model.objects.first() for model in (Breach, BreachExplanation, BreachReview, Clock, Event, Notice)]
    rows += [*Term.objects.all(), *LadderStep.objects.all(), *SpecialType.objects.all(), *CalendarDay.objects.all()]

    with translation.override(language):
        called = [str(row) for row in rows]
        pages = [administrator.get(f"/admin/{path}/", headers={"accept-language": language}) for path in NAMED]

    assert [name for name in called if re.search("[a-z_]", name)] == []
    for page in pages:
        names = [str(row.named(language)) for row in page.context["cl"].result_list]
        assert names
        assert all(escape(name) in page.text for name in names)


@pytest.mark.parametrize("how_many", [1, 3])
@pytest.mark.parametrize("window", WINDOWS)
def test_a_window_lists_with_as_many_reads_for_one_row_as_for_three(window, how_many, administrator, rows_read):
    everything_happened(how_many)

    with rows_read() as statements:
        page = administrator.get(f"/admin/appeals/{window}/")

    assert page.status_code == 200
    assert len(page.context["cl"].result_list) >= how_many
    assert len(statements) == READS[window], "\n".join(statements)


@pytest.mark.parametrize("window", WINDOWS)
def test_a_window_is_read_and_never_written(window, administrator):
    everything_happened(1)
    row = apps.get_model("appeals", window).objects.order_by("pk").first()

    page = administrator.get(f"/admin/appeals/{window}/{row.pk}/change/")

    assert page.status_code == 200
    assert b'name="_save"' not in page.content
    for url in ("add/", f"{row.pk}/change/", f"{row.pk}/delete/"):
        assert administrator.post(f"/admin/appeals/{window}/{url}", {"post": "yes"}).status_code == 403


def test_personal_data_and_texts_have_no_window():
    registered = {model.__name__ for model in admin.site._registry if model._meta.app_label == "appeals"}

    of_a_breach = {"Breach", "BreachExplanation", "BreachReview", "BreachMeasure", "BreachAnnulment"}
    assert registered == {
        "Appeal",
        "Event",
        "Clock",
        "Notice",
        "AccessRecord",
        *of_a_breach,
        *LAW,
        "Helpline",
        "UrgentPhrase",
    }
