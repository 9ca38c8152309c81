"""The terms of the law, as dated rows."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from agencies.models.names import Dated, DatedQuerySet, Named, Verified
from appeals.enums import CapFrom, ClockKind, Kind, Recipient, TermUnit


class Term(Dated, Verified):
    """How long one clock runs for one kind of appeal while the row is in force.

    Chosen by the day the clock starts; `kind` and `special_type` empty mean any. Without a cap the
    term cannot be extended. A length of which an official may choose less is a longest one.
    """

    clock = models.CharField(_("clock"), max_length=24, choices=ClockKind.choices)
    kind = models.CharField(_("kind of appeal"), max_length=16, choices=Kind.choices, blank=True)
    special_type = models.CharField(_("special type"), max_length=40, blank=True)
    length = models.PositiveSmallIntegerField(_("length"))
    unit = models.CharField(_("unit of the length"), max_length=10, choices=TermUnit.choices)
    first_day_counts = models.BooleanField(_("the first day counts"), default=False)
    rolls = models.BooleanField(_("an end on a day off moves to the next working day"), default=True)
    extension_cap = models.PositiveSmallIntegerField(_("longest extension"), null=True, blank=True)
    extension_unit = models.CharField(_("unit of the extension"), max_length=10, choices=TermUnit.choices, blank=True)
    extension_from = models.CharField(_("extension counted from"), max_length=10, choices=CapFrom.choices, blank=True)
    stops_for_correction = models.BooleanField(_("stands still while the applicant corrects"), default=False)
    basis = models.CharField(_("legal basis"), max_length=160)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ["clock", "kind", "special_type", "valid_from"]
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="term_cap_is_whole",
                condition=Q(extension_cap__isnull=True, extension_unit="", extension_from="")
                | Q(extension_cap__isnull=False) & ~Q(extension_unit="") & ~Q(extension_from=""),
                violation_error_message=_("A longest extension has a length, a unit and a day it is counted from."),
            ),
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
        kind = f", {self.get_kind_display()}" if self.kind else ""
        return f"{self.get_clock_display()}{kind}: {self.length} {self.get_unit_display()}"

    @property
    def is_extendable(self) -> bool:
        return self.extension_cap is not None


class SpecialType(Named):
    """A sort of appeal to which a special law gives a term of its own, such as the inquiry of a journalist."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    kind = models.CharField(_("kind of appeal"), max_length=16, choices=Kind.choices)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["position", "code"]
        verbose_name = _("special type")
        verbose_name_plural = _("special types")


class LadderStep(models.Model):
    """Whom a running term is told to, and when: `working_days` before its last day; below zero, once it is broken.

    The steps of a clock's own kind replace those that name no kind.
    """

    clock = models.CharField(_("clock"), max_length=24, choices=ClockKind.choices, blank=True)
    working_days = models.SmallIntegerField(_("working days before the last day"))
    recipient = models.CharField(_("tells"), max_length=16, choices=Recipient.choices)

    class Meta:
        ordering = ["clock", "-working_days", "pk"]
        verbose_name = _("step of the ladder of warnings")
        verbose_name_plural = _("steps of the ladder of warnings")
        constraints = [
            models.UniqueConstraint(
                fields=["clock", "working_days", "recipient"],
                name="ladder_step_once",
                violation_error_message=_("This step is already entered."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_clock_display() or '*'} {self.working_days}: {self.get_recipient_display()}"
