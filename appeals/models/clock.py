"""Terms running on appeals, and what moved their last days."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Officer
from appeals.enums import OWED_AFTERWARDS, ClockKind, DueCause, OwedBy, Status
from appeals.models.appeal import Appeal
from appeals.models.term import Term


class ClockQuerySet(models.QuerySet):
    def running(self) -> Self:
        """Started, neither met nor cancelled."""
        return self.filter(met_on=None, cancelled_on=None)

    def ticking(self) -> Self:
        """Running, and nobody waits for the applicant."""
        return self.running().filter(is_held=False)

    def pressing(self) -> Self:
        """Ticking, and not excused: the last day still decides when the holder is late."""
        return self.ticking().filter(excused_on=None)

    def missed(self, on: date) -> Self:
        """A body's, run out before the local date `on`, not yet on record. The due day's last minute is in time."""
        return self.ticking().filter(due_on__lt=on, owed_by=OwedBy.BODY, breached_on=None)

    def lapsed(self, on: date) -> Self:
        """An applicant's, run out before the local date `on`."""
        return self.running().filter(due_on__lt=on, owed_by=OwedBy.APPLICANT)

    def in_zone(self, zone: str) -> Self:
        """Whose holder keeps `zone`'s time."""
        return self.filter(agency__zone=zone)


class Clock(models.Model):
    """One term of the law running on one appeal, owed by its holder or by the applicant.

    Where an official set the last day within the longest the term allows, `given_days` keeps how many
    working days that was, should the calendar change. One whose breach was annulled is `excused`: what it asks
    for is still owed, but nobody is late with it any more.
    """

    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="clocks")
    kind = models.CharField(_("kind"), max_length=24, choices=ClockKind.choices)
    term = models.ForeignKey(Term, verbose_name=_("term"), on_delete=models.PROTECT, related_name="clocks")
    agency = models.ForeignKey(Agency, verbose_name=_("body"), on_delete=models.PROTECT, related_name="clocks")
    officer = models.ForeignKey(
        Officer,
        verbose_name=_("co-executor"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="clocks",
    )
    owed_by = models.CharField(_("owed by"), max_length=10, choices=OwedBy.choices, default=OwedBy.BODY)
    is_official = models.BooleanField(_("counts officially"), default=True)
    starts_on = models.DateField(_("starts"))
    given_days = models.PositiveSmallIntegerField(_("working days an official gave"), null=True, blank=True)
    due_on = models.DateField(_("due"))
    met_on = models.DateField(_("met"), null=True, blank=True)
    cancelled_on = models.DateField(_("cancelled"), null=True, blank=True)
    breached_on = models.DateField(_("breach noted"), null=True, blank=True)
    excused_on = models.DateField(_("breach annulled"), null=True, blank=True)
    is_held = models.BooleanField(_("stands still"), default=False)
    warned = models.PositiveSmallIntegerField(_("warnings given"), default=0)

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
                condition=Q(met_on=None, cancelled_on=None, breached_on=None, is_held=False, owed_by=OwedBy.BODY),
            ),
            # read by warnings.warn_ahead: a range for each step of the ladder; what took the step lies outside
            models.Index(
                "kind",
                "warned",
                "due_on",
                "id",
                name="clock_newly_near",
                condition=Q(met_on=None, cancelled_on=None, is_held=False, owed_by=OwedBy.BODY),
            ),
            # read by holds.note_lapsed
            models.Index(
                "due_on",
                name="clock_newly_lapsed",
                condition=Q(met_on=None, cancelled_on=None, owed_by=OwedBy.APPLICANT),
            ),
            # read by queues.standing: what a body still owes in cases it has closed or let go
            models.Index(
                "agency",
                name="clock_still_owed",
                condition=Q(met_on=None, cancelled_on=None, kind__in=OWED_AFTERWARDS),
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
            models.CheckConstraint(
                name="clock_of_an_applicant_never_breached",
                condition=Q(owed_by=OwedBy.BODY) | Q(breached_on=None),
                violation_error_message=_("What the applicant owes is never a breach."),
            ),
            models.CheckConstraint(
                name="clock_excused_of_a_breach",
                condition=Q(excused_on=None) | Q(breached_on__isnull=False),
                violation_error_message=_("Only what was broken can be excused."),
            ),
            models.UniqueConstraint(
                fields=["appeal", "kind", "agency", "officer"],
                name="clock_one_running_a_kind",
                condition=Q(met_on=None, cancelled_on=None),
                nulls_distinct=False,
                violation_error_message=_("This term is already running."),
            ),
        ]

    def __str__(self) -> str:
        return " ".join([self.get_kind_display(), date_format(self.due_on, "SHORT_DATE_FORMAT")])

    @property
    def is_running(self) -> bool:
        return self.met_on is None and self.cancelled_on is None


class DueChange(models.Model):
    """One move of a clock's last day, by an act that says so; together with the term they explain the day."""

    clock = models.ForeignKey(Clock, on_delete=models.CASCADE, related_name="changes")
    cause = models.CharField(_("cause"), max_length=16, choices=DueCause.choices)
    was = models.DateField(_("was"))
    became = models.DateField(_("became"))
    on = models.DateField(_("on"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("move of a last day")
        verbose_name_plural = _("moves of last days")

    def __str__(self) -> str:
        return f"{self.was} → {self.became}"


class Hold(models.Model):
    """The applicant is asked for a correction (Art. 64(6)) from `held_on` up to, not including, `resumed_on`.

    `clock` is the reply clock that stands still meanwhile; none where its term goes on. Once an appeal: a clock
    that takes the place of another has the same days again.
    """

    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="holds")
    clock = models.ForeignKey(Clock, on_delete=models.CASCADE, null=True, blank=True, related_name="holds")
    status_before = models.CharField(_("status before"), max_length=16, choices=Status.choices)
    held_on = models.DateField(_("held since"))
    resumed_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("hold")
        verbose_name_plural = _("holds")
        constraints = [
            models.UniqueConstraint(
                fields=["appeal", "clock"],
                name="hold_once_a_clock",
                nulls_distinct=False,
                violation_error_message=_("The applicant was already asked for a correction once."),
            ),
            models.CheckConstraint(
                name="hold_dates_in_order",
                condition=Q(resumed_on=None) | Q(resumed_on__gte=F("held_on")),
                violation_error_message=_("A hold cannot end before it began."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.held_on} – {self.resumed_on or ''}"


class Extension(models.Model):
    """An extension asked for, and what the head made of it (Art. 76(3))."""

    clock = models.ForeignKey(Clock, on_delete=models.CASCADE, related_name="extensions")
    until = models.DateField(_("until"))
    reason = models.TextField(_("reason"))
    asked_by = models.ForeignKey(Officer, verbose_name=_("asked by"), on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked"))
    decided_by = models.ForeignKey(
        Officer,
        verbose_name=_("decided by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    decided_on = models.DateField(_("decided"), null=True, blank=True)
    is_granted = models.BooleanField(_("granted"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        constraints = [
            models.UniqueConstraint(
                fields=["clock"],
                name="extension_one_undecided",
                condition=Q(decided_on=None),
                violation_error_message=_("An extension is already asked for."),
            ),
            models.CheckConstraint(
                name="extension_decided_whole",
                condition=Q(decided_on=None, decided_by=None, is_granted=None)
                | Q(decided_on__isnull=False, decided_by__isnull=False, is_granted__isnull=False),
                violation_error_message=_("A decision on an extension names who decided, when and how."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clock} → {self.until}"
