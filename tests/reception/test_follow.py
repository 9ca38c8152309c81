"""The door to a case, and what stands behind it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from agencies.enums import Role
from agencies.models import Agency
from appeals.domain import assignment, breaches, closing, coupons, forwarding, holds, replies
from appeals.domain.replies import Answer
from appeals.enums import Kind, Outcome, ReturnGround, TerminationGround
from appeals.models import Appeal
from appeals.rules import superior_instance
from reception.domain import door
from tests.factories import UTILITIES_OF_SHYMKENT, make_appeal, make_officer
from tests.reception.journey import ANSWERS, write

pytestmark = pytest.mark.django_db


def opened(client: Client, appeal: Appeal) -> Any:
    response = client.post("/follow/", {"number": appeal.number, "key": coupons.key_of(appeal)})
    assert response.headers["Location"] == "/follow/appeal/"
    return client.get("/follow/appeal/")


def answered(appeal: Appeal, at: datetime) -> None:
    executor, head = make_officer(), make_officer(role=Role.HEAD)
    assignment.assign(appeal, executor, by=head, at=at)
    assignment.begin_review(appeal, by=executor, at=at)
    answer = Answer(Outcome.SATISFIED, "Жылу қосылды.", "Art. 76", "Complain to the akimat within three months.")
    replies.prepare_reply(appeal, answer, by=executor, at=at)
    replies.reply(appeal, by=head, at=at, seen=at)


@pytest.mark.parametrize("typed", ["{}", " {} ", "{:l}"])
def test_number_and_key_open_the_case_however_they_are_typed(client: Client, typed: str):
    appeal = make_appeal()
    number = appeal.number if "l" not in typed else appeal.number.replace("ЖТ-", "zht ").replace("-", " ")
    key = coupons.key_of(appeal).lower().replace("-", " ")

    response = client.post("/follow/", {"number": f" {number} ", "key": key})

    assert response.headers["Location"] == "/follow/appeal/"
    assert appeal.number in client.get("/follow/appeal/").text


def test_wrong_key_and_wrong_number_are_told_apart_by_nothing(client: Client):
    appeal = make_appeal()

    pages = [
        client.post("/follow/", {"number": number, "key": key})
        for number, key in ((appeal.number, "AAAA-AAAA-AAAA"), ("ЖТ-2026-99999999", "AAAA-AAAA-AAAA"), ("?", "?"))
    ]

    assert [page.status_code for page in pages] == [422] * 3
    assert len({str(page.context["form"].errors) for page in pages}) == 1


def test_key_of_another_case_does_not_open_this_one(client: Client):
    appeal, other = make_appeal(), make_appeal()

    assert client.post("/follow/", {"number": appeal.number, "key": coupons.key_of(other)}).status_code == 422


@pytest.mark.parametrize("given", [{}, {"number": "ЖТ-2026-1"}, {"number": "x" * 61, "key": "\x00"}])
def test_faulty_form_comes_back_with_errors(client: Client, given: dict[str, str]):
    response = client.post("/follow/", given)

    assert response.status_code == 422
    assert response.context["form"].errors


def test_too_many_tries_from_one_address_are_told_when_to_come_back(client: Client):
    appeal = make_appeal()
    for _ in range(door.FOLLOW.tries):
        assert client.post("/follow/", {"number": "ЖТ-2026-99999999", "key": "A"}).status_code in (422, 429)

    response = client.post("/follow/", {"number": appeal.number, "key": coupons.key_of(appeal)})

    assert response.status_code == 429
    assert 0 < int(response.headers["Retry-After"]) <= 15 * 60
    assert "Try again after" in response.text


def test_strangers_who_try_one_number_do_not_keep_its_applicant_out():
    appeal = make_appeal()
    for n in range(100):
        Client(REMOTE_ADDR=f"10.0.0.{n}").post("/follow/", {"number": appeal.number, "key": "A"})

    given = {"number": appeal.number, "key": coupons.key_of(appeal)}
    assert Client(REMOTE_ADDR="10.1.0.1").post("/follow/", given).headers["Location"] == "/follow/appeal/"


def test_case_opens_under_a_new_key_of_the_session(client: Client):
    client.post("/write/kind/", {"kind": "report"})
    stranger = Client()
    stranger.cookies["sessionid"] = client.cookies["sessionid"].value

    opened(client, make_appeal())

    assert stranger.get("/follow/appeal/").headers["Location"] == "/follow/"
    assert client.session["draft"]


def test_case_without_a_key_leads_to_the_door(client: Client):
    make_appeal()

    assert client.get("/follow/appeal/").headers["Location"] == "/follow/"


def test_left_case_is_closed(client: Client):
    opened(client, make_appeal())

    client.post("/follow/leave/")

    assert client.get("/follow/appeal/").headers["Location"] == "/follow/"


def test_case_left_open_closes_by_itself(client: Client):
    appeal = make_appeal()
    opened(client, appeal)
    session = client.session
    session["opened"] = {"appeal": appeal.pk, "until": (timezone.now() - timedelta(seconds=1)).isoformat()}
    session.save()

    assert client.get("/follow/appeal/").headers["Location"] == "/follow/"


@pytest.mark.parametrize("path", ["/follow/", "/follow/appeal/", "/receipt/", "/write/kind/"])
def test_personal_pages_are_kept_by_no_cache_and_no_search_engine(client: Client, path: str):
    response = client.get(path)

    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_case_shows_the_body_and_no_official_by_name(client: Client):
    appeal = make_appeal()
    executor = make_officer(user=None, post="Chief specialist")
    assignment.assign(appeal, executor, by=make_officer(role=Role.HEAD), at=appeal.received_at)

    page = opened(client, appeal)

    assert str(appeal.agency) in page.text
    assert executor.user.full_name not in page.text
    assert "Сынақ Азамат" not in page.text


def test_case_forwarded_shows_who_when_and_why(client: Client):
    appeal = make_appeal()
    to = Agency.objects.get(code="akimat.education.kz-79")
    forwarding.forward(
        appeal, to, by=make_officer(role=Role.REGISTRAR), at=appeal.received_at, reason="The school is heated by them."
    )

    page = opened(client, appeal).text

    assert f"{Agency.objects.get(code=UTILITIES_OF_SHYMKENT)} → {to}" in page
    assert "The school is heated by them." in page


def test_case_overdue_says_that_silence_is_refusal_and_offers_a_complaint(client: Client):
    appeal = make_appeal(at=timezone.now() - timedelta(days=60))
    breaches.note_missed(zone=appeal.agency.zone, on=timezone.localdate(), at=timezone.now(), limit=10)

    page = opened(client, appeal)
    assert "silence counts as refusal" in page.text
    assert page.context["case"].breaches

    response = client.post("/follow/complain/", follow=True)
    assert response.redirect_chain[-1] == ("/write/text/", 302)
    assert f"a complaint about the body that has the appeal {appeal.number}" in response.text


def test_case_promises_an_answer_only_by_a_day_that_is_to_come_and_stays_where_it_is(client: Client):
    at = timezone.now()
    awaited, late = make_appeal(at=at), make_appeal(at=at - timedelta(days=60))
    held = holds.hold(make_appeal(at=at), missing="The flat.", days=3, by=make_officer(role=Role.HEAD), at=at)

    pages = [opened(client, appeal).text for appeal in (awaited, late, held)]

    assert ["The body has to answer by this day." in page for page in pages] == [True, False, False]


def complained(client: Client, **changed: dict[str, str]) -> Appeal:
    """What becomes of the complaint begun with one click, written to its end and sent."""
    client.post("/follow/complain/")
    for step in ("text", "files", "applicant", "name", "contacts"):
        client.post(f"/write/{step}/", (ANSWERS | changed)[step])
    assert client.post("/write/check/", {"repeat": "another"}, follow=True).status_code == 200
    return Appeal.objects.latest("pk")


def test_complaint_begun_from_a_case_names_the_earlier_appeal_on_both_pages(client: Client):
    appeal = make_appeal(at=timezone.now() - timedelta(days=60))
    opened(client, appeal)

    complaint = complained(client)

    assert (complaint.kind, complaint.previous, complaint.complained_of) == (Kind.COMPLAINT, appeal, appeal.agency)
    assert appeal.number in client.get("/follow/appeal/").text


def test_complaint_turned_into_another_kind_no_longer_follows_on_the_earlier_appeal(client: Client):
    opened(client, make_appeal(at=timezone.now() - timedelta(days=60)))
    client.post("/follow/complain/")
    client.post("/write/kind/", {"kind": "report"})

    sent = complained(client)

    assert (sent.kind, sent.previous, sent.complained_of) == (Kind.REPORT, None, None)


def test_draft_cannot_name_an_earlier_appeal_by_itself(client: Client):
    stranger = make_appeal()

    write(client, kind={"kind": "application", "previous": stranger.number})
    client.post("/write/check/", {"previous": stranger.number}, follow=True)

    sent = Appeal.objects.latest("pk")
    assert sent != stranger
    assert sent.previous is None


def test_complaint_does_not_overwrite_an_unfinished_draft(client: Client):
    client.post("/write/kind/", {"kind": "report"})
    opened(client, make_appeal())

    response = client.post("/follow/complain/", follow=True)

    assert response.redirect_chain[-1] == ("/write/place/", 302)
    assert "unfinished appeal" in response.text


def test_complaint_without_an_opened_case_leads_to_the_door(client: Client):
    assert client.post("/follow/complain/").headers["Location"] == "/follow/"


def test_prepared_answer_is_not_shown_before_it_is_signed(client: Client):
    appeal = make_appeal()
    executor, head = make_officer(), make_officer(role=Role.HEAD)
    assignment.assign(appeal, executor, by=head, at=appeal.received_at)
    assignment.begin_review(appeal, by=executor, at=appeal.received_at)
    answer = Answer(Outcome.REFUSED, "Secret draft", "Art. 76", "Complain.")
    replies.prepare_reply(appeal, answer, by=executor, at=appeal.received_at)

    assert "Secret draft" not in opened(client, appeal).text


def test_answered_case_shows_outcome_reasons_law_and_the_way_to_complain(client: Client):
    appeal = make_appeal()
    answered(appeal, appeal.received_at)

    page = opened(client, appeal).text

    for said in ("Satisfied", "Жылу қосылды.", "Art. 76", "Complain to the akimat within three months."):
        assert said in page


def test_returned_case_shows_ground_and_reason(client: Client):
    appeal = make_appeal()
    head = make_officer(role=Role.HEAD)
    closing.return_without_review(
        appeal, ReturnGround.IDENTICAL, by=head, at=appeal.received_at, reason="Answered in January."
    )

    page = opened(client, appeal).text

    ending = page[page.index('id="ending"') : page.index("Where it stands")]
    for said in ("Returned without review. Ground: Identical", "Answered in January.", "three months"):
        assert said in ending
    assert str(superior_instance(appeal.agency, appeal.registered_on)) in ending
    assert 'action="/follow/complain/"' in ending


@pytest.mark.parametrize("end", [closing.return_without_review, closing.terminate])
def test_case_ended_without_an_answer_does_not_call_its_term_met(client: Client, end: Any):
    appeal = make_appeal()
    by, at = make_officer(role=Role.HEAD), appeal.received_at
    if end is closing.terminate:
        assignment.accept(appeal, by=by, at=at)
        end(appeal, TerminationGround.NO_SUBSTANCE, by=by, at=at, reason="No request.")
    else:
        end(appeal, ReturnGround.INSULTING, by=by, at=at, reason="Insults.")

    page = opened(client, appeal).text

    assert "Why there is no answer" in page
    for hidden in ("clock--", "How this day is counted"):
        assert hidden not in page


def test_answered_case_keeps_its_term(client: Client):
    appeal = make_appeal()
    answered(appeal, appeal.received_at)

    assert "clock--met" in opened(client, appeal).text


def test_case_terminated_where_nobody_stands_above_names_the_court(client: Client):
    appeal = make_appeal(kind=Kind.COMPLAINT, complained_of=Agency.objects.get(code="government"))
    ground = TerminationGround.NO_SUPERIOR
    by = make_officer(appeal.agency, role=Role.HEAD)
    closing.terminate(appeal, ground, by=by, at=appeal.received_at, reason="The way leads to court.")

    page = opened(client, appeal).text

    assert "you can go to court" in page
    assert 'action="/follow/complain/"' not in page
