from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReceptionConfig(AppConfig):
    """The counter: how an appeal arrives, and what the citizen sees."""

    name = "reception"
    verbose_name = _("Reception")
