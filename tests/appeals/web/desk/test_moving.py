"""An appeal divided, struck off, classed anew, its applicant reached another way: what the pages say."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile

from agencies.enums import Role
from agencies.models import Agency, Officer
from appeals.domain.closing import strike_off
from appeals.domain.forwarding import forward
from appeals.domain.holds import hold, note_lapsed
from appeals.domain.numbering import slug
from appeals.domain.parts import forward_part, passages
from appeals.domain.withdrawal import withdraw
from appeals.enums import AccessedData, EventKind, TerminationGround
from appeals.models import AccessRecord, Appeal, Attachment
from tests.appeals.web.desk.conftest import ELSEWHERE, address, signed_in, words
from tests.factories import MONDAY, make_appeal, make_officer

DAY = timedelta(days=1)
SCHOOL = "akimat.education.kz-79"
TEXT = {"content": ContentFile(b"plain", "letter.txt"), "name": "letter.txt"}


def body(code: str) -> Agency:
    return Agency.objects.get(code=code)


def parted(appeal: Appeal, by: Officer, to: str = ELSEWHERE) -> Appeal:
    return forward_part(appeal, body(to), questions="The school?", reason="Theirs.", by=by, at=MONDAY)


def test_the_case_lists_its_parts_with_a_link_to_each(appeal, registrar):
    part = parted(appeal, registrar)

    page = signed_in(registrar).get(address(appeal))

    (row,) = page.context["parts"]
    assert [cell["text"] for cell in row] == [part.number, str(part.agency), "Registered", "23 February 2026"]
    assert row[0]["url"] == address(part)
    assert "Parts that other bodies answer" in words(page)


def test_the_page_of_a_part_leads_who_may_to_the_whole_and_names_it_to_others(appeal, registrar):
    part = parted(appeal, registrar)

    ours = words(signed_in(registrar).get(address(part)))
    theirs = words(signed_in(make_officer(ELSEWHERE, Role.HEAD)).get(address(part)))

    assert f'<a class="govuk-link govuk-link--no-visited-state" href="{address(appeal)}">{appeal.number}</a>' in ours
    assert f"Part of the appeal: {appeal.number}" in theirs
    assert address(appeal) + '"' not in theirs


def test_a_later_holder_of_the_whole_reads_of_the_parts_without_a_link(appeal, registrar):
    parted(appeal, registrar)
    forward(appeal, body(SCHOOL), by=registrar, at=MONDAY, reason="Theirs.")

    (row,) = signed_in(make_officer(SCHOOL, Role.HEAD)).get(address(appeal)).context["parts"]

    assert row[0]["url"] == ""


def test_the_page_of_a_case_costs_the_same_with_one_part_and_three(appeal, registrar, rows_read):
    client, costs = signed_in(registrar), []
    for codes in ([ELSEWHERE], [SCHOOL, "akimat.education.kz-71"]):
        for code in codes:
            parted(appeal, registrar, code)
        with rows_read() as statements:
            assert client.get(address(appeal)).status_code == 200
        costs.append(len(statements))

    assert costs[0] == costs[1] <= 8


def test_who_has_a_part_reads_the_files_of_the_whole_on_record(appeal, registrar):
    file = Attachment.objects.create(
        appeal=appeal, name="letter.txt", content_type="text/plain", size=5, sha256="x", file=TEXT["content"]
    )
    part = parted(appeal, registrar)
    clerk = make_officer(ELSEWHERE, Role.HEAD)
    client = signed_in(clerk)

    page = client.get(address(part))
    response = client.get(f"/desk/{slug(part.number)}/files/{file.pk}/")

    assert "letter.txt" in words(page)
    assert b"".join(response.streaming_content) == b"plain"
    look = AccessRecord.objects.get(what=AccessedData.ATTACHMENT)
    assert (look.appeal, look.officer) == (part, clerk)
    assert client.get(f"/desk/{slug(appeal.number)}/files/{file.pk}/").status_code == 404


def test_files_of_a_strangers_case_are_not_there_for_a_part(appeal, registrar):
    file = Attachment.objects.create(
        appeal=make_appeal(), name="x.txt", content_type="text/plain", size=5, sha256="x", file=TEXT["content"]
    )
    part = parted(appeal, registrar)

    clerk = signed_in(make_officer(ELSEWHERE, Role.HEAD))
    assert clerk.get(f"/desk/{slug(part.number)}/files/{file.pk}/").status_code == 404


def test_forward_part_finds_bodies_and_keeps_the_questions_typed(appeal, registrar):
    wanted = body(ELSEWHERE)

    page = signed_in(registrar).post(
        address(appeal, "forward-part/"), {"find": "1", "name": wanted.name_kk, "questions": "Half written"}
    )

    assert (page.status_code, page.context["form"].offered) == (200, [wanted])
    assert "Half written" in words(page)
    assert all(words in page.content.decode() for words in passages(appeal.content.text))


def test_forward_part_to_where_an_open_part_is_is_said_at_the_field(appeal, registrar):
    parted(appeal, registrar)

    page = signed_in(registrar).post(
        address(appeal, "forward-part/"),
        {"to": body(ELSEWHERE).pk, "questions": "And this?", "reason": "Typed with care"},
    )

    assert page.status_code == 422
    assert page.context["form"].errors == {"to": ["This body already has an open part of the appeal."]}
    assert appeal.parts.count() == 1


def test_forward_part_of_a_part_is_refused_with_its_own_reason(appeal, registrar):
    part = parted(appeal, registrar)

    page = signed_in(make_officer(ELSEWHERE, Role.HEAD)).get(address(part, "forward-part/"))

    assert page.status_code == 403
    assert "not divided again" in words(page)


def test_strike_off_names_the_true_appeal(appeal, head):
    true = make_appeal()

    signed_in(head).post(address(appeal, "strike-off/"), {"reason": "Twice.", "duplicate_of": slug(true.number)})

    appeal.refresh_from_db()
    assert appeal.previous == true


@pytest.mark.parametrize("told", ["nonsense", "ЖТ-2026-99999999"])
def test_strike_off_for_a_number_that_is_not_there_is_asked_again(appeal, head, told):
    page = signed_in(head).post(address(appeal, "strike-off/"), {"reason": "Twice.", "duplicate_of": told})

    assert page.status_code == 422
    assert page.context["form"].errors == {"duplicate_of": ["Your body has no appeal with this number."]}
    assert Appeal.objects.get(pk=appeal.pk).is_open


def test_strike_off_for_itself_is_said_at_the_field(appeal, head):
    page = signed_in(head).post(address(appeal, "strike-off/"), {"reason": "Twice.", "duplicate_of": appeal.number})

    assert page.context["form"].errors == {"duplicate_of": ["An appeal is no duplicate of itself."]}


def test_strike_off_by_a_registrar_who_did_not_enter_it_says_who_may(appeal, registrar):
    page = signed_in(registrar).post(address(appeal, "strike-off/"), {"reason": "Twice."})

    assert page.status_code == 403
    assert "only what she registered herself" in words(page)


def test_terminate_offers_neither_by_mistake_nor_a_ground_that_cannot_be(appeal, head):
    page = signed_in(head).get(address(appeal, "terminate/"))

    offered = {ground for ground, _ in page.context["form"].fields["ground"].choices}
    missing = {TerminationGround.BY_MISTAKE, TerminationGround.NO_SUPERIOR}
    assert offered == set(TerminationGround) - missing
    for ground in missing:
        refused = signed_in(head).post(address(appeal, "terminate/"), {"ground": ground, "reason": "x"})
        assert refused.status_code == 422


def test_return_offers_what_was_not_corrected_only_once_its_time_is_over(appeal, head):
    client = signed_in(head)

    def offered() -> set[str]:
        page = client.get(address(appeal, "return/"))
        return {ground for ground, _ in page.context["form"].fields["ground"].choices}

    assert offered() == {"identical", "insulting"}
    hold(appeal, missing="Your address.", days=5, by=head, at=MONDAY)
    late = MONDAY + 20 * DAY
    note_lapsed(zone=appeal.agency.zone, on=late.date(), at=late, limit=10)
    assert offered() == {"identical", "insulting", "not_corrected"}


def test_contacts_stand_ready_to_be_written_over_and_the_look_is_on_record(appeal, registrar):
    page = signed_in(registrar).get(address(appeal, "correct-contacts/"))

    assert page.context["form"]["email"].value() == "azamat@example.test"
    look = AccessRecord.objects.get()
    assert (look.officer, look.what, look.purpose) == (registrar, AccessedData.APPLICANT, "contacts")


CONTACTS = {"email": "new@example.test", "phone": "", "address": "", "consent": "on", "reason": "By phone."}


def test_contacts_are_corrected_and_never_shown_in_the_history(appeal, registrar):
    client = signed_in(registrar)

    response = client.post(address(appeal, "correct-contacts/"), CONTACTS)

    assert response.url == address(appeal)
    appeal.applicant.refresh_from_db()
    assert appeal.applicant.unseal()["email"] == "new@example.test"
    page = words(client.get(response.url))
    assert "Contacts corrected" in page
    assert "new@example.test" not in page


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"email": "nonsense"}, "email"),
        ({"email": "", "consent": ""}, "email"),
        ({"phone": "12"}, "phone"),
        ({"consent": ""}, "consent"),
        ({"reason": ""}, "reason"),
    ],
)
def test_contacts_that_cannot_be_taken_are_asked_again_and_nothing_changes(appeal, registrar, changed, field):
    before = appeal.applicant.unseal()

    page = signed_in(registrar).post(address(appeal, "correct-contacts/"), CONTACTS | changed)

    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    appeal.applicant.refresh_from_db()
    assert appeal.applicant.unseal() == before


def test_contacts_by_the_wrong_person_or_a_stranger_are_refused_without_a_look(assigned, stranger):
    for officer, status in ((stranger, 404), (make_officer(role=Role.CONTROLLER), 403), (make_officer(), 403)):
        client = signed_in(officer)
        assert client.get(address(assigned, "correct-contacts/")).status_code == status
        assert client.post(address(assigned, "correct-contacts/"), CONTACTS).status_code == status
    assert not AccessRecord.objects.exists()
    assert not assigned.events.filter(kind=EventKind.CONTACTS_CORRECTED).exists()


def test_contacts_of_a_closed_case_can_be_corrected(appeal, registrar):
    withdraw(appeal, at=MONDAY)

    assert signed_in(registrar).post(address(appeal, "correct-contacts/"), CONTACTS).status_code == 302


def test_the_struck_off_case_leads_to_the_true_one(appeal, head):
    true = make_appeal()
    strike_off(appeal, reason="Twice.", by=head, at=MONDAY, duplicate_of=true)

    page = words(signed_in(head).get(address(appeal)))

    assert address(true) in page
    assert f"The appeal goes on under the number {true.number}." in page


def test_accept_after_a_part_was_forwarded_has_nothing_left_to_accept(appeal, registrar):
    parted(appeal, registrar)

    page = signed_in(registrar).post(address(appeal, "accept/"))

    assert page.status_code == 403
    assert "already accepted" in words(page)
