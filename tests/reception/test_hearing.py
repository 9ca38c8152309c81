"""What the applicant reads and says on the page of her case: the preliminary decision, the file, what is done."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from agencies.domain.calendar import local_dates
from agencies.enums import Role
from appeals.domain import co_execution, coupons, errata, execution, file_access, forwarding, hearings, holds, routing
from appeals.enums import EventKind
from appeals.models import Appeal
from tests.appeals import scenes
from tests.appeals.scenes import Scene
from tests.factories import make_officer
from tests.reception.test_queries import MOST, statements

pytestmark = pytest.mark.django_db
OBJECT, ASK = "/follow/object/", "/follow/ask-for-file/"


def opened(client: Client, appeal: Appeal) -> Client:
    client.post("/follow/", {"number": appeal.number, "key": coupons.key_of(appeal)})
    return client


def page(client: Client, scene: Scene) -> str:
    return opened(client, scene.appeal).get("/follow/appeal/").text


def test_case_shows_the_preliminary_decision_and_leads_to_the_form(client):
    told = page(client, scenes.notified())

    assert "Бас тартпақпыз." in told
    assert "you can object until" in told
    assert OBJECT in told
    assert "Жауап." not in told


def test_object_is_taken_shown_and_cannot_be_made_twice(client):
    scene = scenes.notified()

    response = opened(client, scene.appeal).post(OBJECT, {"text": "Келіспеймін."})

    assert response.headers["Location"] == "/follow/appeal/"
    event = scene.appeal.events.latest("seq")
    assert (event.kind, event.by, event.words.text) == (EventKind.OBJECTED, None, "Келіспеймін.")
    told = client.get("/follow/appeal/").text
    assert "Келіспеймін." in told
    assert OBJECT not in told
    again = client.post(OBJECT, {"text": "Тағы да."})
    assert again.status_code == 403
    assert "no preliminary decision to object to" in again.text


def test_object_after_its_time_is_still_taken_and_the_page_says_so(client):
    scene = scenes.notified()
    at = timezone.now() + timedelta(days=7)
    for zone, day in local_dates(at):
        holds.note_lapsed(zone=zone, on=day, at=at, limit=10)

    assert "an objection is still taken" in page(client, scene)

    client.post(OBJECT, {"text": "Кешіктім."})
    assert scene.trail[-1] == EventKind.OBJECTED


def test_case_promises_no_time_to_object_once_it_is_over_though_no_job_has_run(client, time_machine):
    scene = scenes.notified()
    time_machine.move_to(timezone.now() + timedelta(days=7))

    assert "an objection is still taken" in page(client, scene)


@pytest.mark.parametrize("content", [{}, {"text": "  "}, {"text": "x" * 200_000}])
def test_object_with_a_bad_form_is_asked_again_and_changes_nothing(client, content):
    scene = scenes.notified()
    before = scene.trail

    assert opened(client, scene.appeal).post(OBJECT, content).status_code == 422
    assert scene.trail == before


def test_object_where_nothing_was_made_known_is_refused_with_the_reason(client):
    scene = scenes.assigned()

    for response in (opened(client, scene.appeal).post(OBJECT, {"text": "No!"}), client.get(OBJECT)):
        assert response.status_code == 403
        assert "no preliminary decision" in response.text
    assert EventKind.OBJECTED not in scene.trail


@pytest.mark.parametrize("address", [OBJECT, ASK])
def test_act_without_an_opened_case_leads_to_the_door(client, address):
    scene = scenes.notified()
    before = scene.trail

    assert client.post(address, {"text": "No!"}).headers["Location"] == "/follow/"
    assert scene.trail == before


def test_ask_for_file_by_one_button_is_answered_on_the_same_page(client):
    scene = scenes.assigned()
    assert "Ask to see the file" in page(client, scene)

    assert client.post(ASK).headers["Location"] == "/follow/appeal/"
    told = client.get("/follow/appeal/").text
    assert "You asked to see the file" in told
    assert "Ask to see the file" not in told
    file_access.show_file(scene.appeal, how="12-бөлмеде.", by=scene.executor, at=scene.at)

    told = client.get("/follow/appeal/").text
    assert "12-бөлмеде." in told
    assert "Ask to see the file" in told


def test_ask_for_file_of_the_next_holder_shows_both_days_and_both_answers(client):
    scene = scenes.file_asked()
    before, head = scene.appeal.agency, make_officer("akimat.education.kz-79", Role.HEAD)
    forwarding.forward(scene.appeal, head.agency, by=scene.head, at=scene.at, reason="A school")
    assert "Ask to see the file" in page(client, scene)

    client.post(ASK)

    told = client.get("/follow/appeal/").text
    assert all(f"You asked to see the file. {body} has to show it" in told for body in (before, head.agency))
    assert "Ask to see the file" not in told
    file_access.show_file(scene.appeal, how="12-бөлмеде.", by=scene.executor, at=scene.at)
    file_access.show_file(scene.appeal, how="Мектепте.", by=head, at=scene.at)
    told = client.get("/follow/appeal/").text
    assert "12-бөлмеде." in told
    assert "Мектепте." in told


def test_ask_for_file_again_is_refused_and_by_get_changes_nothing(client):
    scene = scenes.file_asked()
    before = scene.trail

    response = opened(client, scene.appeal).post(ASK)

    assert response.status_code == 403
    assert "already asked for" in response.text
    assert client.get(ASK).headers["Location"] == "/follow/appeal/"
    assert scene.trail == before


def test_answered_case_keeps_its_term_and_tells_what_is_still_to_be_done(client):
    scene = scenes.answered()

    told = page(client, scene)
    assert "The body has to carry it out by" in told
    assert "clock--met" in told

    errata.correct_reply(scene.appeal, text="2062 емес, 2026.", by=scene.head, at=scene.at)
    execution.report_execution(scene.appeal, text="Құбыр жөнделді.", by=scene.executor, at=scene.at)
    told = client.get("/follow/appeal/").text
    for said in ("2062 емес, 2026.", "Құбыр жөнделді."):
        assert said in told
    assert "The body has to carry it out by" not in told


def test_the_applicant_reads_nothing_of_what_colleagues_are_asked_be_it_late(client):
    scene = scenes.asked_of_colleague()
    co_execution.answer_as_co_executor(
        scene.appeal, answer="Қырық екі.", by=scene.colleague, at=scene.at + timedelta(days=9)
    )
    assert EventKind.BREACHED in scene.trail

    told = page(client, scene)
    told += followed(client, scene).content.decode()

    for hidden in ("Есептегіш", "Қырық екі", "co_executor", "co-executor", scene.colleague.user.full_name):
        assert hidden not in told


def followed(client: Client, scene: Scene) -> Any:
    given = {"number": scene.appeal.number, "key": coupons.key_of(scene.appeal)}
    return client.post("/api/v1/follow/", given, content_type="application/json")


def test_follow_by_program_tells_the_preliminary_decision_errata_and_what_is_promised(client):
    heard, answered = scenes.notified(), scenes.answered()
    errata.correct_reply(answered.appeal, text="2062 емес, 2026.", by=answered.head, at=answered.at)

    told = followed(client, heard).json()
    assert (told["hearing"]["decision"], told["hearing"]["objected_on"]) == ("Бас тартпақпыз.", None)
    assert (told["reply"], told["errata"]) == (None, [])
    told = followed(client, answered).json()
    assert (told["hearing"], told["reply"]["needs_execution"]) == (None, True)
    assert [erratum["text"] for erratum in told["errata"]] == ["2062 емес, 2026."]


def test_preliminary_decision_of_the_body_before_is_not_shown_as_that_of_the_new_one(client):
    scene = scenes.notified()
    forwarding.forward(scene.appeal, routing.office(), by=scene.head, at=scene.at, reason="Біздікі емес.")

    assert "Preliminary decision made known" in page(client, scene)
    assert "Бас тартпақпыз." not in client.get("/follow/appeal/").text


@pytest.mark.parametrize("times", [1, 3])
def test_case_costs_the_same_with_one_of_everything_and_with_three(client, times):
    scene = scenes.answered()
    for n in range(times):
        errata.correct_reply(scene.appeal, text=f"{n}", by=scene.head, at=scene.at)
        file_access.ask_for_file(scene.appeal, at=scene.at)
        file_access.show_file(scene.appeal, how="x", by=scene.executor, at=scene.at)
    heard = scenes.notified()
    for n in range(times):
        hearings.notify_hearing(heard.appeal, decision=f"{n}", way="written", by=heard.head, at=heard.at)

    for appeal in (scene.appeal, heard.appeal):
        assert statements(opened(client, appeal), "/follow/appeal/") <= MOST
    assert statements(client, OBJECT) <= MOST
