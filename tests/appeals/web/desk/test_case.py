"""The page of one case: what it tells, to whom, at what cost."""

from datetime import date, timedelta
from hashlib import sha256
from io import BytesIO

import pytest

from agencies.enums import Role
from agencies.models import Agency, Officer
from appeals.domain.assignment import assign, begin_review
from appeals.domain.breaches import note_missed
from appeals.domain.extensions import ask_extension, refuse_extension
from appeals.domain.forwarding import forward
from appeals.domain.holds import hold
from appeals.domain.registration import Upload
from appeals.domain.replies import prepare_reply, reply
from appeals.domain.routing import office
from appeals.enums import AccessedData, Kind
from appeals.models import AccessRecord, Appeal, Attachment, Forwarding, Notice
from tests.appeals.web.desk.conftest import ANSWER, address, signed_in
from tests.factories import MONDAY, make_appeal, make_officer

PRIVATE = ("Сынақ Азамат", "900101350003", "azamat@example.test", "+77010000000", "Сынақ көшесі")


def upload(name: str = "Өтініш «1».pdf") -> Upload:
    content = b"%PDF-1.4 <script>alert(1)</script>"
    return Upload(name, "application/pdf", len(content), sha256(content).hexdigest(), BytesIO(content))


def text_of(response: object) -> str:
    return response.content.decode()


def test_case_tells_number_term_reason_text_and_history(appeal, registrar):
    page = text_of(signed_in(registrar).get(address(appeal)))

    assert appeal.number in page
    assert appeal.content.text in page
    assert "This body answers for the topic “Heating, water, sewage, electricity”." in page
    assert "Sent to: " in page
    assert "working days" in page


def test_case_of_another_body_is_not_there(appeal, stranger):
    client = signed_in(stranger)

    for path in ("", "coupon/", "files/1/", "applicant/"):
        assert client.get(address(appeal, path)).status_code == (405 if path == "applicant/" else 404), path
    assert client.post(address(appeal, "applicant/"), {"purpose": "Curious"}).status_code == 404


@pytest.mark.parametrize("slug", ["zht-2026-99999999", "nonsense", "zht-2026", "a" * 300])
def test_case_that_never_was_is_not_there(slug, registrar):
    assert signed_in(registrar).get(f"/desk/{slug}/").status_code == 404


def test_case_shows_personal_data_to_its_officer_without_a_record(assigned, executor):
    page = text_of(signed_in(executor).get(address(assigned)))

    for private in PRIVATE:
        assert private in page
    assert not AccessRecord.objects.exists()


def test_case_hides_personal_data_from_everybody_else(assigned, registrar, head):
    for officer in (registrar, head, make_officer(office(), Role.OVERSIGHT)):
        page = text_of(signed_in(officer).get(address(assigned)))
        for private in PRIVATE:
            assert private not in page
        assert "Show personal data" in page


def test_personal_data_for_a_purpose_is_shown_once_and_on_record(assigned, head):
    client = signed_in(head)

    page = client.post(address(assigned, "applicant/"), {"purpose": "The applicant rang"})

    assert page.status_code == 200
    for private in PRIVATE:
        assert private in text_of(page)
    assert "no-store" in page["Cache-Control"]
    record = AccessRecord.objects.get()
    assert (record.officer, record.what, record.purpose) == (head, AccessedData.APPLICANT, "The applicant rang")
    assert PRIVATE[0] not in text_of(client.get(address(assigned)))


@pytest.mark.parametrize("purpose", ["", "   ", "x" * 256])
def test_personal_data_without_a_sound_purpose_is_not_shown(purpose, assigned, head):
    page = signed_in(head).post(address(assigned, "applicant/"), {"purpose": purpose})

    assert page.status_code == 422
    assert PRIVATE[0] not in text_of(page)
    assert not AccessRecord.objects.exists()


