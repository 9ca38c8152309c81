"""What appeals are about."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models.names import Dated, DatedQuerySet, Named, Verified


class Topic(Named, Dated, Verified):
    """A subject that decides competence; `group` is its heading, a topic without rules of its own."""

    code = models.CharField(_("code"), max_length=64, unique=True)
    group = models.ForeignKey(
        "self",
        verbose_name=_("heading"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="topics",
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    description_kk = models.TextField(_("in plain words, Kazakh"), blank=True)
    description_ru = models.TextField(_("in plain words, Russian"), blank=True)
    description_en = models.TextField(_("in plain words, English"), blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ["position", "code"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
