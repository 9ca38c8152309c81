"""The signed text that answers."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Officer
from appeals.enums import Outcome
from appeals.models.appeal import Appeal


class Reply(models.Model):
    """An answer: outcome, reasons, law, and how to complain further (Art. 80, 89(2)). Sent once signed."""

    appeal = models.OneToOneField(Appeal, on_delete=models.PROTECT, related_name="reply")
    outcome = models.CharField(_("outcome"), max_length=16, choices=Outcome.choices)
    text = models.TextField(_("answer and reasons"))
    law = models.TextField(_("law relied on"))
    remedy = models.TextField(_("how to complain further"))
    needs_execution = models.BooleanField(_("is still to be carried out"), default=False)
    superior = models.ForeignKey(
        Agency,
        verbose_name=_("body that hears a complaint"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    prepared_by = models.ForeignKey(Officer, verbose_name=_("prepared by"), on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField(_("prepared"))
    signed_by = models.ForeignKey(
        Officer,
        verbose_name=_("signed by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    signed_at = models.DateTimeField(_("signed"), null=True, blank=True)

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        constraints = [
            models.CheckConstraint(
                name="reply_signed_by_iff_at",
                condition=Q(signed_by__isnull=True, signed_at__isnull=True)
                | Q(signed_by__isnull=False, signed_at__isnull=False),
                violation_error_message=_("A signed reply names who signed it and when."),
            ),
            models.CheckConstraint(
                name="reply_says_how_to_complain",
                condition=~Q(remedy=""),
                violation_error_message=_("A reply says how to complain further."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_outcome_display()


class Erratum(models.Model):
    """A slip corrected in an answer already sent; the answer itself stays as it was signed."""

    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, related_name="errata")
    text = models.TextField(_("correction"))
    signed_by = models.ForeignKey(Officer, verbose_name=_("signed by"), on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(_("signed"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("erratum")
        verbose_name_plural = _("errata")

    def __str__(self) -> str:
        return self.text[:60]
