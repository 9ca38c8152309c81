"""Files the applicant added."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from appeals.models.appeal import Appeal


def stored_name(attachment: "Attachment", name: str) -> str:
    """A random path: what the sender called the file never reaches the disk."""
    return f"attachments/{uuid4().hex}"


class Attachment(models.Model):
    """One file of an appeal, served only through a view that knows who may see it."""

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="attachments")
    name = models.CharField(_("name"), max_length=255)
    content_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64, editable=False)
    file = models.FileField(_("file"), upload_to=stored_name)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self) -> str:
        return self.name
