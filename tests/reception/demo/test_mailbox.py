"""The page of the letters the demonstration's mail server received."""

import mailbox
from email.message import EmailMessage
from pathlib import Path

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.reception.demo.urls")]
PAGE = "/demonstration/mailbox/"


@pytest.fixture
def box(settings, tmp_path: Path) -> mailbox.Maildir:
    settings.VAR_DIR = tmp_path
    return mailbox.Maildir(tmp_path / "mail")


def sent(box: mailbox.Maildir, to: str = "a@mail.test", subject: str = "Өтініш тіркелді", body: str = "Мәтін") -> str:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = "reception@portal.test", to, subject
    letter.set_content(body)
    return box.add(letter)


def test_mailbox_before_any_letter_says_so(client, settings, tmp_path):
    settings.VAR_DIR = tmp_path / "nothing"

    page = client.get(PAGE)

    assert "There are no letters." in page.text


def test_mailbox_lists_letters_newest_first(client, box):
    for n in range(3):
        sent(box, subject=f"Хат {n}")

    page = client.get(PAGE).text

    assert page.index("Хат 2") < page.index("Хат 1") < page.index("Хат 0")


def test_mailbox_of_many_letters_comes_in_pages_of_fifty(client, box):
    for n in range(120):
        sent(box, subject=f"Хат №{n}.")

    first = client.get(PAGE)
    second = client.get(first.context["next_url"])
    third = client.get(second.context["next_url"])

    shown = [page.context["rows"] for page in (first, second, third)]
    assert [len(rows) for rows in shown] == [50, 50, 20]
    assert shown[0][0][0]["text"] == "Хат №119."
    assert shown[2][-1][0]["text"] == "Хат №0."
    assert not third.context["next_url"]
    assert third.context["first_url"]


def test_mailbox_searched_by_address_shows_only_its_letters(client, box):
    sent(box, to="one@mail.test", subject="Бірінші")
    sent(box, to="two@mail.test", subject="Екінші")

    page = client.get(PAGE, {"to": "TWO@"}).text

    assert "Екінші" in page
    assert "Бірінші" not in page


def test_letter_is_shown_as_text_decoded_and_escaped(client, box):
    key = sent(box, body="Сәлем! <script>alert(1)</script>\nhttp://127.0.0.1:8000/follow/")

    page = client.get(f"{PAGE}{key}/").text

    assert "Сәлем! &lt;script&gt;" in page
    assert "<script>alert" not in page
    assert 'href="http://127.0.0.1:8000/follow/"' in page


@pytest.mark.parametrize("key", ["1.M1P1Q1.none", "..", "passwd"])
def test_letter_that_is_not_there_is_not_found(client, box, key):
    sent(box)

    assert client.get(f"{PAGE}{key}/").status_code == 404


def test_mailbox_takes_no_post(client, box):
    assert client.post(PAGE).status_code == 405


def test_mailbox_asks_as_much_for_one_letter_as_for_three(client, box, django_assert_num_queries):
    sent(box)
    with django_assert_num_queries(0):
        client.get(PAGE)
    sent(box)
    sent(box)
    with django_assert_num_queries(0):
        client.get(PAGE)
