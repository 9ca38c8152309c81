"""The country's regions as they were and are, with their districts."""

from typing import Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models.names import Dated, DatedQuerySet, Named, Verified


def check_zone(name: str) -> None:
    """A name the time zone data knows, such as `Asia/Almaty`: what day it is at a body is told by it."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValidationError(_("There is no such time zone.")) from None


class RegionQuerySet(DatedQuerySet):
    def first_level(self) -> Self:
        """Regions and cities of republican significance, without their districts."""
        return self.filter(superior=None)


class Region(Named, Dated, Verified):
    """A region, or a district or city within one (`superior`), dated.

    One split off knows what it was split from, so series can be merged back.
    """

    code = models.CharField(
        _("code"), max_length=32, unique=True, help_text=_("ISO 3166-2, such as KZ-79; below it KZ-10.semey")
    )
    kato = models.CharField(_("KATO code"), max_length=9, blank=True)
    of_kk = models.CharField(_("genitive in Kazakh"), max_length=255, blank=True)
    of_ru = models.CharField(_("genitive in Russian"), max_length=255, blank=True)
    centre_kk = models.CharField(_("centre in Kazakh"), max_length=120, blank=True)
    centre_ru = models.CharField(_("centre in Russian"), max_length=120, blank=True)
    centre_en = models.CharField(_("centre in English"), max_length=120, blank=True)
    zone = models.CharField(_("time zone"), max_length=40, default="Asia/Almaty", validators=[check_zone])
    superior = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
    )
    predecessor = models.ForeignKey(
        "self",
        verbose_name=_("split from"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="heirs",
    )

    objects = RegionQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ["code"]
        verbose_name = _("region")
        verbose_name_plural = _("regions")


class RegionName(Named, Dated, Verified):
    """A name the region bore for a time, or is also called by."""

    region = models.ForeignKey(Region, verbose_name=_("region"), on_delete=models.CASCADE, related_name="names")

    class Meta(Dated.Meta):
        ordering = ["region", "valid_from", "name_en"]
        verbose_name = _("other name of a region")
        verbose_name_plural = _("other names of regions")


class Population(Verified):
    """How many people lived in the region on a date, in the borders of that date."""

    region = models.ForeignKey(Region, verbose_name=_("region"), on_delete=models.CASCADE, related_name="populations")
    on = models.DateField(_("on"))
    people = models.PositiveIntegerField(_("people"))

    class Meta:
        ordering = ["region", "on"]
        verbose_name = _("population")
        verbose_name_plural = _("populations")
        constraints = [
            models.UniqueConstraint(
                fields=["region", "on"],
                name="population_once_a_date",
                violation_error_message=_("This region already has a population for that date."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.on}: {self.people}"
