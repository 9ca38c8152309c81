"""Counts: acts add small rows, a job folds them, readers add what is not folded yet."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.enums import AppealForm, Level
from agencies.models import Agency, Channel, Region, Topic
from appeals.enums import Axis, BreachCause, ClockKind, Kind, Measure


class CountDelta(models.Model):
    """One act, with everything it can be counted by; lives until it is folded."""

    day = models.DateField()
    measure = models.CharField(max_length=24, choices=Measure.choices)
    level = models.CharField(max_length=16, choices=Level.choices)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, db_index=False, related_name="+")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, db_index=False, related_name="+")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, db_index=False, related_name="+")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, null=True, db_index=False, related_name="+")
    form = models.CharField(max_length=16, choices=AppealForm.choices)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    clock = models.CharField(max_length=24, choices=ClockKind.choices, blank=True)
    cause = models.CharField(max_length=16, choices=BreachCause.choices, blank=True)
    days = models.PositiveSmallIntegerField(null=True)
    n = models.SmallIntegerField(default=1)  # -1 takes an act back: a breach annulled, or with another cause

    class Meta:
        verbose_name = _("count not yet folded")
        verbose_name_plural = _("counts not yet folded")

    def __str__(self) -> str:
        return f"{self.day} {self.measure}"


class DayCount(models.Model):
    """How many, on a day, at a level, along one axis; `value` is a code or an id, empty for "not stated"."""

    day = models.DateField(_("day"))
    level = models.CharField(_("level"), max_length=16, choices=Level.choices)
    axis = models.CharField(_("axis"), max_length=16, choices=Axis.choices)
    value = models.CharField(_("value"), max_length=40, blank=True)
    measure = models.CharField(_("measure"), max_length=24, choices=Measure.choices)
    n = models.IntegerField(_("number"))

    class Meta:
        verbose_name = _("count of a day")
        verbose_name_plural = _("counts of days")
        constraints = [
            models.UniqueConstraint(fields=["measure", "axis", "day", "level", "value"], name="day_count_one_a_cell")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.measure} {self.axis} {self.value}: {self.n}"


class MonthCount(models.Model):
    """How many, in a month, in a body, along one axis."""

    month = models.DateField(_("first day of the month"))
    agency = models.ForeignKey(Agency, verbose_name=_("body"), on_delete=models.PROTECT, related_name="+")
    axis = models.CharField(_("axis"), max_length=16, choices=Axis.choices)
    value = models.CharField(_("value"), max_length=40, blank=True)
    measure = models.CharField(_("measure"), max_length=24, choices=Measure.choices)
    n = models.IntegerField(_("number"))

    class Meta:
        verbose_name = _("count of a month")
        verbose_name_plural = _("counts of months")
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "axis", "month", "agency", "value"], name="month_count_one_a_cell"
            )
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.agency_id} {self.measure} {self.axis} {self.value}: {self.n}"