def test_case_puts_allowed_acts_first_and_says_why_not_the_others(appeal, registrar):
    actions = signed_in(registrar).get(address(appeal)).context["actions"]

    assert [action.label for action in actions if not action.refusal] == [
        "Accept",
        "Assign to an officer",
        "Forward to another body",
        "Forward a part to another body",
        "Link to an earlier appeal",
        "Group with like appeals",
        "Mark as urgent",
        "Correct kind, topic or region",
        "Correct the applicant's contacts",
        "Enter a withdrawal",
        "Enter that the applicant asks to see the file",
    ]
    refused = {action.label: action.refusal for action in actions if action.refusal}
    assert refused["Sign and send the reply"] == "Your role in the body does not allow this."


def first_act(case: Appeal, officer: Officer) -> str:
    return signed_in(officer).get(address(case)).context["actions"][0].label


def test_case_offers_first_what_it_waits_for(prepared, executor, head):
    assert first_act(prepared, executor) == "Prepare the reply"
    assert first_act(prepared, head) == "Sign and send the reply"


def test_case_on_hold_offers_first_to_enter_the_correction(in_review, executor):
    hold(in_review, missing="Пәтердің нөмірі", days=5, by=executor, at=MONDAY)

    assert first_act(in_review, executor) == "Enter the correction"


def test_case_says_that_an_extension_is_asked_for_until_it_is_decided(in_review, executor, head):
    until = date(2026, 3, 16)
    ask_extension(in_review, until=until, reason="A check on site.", by=executor, at=MONDAY)
    said = "An extension until 16 March 2026 is asked for: A check on site."

    assert said in " ".join(text_of(signed_in(head).get(address(in_review))).split())
    refuse_extension(in_review, reason="Nothing is to be waited for.", by=head, at=MONDAY)

    assert "is asked for:" not in text_of(signed_in(head).get(address(in_review)))


def test_case_offers_first_to_decide_on_an_extension_that_is_asked_for(in_review, executor, head, time_machine):
    time_machine.move_to(MONDAY)
    before = first_act(in_review, head)
    ask_extension(in_review, until=date(2026, 3, 16), reason="A check on site.", by=executor, at=MONDAY)

    assert [first_act(in_review, head), first_act(in_review, executor)] == ["Extend the term", "Prepare the reply"]
    refuse_extension(in_review, reason="Nothing is to be waited for.", by=head, at=MONDAY)

    assert first_act(in_review, head) == before != "Extend the term"


def test_act_shows_what_the_applicant_wrote(appeal, registrar):
    page = signed_in(registrar).get(address(appeal, "assign/"))

    assert appeal.content.text in page.text


def test_case_that_was_late_says_so(appeal, registrar):
    at = MONDAY + timedelta(days=40)
    note_missed(zone=appeal.agency.zone, on=at.date(), at=at, limit=10)

    page = text_of(signed_in(registrar).get(address(appeal)))

    assert page.count("Term broken: Forwarding") == 1
    assert page.count("Term broken: Reply") == 1
    assert "noted 14 March 2026" in page


def test_case_shows_what_became_of_each_message(appeal, registrar):
    notice = Notice.objects.get()
    seen = [text_of(signed_in(registrar).get(address(appeal)))]

    Notice.objects.filter(pk=notice.pk).update(bounced_at=MONDAY, failure="550 no such mailbox")
    seen.append(text_of(signed_in(registrar).get(address(appeal))))
    Notice.objects.filter(pk=notice.pk).update(bounced_at=None, delivered_at=MONDAY)
    seen.append(text_of(signed_in(registrar).get(address(appeal))))
    Notice.objects.filter(pk=notice.pk).update(delivered_at=None, medium="post")
    seen.append(text_of(signed_in(registrar).get(address(appeal))))

    said = ("Waiting to be sent", "550 no such mailbox", "Delivered: 2 February 2026, 10:00", "To be sent by post")
    for page, words in zip(seen, said, strict=True):
        assert words in page


def test_case_answered_shows_the_reply_and_who_signed(prepared, head, executor):
    reply(prepared, by=head, at=MONDAY, seen=MONDAY)

    page = text_of(signed_in(executor).get(address(prepared)))

    assert "Жылу қосылды." in page
    assert f"Signed by: {head.user}" in page


