"""The receipt every applicant gets (Art. 64(2)), and the key that opens the case to whoever holds it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models import Officer
from appeals.models.appeal import Appeal
from appeals.models.sealed import Sealed, digest


class Coupon(Sealed):
    """Number, instant, who accepted; the key is sealed, to be repeated in letters, and never logged."""

    appeal = models.OneToOneField(Appeal, on_delete=models.CASCADE, primary_key=True, related_name="coupon")
    key_digest = models.BinaryField(max_length=32, editable=False)
    issued_at = models.DateTimeField(_("issued"))
    accepted_by = models.ForeignKey(
        Officer,
        verbose_name=_("accepted by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("coupon")
        verbose_name_plural = _("coupons")

    def __str__(self) -> str:
        return str(self.appeal_id)

    def seal(self, value: dict[str, str]) -> None:
        """Seal the key, and set the digest it is recognised by."""
        super().seal(value)
        self.key_digest = digest("coupon", value["key"])
