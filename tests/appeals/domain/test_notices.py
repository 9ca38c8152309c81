"""Messages owed are sent at least once, in the reader's language, through a real mail server."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.utils import timezone

from agencies.enums import Role
from appeals import mail, tasks
from appeals.domain import breaches, coupons, deliveries, notices
from appeals.domain.deliveries import Letter
from appeals.domain.numbering import slug
from appeals.enums import Medium, NoticeKind
from appeals.errors import Bounced, Undelivered
from appeals.models import Notice
from tests.factories import MONDAY, make_appeal, make_officer, make_user
from tests.mail import APPLICANTS_READ, OFFICERS_READ, mail_server

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


@pytest.fixture
def letters(settings) -> Iterator[list[bytes]]:
    """What a real mail server got, with Django set to use it."""
    with mail_server() as (letters, port):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        yield letters


def refuses(letter: Letter) -> None:
    raise Bounced("550 No such mailbox")


def is_down(letter: Letter) -> None:
    raise Undelivered("ConnectionRefusedError")


def dies(letter: Letter) -> None:
    raise SystemExit("The worker is ended")


def send_what_is_owed(send, at=MONDAY) -> None:
    for notice_id in deliveries.claim(at=at, limit=10):
        deliveries.deliver(notice_id, send=send, at=at)


def test_deliver_through_smtp_sends_number_and_key_in_the_applicants_language(letters):
    make_appeal(language="kk")

    send_what_is_owed(mail.send)

    letter = letters[0].decode()
    assert Notice.objects.get().delivered_at == MONDAY
    assert "To: azamat@example.test" in letter
    assert f"Message-ID: <notice-{Notice.objects.get().pk}@" in letter


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("kind", APPLICANTS_READ)
def test_every_notice_to_an_applicant_is_worded_and_names_the_number(kind, language):
    appeal = make_appeal(language=language)
    notice = notices.to_applicant(appeal, kind, at=MONDAY, about="test")

    letter = deliveries.worded(notice, at=MONDAY)

    assert letter.subject
    assert "\n" not in letter.subject
    assert appeal.number in letter.subject + letter.body


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("kind", [kind for kind in OFFICERS_READ if kind != NoticeKind.DIGEST])
def test_every_notice_to_an_officer_names_number_and_desk_and_nothing_of_the_applicant(kind, language):
    appeal = make_appeal(text="В подъезде пахнет газом.")
    officer = make_officer(user=make_user(language=language))

    letter = deliveries.worded(notices.to_officer(appeal, kind, officer, at=MONDAY, about="test"), at=MONDAY)

    assert letter.to == officer.user.email
    assert appeal.number in letter.subject
    where = "disputes" if kind == NoticeKind.COMPETENCE_DISPUTED else slug(appeal.number)
    assert f"/desk/{where}/" in letter.body
    assert "Сынақ" not in letter.body
    assert coupons.key_of(appeal) not in letter.body


def test_the_receipt_repeats_the_key_of_the_coupon():
    appeal = make_appeal()

    letter = deliveries.worded(Notice.objects.get(), at=MONDAY)

    assert coupons.key_of(appeal) in letter.body


def test_a_breach_is_told_to_the_head_in_her_language_without_the_applicants_data():
    head = make_officer(role=Role.HEAD, user=make_user(language="ru"))
    appeal = make_appeal()
    breaches.note_missed(zone="Asia/Almaty", on=(MONDAY + 5 * timedelta(days=1)).date(), at=MONDAY, limit=10)

    letter = deliveries.worded(Notice.objects.get(kind=NoticeKind.BREACH), at=MONDAY)

    assert letter.to == head.user.email
    assert appeal.number in letter.body
    assert "Сынақ" not in letter.body
    assert coupons.key_of(appeal) not in letter.body


def test_deliver_to_a_mailbox_that_does_not_exist_bounces_for_good_and_shows_why(letters):
    make_appeal(details={"name": "Nobody", "email": "nobody@example.test"})

    send_what_is_owed(mail.send)

    notice = Notice.objects.get()
    assert notice.bounced_at == MONDAY
    assert "550" in notice.failure
    assert deliveries.claim(at=MONDAY + timedelta(days=9), limit=10) == []


def test_deliver_to_a_server_that_is_busy_is_tried_again_later_and_later(letters):
    make_appeal(details={"name": "Later", "email": "later@example.test"})

    send_what_is_owed(mail.send)
    assert Notice.objects.get().try_after == MONDAY + 2 * MINUTE
    send_what_is_owed(mail.send, at=MONDAY + 2 * MINUTE)

    notice = Notice.objects.get()
    assert (notice.attempts, notice.try_after) == (2, MONDAY + 6 * MINUTE)
    assert "451" in notice.failure


def test_deliver_without_any_server_is_tried_again(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    make_appeal()

    send_what_is_owed(mail.send)

    notice = Notice.objects.get()
    assert (notice.delivered_at, notice.bounced_at, notice.failure) == (None, None, "ConnectionRefusedError")


def test_deliver_when_the_worker_dies_is_owed_again_after_the_lease():
    make_appeal()
    with pytest.raises(SystemExit):
        send_what_is_owed(dies)

    assert deliveries.claim(at=MONDAY + 4 * MINUTE, limit=10) == []
    assert len(deliveries.claim(at=MONDAY + 5 * MINUTE, limit=10)) == 1


def test_deliver_twice_sends_once():
    make_appeal()
    sent: list[Letter] = []
    (notice_id,) = deliveries.claim(at=MONDAY, limit=10)

    deliveries.deliver(notice_id, send=sent.append, at=MONDAY)
    deliveries.deliver(notice_id, send=sent.append, at=MONDAY)

    assert len(sent) == 1


def test_an_applicant_without_email_is_told_by_post_and_no_worker_tries():
    make_appeal(details={"name": "By Post", "address": "Shymkent"})

    assert Notice.objects.get().medium == Medium.POST
    assert deliveries.claim(at=MONDAY, limit=10) == []


def test_the_task_delivers_what_is_owed_now():
    make_appeal(at=timezone.now() - timedelta(days=1))

    tasks.deliver_notices()

    assert len(outbox.outbox) == 1
    assert Notice.objects.exclude(delivered_at=None).count() == 1


def test_a_letter_that_cannot_be_sent_does_not_hold_up_the_others(letters):
    make_appeal(details={"name": "Abroad", "email": "a@пошта.қаз"})
    make_appeal()

    send_what_is_owed(mail.send)

    assert len(letters) >= 1
    assert Notice.objects.exclude(delivered_at=None).exists()


def test_a_letter_that_cannot_be_worded_is_tried_again_and_the_others_go(letters):
    broken, whole = make_appeal(), make_appeal()
    broken.coupon.delete()

    send_what_is_owed(mail.send)

    assert whole.notices.get().delivered_at
    assert broken.notices.get().failure == "RelatedObjectDoesNotExist"
    assert broken.notices.get().try_after == MONDAY + 2 * MINUTE


def test_deliver_with_a_wrong_password_gives_no_letter_up(letters, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "reception", "wrong"
    make_appeal()

    send_what_is_owed(mail.send)

    notice = Notice.objects.get()
    assert (notice.delivered_at, notice.bounced_at) == (None, None)


def test_deliver_for_a_week_in_vain_is_given_up_and_shown():
    make_appeal()
    Notice.objects.update(attempts=deliveries.MOST_ATTEMPTS - 1)

    send_what_is_owed(is_down)

    assert Notice.objects.get().bounced_at == MONDAY


def test_what_the_server_says_of_the_address_is_not_kept(letters):
    make_appeal(details={"name": "Nobody", "email": "nobody@example.test"})

    send_what_is_owed(mail.send)

    assert Notice.objects.get().failure == "550 5.1.1"
