"""Appeals alike: the signature of a text, and the group decided together."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.enums import Role
from agencies.models import Agency, Officer
from appeals.models.appeal import Appeal


class Signature(models.Model):
    """MinHash of the text in bands: texts that share a band are probably alike (Broder 1997)."""

    appeal = models.OneToOneField(Appeal, on_delete=models.CASCADE, primary_key=True, related_name="signature")
    bands = ArrayField(models.IntegerField())
    hashes = ArrayField(models.IntegerField())
    on = models.DateField(_("on"))

    class Meta:
        verbose_name = _("signature of a text")
        verbose_name_plural = _("signatures of texts")
        indexes = [GinIndex(fields=["bands"], name="signature_bands", fastupdate=False)]

    def __str__(self) -> str:
        return str(self.appeal_id)


class GroupQuerySet(models.QuerySet["Group"]):
    def visible_to(self, officer: Officer) -> Self:
        """Those of the officer's own body; oversight, all; whoever administers the software, none."""
        if officer.role == Role.ADMINISTRATOR:
            return self.none()
        return self if officer.role == Role.OVERSIGHT else self.filter(agency=officer.agency_id)


class Group(models.Model):
    """Many people, one matter: one decision, but an answer and a clock for each."""

    name = models.CharField(_("name"), max_length=200)
    agency = models.ForeignKey(Agency, verbose_name=_("body"), on_delete=models.PROTECT, related_name="groups")
    opened_by = models.ForeignKey(Officer, verbose_name=_("opened by"), on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField(_("opened on"))

    objects = GroupQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("group of like appeals")
        verbose_name_plural = _("groups of like appeals")

    def __str__(self) -> str:
        return self.name
