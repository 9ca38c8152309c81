"""What a citizen has begun and not sent."""

from datetime import datetime
from typing import Any, Self
from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _

from appeals.models import Appeal
from appeals.models.sealed import Sealed


class DraftQuerySet(models.QuerySet):
    def stale(self, before: datetime) -> Self:
        """Not touched since the instant `before`."""
        return self.filter(updated_at__lt=before)

    def with_files(self) -> Self:
        """With `listed`: pk, name and size of each file, in the same query."""
        files = DraftFile.objects.filter(draft=OuterRef("pk")).order_by("pk")
        return self.annotate(listed=ArraySubquery(files.values(json=JSONObject(pk="pk", name="name", size="size"))))


class Draft(Sealed):
    """The answers given so far, sealed; whose it is, only the session knows. Sent, it names its appeal."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    updated_at = models.DateTimeField(_("last change"))
    appeal = models.OneToOneField(
        Appeal,
        verbose_name=_("appeal"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="draft",
    )

    listed: list[dict[str, Any]]  # set by `with_files`

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        indexes = [models.Index("updated_at", name="draft_stale")]

    def __str__(self) -> str:
        return str(self.pk)[:8]


class DraftFile(models.Model):
    """A file added to a draft, checked when it came in."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(_("name"), max_length=255)
    content_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64, editable=False)
    file = models.FileField(_("file"), upload_to="drafts/")

    class Meta:
        ordering = ["pk"]
        verbose_name = _("file of a draft")
        verbose_name_plural = _("files of drafts")

    def __str__(self) -> str:
        return self.name
