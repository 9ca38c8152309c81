"""The bodies that answer, as a dated tree."""

from datetime import time
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.enums import Level
from agencies.models.names import Dated, DatedQuerySet, Named, Verified
from agencies.models.region import Region, check_zone


class Function(Named):
    """What a kind of body does wherever it stands, such as `akimat.education` or `police.territorial`."""

    code = models.CharField(_("code"), max_length=64, unique=True)

    class Meta:
        ordering = ["code"]
        verbose_name = _("function")
        verbose_name_plural = _("functions")


class AgencyQuerySet(DatedQuerySet):
    def but_head_of_state(self) -> Self:
        """All but the President himself."""
        return self.exclude(level=Level.PRESIDENT, superior=None)


class Agency(Named, Dated, Verified):
    """A body that can hold an appeal; when it ceases its successor takes over."""

    code = models.CharField(_("code"), max_length=64, unique=True)
    level = models.CharField(_("level"), max_length=16, choices=Level.choices)
    function = models.ForeignKey(
        Function,
        verbose_name=_("function"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="agencies",
    )
    superior = models.ForeignKey(
        "self",
        verbose_name=_("superior"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="subordinates",
    )
    successor = models.ForeignKey(
        "self",
        verbose_name=_("successor"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
    )
    region = models.ForeignKey(
        Region,
        verbose_name=_("region"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="agencies",
    )
    zone = models.CharField(_("time zone"), max_length=40, default="Asia/Almaty", validators=[check_zone])
    day_starts = models.TimeField(_("working day starts"), default=time(9))
    day_ends = models.TimeField(_("working day ends"), default=time(18, 30))
    bound_by_code = models.BooleanField(
        _("bound by the Code"),
        default=True,
        help_text=_("The body that serves the President is not: Art. 3(4)."),
    )
    complaint_instance = models.BooleanField(
        _("hears complaints"),
        default=True,
        help_text=_("President, Prime Minister and Government do not: Art. 91(3)."),
    )

    objects = AgencyQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ["code"]
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="agency_not_its_own_superior",
                condition=~models.Q(superior=models.F("id")),
                violation_error_message=_("A body cannot be its own superior."),
            ),
            models.CheckConstraint(
                name="agency_day_ends_after_start",
                condition=models.Q(day_ends__gt=models.F("day_starts")),
                violation_error_message=_("The working day ends after it starts."),
            ),
        ]

    @property
    def is_head_of_state(self) -> bool:
        """The President himself; what is addressed to him his Office takes."""
        return self.level == Level.PRESIDENT and self.superior_id is None


class Unit(Named):
    """A structural unit inside a body."""

    agency = models.ForeignKey(Agency, verbose_name=_("body"), on_delete=models.CASCADE, related_name="units")

    class Meta:
        ordering = ["agency", "name_en"]
        verbose_name = _("unit")
        verbose_name_plural = _("units")
