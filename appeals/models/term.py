"""The terms of the law, as dated rows."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func
from django.utils.translation import gettext_lazy as _

from agencies.models.names import Dated, DatedQuerySet, Verified
from appeals.enums import ClockKind, Kind, TermUnit


class Term(Dated, Verified):
    """How long one clock runs for one kind of appeal while the row is in force.

    Chosen by the day the clock starts; `kind` and `special_type` empty mean any.
    """

    clock = models.CharField(_("clock"), max_length=16, choices=ClockKind.choices)
    kind = models.CharField(_("kind of appeal"), max_length=16, choices=Kind.choices, blank=True)
    special_type = models.CharField(_("special type"), max_length=40, blank=True)
    length = models.PositiveSmallIntegerField(_("length"))
    unit = models.CharField(_("unit"), max_length=10, choices=TermUnit.choices)
    first_day_counts = models.BooleanField(_("the first day counts"), default=False)
    rolls = models.BooleanField(_("an end on a day off moves to the next working day"), default=True)
    extendable = models.BooleanField(_("can be extended"), default=False)
    basis = models.CharField(_("legal basis"), max_length=160)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ["clock", "kind", "special_type", "valid_from"]
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        constraints = [
            *Dated.Meta.constraints,
            ExclusionConstraint(
                name="term_one_at_a_time",
                expressions=[
                    ("clock", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    ("special_type", RangeOperators.EQUAL),
                    (
                        Func(
                            F("valid_from"),
                            F("valid_to"),
                            models.Value("[]"),
                            function="DATERANGE",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_("Another term for the same clock is in force on some of these days."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_clock_display()}: {self.length} {self.get_unit_display()} ({self.basis})"
