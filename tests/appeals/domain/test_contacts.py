"""How the applicant is reached is put right; what could not reach her is owed again."""

from datetime import timedelta
from typing import Any

import pytest

from agencies.enums import Role
from agencies.models import Agency, Officer
from appeals.domain.assignment import assign
from appeals.domain.contacts import correct_contacts
from appeals.domain.history import faults
from appeals.domain.parts import forward_part
from appeals.domain.withdrawal import withdraw
from appeals.domain.wording import names_in, told_to_applicant
from appeals.enums import AccessedData, EventKind, Medium
from appeals.errors import InvalidIntake, Refused
from appeals.models import AccessRecord, Appeal, Applicant, Notice
from tests.factories import MONDAY, make_appeal, make_intake, make_officer

DAY = timedelta(days=1)
NEW = {"email": "new@example.test"}


@pytest.fixture
def executor(db: None) -> Officer:
    return make_officer()


@pytest.fixture
def registrar(db: None) -> Officer:
    return make_officer(role=Role.REGISTRAR)


@pytest.fixture
def appeal(executor: Officer) -> Appeal:
    return assign(make_appeal(), executor, by=make_officer(role=Role.HEAD), at=MONDAY)


def corrected(appeal: Appeal, changes: dict[str, str], by: Officer | None = None, **how: Any) -> Appeal:
    given = {"reason": "By telephone on 3 February." if by else "", "consent": True, "at": MONDAY + DAY}
    return correct_contacts(appeal, changes, by=by, **given | how)


def details(appeal: Appeal) -> dict[str, str]:
    return Applicant.objects.get(pk=appeal.applicant_id).unseal()


def by_post_only(**fields: Any) -> Appeal:
    address = {"name": "Сынақ Азамат", "address": "Шымкент, Сынақ көшесі, 1"}
    return make_appeal(details=address | fields)


def test_correct_contacts_seals_the_new_ones_and_finds_the_applicant_by_them(appeal, executor):
    corrected(appeal, {"email": "new@example.test", "phone": "8 702 111 22 33"}, by=executor)

    kept = details(appeal)
    assert (kept["email"], kept["phone"]) == ("new@example.test", "+77021112233")
    assert (kept["name"], kept["address"]) == ("Сынақ Азамат", "Шымкент, Сынақ көшесі, 1")
    assert Applicant.objects.known_by("new@example.test").get().pk == appeal.applicant_id
    assert Applicant.objects.known_by("+77021112233").exists()
    assert not Applicant.objects.known_by("azamat@example.test").exists()


def test_correct_contacts_leaves_a_line_that_names_the_fields_and_never_what_is_in_them(appeal, executor):
    before = appeal.events.count()

    corrected(appeal, {"email": "new@example.test", "address": ""}, by=executor)

    line = appeal.events.select_related("words").last()
    assert (appeal.events.count(), line.kind, line.by) == (before + 1, EventKind.CONTACTS_CORRECTED, executor)
    assert line.data == {"fields": ["address", "email"]}
    assert "example.test" not in line.canonical
    told = told_to_applicant([line], names_in([line.data]))[0]
    assert told.text == "Address, E-mail. By telephone on 3 February."
    assert list(faults(appeal.events.select_related("appeal", "words").order_by("seq"))) == []


def test_correct_contacts_that_are_the_same_already_changes_nothing(appeal, executor):
    before = appeal.events.count()

    with pytest.raises(InvalidIntake, match="Nothing is changed"):
        corrected(appeal, {"email": "azamat@example.test", "phone": "8 701 000 00 00"}, by=executor)

    assert appeal.events.count() == before


def test_correct_contacts_removes_what_is_emptied(appeal, executor):
    corrected(appeal, {"email": "", "phone": ""}, by=executor, consent=False)

    assert "email" not in details(appeal)
    appeal.applicant.refresh_from_db()
    assert not appeal.applicant.has_email


@pytest.mark.parametrize(
    ("changes", "consent", "field"),
    [
        ({"email": "", "address": ""}, True, "email"),
        ({"phone": "12"}, True, "phone"),
        ({"email": "new@example.test"}, False, "consent"),
        ({"phone": "+7 702 111 22 33"}, False, "consent"),
    ],
)
def test_correct_contacts_that_registration_would_refuse_is_refused_at_the_field(
    appeal, executor, changes, consent, field
):
    before = (appeal.events.count(), details(appeal))

    with pytest.raises(InvalidIntake) as refused:
        corrected(appeal, changes, by=executor, consent=consent)

    assert refused.value.field == field
    assert (appeal.events.count(), details(appeal)) == before


