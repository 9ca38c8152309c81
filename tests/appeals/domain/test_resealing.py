"""Keys rotate without a stop, and what leaks with the old key is worth nothing afterwards."""

from base64 import b64encode

import pytest
from cryptography.exceptions import InvalidTag
from django.core.management import call_command

from appeals.domain import coupons
from appeals.models import Applicant, Coupon
from tests.factories import make_appeal

pytestmark = pytest.mark.django_db


@pytest.fixture
def rotated(settings):
    """A new key of each kind stands first; call it to throw the old ones away."""
    old = settings.PERSONAL_DATA_KEYS, settings.LOOKUP_KEYS
    new = {"n1": b64encode(b"n" * 32).decode()}, {"n1": b64encode(b"l" * 32).decode()}

    def only(keys):
        settings.PERSONAL_DATA_KEYS, settings.LOOKUP_KEYS = keys

    def rotate():
        only(({**new[0], **old[0]}, {**new[1], **old[1]}))
        call_command("reseal", verbosity=0)
        only(new)

    return rotate


def test_reseal_lets_the_old_keys_go(rotated):
    appeal = make_appeal()
    key = coupons.key_of(appeal)

    rotated()

    appeal.refresh_from_db()
    assert appeal.applicant.unseal()["name"] == "Сынақ Азамат"
    assert Applicant.objects.known_by("900101350003").get() == appeal.applicant
    assert coupons.opened(appeal.number, key) == appeal
    assert set(Coupon.objects.values_list("key_id", flat=True)) == {"n1"}


def test_a_blob_moved_to_another_row_does_not_open():
    one, other = make_appeal().applicant, make_appeal().applicant
    other.blob = one.blob

    with pytest.raises(InvalidTag):
        other.unseal()
