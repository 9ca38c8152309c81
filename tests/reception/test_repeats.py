"""Written before: offered as a repeat to whoever has proved to be the same, asked of nobody else."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory

from agencies.enums import Role
from appeals.domain import closing, coupons, linking
from appeals.domain.wording import history_of, told_to_applicant, told_to_officials
from appeals.enums import ReturnGround
from appeals.models import Appeal
from reception.web import session
from tests.factories import MONDAY, make_appeal, make_officer
from tests.reception.journey import ANSWERS, send, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_monday")]
ENGLISH = {"headers": {"accept-language": "en"}}
ASKED = "Is this about the same matter?"
TEXT = ANSWERS["text"]["text"]
ELSEWHERE = {"place": {"region": "KZ-75"}, "heading": {"heading": "heading.housing"}}
OTHER = {"text": {"text": "Әкімдіктің сайтында мектепке кезек көрінбейді, бірнеше рет жаздық, ешкім жөндемейді."}}


@pytest.fixture
def on_monday(time_machine):
    time_machine.move_to(MONDAY + timedelta(days=1), tick=False)


@pytest.fixture
def citizen() -> Client:
    return Client(**ENGLISH)


def opened(client: Client, appeal: Appeal) -> None:
    answer = client.post("/follow/", {"number": appeal.number, "key": coupons.key_of(appeal)})
    assert answer.status_code == 302


def page(client: Client) -> str:
    return client.get("/write/check/").content.decode()


def test_like_draft_is_offered_as_a_repeat_of_the_opened_appeal(citizen):
    earlier = make_appeal(text=TEXT)
    opened(citizen, earlier)
    write(citizen, **ELSEWHERE)

    told = page(citizen)

    assert ASKED in told
    assert earlier.number in told
    assert str(earlier.agency.named("en")) in told
    assert "The body has to answer by" in told


def test_draft_about_the_same_topic_and_place_is_offered_as_a_repeat(citizen):
    opened(citizen, make_appeal(text="Жылу жоқ"))
    write(citizen, **OTHER)

    assert ASKED in page(citizen)


def test_draft_about_something_else_is_not_offered_as_a_repeat(citizen):
    opened(citizen, make_appeal(text=TEXT))
    write(citizen, **ELSEWHERE, **OTHER)

    assert ASKED not in page(citizen)


def test_appeal_older_than_a_year_is_not_offered(citizen):
    earlier = make_appeal(text=TEXT)
    Appeal.objects.filter(pk=earlier.pk).update(registered_on=(MONDAY - timedelta(days=370)).date())
    opened(citizen, earlier)
    write(citizen)

    assert ASKED not in page(citizen)


def test_same_iin_email_and_text_without_the_coupon_reveal_nothing(citizen):
    earlier = make_appeal(text=TEXT)
    write(citizen)
    with_earlier = page(citizen)
    Appeal.objects.filter(pk=earlier.pk).update(registered_on=(MONDAY - timedelta(days=370)).date())

    assert earlier.number not in with_earlier
    assert without_tokens(page(citizen)) == without_tokens(with_earlier)


def test_repeat_is_an_appeal_of_its_own_tied_to_the_earlier_one(citizen):
    earlier = make_appeal(text=TEXT)
    opened(citizen, earlier)
    write(citizen)

    assert citizen.post("/write/check/", {"repeat": "repeat"}).status_code == 302

    later = Appeal.objects.latest("pk")
    assert later.previous == earlier
    assert later.clocks.running().exists()


def test_repeat_names_the_earlier_appeal_in_its_history_for_officials_and_for_whoever_linked_it(citizen):
    earlier = make_appeal(text=TEXT)
    opened(citizen, earlier)
    write(citizen)
    citizen.post("/write/check/", {"repeat": "repeat"})
    later = Appeal.objects.latest("pk")
    registered = history_of(later)[:1]

    told = f"It follows on the appeal {earlier.number}."
    assert registered[0].data["previous"] == earlier.number
    assert told in told_to_officials(registered, {})[0].text
    assert told in told_to_applicant(registered, {})[0].text


def test_another_matter_is_tied_to_nothing(citizen):
    opened(citizen, make_appeal(text=TEXT))
    write(citizen)

    citizen.post("/write/check/", {"repeat": "another"})

    assert Appeal.objects.count() == 2
    assert Appeal.objects.latest("pk").previous is None


@pytest.mark.parametrize("sent", [{}, {"repeat": ""}, {"repeat": "x"}])
def test_offered_repeat_left_unanswered_is_asked_again_and_nothing_is_sent(citizen, sent: dict[str, str]):
    opened(citizen, make_appeal(text=TEXT))
    write(citizen)

    assert citizen.post("/write/check/", sent).status_code == 422
    assert Appeal.objects.count() == 1


def test_number_that_a_stranger_names_links_nothing_and_is_told_to_officials_alone(citizen):
    other = make_appeal(details={"name": "Басқа адам", "email": "other@example.test"})
    write(citizen)
    answer = citizen.post("/write/check/", {"earlier": other.number}, follow=True)

    later = Appeal.objects.latest("pk")
    assert later.previous is None
    assert later.events.get(seq=1).data["said_earlier"] == other.number
    assert other.number not in answer.content.decode()
    assert other.number not in citizen.get("/follow/appeal/").content.decode()


def test_number_that_officials_linked_is_not_told_to_the_applicant(citizen):
    other = make_appeal(details={"name": "Басқа адам", "email": "other@example.test"})
    mine = make_appeal()
    linking.link(mine, other, reason="Alike", by=make_officer(role=Role.REGISTRAR), at=MONDAY)
    opened(citizen, mine)

    assert other.number not in citizen.get("/follow/appeal/").text


def test_number_that_officials_named_in_returning_is_not_told_to_the_applicant(citizen):
    head, ground = make_officer(role=Role.HEAD), ReturnGround.IDENTICAL
    other, mine = make_appeal(details={"name": "Басқа адам", "email": "other@example.test"}), make_appeal()
    other = closing.return_without_review(other, ReturnGround.INSULTING, reason="Сөз.", by=head, at=MONDAY)
    closing.return_without_review(mine, ground, reason="Сол мәселе қаралған.", by=head, at=MONDAY, earlier=other)
    opened(citizen, mine)

    assert Appeal.objects.get(pk=mine.pk).previous == other
    assert other.number not in citizen.get("/follow/appeal/").text


def test_number_that_the_applicant_told_of_stands_on_her_page(citizen):
    earlier = make_appeal(text=TEXT)
    opened(citizen, earlier)
    write(citizen)
    citizen.post("/write/check/", {"repeat": "repeat"})

    opened(citizen, Appeal.objects.latest("pk"))

    assert earlier.number in citizen.get("/follow/appeal/").text


def test_number_that_does_not_exist_is_answered_like_one_that_does(citizen):
    other, answers = make_appeal(), []
    for number in (other.number, "ЖТ-2026-09999999"):
        client = Client(**ENGLISH)
        write(client)
        answers.append(client.post("/write/check/", {"earlier": number}))

    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0].url == answers[1].url


@pytest.mark.parametrize("number", ["12", "жоқ", "\x00", "ЖТ-2026", "x" * 61])
def test_number_that_is_none_is_asked_again_and_nothing_is_sent(citizen, number: str):
    write(citizen)

    assert citizen.post("/write/check/", {"earlier": number}).status_code == 422
    assert not Appeal.objects.exists()


def test_empty_number_sends_the_appeal(citizen):
    assert send(citizen).status_code == 200
    assert "said_earlier" not in Appeal.objects.get().events.get(seq=1).data


def test_complaint_about_the_handling_repeats_nothing(citizen):
    earlier = make_appeal(text=TEXT)
    opened(citizen, earlier)
    citizen.post("/follow/complain/")
    for step in ("district", "text", "files", "applicant", "name", "contacts"):
        citizen.post(f"/write/{step}/", ANSWERS[step])

    assert ASKED not in page(citizen)
    assert citizen.post("/write/check/").status_code == 302
    assert Appeal.objects.latest("pk").previous == earlier


def without_tokens(told: str) -> str:
    return re.sub(r'(value|nonce)="[^"]{16,}"', "", told)


def test_number_taken_back_before_sending_is_not_kept(citizen):
    write(citizen)
    request = RequestFactory().get("/")
    request.session, request.user = citizen.session, AnonymousUser()
    session.answer(request, {"said_earlier": "ЖТ-2026-00000077", "follows": make_appeal().number})

    assert citizen.post("/write/check/", {"earlier": ""}).status_code == 302

    sent = Appeal.objects.latest("pk")
    assert sent.previous is None
    assert "said_earlier" not in sent.events.get(seq=1).data