def test_correct_contacts_of_one_registered_without_consent_asks_for_none_where_only_the_address_changes(executor):
    appeal = by_post_only(phone="+77010000000")
    assign(appeal, executor, by=make_officer(role=Role.HEAD), at=MONDAY)

    corrected(appeal, {"address": "Алматы, Сынақ көшесі, 2"}, by=executor, consent=False)

    assert details(appeal)["address"] == "Алматы, Сынақ көшесі, 2"


def test_correct_contacts_by_an_official_without_saying_how_it_became_known_is_refused(appeal, executor):
    with pytest.raises(InvalidIntake, match="how the correction became known") as refused:
        corrected(appeal, NEW, by=executor, reason=" ")

    assert refused.value.field == "reason"


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.UNIT_HEAD, Role.HEAD, Role.DEPUTY])
def test_correct_contacts_by_registrar_or_leading_is_done_and_journalled(appeal, role):
    officer = make_officer(role=role)

    corrected(appeal, NEW, by=officer)

    look = AccessRecord.objects.get()
    assert (look.officer, look.what, look.purpose) == (officer, AccessedData.APPLICANT, "contacts")


def test_correct_contacts_by_the_assignee_is_her_own_case(appeal, executor):
    corrected(appeal, NEW, by=executor)

    assert not AccessRecord.objects.exists()


@pytest.mark.parametrize("role", [Role.EXECUTOR, Role.CONTROLLER, Role.DUTY, Role.OVERSIGHT])
def test_correct_contacts_by_who_has_nothing_to_do_with_it_is_refused_and_changes_nothing(appeal, role):
    before = details(appeal)

    with pytest.raises(Refused):
        corrected(appeal, NEW, by=make_officer(role=role))

    assert details(appeal) == before


def test_correct_contacts_by_another_body_is_refused(appeal):
    with pytest.raises(Refused, match="holding"):
        corrected(appeal, NEW, by=make_officer("akimat.education.kz-75", Role.HEAD))


def test_correct_contacts_by_the_applicant_needs_no_reason(appeal):
    corrected(appeal, NEW)

    assert details(appeal)["email"] == "new@example.test"
    assert appeal.events.last().by is None
    assert not AccessRecord.objects.exists()


def test_correct_contacts_of_a_closed_appeal_is_possible_since_its_letters_must_arrive(appeal, registrar):
    withdraw(appeal, at=MONDAY)

    corrected(appeal, NEW, by=registrar)

    assert details(appeal)["email"] == "new@example.test"


def test_letters_that_bounced_are_owed_to_the_new_email(appeal, registrar):
    Notice.objects.filter(officer=None).update(bounced_at=MONDAY, failure="550 no such user", attempts=3)

    corrected(appeal, NEW, by=registrar)

    notice = Notice.objects.get(officer=None)
    assert (notice.medium, notice.bounced_at, notice.failure, notice.attempts) == (Medium.EMAIL, None, "", 0)
    assert list(Notice.objects.owed(MONDAY + DAY)) == [notice]


def test_letters_that_waited_for_the_post_go_to_the_first_email(registrar):
    appeal = by_post_only()
    assert Notice.objects.get().medium == Medium.POST

    corrected(appeal, NEW, by=registrar)

    assert list(Notice.objects.owed(MONDAY + DAY)) == [Notice.objects.get()]


def test_letters_that_bounced_go_by_post_to_a_new_address(appeal, registrar):
    Notice.objects.filter(officer=None).update(bounced_at=MONDAY, failure="550")

    corrected(appeal, {"address": "Алматы, Сынақ көшесі, 2"}, by=registrar)

    notice = Notice.objects.get(officer=None)
    assert (notice.medium, notice.bounced_at) == (Medium.POST, None)


def test_letters_not_sent_yet_go_by_post_once_the_email_is_removed(appeal, registrar):
    corrected(appeal, {"email": ""}, by=registrar)

    assert Notice.objects.get(officer=None).medium == Medium.POST


def test_letters_delivered_already_are_not_owed_again(appeal, registrar):
    Notice.objects.update(delivered_at=MONDAY)

    corrected(appeal, NEW, by=registrar)

    assert not Notice.objects.owed(MONDAY + DAY).exists()


def test_correct_contacts_of_an_appeal_holds_for_its_parts_and_for_nobody_else(appeal, registrar):
    other = make_appeal()
    part = forward_part(
        appeal,
        Agency.objects.get(code="akimat.education.kz-75"),
        questions="The school?",
        reason="Theirs.",
        by=registrar,
        at=MONDAY,
    )

    corrected(appeal, NEW, by=registrar)

    assert details(part)["email"] == "new@example.test"
    assert details(other)["email"] == make_intake().details["email"]
