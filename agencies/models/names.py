"""What everything with a name, and everything with a life span, has in common."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Named(models.Model):
    """A name in Kazakh, Russian and English; `name` is the reader's."""

    name_kk = models.CharField(_("name in Kazakh"), max_length=255)
    name_ru = models.CharField(_("name in Russian"), max_length=255)
    name_en = models.CharField(_("name in English"), max_length=255)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.named(get_language() or "kk")

    def named(self, language: str) -> str:
        """The name in `language`; Kazakh, the state language, where there is none."""
        return getattr(self, f"name_{language[:2]}", "") or self.name_kk


class DatedQuerySet(models.QuerySet):
    def alive(self, on: date) -> Self:
        """In force on the local date `on`; both ends count."""
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=on), Q(valid_to=None) | Q(valid_to__gte=on))


class Dated(models.Model):
    """In force from and to a local date, both included; open where empty."""

    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_dates_in_order",
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                violation_error_message=_("The last day of validity cannot lie before the first."),
            )
        ]

    def is_alive(self, on: date) -> bool:
        return not ((self.valid_from and self.valid_from > on) or (self.valid_to and self.valid_to < on))


class Verified(models.Model):
    """Whether a source confirms the row; the reader is told where none does."""

    verified = models.BooleanField(_("verified"), default=False)
    note = models.TextField(_("note, source"), blank=True)

    class Meta:
        abstract = True
