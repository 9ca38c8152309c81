from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgenciesConfig(AppConfig):
    """Who answers: users, officers, regions, bodies, topics, competences, channels, the working calendar."""

    name = "agencies"
    verbose_name = _("Bodies and officials")
