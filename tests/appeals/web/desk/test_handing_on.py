"""The pages of handing on: six questions to each, its guards, the marks in the text."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from agencies.enums import Role
from appeals.enums import Kind, Status
from appeals.models import Appeal, Dispute
from tests.appeals.domain.journeys import (
    EDUCATION,
    HEALTH,
    UTILITIES,
    body,
    by,
    forwarded,
    forwarded_twice,
    sent_on,
    trail,
)
from tests.appeals.handing_on import ACTS, NAMES, Asked
from tests.appeals.web.desk.conftest import address, signed_in
from tests.factories import MONDAY, make_appeal, make_officer

pytestmark = pytest.mark.django_db

TEXT = "Үйде жылу жоқ.\n\nМектеп те суық.\nЖол бұзылған."


@pytest.fixture(autouse=True)
def on_monday() -> Iterator[None]:
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture(params=ACTS, ids=NAMES)
def each(request: pytest.FixtureRequest) -> Asked:
    return request.param


def test_an_act_by_who_may_is_done_and_leads_back_to_the_case(each):
    appeal = each.moment()

    response = signed_in(by(appeal.agency, each.role)).post(address(appeal, f"{each.act}/"), each.content)

    assert (response.status_code, response.url) == (302, address(appeal))
    assert trail(appeal)[-1] == each.left


@pytest.mark.parametrize("act", ["forward", "forward-part"])
def test_the_president_is_not_among_the_bodies_to_forward_to_and_his_office_is(act):
    appeal, president = make_appeal(), body("president")
    client, page = signed_in(by(UTILITIES)), address(appeal, f"{act}/")

    found = client.post(page, {"find": "1", "name": "President"}).context["form"].offered
    sent = client.post(page, {"to": president.pk, "reason": "His.", "marked": ["0"]})

    assert president not in found
    assert body("president.office") in found
    assert (sent.status_code, sent.context["form"].errors["to"]) == (422, ["Choose one of the bodies found."])
    assert trail(appeal)[-1] == "routed"


def test_the_page_of_an_act_is_shown_and_costs_at_most_eight_reads(each, rows_read):
    appeal = each.moment()
    client = signed_in(by(appeal.agency, each.role))

    with rows_read() as statements:
        assert client.get(address(appeal, f"{each.act}/")).status_code == 200

    assert len(statements) <= 8, "\n".join(statements)


def test_an_act_by_a_stranger_is_not_there(each):
    appeal = each.moment()

    response = signed_in(make_officer("akimat.education.kz-75", Role.HEAD)).post(address(appeal, f"{each.act}/"))

    assert response.status_code == 404


def test_an_act_by_the_wrong_person_is_refused_and_leaves_no_trace(each):
    appeal = each.moment()
    before = trail(appeal)

    response = signed_in(make_officer(appeal.agency, each.wrong)).post(address(appeal, f"{each.act}/"), each.content)

    assert response.status_code == 403
    assert trail(appeal) == before


def test_an_act_at_the_wrong_moment_is_refused_with_its_own_reason(each):
    appeal = each.wrong_moment()
    before = trail(appeal)
    client = signed_in(by(appeal.agency, each.role))

    for response in (client.get(address(appeal, f"{each.act}/")), client.post(address(appeal, f"{each.act}/"))):
        assert response.status_code == 403
        assert each.reason in response.content.decode()
    assert trail(appeal) == before


def test_an_act_without_what_it_needs_is_asked_again(each):
    appeal = each.moment()
    before = trail(appeal)

    client = signed_in(by(appeal.agency, each.role))
    response = client.post(address(appeal, f"{each.act}/"), each.content | {each.field: " "})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [each.field]
    assert trail(appeal) == before


def test_an_act_by_another_method_is_not_allowed(each):
    appeal = each.moment()

    assert signed_in(by(appeal.agency, each.role)).put(address(appeal, f"{each.act}/")).status_code == 405


def test_an_act_sent_twice_is_done_once_and_says_why_not_again(each):
    appeal = each.moment()
    client = signed_in(by(appeal.agency, each.role))

    client.post(address(appeal, f"{each.act}/"), each.content)
    again = client.post(address(appeal, f"{each.act}/"), each.content)

    assert again.status_code == 403
    assert "govuk-heading" in again.content.decode()
    assert trail(appeal).count(each.left) == 1


def test_send_back_names_the_body_it_goes_to():
    page = signed_in(by(EDUCATION)).get(address(forwarded(), "send-back/")).content.decode()

    assert str(body(UTILITIES)) in page


@pytest.mark.parametrize("proposed", ["nonsense", HEALTH])
def test_dispute_that_proposes_nobody_who_could_answer_is_asked_again(proposed):
    appeal = forwarded_twice()

    response = signed_in(by(HEALTH)).post(
        address(appeal, "dispute/"), {"proposed": proposed, "reason": "Typed with care"}
    )

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["proposed"]
    assert not Dispute.objects.exists()


def test_the_third_forwarding_is_refused_on_the_page_and_leads_to_the_body_above():
    appeal = forwarded_twice()
    client = signed_in(by(HEALTH))

    refused = client.get(address(appeal, "forward/"))
    actions = {action.label: action.refusal for action in client.get(address(appeal)).context["actions"]}

    assert refused.status_code == 403
    assert "forwarded twice already" in refused.content.decode()
    assert "forwarded twice already" in actions["Forward to another body"]
    assert actions["Ask the body above who answers"] == ""


def test_forward_to_a_body_that_had_it_a_second_time_is_said_at_the_field():
    appeal = sent_on(forwarded(), UTILITIES)
    Appeal.objects.filter(pk=appeal.pk).update(hops=1)

    response = signed_in(by(UTILITIES)).post(
        address(appeal, "forward/"), {"to": body(EDUCATION).pk, "reason": "Typed with care"}
    )

    assert response.status_code == 422
    assert "returned once already" in response.context["form"].errors["to"][0]


@pytest.mark.parametrize("act", ["forward/", "forward-part/"])
def test_forward_to_a_ceased_body_is_no_choice(act):
    appeal, gone = make_appeal(), body(EDUCATION)
    gone.valid_to = (MONDAY - timedelta(days=1)).date()
    gone.save()

    response = signed_in(by(UTILITIES)).post(
        address(appeal, act), {"to": gone.pk, "reason": "Theirs.", "questions": "The school?"}
    )

    assert response.status_code == 422
    assert "to" in response.context["form"].errors
    assert Appeal.objects.count() == 1


@pytest.mark.parametrize("act", ["forward/", "forward-part/"])
def test_forward_a_complaint_to_the_body_complained_of_is_said_at_the_field(act):
    appeal = make_appeal(kind=Kind.COMPLAINT, complained_of=body(EDUCATION))
    Appeal.objects.filter(pk=appeal.pk).update(agency=body(UTILITIES))

    response = signed_in(by(UTILITIES)).post(
        address(appeal, act), {"to": body(EDUCATION).pk, "reason": "Theirs.", "questions": "The school?"}
    )

    assert response.status_code == 422
    assert "may not go to the body complained of" in response.context["form"].errors["to"][0]


def test_the_case_tells_how_often_it_was_forwarded_and_how_many_on_the_last_day():
    appeal = sent_on(forwarded(at=MONDAY + timedelta(days=3)), HEALTH, at=MONDAY + timedelta(days=3))

    page = " ".join(signed_in(by(HEALTH)).get(address(appeal)).content.decode().split())

    assert "Forwarded 2 times." in page
    assert "On the last day for it, or later: 1." in page


def test_the_queue_tells_how_often_each_was_forwarded_and_is_narrowed_by_it():
    twice, late = forwarded_twice(), sent_on(make_appeal(), HEALTH, at=MONDAY + timedelta(days=3))
    client = signed_in(by(HEALTH))

    def numbers(query: str) -> set[str]:
        return {row.appeal.number for row in client.get(f"/desk/{query}").context["rows"]}

    assert "Forwarded 2 times" in client.get("/desk/").content.decode()
    assert numbers("") == {twice.number, late.number}
    assert numbers("?handed_on=twice") == {twice.number}
    assert numbers("?handed_on=last_day") == {late.number}
    assert numbers("?handed_on=back") == set()


def test_forward_part_hands_over_the_passages_marked_in_their_order_and_what_is_written_besides():
    appeal = make_appeal(text=TEXT)

    page = signed_in(by(UTILITIES)).get(address(appeal, "forward-part/"))
    response = signed_in(by(UTILITIES)).post(
        address(appeal, "forward-part/"),
        {"to": body(EDUCATION).pk, "marked": ["2", "1"], "questions": " Қашан? ", "reason": "Theirs."},
    )

    assert [n for n, _ in page.context["form"].fields["marked"].choices] == [0, 1, 2]
    assert response.status_code == 302
    part = appeal.parts.get()
    assert part.content.text.endswith("\n\nМектеп те суық.\n\nЖол бұзылған.\n\nҚашан?")
    assert "Үйде жылу жоқ" not in part.content.text
    assert (part.status, appeal.events.last().kind) == (Status.REGISTERED, "forwarded_in_part")


@pytest.mark.parametrize("sent", [{}, {"marked": ["9"]}, {"marked": ["x"]}])
def test_forward_part_without_a_mark_or_with_one_that_is_not_there_is_asked_again(sent):
    appeal = make_appeal(text=TEXT)

    response = signed_in(by(UTILITIES)).post(
        address(appeal, "forward-part/"), {"to": body(EDUCATION).pk, "reason": "Typed with care"} | sent
    )

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["marked"]
    assert not appeal.parts.exists()


def test_forward_part_keeps_the_marks_while_a_body_is_looked_for():
    appeal = make_appeal(text=TEXT)

    page = signed_in(by(UTILITIES)).post(
        address(appeal, "forward-part/"), {"find": "1", "name": "education", "marked": ["1", "2"]}
    )

    assert page.context["form"]["marked"].value() == ["1", "2"]
    assert page.content.decode().count(" checked") >= 2
