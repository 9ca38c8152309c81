"""The doors by which appeals come in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.enums import AppealForm
from agencies.models.names import Named, Verified


class Channel(Named, Verified):
    """One of the doors of the "hearing state", and the levels that have it."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    form = models.CharField(_("form"), max_length=16, choices=AppealForm.choices)
    at_president = models.BooleanField(_("at the President"), default=False)
    at_central = models.BooleanField(_("at central bodies"), default=False)
    at_local = models.BooleanField(_("at local bodies"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["position", "code"]
        verbose_name = _("channel")
        verbose_name_plural = _("channels")
