"""A letter that went by post: six questions at the desk and by program, and the term that the telling meets."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from agencies.enums import Role
from agencies.models import Officer
from appeals.domain import deliveries
from appeals.domain.closing import terminate
from appeals.domain.extensions import extend
from appeals.domain.forwarding import forward
from appeals.domain.numbering import slug
from appeals.enums import ClockKind, EventKind, Medium, NoticeKind, TerminationGround
from appeals.errors import Bounced
from appeals.models import Appeal, Breach, Clock, Notice
from tests.appeals.web.desk.conftest import ELSEWHERE, address, signed_in
from tests.factories import MONDAY, make_appeal, make_officer

DAY = timedelta(days=1)
BY_POST = {"name": "Сынақ Азамат", "address": "Шымкент"}


@pytest.fixture
def letter(db: None) -> Notice:
    """The receipt, owed by post."""
    return make_appeal(details=BY_POST).notices.get()


def bounced(notice: Notice) -> Notice:
    def refuses(_letter: deliveries.Letter) -> None:
        raise Bounced("550 5.1.1")

    deliveries.deliver(notice.pk, send=refuses, at=MONDAY)
    notice.refresh_from_db()
    return notice


def post_at_desk(officer: Officer, notice: Notice) -> Any:
    return signed_in(officer).post(address(notice.appeal, f"notices/{notice.pk}/post/"))


def post_by_program(officer: Officer, notice: Notice) -> Any:
    client = Client(headers={"accept-language": "en"})
    client.force_login(officer.user)
    return client.post(
        f"/api/v1/appeals/{slug(notice.appeal.number)}/notices/{notice.pk}/post/", content_type="application/json"
    )


WAYS = pytest.mark.parametrize("way", [post_at_desk, post_by_program])


def nothing_happened(notice: Notice) -> None:
    notice.refresh_from_db()
    assert (notice.delivered_at, notice.posted_by) == (None, None)
    assert not notice.appeal.events.filter(kind=EventKind.NOTICE_POSTED).exists()


@WAYS
def test_post_by_a_registrar_puts_the_sending_on_record(way, letter, registrar):
    response = way(registrar, letter)

    assert response.status_code in (200, 302)
    letter.refresh_from_db()
    assert letter.delivered_at
    assert letter.posted_by == registrar
    (event,) = letter.appeal.events.filter(kind=EventKind.NOTICE_POSTED)
    assert (event.by, event.data) == (registrar, {"notice": "registered"})


@WAYS
def test_post_by_another_body_finds_nothing(way, letter, stranger):
    assert way(stranger, letter).status_code == 404
    nothing_happened(letter)


@WAYS
@pytest.mark.parametrize("role", [Role.CONTROLLER, Role.OVERSIGHT])
def test_post_by_the_wrong_person_is_refused(way, letter, role):
    assert way(make_officer(role=role), letter).status_code == 403
    nothing_happened(letter)


@WAYS
def test_post_by_the_oversight_of_the_office_is_refused(way, letter):
    assert way(make_officer("president.office", Role.OVERSIGHT), letter).status_code == 403
    nothing_happened(letter)


@WAYS
def test_post_of_what_is_already_sent_is_refused(way, letter, registrar):
    deliveries.post(letter, by=registrar, at=MONDAY)

    response = way(registrar, letter)

    assert response.status_code == 403
    assert "already sent" in response.content.decode()
    assert letter.appeal.events.filter(kind=EventKind.NOTICE_POSTED).count() == 1


@WAYS
def test_post_of_what_still_goes_by_email_is_refused(way, appeal, registrar):
    notice = appeal.notices.get()

    response = way(registrar, notice)

    assert response.status_code == 403
    assert "goes by e-mail" in response.content.decode()
    nothing_happened(notice)


@WAYS
def test_post_of_a_message_of_another_case_finds_nothing(way, letter, registrar):
    letter.appeal = make_appeal(details=BY_POST)

    assert way(registrar, letter).status_code == 404
    nothing_happened(letter)


def test_post_is_no_page(letter, registrar):
    assert signed_in(registrar).get(address(letter.appeal, f"notices/{letter.pk}/post/")).status_code == 405


def test_post_by_a_body_that_once_held_the_appeal_is_possible(letter, registrar, stranger):
    forward(letter.appeal, stranger.agency, by=registrar, at=MONDAY, reason="Theirs.")

    assert post_at_desk(registrar, letter).status_code == 302
    letter.refresh_from_db()
    assert letter.posted_by == registrar


def test_a_message_that_came_back_says_that_it_has_to_go_by_post_and_then_goes(appeal, registrar):
    notice = bounced(appeal.notices.get())
    client = signed_in(registrar)

    page = client.get(address(appeal)).content.decode()
    assert "Could not be delivered: 550 5.1.1. It has to go by post." in page
    after = client.post(address(appeal, f"notices/{notice.pk}/post/"), follow=True).content.decode()

    assert "It has to go by post." not in after
    assert "It went by post" not in after
    assert "Sent by post: Appeal registered" in after
    notice.refresh_from_db()
    assert (notice.medium, notice.bounced_at, notice.failure) == (Medium.POST, None, "550 5.1.1")


def test_the_button_is_there_for_who_may_press_it(letter, registrar):
    assert "It went by post" in signed_in(registrar).get(address(letter.appeal)).content.decode()
    controller = signed_in(make_officer(role=Role.CONTROLLER))
    assert "It went by post" not in controller.get(address(letter.appeal)).content.decode()


def test_a_program_reads_which_messages_go_by_post(letter, registrar):
    client = Client(headers={"accept-language": "en"})
    client.force_login(registrar.user)

    (told,) = client.get(f"/api/v1/appeals/{slug(letter.appeal.number)}/").json()["notices"]

    assert (told["id"], told["kind"], told["medium"], told["goes_by_post"]) == (letter.pk, "registered", "post", True)


# the notice, the clock it meets, and the act that owes both
def extended(appeal: Appeal, head: Officer) -> tuple[NoticeKind, ClockKind]:
    extend(appeal, until=date(2026, 3, 20), reason="A check on site.", by=head, at=MONDAY)
    return NoticeKind.EXTENDED, ClockKind.EXTENSION_NOTICE


def terminated(appeal: Appeal, head: Officer) -> tuple[NoticeKind, ClockKind]:
    terminate(appeal, TerminationGround.DECIDED, by=head, at=MONDAY, reason="Decided.")
    return NoticeKind.TERMINATED, ClockKind.TERMINATION_NOTICE


ACTS = pytest.mark.parametrize("act", [extended, terminated])


def sent(appeal: Appeal, kind: NoticeKind, *, days: int, hours: int = 0) -> None:
    notice = appeal.notices.get(kind=kind)
    deliveries.deliver(notice.pk, send=lambda _letter: None, at=MONDAY + days * DAY + timedelta(hours=hours))


@ACTS
def test_deliver_in_time_meets_the_term_for_telling_on_the_local_date(act, appeal, head):
    notice, kind = act(appeal, head)
    clock = appeal.clocks.get(kind=kind)
    assert clock.met_on is None

    sent(appeal, notice, days=2, hours=15)  # 20:00 UTC is the next day there, its last

    clock.refresh_from_db()
    assert (clock.due_on, clock.met_on) == (date(2026, 2, 5), date(2026, 2, 5))
    assert not Breach.objects.filter(clock=clock).exists()


@ACTS
def test_deliver_past_the_term_for_telling_is_a_breach(act, appeal, head):
    notice, kind = act(appeal, head)

    sent(appeal, notice, days=4)

    (breach,) = Breach.objects.filter(kind=kind)
    assert (breach.due_on, breach.detected_on) == (date(2026, 2, 5), date(2026, 2, 6))
    assert appeal.clocks.get(kind=kind).met_on == date(2026, 2, 6)


@ACTS
def test_deliver_that_bounces_leaves_the_term_running_until_it_goes_by_post(act, appeal, head, registrar):
    notice, kind = act(appeal, head)
    returned = bounced(appeal.notices.get(kind=notice))
    assert Clock.objects.running().filter(kind=kind).exists()

    with time_machine.travel(MONDAY + DAY, tick=False):
        assert post_at_desk(registrar, returned).status_code == 302

    assert appeal.clocks.get(kind=kind).met_on == date(2026, 2, 3)


def test_forward_ends_the_term_for_telling_of_an_extension_and_a_letter_sent_later_meets_nothing(appeal, head):
    notice, kind = extended(appeal, head)
    forward(appeal, make_officer(ELSEWHERE, Role.HEAD).agency, by=head, at=MONDAY, reason="Theirs.")

    sent(appeal, notice, days=1)

    clock = appeal.clocks.get(kind=kind)
    assert (clock.met_on, clock.cancelled_on) == (None, date(2026, 2, 2))
