"""Messages owed; the row is the queue."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Officer
from appeals.enums import Medium, NoticeKind
from appeals.models.appeal import Appeal


class NoticeQuerySet(models.QuerySet):
    def owed(self, at: datetime) -> Self:
        """E-mails to be tried by the instant `at`."""
        return self.filter(medium=Medium.EMAIL, delivered_at=None, bounced_at=None, try_after__lte=at)


class Notice(models.Model):
    """A message owed to the applicant, or to an officer; worded in the reader's language when sent.

    A digest is about no single appeal. What goes by post is delivered when an officer says so.
    """

    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, null=True, blank=True, related_name="notices")
    kind = models.CharField(_("kind"), max_length=24, choices=NoticeKind.choices)
    key = models.CharField(max_length=80, unique=True, editable=False)
    officer = models.ForeignKey(
        Officer,
        verbose_name=_("to officer"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="notices",
    )
    medium = models.CharField(_("medium"), max_length=8, choices=Medium.choices, default=Medium.EMAIL)
    owed_at = models.DateTimeField(_("owed since"))
    try_after = models.DateTimeField(_("try after"))
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    posted_by = models.ForeignKey(
        Officer,
        verbose_name=_("posted by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    delivered_at = models.DateTimeField(_("delivered"), null=True, blank=True)
    bounced_at = models.DateTimeField(_("bounced"), null=True, blank=True)
    failure = models.CharField(_("last failure"), max_length=255, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-owed_at", "-pk"]
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes = [
            # read by deliveries.claim
            models.Index(
                "try_after",
                name="notice_owed",
                condition=Q(medium=Medium.EMAIL, delivered_at=None, bounced_at=None),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="notice_delivered_or_bounced",
                condition=Q(delivered_at=None) | Q(bounced_at=None),
                violation_error_message=_("A notice is delivered or bounced, not both."),
            ),
            models.CheckConstraint(
                name="notice_of_an_appeal_or_to_an_officer",
                condition=Q(appeal__isnull=False) | Q(officer__isnull=False),
                violation_error_message=_("A notice is about an appeal, or goes to an officer."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def goes_by_post(self) -> bool:
        """To the applicant, who has no e-mail, or from whose mailbox it came back."""
        return self.officer_id is None and (self.medium == Medium.POST or self.bounced_at is not None)
