"""What is typed of an applicant is taken in one shape, or sent back to its field."""

import pytest

from appeals.domain import applicants
from appeals.enums import ApplicantType
from appeals.errors import InvalidIntake

IIN, BIN = "900101350003", "201140001233"
REACHABLE = {"email": "a@example.test", "phone": "+77010000000", "address": "", "consent": True}


@pytest.mark.parametrize(
    ("typed", "applicant_type", "number"),
    [
        (" ", ApplicantType.PERSON, ""),
        ("900101-350 003", ApplicantType.PERSON, IIN),
        ("٩٠٠١٠١٣٥٠٠٠٣", ApplicantType.PERSON, IIN),
        (BIN, ApplicantType.FIRM, BIN),
    ],
)
def test_idn_that_fits_who_appeals_is_taken_in_plain_digits(typed, applicant_type, number):
    assert applicants.idn(typed, applicant_type) == number


@pytest.mark.parametrize(
    ("typed", "applicant_type", "why"),
    [
        ("12345", ApplicantType.PERSON, "has 12 digits"),
        ("90010135000x", ApplicantType.PERSON, "has 12 digits"),
        ("900101350004", ApplicantType.PERSON, "no such IIN"),
        (BIN, ApplicantType.PERSON, "no such IIN"),
        (IIN, ApplicantType.FIRM, "no such BIN"),
    ],
)
def test_idn_that_does_not_fit_who_appeals_is_sent_back(typed, applicant_type, why):
    with pytest.raises(InvalidIntake, match=why) as fault:
        applicants.idn(typed, applicant_type)

    assert fault.value.field == "idn"


def test_phone_is_taken_in_one_shape_however_it_was_typed():
    assert applicants.phone("8 (701) 000-00-00") == applicants.phone("+77010000000") == "+77010000000"
    assert applicants.phone(" ") == ""


def test_phone_that_is_none_is_sent_back():
    with pytest.raises(InvalidIntake, match="Write the number") as fault:
        applicants.phone("12")

    assert fault.value.field == "phone"


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"email": ""}, "email"),
        ({"consent": False}, "consent"),
        ({"email": "", "address": "Шымкент", "consent": False}, "consent"),
    ],
)
def test_contacts_by_which_no_answer_may_come_are_sent_back(told, field):
    with pytest.raises(InvalidIntake) as fault:
        applicants.insist_reachable(**REACHABLE | told)

    assert fault.value.field == field


@pytest.mark.parametrize("told", [{}, {"email": "", "phone": "", "address": "Шымкент", "consent": False}])
def test_contacts_agreed_to_or_by_post_are_enough(told):
    applicants.insist_reachable(**REACHABLE | told)
