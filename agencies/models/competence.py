"""Which body answers for a topic in a place."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models.agency import Agency, Function
from agencies.models.names import Dated, DatedQuerySet, Verified
from agencies.models.region import Region
from agencies.models.topic import Topic


class Competence(Dated, Verified):
    """A rule of competence: every filled condition must match, and the one with most of them wins.

    A function resolves to the living agency that has it in the nearest region up the tree.
    """

    topic = models.ForeignKey(Topic, verbose_name=_("topic"), on_delete=models.PROTECT, related_name="competences")
    region = models.ForeignKey(Region, verbose_name=_("region"), on_delete=models.PROTECT, null=True, blank=True)
    in_district = models.BooleanField(
        _("only where a district is named"),
        default=False,
        help_text=_("The matter is placed in a district or city within a region, not in the region at large."),
    )
    kind = models.CharField(_("kind of appeal"), max_length=16, blank=True)
    special_type = models.CharField(_("special type"), max_length=40, blank=True)
    addressee = models.ForeignKey(
        Agency, verbose_name=_("addressee"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    complained_of = models.ForeignKey(
        Agency,
        verbose_name=_("body complained of"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    agency = models.ForeignKey(
        Agency,
        verbose_name=_("body"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="competences",
    )
    function = models.ForeignKey(
        Function,
        verbose_name=_("function"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="competences",
    )
    basis = models.CharField(_("legal basis"), max_length=255, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ["topic", "pk"]
        verbose_name = _("competence")
        verbose_name_plural = _("competences")
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="competence_names_one_answerer",
                condition=Q(agency__isnull=True, function__isnull=False)
                | Q(agency__isnull=False, function__isnull=True),
                violation_error_message=_("A competence names either a body or a function."),
            ),
            models.UniqueConstraint(
                fields=[
                    *("topic", "region", "in_district", "kind", "special_type"),
                    *("addressee", "complained_of", "valid_from"),
                ],
                name="competence_no_twins",
                nulls_distinct=False,
                violation_error_message=_("There is already a competence with the same conditions."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic} → {self.agency or self.function}"
