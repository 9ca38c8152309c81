"""The state's working calendar, day by day; the arithmetic is in `domain.working_days`."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.enums import Origin


class CalendarYear(models.Model):
    """A year the calendar covers; confirmed once its transfers of days off are known."""

    year = models.PositiveSmallIntegerField(_("year"), primary_key=True)
    confirmed = models.BooleanField(_("confirmed"), default=False)
    act = models.CharField(_("act"), max_length=255, blank=True)

    class Meta:
        ordering = ["year"]
        verbose_name = _("calendar year")
        verbose_name_plural = _("calendar years")

    def __str__(self) -> str:
        return str(self.year)


class CalendarDay(models.Model):
    """A weekday off or a weekend day worked. Seeded once; a decree's row for the same date wins."""

    day = models.DateField(_("day"))
    is_working = models.BooleanField(_("working day"), default=False)
    origin = models.CharField(_("origin"), max_length=8, choices=Origin.choices, default=Origin.DECREE)
    name_kk = models.CharField(_("name in Kazakh"), max_length=160, blank=True)
    name_ru = models.CharField(_("name in Russian"), max_length=160, blank=True)
    name_en = models.CharField(_("name in English"), max_length=160, blank=True)
    act = models.CharField(_("act"), max_length=255, blank=True)

    class Meta:
        ordering = ["day", "origin"]
        verbose_name = _("calendar day")
        verbose_name_plural = _("calendar days")
        constraints = [
            models.UniqueConstraint(
                fields=["day", "origin"],
                name="calendar_day_once_an_origin",
                violation_error_message=_("This day is already entered."),
            )
        ]

    def __str__(self) -> str:
        return str(self.day)
