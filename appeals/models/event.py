"""The history of a case: append-only, each line bound to the one before."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models import Officer
from appeals.enums import EventKind
from appeals.models.appeal import Appeal


class Event(models.Model):
    """One line of history. `canonical` is what was hashed: codes and ids, free text only by its digest."""

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="events", db_index=False)
    seq = models.PositiveSmallIntegerField(_("line"))
    kind = models.CharField(_("kind"), max_length=24, choices=EventKind.choices)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        Officer,
        verbose_name=_("by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    data = models.JSONField(_("data"))
    canonical = models.TextField(editable=False)
    hash = models.BinaryField(max_length=32, editable=False)

    class Meta:
        ordering = ["appeal_id", "seq"]
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [models.UniqueConstraint(fields=["appeal", "seq"], name="event_one_a_line")]

    def __str__(self) -> str:
        return f"{self.seq} {self.get_kind_display()}"

    def get(self, name: str) -> Any:
        return self.data.get(name)


class EventText(models.Model):
    """The free text of an event; erasing it leaves the chain whole."""

    event = models.OneToOneField(Event, on_delete=models.CASCADE, primary_key=True, related_name="words")
    salt = models.BinaryField(max_length=16, editable=False)
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("text of an event")
        verbose_name_plural = _("texts of events")

    def __str__(self) -> str:
        return self.text[:60]


class Anchor(models.Model):
    """What the histories looked like at the end of a day; written outside the database too."""

    day = models.DateField(_("day"), primary_key=True)
    last_event = models.BigIntegerField(_("last event"))
    events = models.PositiveIntegerField(_("events of the day"))
    digest = models.CharField(_("digest"), max_length=64)

    class Meta:
        ordering = ["day"]
        verbose_name = _("anchor")
        verbose_name_plural = _("anchors")

    def __str__(self) -> str:
        return f"{self.day} {self.digest}"
