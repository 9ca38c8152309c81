"""Terms running on appeals, and what is left when one runs out."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Officer
from appeals.enums import ClockKind, OwedBy
from appeals.models.appeal import Appeal
from appeals.models.term import Term


class ClockQuerySet(models.QuerySet):
    def running(self) -> Self:
        """Started, neither met nor cancelled."""
        return self.filter(met_on=None, cancelled_on=None)

    def missed(self, on: date) -> Self:
        """A body's, run out before the local date `on`, not yet on record. The due day's last minute is in time."""
        return self.running().filter(due_on__lt=on, owed_by=OwedBy.BODY, breached_on=None)

    def in_zone(self, zone: str) -> Self:
        """Whose holder keeps `zone`'s time."""
        return self.filter(agency__zone=zone)


class Clock(models.Model):
    """One term of the law running on one appeal, owed by its holder or by the applicant."""

    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="clocks")
    kind = models.CharField(_("kind"), max_length=16, choices=ClockKind.choices)
    term = models.ForeignKey(Term, verbose_name=_("term"), on_delete=models.PROTECT, related_name="clocks")
    agency = models.ForeignKey(Agency, verbose_name=_("body"), on_delete=models.PROTECT, related_name="clocks")
    owed_by = models.CharField(_("owed by"), max_length=10, choices=OwedBy.choices, default=OwedBy.BODY)
    is_official = models.BooleanField(_("counts officially"), default=True)
    starts_on = models.DateField(_("starts"))
    due_on = models.DateField(_("due"))
    met_on = models.DateField(_("met"), null=True, blank=True)
    cancelled_on = models.DateField(_("cancelled"), null=True, blank=True)
    breached_on = models.DateField(_("breach noted"), null=True, blank=True)

    objects = ClockQuerySet.as_manager()

    class Meta:
        ordering = ["appeal_id", "pk"]
        verbose_name = _("clock")
        verbose_name_plural = _("clocks")
        indexes = [
            # read by breaches.note_missed: grows with what newly ran out, not with what is overdue
            models.Index(
                "due_on",
                name="clock_newly_missed",
                condition=Q(met_on=None, cancelled_on=None, breached_on=None, owed_by=OwedBy.BODY),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="clock_met_or_cancelled_not_both",
                condition=Q(met_on=None) | Q(cancelled_on=None),
                violation_error_message=_("A clock is met or cancelled, not both."),
            ),
            models.CheckConstraint(
                name="clock_due_not_before_start",
                condition=Q(due_on__gte=F("starts_on")),
                violation_error_message=_("A term cannot end before it starts."),
            ),
            models.UniqueConstraint(
                fields=["appeal", "kind"],
                name="clock_one_running_a_kind",
                condition=Q(met_on=None, cancelled_on=None),
                violation_error_message=_("This term is already running."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.due_on}"

    @property
    def is_running(self) -> bool:
        return self.met_on is None and self.cancelled_on is None


class Breach(models.Model):
    """A body's clock that ran out, on record. What identifies it is frozen by a trigger."""

    clock = models.OneToOneField(Clock, on_delete=models.PROTECT, related_name="breach")
    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="breaches")
    agency = models.ForeignKey(Agency, verbose_name=_("body"), on_delete=models.PROTECT, related_name="breaches")
    officer = models.ForeignKey(
        Officer,
        verbose_name=_("officer"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="breaches",
    )
    kind = models.CharField(_("term"), max_length=16, choices=ClockKind.choices)
    is_official = models.BooleanField(_("counts officially"), default=True)
    due_on = models.DateField(_("due"))
    detected_on = models.DateField(_("noted"))

    class Meta:
        ordering = ["-detected_on", "-pk"]
        verbose_name = _("breach")
        verbose_name_plural = _("breaches")
        indexes = [
            models.Index("detected_on", "id", name="breach_newest"),
            models.Index("agency", "detected_on", "id", name="breach_agency_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.due_on}"
