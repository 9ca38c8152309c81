"""What an applicant says of herself, held to the same on the pages, at the desk and in the API.

Each raises `InvalidIntake` with the field that cannot be taken.
"""

from django.utils.translation import gettext as _

from appeals.domain.identifiers import LENGTH, digits, e164, is_bin, is_iin
from appeals.enums import ApplicantType
from appeals.errors import InvalidIntake


def idn(typed: str, applicant_type: str) -> str:
    """The IIN of a person or the BIN of a firm in its twelve digits; empty where none was typed."""
    number = "".join(typed.replace("-", " ").split())
    if not number:
        return ""
    if not number.isdecimal() or len(number) != LENGTH:
        raise InvalidIntake(_("The number has 12 digits. Check it, or leave it out."), field="idn")
    number = digits(number)
    if applicant_type == ApplicantType.FIRM and not is_bin(number):
        raise InvalidIntake(_("There is no such BIN. Check the digits, or leave it out."), field="idn")
    if applicant_type == ApplicantType.PERSON and not is_iin(number):
        raise InvalidIntake(_("There is no such IIN. Check the digits, or leave it out."), field="idn")
    return number


def phone(typed: str) -> str:
    """The telephone number as it is dialled from anywhere; empty where none was typed."""
    number = e164(typed)
    if typed.strip() and not number:
        told = _("Write the number like this: +7 701 000 00 00, or with the code of the country.")
        raise InvalidIntake(told, field="phone")
    return number


def insist_agreed(*, email: str, consent: bool) -> None:
    """Letters go to an e-mail only where the applicant agreed that they then count as delivered."""
    if email and not consent:
        told = _("Messages to an e-mail need consent. Or leave it out: then letters go by post.")
        raise InvalidIntake(told, field="consent")


def insist_reachable(*, email: str, phone: str, address: str, consent: bool) -> None:
    """An answer can reach the applicant, and electronically only where she agreed to it."""
    if not email and not address:
        told = _("Give an e-mail or a postal address: otherwise no answer can reach you.")
        raise InvalidIntake(told, field="email")
    if (email or phone) and not consent:
        told = _("Messages by e-mail or telephone need consent. Or leave both out: then letters come by post.")
        raise InvalidIntake(told, field="consent")
