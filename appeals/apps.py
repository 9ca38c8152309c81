from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AppealsConfig(AppConfig):
    """The case: registration, routing, clocks, breaches, replies, counts; desk and oversight."""

    name = "appeals"
    verbose_name = _("Appeals")
