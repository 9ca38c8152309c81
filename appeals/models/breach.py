"""What is left on record when a body's term runs out, and what follows from it."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from agencies.enums import Role
from agencies.models import Agency, Officer
from appeals.enums import BreachCause, ClockKind, MeasureKind, Verdict
from appeals.models.appeal import Appeal
from appeals.models.clock import Clock

ANSWERING_FOR_THE_BODY = (Role.HEAD, Role.DEPUTY, Role.UNIT_HEAD, Role.CONTROLLER)


class BreachQuerySet(models.QuerySet["Breach"]):
    def visible_to(self, officer: Officer | None) -> Self:
        """What `officer` may know of: oversight, everything; who answers for a body, its own; others, theirs.

        Whoever administers the software has none.
        """
        if officer is None or officer.role == Role.ADMINISTRATOR:
            return self.none()
        if officer.role == Role.OVERSIGHT:
            return self
        own = self.filter(agency=officer.agency_id)
        return own if officer.role in ANSWERING_FOR_THE_BODY else own.filter(officer=officer)

    def standing(self) -> Self:
        """Those that count: not annulled."""
        return self.filter(annulled_on=None)

    def unexplained(self) -> Self:
        """Those that count and of which the body has said nothing yet."""
        return self.standing().filter(cause="")


class Breach(models.Model):
    """A body's clock that ran out, on record. What identifies it is frozen by a trigger.

    `cause` is the one the body named last. An annulled breach stays, and counts no more.
    """

    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="breaches")
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
    kind = models.CharField(_("term"), max_length=24, choices=ClockKind.choices)
    is_official = models.BooleanField(_("counts officially"), default=True)
    due_on = models.DateField(_("due"))
    detected_on = models.DateField(_("noted"))
    cause = models.CharField(_("cause"), max_length=16, choices=BreachCause.choices, blank=True)
    annulled_on = models.DateField(_("annulled"), null=True, blank=True)

    objects = BreachQuerySet.as_manager()

    class Meta:
        ordering = ["-detected_on", "-pk"]
        verbose_name = _("breach")
        verbose_name_plural = _("breaches")
        indexes = [
            models.Index("detected_on", "id", name="breach_newest"),
            models.Index("agency", "detected_on", "id", name="breach_agency_newest"),
            # read by digests.digest
            models.Index("agency", name="breach_unexplained", condition=Q(cause="", annulled_on=None)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["clock"],
                name="breach_once_a_clock",
                condition=Q(annulled_on=None),
                violation_error_message=_("This breach is already on record."),
            )
        ]

    def __str__(self) -> str:
        return " ".join([self.get_kind_display(), date_format(self.due_on, "SHORT_DATE_FORMAT")])


class BreachExplanation(models.Model):
    """What the body says led to the breach; a later one is added, none is replaced."""

    breach = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="explanations")
    cause = models.CharField(_("cause"), max_length=16, choices=BreachCause.choices)
    text = models.TextField(_("explanation"))
    by = models.ForeignKey(Officer, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("explanation of a breach")
        verbose_name_plural = _("explanations of breaches")

    def __str__(self) -> str:
        return self.get_cause_display()


class BreachReview(models.Model):
    """What the oversight makes of it."""

    breach = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="reviews")
    verdict = models.CharField(_("verdict"), max_length=16, choices=Verdict.choices)
    text = models.TextField(_("remark"), blank=True)
    by = models.ForeignKey(Officer, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("review of a breach")
        verbose_name_plural = _("reviews of breaches")

    def __str__(self) -> str:
        return self.get_verdict_display()


class BreachMeasure(models.Model):
    """What was done about it, by which order; there may be several."""

    breach = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="measures")
    kind = models.CharField(_("measure taken"), max_length=24, choices=MeasureKind.choices)
    officer = models.ForeignKey(
        Officer,
        verbose_name=_("who was answerable"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    taken_on = models.DateField(_("date of the order"))
    order_number = models.CharField(_("number of the order"), max_length=60, blank=True)
    by = models.ForeignKey(Officer, verbose_name=_("entered by"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("entered"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("measure for a breach")
        verbose_name_plural = _("measures for breaches")

    def __str__(self) -> str:
        taken_on = date_format(self.taken_on, "SHORT_DATE_FORMAT")
        return f"{self.get_kind_display()} {taken_on} {self.order_number}"


class BreachAnnulment(models.Model):
    """Why the breach counts no more; by the oversight, or by a change of the calendar, when nobody is named."""

    breach = models.OneToOneField(Breach, on_delete=models.PROTECT, related_name="annulment")
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(
        Officer,
        verbose_name=_("by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("annulment of a breach")
        verbose_name_plural = _("annulments of breaches")

    def __str__(self) -> str:
        return self.reason[:60]
