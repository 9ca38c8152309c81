"""Six questions to each act of the hearing and after the answer; and what the pages tell of them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from agencies.enums import Role
from appeals.domain import co_execution, errata, execution, file_access, forwarding, hearings
from appeals.domain.routing import office
from appeals.enums import Outcome, Status, WaiverGround
from tests.appeals import scenes
from tests.appeals.scenes import ACTS, ELSEWHERE, NAMES, Asked, Scene, content_of, officer
from tests.appeals.web.desk.conftest import address, signed_in
from tests.factories import make_officer

pytestmark = pytest.mark.django_db
each_act = pytest.mark.parametrize("asked", ACTS, ids=NAMES)


def page_of(scene: Scene, by: object) -> str:
    return signed_in(by).get(address(scene.appeal)).content.decode()


@each_act
def test_act_by_who_may_is_done_and_leads_back_to_the_case(asked: Asked):
    scene = asked.moment()
    client = signed_in(officer(scene, asked.who))

    response = client.post(address(scene.appeal, f"{asked.act}/"), content_of(asked, scene))

    assert response.status_code == 302, response.content.decode()
    assert response.url == address(scene.appeal)
    assert scene.trail[-1] == asked.left
    assert "Done" in client.get(response.url).content.decode()


@each_act
def test_act_sent_twice_is_done_once(asked: Asked):
    scene = asked.moment()
    client, content = signed_in(officer(scene, asked.who)), content_of(asked, scene)
    client.post(address(scene.appeal, f"{asked.act}/"), content)
    done = scene.trail

    response = client.post(address(scene.appeal, f"{asked.act}/"), content)

    assert response.status_code in (403, 422), response.content.decode()
    assert scene.trail == done


@each_act
def test_act_by_another_body_is_not_there(asked: Asked):
    scene, stranger = asked.moment(), signed_in(make_officer(ELSEWHERE, Role.HEAD))
    before = scene.trail

    assert stranger.post(address(scene.appeal, f"{asked.act}/"), content_of(asked, scene)).status_code == 404
    assert stranger.get(address(scene.appeal, f"{asked.act}/")).status_code == 404
    assert scene.trail == before


@each_act
def test_act_by_the_wrong_person_is_refused_with_a_reason(asked: Asked):
    scene = asked.moment()
    before, client = scene.trail, signed_in(officer(scene, asked.wrong))

    for response in (
        client.post(address(scene.appeal, f"{asked.act}/"), content_of(asked, scene)),
        client.get(address(scene.appeal, f"{asked.act}/")),
    ):
        assert response.status_code == 403
        assert "Nothing has been changed" in response.content.decode()
    assert scene.trail == before


@each_act
def test_act_at_the_wrong_moment_is_refused_with_its_own_reason(asked: Asked):
    scene = asked.wrong_moment()
    before, client = scene.trail, signed_in(officer(scene, asked.who))

    response = client.post(address(scene.appeal, f"{asked.act}/"), content_of(asked, scene))

    assert response.status_code == 403
    assert asked.reason in response.content.decode()
    assert scene.trail == before


@pytest.mark.parametrize("asked", [a for a in ACTS if a.missing], ids=[a.act for a in ACTS if a.missing])
def test_act_with_something_missing_is_asked_again_and_changes_nothing(asked: Asked):
    scene = asked.moment()
    before = scene.trail
    content = {name: value for name, value in content_of(asked, scene).items() if name != asked.missing}

    response = signed_in(officer(scene, asked.who)).post(address(scene.appeal, f"{asked.act}/"), content)

    assert response.status_code == 422
    assert asked.missing in response.context["form"].errors
    assert scene.trail == before


@each_act
def test_the_page_of_an_act_costs_at_most_eight_reads(asked: Asked, rows_read):
    scene = asked.moment()
    client = signed_in(officer(scene, asked.who))

    with rows_read() as statements:
        assert client.get(address(scene.appeal, f"{asked.act}/")).status_code == 200

    assert len(statements) <= 8, "\n".join(statements)


@pytest.mark.parametrize(
    ("act", "content", "field"),
    [
        ("record-hearing", {"held_on": "2026-01-01", "protocol": "x"}, "held_on"),
        ("record-hearing", {"held_on": "today", "protocol": " "}, "protocol"),
        ("ask-co-executor", {"to": "colleague", "question": "?", "days": 99}, "days"),
        ("ask-co-executor", {"to": "colleague", "question": "?", "days": "some"}, "days"),
        ("waive-hearing", {"ground": "dull", "reason": "x"}, "ground"),
        ("notify-hearing", {"decision": "x", "way": "shouting"}, "way"),
    ],
)
def test_act_with_what_cannot_be_is_said_at_the_field_and_changes_nothing(act, content, field):
    asked = ACTS[NAMES.index(act)]
    scene = asked.moment()
    before, told = scene.trail, scene.sent(content)
    told |= {"held_on": timezone.localdate().isoformat()} if told.get("held_on") == "today" else {}

    response = signed_in(officer(scene, asked.who)).post(address(scene.appeal, f"{act}/"), told)

    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert scene.trail == before


def test_sign_an_adverse_reply_before_the_third_working_day_is_refused_and_the_case_says_from_when():
    scene = scenes.notified()
    signing_from = hearings.owed(scene.appeal, on=timezone.localdate()).signing_from

    for response in (
        signed_in(scene.head).get(address(scene.appeal, "reply/")),
        signed_in(scene.head).post(address(scene.appeal, "reply/"), {"seen": scene.at.isoformat()}),
    ):
        assert response.status_code == 403
        assert "an adverse answer can be signed from" in response.content.decode()
    scene.appeal.refresh_from_db()
    assert scene.appeal.status == Status.IN_REVIEW
    refused = {
        action.label: action.refusal for action in signed_in(scene.head).get(address(scene.appeal)).context["actions"]
    }
    assert str(signing_from.year) in refused["Sign and send the reply"]
    assert "an adverse answer can be signed from" in page_of(scene, scene.executor)


def test_prepare_an_adverse_reply_says_at_once_that_the_applicant_is_heard_first():
    scene = scenes.assigned()
    client = signed_in(scene.executor)
    content = {"outcome": "refused", "text": "Жоқ.", "law": "76-бап", "remedy": "Сотқа."}

    assert "record why no hearing is needed" in client.get(address(scene.appeal, "prepare-reply/")).content.decode()
    page = client.post(address(scene.appeal, "prepare-reply/"), content, follow=True).content.decode()

    assert page.count("record why no hearing is needed") >= 2


def test_prepare_a_reply_that_refuses_and_promises_is_said_at_the_field():
    scene = scenes.assigned()
    content = {"outcome": "refused", "text": "Жоқ.", "law": "76-бап", "remedy": "Сотқа.", "needs_execution": "on"}

    response = signed_in(scene.executor).post(address(scene.appeal, "prepare-reply/"), content)

    assert response.status_code == 422
    assert "needs_execution" in response.context["form"].errors


def test_prepare_reply_again_keeps_the_promise():
    scene = scenes.prepared(Outcome.SATISFIED, needs_execution=True)

    page = signed_in(scene.executor).get(address(scene.appeal, "prepare-reply/"))

    assert page.context["form"]["needs_execution"].value() is True


def test_case_shows_the_hearing_the_objection_the_protocol_and_the_waiver():
    scene = scenes.notified()
    hearings.object_(scene.appeal, text="Келіспеймін.", at=scene.at)
    hearings.record_hearing(
        scene.appeal, held_on=timezone.localdate(), protocol="Тыңдалды.", by=scene.executor, at=scene.at
    )
    hearings.waive_hearing(scene.appeal, ground=WaiverGround.ASKED, reason="Өтінді.", by=scene.head, at=scene.at)

    page = page_of(scene, scene.registrar)

    for said in (
        "Бас тартпақпыз.",
        "Келіспеймін.",
        "Тыңдалды.",
        "Өтінді.",
        "The applicant asked for none",
        "In person",
    ):
        assert said in page
    assert "can be signed from" not in page


def test_case_shows_errata_and_what_was_done_below_the_answer():
    scene = scenes.answered()
    assert "Something is still to be done" in page_of(scene, scene.executor)
    errata.correct_reply(scene.appeal, text="2062 емес, 2026.", by=scene.head, at=scene.at)
    execution.report_execution(scene.appeal, text="Құбыр жөнделді.", by=scene.executor, at=scene.at)

    page = page_of(scene, scene.executor)

    assert page.index("Жауап.") < page.index("2062 емес, 2026.")
    assert "Құбыр жөнделді." in page


def test_case_shows_the_parts_of_colleagues_to_their_own_body_alone():
    scene = scenes.asked_of_colleague()
    co_execution.answer_as_co_executor(scene.appeal, answer="Қырық екі.", by=scene.colleague, at=scene.at)
    forwarding.forward(scene.appeal, office(), by=scene.head, at=scene.at, reason="Біздікі емес.")

    for words in ("Есептегіш не көрсетеді?", "Қырық екі."):
        assert words in page_of(scene, scene.registrar)
        assert words not in page_of(scene, make_officer(office(), Role.OVERSIGHT))
        assert words not in page_of(scene, make_officer(office(), Role.REGISTRAR))


def test_queue_lists_what_is_still_to_be_carried_out_or_shown_and_what_is_asked_of_me():
    carried, shown, asked = scenes.answered(), scenes.answered(), scenes.asked_of_colleague()
    execution.report_execution(shown.appeal, text="Бітті.", by=shown.executor, at=shown.at)
    file_access.ask_for_file(shown.appeal, at=shown.at)
    scenes.file_asked()  # open: the queue has it as it is

    def numbers(by: object, status: str) -> set[str]:
        return {row.appeal.number for row in signed_in(by).get(f"/desk/?status={status}").context["rows"]}

    assert numbers(carried.registrar, "still_owed") == {carried.appeal.number, shown.appeal.number}
    assert numbers(asked.colleague, "asked_of_me") == {asked.appeal.number}
    assert numbers(asked.executor, "asked_of_me") == set()
    assert numbers(make_officer(ELSEWHERE, Role.HEAD), "still_owed") == set()


def test_queue_of_what_is_still_owed_says_until_when():
    scene = scenes.answered()

    (row,) = signed_in(scene.executor).get("/desk/?status=still_owed").context["rows"]

    assert row.clock.due_on == scene.appeal.clocks.running().get().due_on


def test_queue_of_what_is_still_owed_pages_without_losing_any(monkeypatch):
    monkeypatch.setattr("appeals.web.desk.queue.PAGE", 1)
    made = {scenes.answered().appeal.number for _ in range(3)}
    client = signed_in(make_officer(role=Role.REGISTRAR))

    seen, url = [], "/desk/?status=still_owed"
    while url:
        page = client.get(url)
        seen += [row.appeal.number for row in page.context["rows"]]
        url = page.context["next_url"] and f"/desk/{page.context['next_url']}"

    assert sorted(seen) == sorted(made)


@pytest.mark.parametrize("how_many", [1, 3])
def test_case_reads_as_much_with_one_of_everything_as_with_three(how_many, rows_read):
    scene = scenes.notified()
    for n in range(how_many):
        to = make_officer()
        co_execution.ask_co_executor(scene.appeal, to=to, question=f"{n}?", days=2, by=scene.executor, at=scene.at)
        hearings.waive_hearing(scene.appeal, ground=WaiverGround.ASKED, reason=f"{n}.", by=scene.head, at=scene.at)
    hearings.notify_hearing(scene.appeal, decision="x", way="written", by=scene.head, at=scene.at)
    client = signed_in(scene.registrar)

    with rows_read() as statements:
        assert client.get(address(scene.appeal)).status_code == 200

    assert len(statements) == 8, "\n".join(statements)


def test_closed_case_with_a_running_term_shows_it():
    scene = scenes.answered()
    later = scene.at + timedelta(minutes=1)
    file_access.ask_for_file(scene.appeal, at=later)

    page = page_of(scene, scene.executor)

    assert "Execution of the decision" in page
    assert "Access to the case file" in page
