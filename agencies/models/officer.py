"""Dated posts: what makes a user an official."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.enums import Role
from agencies.models.agency import Agency, Unit
from agencies.models.names import Dated, DatedQuerySet


class OfficerQuerySet(DatedQuerySet):
    def in_office(self, on: date) -> Self:
        """Posts held on the local date `on` by users who may sign in."""
        return self.alive(on).filter(user__is_active=True)


class Officer(Dated):
    """A post held by a user in a body; who leaves keeps the row, with its last day."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), on_delete=models.PROTECT, related_name="posts"
    )
    agency = models.ForeignKey(Agency, verbose_name=_("body"), on_delete=models.PROTECT, related_name="officers")
    unit = models.ForeignKey(
        Unit, verbose_name=_("unit"), on_delete=models.PROTECT, null=True, blank=True, related_name="officers"
    )
    role = models.CharField(_("role"), max_length=16, choices=Role.choices)
    post = models.CharField(_("post"), max_length=255, blank=True)

    objects = OfficerQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ["agency", "role", "pk"]
        verbose_name = _("officer")
        verbose_name_plural = _("officers")
        indexes = [models.Index("agency", "role", name="officer_agency_role")]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}, {self.agency}"
