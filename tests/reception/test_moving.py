"""What the applicant does on her page: takes the appeal back, corrects her contacts, moves to its parts."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from agencies.enums import Role
from agencies.models import Agency
from appeals.domain import assignment, coupons, replies
from appeals.domain.closing import strike_off
from appeals.domain.parts import forward_part
from appeals.domain.replies import Answer
from appeals.enums import ClockKind, EventKind, Outcome, Status
from appeals.models import Appeal
from tests.factories import make_appeal, make_officer
from tests.reception.test_queries import MOST, statements

pytestmark = pytest.mark.django_db
ELSEWHERE = "akimat.education.kz-75"


def opened(client: Client, appeal: Appeal) -> Any:
    client.post("/follow/", {"number": appeal.number, "key": coupons.key_of(appeal)})
    return client.get("/follow/appeal/")


def words(page: Any) -> str:
    return " ".join(page.text.split())


def parted(appeal: Appeal, to: str = ELSEWHERE) -> Appeal:
    by = make_officer(appeal.agency, Role.REGISTRAR)
    body = Agency.objects.get(code=to)
    return forward_part(appeal, body, questions="The school?", reason="Theirs.", by=by, at=appeal.received_at)


def answered(appeal: Appeal) -> None:
    executor, head, at = make_officer(appeal.agency), make_officer(appeal.agency, Role.HEAD), appeal.received_at
    assignment.assign(appeal, executor, by=head, at=at)
    assignment.begin_review(appeal, by=executor, at=at)
    replies.prepare_reply(appeal, Answer(Outcome.NOTED, "Noted.", "Art. 89", "To the akimat."), by=executor, at=at)
    replies.reply(appeal, by=head, at=at, seen=at)


def test_withdraw_is_asked_once_more_and_then_done(client: Client):
    appeal = make_appeal()
    assert 'href="/follow/withdraw/"' in opened(client, appeal).text

    asked = client.get("/follow/withdraw/")
    assert "you can always write a new appeal" in words(asked)
    assert Appeal.objects.get(pk=appeal.pk).is_open

    done = client.post("/follow/withdraw/", {"reason": "The heating is back."}, follow=True)
    appeal.refresh_from_db()
    assert (appeal.status, done.redirect_chain) == (Status.WITHDRAWN, [("/follow/appeal/", 302)])
    for said in ("You took this appeal back", "The heating is back.", "You can always write a new appeal"):
        assert said in words(done)
    assert 'href="/follow/withdraw/"' not in done.text
    for hidden in ("clock--", "How to complain further"):
        assert hidden not in done.text


def test_withdraw_says_that_the_parts_go_on(client: Client):
    appeal = make_appeal()
    parted(appeal)
    opened(client, appeal)

    assert "The parts that other bodies have go on" in words(client.get("/follow/withdraw/"))


def test_withdraw_of_a_closed_appeal_is_refused_with_the_reason(client: Client):
    appeal = make_appeal()
    answered(appeal)
    opened(client, appeal)

    for page in (client.get("/follow/withdraw/"), client.post("/follow/withdraw/", {})):
        assert page.status_code == 403
        assert "The appeal is closed." in words(page)
    assert Appeal.objects.get(pk=appeal.pk).status == Status.ANSWERED


def test_withdraw_with_too_long_a_reason_is_asked_again_and_changes_nothing(client: Client):
    appeal = make_appeal()
    opened(client, appeal)

    page = client.post("/follow/withdraw/", {"reason": "x" * 3001})

    assert page.status_code == 422
    assert Appeal.objects.get(pk=appeal.pk).is_open


@pytest.mark.parametrize("path", ["withdraw/", "contacts/", "parts/zht-2026-00000001-1/", "whole/"])
def test_an_act_without_an_opened_case_leads_to_the_door(client: Client, path: str):
    make_appeal()

    for response in (client.get(f"/follow/{path}"), client.post(f"/follow/{path}", {"email": "a@example.test"})):
        assert response.headers["Location"] == "/follow/"


def test_contacts_are_corrected_without_showing_what_was_given_before(client: Client):
    appeal = make_appeal()
    opened(client, appeal)

    asked = client.get("/follow/contacts/")
    assert "azamat@example.test" not in asked.text

    done = client.post("/follow/contacts/", {"email": "new@example.test", "consent": "on"}, follow=True)
    appeal.applicant.refresh_from_db()
    known = appeal.applicant.unseal()
    assert (known["email"], known["phone"]) == ("new@example.test", "+77010000000")
    assert "Contacts corrected" in words(done)
    assert "new@example.test" not in done.text
    assert appeal.events.last().by is None


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "email"),
        ({"email": "nonsense"}, "email"),
        ({"email": "new@example.test"}, "consent"),
        ({"phone": "12", "consent": "on"}, "phone"),
        ({"address": "x" * 501}, "address"),
    ],
)
def test_contacts_that_cannot_be_taken_are_asked_again_and_nothing_changes(
    client: Client, given: dict[str, str], field: str
):
    appeal = make_appeal()
    opened(client, appeal)
    before = appeal.applicant.unseal()

    page = client.post("/follow/contacts/", given)

    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    appeal.applicant.refresh_from_db()
    assert appeal.applicant.unseal() == before
    assert not appeal.events.filter(kind=EventKind.CONTACTS_CORRECTED).exists()


def test_contacts_that_are_the_same_already_say_so(client: Client):
    opened(client, make_appeal())

    page = client.post("/follow/contacts/", {"email": "azamat@example.test", "consent": "on"})

    assert page.status_code == 422
    assert "Nothing is changed" in words(page)


def test_contacts_of_an_answered_appeal_can_be_corrected(client: Client):
    appeal = make_appeal()
    answered(appeal)
    opened(client, appeal)

    assert client.post("/follow/contacts/", {"address": "Алматы, 2"}).status_code == 302


def test_the_case_lists_its_parts_and_opens_each_and_comes_back(client: Client):
    appeal = make_appeal()
    part = parted(appeal)

    page = opened(client, appeal)
    assert f"<strong>{part.number}</strong>: {part.agency}" in page.text
    assert "All bodies have answered." not in page.text

    moved = client.post(f"/follow/parts/{slug_of(part)}/", follow=True)
    assert f'<h1 class="govuk-heading-l">{part.number}</h1>' in moved.text
    assert f"This is a part of your appeal {appeal.number}" in words(moved)
    assert "The school?" in moved.text

    back = client.post("/follow/whole/", follow=True)
    assert f'<h1 class="govuk-heading-l">{appeal.number}</h1>' in back.text


def slug_of(appeal: Appeal) -> str:
    return appeal.number.replace("ЖТ", "zht").replace("/", "-")


def test_the_coupon_of_a_part_opens_neither_the_whole_nor_the_other_parts(client: Client):
    appeal = make_appeal()
    part, other = parted(appeal), parted(appeal, "akimat.education.kz-79")

    page = opened(client, part)

    assert "Back to the whole appeal" not in page.text
    assert client.post("/follow/whole/").status_code == 404
    for target in (appeal, other):
        assert client.post(f"/follow/parts/{slug_of(target)}/").status_code == 404
    assert part.number in client.get("/follow/appeal/").text


def test_a_part_of_another_appeal_is_not_there(client: Client):
    strange = parted(make_appeal())
    opened(client, make_appeal())

    assert client.post(f"/follow/parts/{slug_of(strange)}/").status_code == 404


def test_opening_another_case_forgets_the_way_back(client: Client):
    appeal, other = make_appeal(), make_appeal()
    part = parted(appeal)
    opened(client, appeal)
    client.post(f"/follow/parts/{slug_of(part)}/")

    opened(client, other)

    assert client.post("/follow/whole/").status_code == 404


def test_leaving_closes_the_way_back_too(client: Client):
    appeal = make_appeal()
    part = parted(appeal)
    opened(client, appeal)
    client.post(f"/follow/parts/{slug_of(part)}/")

    client.post("/follow/leave/")

    assert "whole" not in client.session
    assert client.post("/follow/whole/").headers["Location"] == "/follow/"


def test_all_answered_is_said_only_when_each_body_has(client: Client):
    appeal = make_appeal()
    part = parted(appeal)
    answered(appeal)
    assert "All bodies have answered." not in opened(client, appeal).text

    answered(part)

    assert "All bodies have answered." in opened(client, appeal).text


def test_an_answered_appeal_without_parts_does_not_speak_of_other_bodies(client: Client):
    appeal = make_appeal()
    answered(appeal)

    assert "All bodies have answered." not in opened(client, appeal).text


def test_a_struck_off_appeal_names_the_true_one(client: Client):
    appeal, true = make_appeal(), make_appeal()
    head = make_officer(role=Role.HEAD)
    strike_off(appeal, reason="Sent twice.", by=head, at=appeal.received_at, duplicate_of=true)

    page = words(opened(client, appeal))

    assert "Ground: Registered by mistake" in page
    assert f"The appeal goes on under the number {true.number}." in page


def test_the_page_costs_the_same_with_one_part_and_three(client: Client):
    appeal, costs = make_appeal(), []
    for codes in ([ELSEWHERE], ["akimat.education.kz-79", "akimat.education.kz-71"]):
        for code in codes:
            parted(appeal, code)
        opened(client, appeal)
        costs.append(statements(client, "/follow/appeal/"))

    assert costs[0] == costs[1] <= MOST


def test_follow_tells_programs_of_the_parts_and_of_the_whole(client: Client):
    appeal = make_appeal()
    part = parted(appeal)

    def told(of: Appeal) -> dict[str, Any]:
        body = {"number": of.number, "key": coupons.key_of(of)}
        return client.post("/api/v1/follow/", body, content_type="application/json").json()

    whole = told(appeal)
    assert whole["parts"] == [
        {
            "number": part.number,
            "slug": slug_of(part),
            "agency": ELSEWHERE,
            "body": str(part.agency),
            "status": "registered",
            "status_label": "Registered",
            "due_on": part.clocks.get(kind=ClockKind.REPLY).due_on.isoformat(),
        }
    ]
    assert (whole["parent"], whole["is_all_answered"]) == (None, False)
    assert (told(part)["parent"], told(part)["parts"]) == (appeal.number, [])


def test_a_case_left_open_for_an_hour_closes_its_parts_too(client: Client):
    appeal = make_appeal()
    part = parted(appeal)
    opened(client, appeal)
    session = client.session
    session["opened"] = {"appeal": appeal.pk, "until": (timezone.now() - timedelta(seconds=1)).isoformat()}
    session.save()

    assert client.post(f"/follow/parts/{slug_of(part)}/").headers["Location"] == "/follow/"