def passed_up_and_prepared() -> Appeal:
    """A complaint that the body complained of has passed up, and its superior is about to answer."""
    police = Agency.objects.get(code="police.territorial.kz-79")
    appeal = make_appeal(kind=Kind.COMPLAINT, complained_of=police)
    superior = police.superior
    forward(appeal, superior, by=make_officer(police, Role.REGISTRAR), at=MONDAY, reason="With the file")
    appeal.refresh_from_db()
    decider = make_officer(superior, Role.HEAD)
    assign(appeal, decider, by=decider, at=MONDAY)
    begin_review(appeal, by=decider, at=MONDAY)
    return prepare_reply(appeal, ANSWER, by=decider, at=MONDAY)


def test_case_passed_up_shows_an_unsigned_decision_to_the_deciding_body_alone(db):
    appeal = passed_up_and_prepared()
    complained_of = make_officer("police.territorial.kz-79", Role.HEAD)
    overseer, decider = make_officer(office(), Role.OVERSIGHT), make_officer(appeal.agency, Role.EXECUTOR)

    for officer in (complained_of, overseer):
        page = text_of(signed_in(officer).get(address(appeal)))
        assert appeal.number in page
        assert ANSWER.text not in page

    assert ANSWER.text in text_of(signed_in(decider).get(address(appeal)))


def test_case_passed_up_shows_the_signed_decision_to_the_body_complained_of(db):
    appeal = passed_up_and_prepared()
    reply(appeal, by=make_officer(appeal.agency, Role.HEAD), at=MONDAY, seen=MONDAY)

    page = text_of(signed_in(make_officer("police.territorial.kz-79", Role.HEAD)).get(address(appeal)))

    assert ANSWER.text in page


def test_case_tells_who_acted_only_where_somebody_did(assigned, registrar, executor):
    entries = signed_in(registrar).get(address(assigned)).context["entries"]

    assert entries[0].text == ""
    assert entries[-1].title == f"Assigned to: {executor.user}"
    assert entries[-1].text == f"{registrar.user}, Registrar"


def test_what_an_applicant_wrote_is_shown_as_text(registrar):
    appeal = make_appeal(text="<script>alert(1)</script>{{ 7 }}")

    page = text_of(signed_in(registrar).get(address(appeal)))

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("how_many", [1, 3])
def test_case_reads_as_much_with_one_of_everything_as_with_three(how_many, registrar, rows_read):
    appeal = make_appeal(uploads=[upload() for _ in range(how_many)])
    for _ in range(how_many):
        hop = {"appeal": appeal, "left": office(), "to": registrar.agency, "on": MONDAY.date()}
        Forwarding.objects.create(**hop, by=registrar, is_return=True, on_last_day=True)
    client = signed_in(registrar)

    with rows_read() as statements:
        assert client.get(address(appeal)).status_code == 200

    assert len(statements) == 8, "\n".join(statements)


def test_file_is_a_download_no_browser_renders_and_the_look_is_on_record(registrar):
    appeal = make_appeal(uploads=[upload()])
    attachment = Attachment.objects.get()

    response = signed_in(registrar).get(address(appeal, f"files/{attachment.pk}/"))

    assert b"".join(response.streaming_content).startswith(b"%PDF")
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%D3%A8")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in response["Cache-Control"]
    record = AccessRecord.objects.get()
    assert (record.officer, record.what) == (registrar, AccessedData.ATTACHMENT)


def test_file_of_another_case_or_body_or_lost_is_not_there(registrar, stranger):
    appeal, other = make_appeal(uploads=[upload()]), make_appeal()
    attachment = Attachment.objects.get()

    assert signed_in(stranger).get(address(appeal, f"files/{attachment.pk}/")).status_code == 404
    assert signed_in(registrar).get(address(other, f"files/{attachment.pk}/")).status_code == 404
    attachment.file.storage.delete(attachment.file.name)
    assert signed_in(registrar).get(address(appeal, f"files/{attachment.pk}/")).status_code == 404
    assert not AccessRecord.objects.exists()


@pytest.mark.parametrize("path", ["", "coupon/"])
def test_a_post_to_a_page_that_only_shows_is_no_method(path, appeal, registrar):
    assert signed_in(registrar).post(address(appeal, path)).status_code == 405
