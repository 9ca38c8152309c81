"""The applicant is heard before an adverse decision, and colleagues before an answer."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Officer
from appeals.enums import HearingWay, WaiverGround
from appeals.models.appeal import Appeal
from appeals.models.clock import Clock


class Hearing(models.Model):
    """The preliminary decision made known to the applicant, what was objected, and the protocol (Art. 73, 74).

    Or, with `ground`, why nothing of it was needed.
    """

    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="hearings")
    agency = models.ForeignKey(Agency, verbose_name=_("body"), on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Officer, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+")
    notified_on = models.DateField(_("made known"), null=True, blank=True)
    decision = models.TextField(_("preliminary decision"), blank=True)
    way = models.CharField(_("way"), max_length=16, choices=HearingWay.choices, blank=True)
    objection = models.TextField(_("objection of the applicant"), blank=True)
    objected_on = models.DateField(_("objected"), null=True, blank=True)
    held_on = models.DateField(_("held"), null=True, blank=True)
    protocol = models.TextField(_("protocol"), blank=True)
    ground = models.CharField(_("why none is needed"), max_length=16, choices=WaiverGround.choices, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("hearing")
        verbose_name_plural = _("hearings")
        constraints = [
            models.CheckConstraint(
                name="hearing_notified_or_waived",
                condition=Q(notified_on__isnull=False, ground="") & ~Q(decision="") & ~Q(way="")
                | Q(notified_on__isnull=True) & ~Q(ground=""),
                violation_error_message=_("A hearing is made known with the preliminary decision, or it is waived."),
            ),
            models.CheckConstraint(
                name="hearing_held_with_protocol",
                condition=Q(held_on__isnull=True, protocol="") | Q(held_on__isnull=False),
                violation_error_message=_("A protocol has the date of the hearing."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.notified_on or self.get_ground_display())


class CoExecution(models.Model):
    """A colleague's part of the answer, asked for within the body; who is named first leads (Art. 46(3))."""

    clock = models.OneToOneField(Clock, on_delete=models.CASCADE, related_name="co_execution")
    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="co_executions")
    officer = models.ForeignKey(Officer, verbose_name=_("co-executor"), on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Officer, verbose_name=_("asked by"), on_delete=models.PROTECT, related_name="+")
    question = models.TextField(_("what is asked"))
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("part of a co-executor")
        verbose_name_plural = _("parts of co-executors")

    def __str__(self) -> str:
        return str(self.officer)
