"""The coupon every applicant gets: the number, and a key that opens the case to whoever holds it."""

import hmac
import secrets
from datetime import datetime

from agencies.models import Officer
from appeals.domain import numbering
from appeals.models import Appeal, Coupon
from appeals.models.sealed import digests

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without what is misread aloud or by hand
GROUPS, LETTERS = 3, 4


def issue(appeal: Appeal, *, at: datetime, by: Officer | None) -> str:
    """Give `appeal` its coupon; the key, which only the coupon's holder and the sealed row know."""
    coupon, key = made_out(appeal, at=at, by=by)
    coupon.save(force_insert=True)
    return key


def made_out(appeal: Appeal, *, at: datetime, by: Officer | None) -> tuple[Coupon, str]:
    """The coupon of `appeal` and its key; nothing is saved."""
    key = "-".join("".join(secrets.choice(ALPHABET) for _ in range(LETTERS)) for _ in range(GROUPS))
    coupon = Coupon(appeal=appeal, issued_at=at, accepted_by=by)
    coupon.seal({"key": key})
    return coupon, key


def key_of(appeal: Appeal) -> str:
    """The key on the coupon of `appeal`, to be shown to its holder again."""
    return appeal.coupon.unseal()["key"]


def opened(number: str, key: str) -> Appeal | None:
    """The appeal whose coupon bears `number` and `key`, typed in any case, with or without dashes; or none."""
    appeal = Appeal.objects.filter(number=numbering.parsed(number)).select_related("coupon", "agency").first()
    letters = "".join(letter for letter in key.upper() if letter.isalnum())
    normal = "-".join(letters[i : i + LETTERS] for i in range(0, len(letters), LETTERS))
    stored = bytes(appeal.coupon.key_digest) if appeal else bytes(32)
    fits = sum(hmac.compare_digest(stored, known) for known in digests("coupon", normal))
    return appeal if appeal and fits else None
