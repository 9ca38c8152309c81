"""The closed lists of the directory."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Level(TextChoices):
    """By who runs the body: a ministry's territorial department is central."""

    PRESIDENT = "president", _("President")
    CENTRAL = "central", _("Central")
    LOCAL = "local", _("Local")


class Role(TextChoices):
    """What an officer may do; the rules say the rest."""

    REGISTRAR = "registrar", _("Registrar")
    EXECUTOR = "executor", _("Executor")
    UNIT_HEAD = "unit_head", _("Head of unit")
    HEAD = "head", _("Head")
    DEPUTY = "deputy", _("Deputy head")
    CONTROLLER = "controller", _("Controller")
    DUTY = "duty", _("Duty officer")
    OVERSIGHT = "oversight", _("Oversight")
    ADMINISTRATOR = "administrator", _("Administrator")


class AppealForm(TextChoices):
    """How the appeal is laid down; a channel brings one form."""

    ELECTRONIC = "electronic", _("Electronic")
    PAPER = "paper", _("Paper")
    ORAL = "oral", _("Oral")


class Origin(TextChoices):
    """Where a day of the calendar comes from; a decree beats the seed."""

    SEEDED = "seeded", _("Computed")
    DECREE = "decree", _("By decree")
