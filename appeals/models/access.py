"""Who looked at personal data: a journal apart from the case's history."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models import Officer
from appeals.enums import AccessedData
from appeals.models.appeal import Appeal


class AccessRecord(models.Model):
    """One look at personal data by an officer to whom the case is not assigned."""

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="accesses")
    officer = models.ForeignKey(Officer, verbose_name=_("officer"), on_delete=models.PROTECT, related_name="+")
    what = models.CharField(_("what"), max_length=16, choices=AccessedData.choices)
    purpose = models.CharField(_("purpose"), max_length=255, blank=True)
    at = models.DateTimeField(_("at"))

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("access to personal data")
        verbose_name_plural = _("accesses to personal data")

    def __str__(self) -> str:
        return f"{self.officer} {self.at:%Y-%m-%d %H:%M}"
