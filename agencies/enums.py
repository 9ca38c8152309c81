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


class Condition(TextChoices):
    """What a rule of competence may ask for; a rule for a district asks for the region and for a district."""

    REGION = "region", _("place")
    DISTRICT = "district", _("district")
    KIND = "kind", _("kind of appeal")
    SPECIAL_TYPE = "special_type", _("special type")
    ADDRESSEE = "addressee", _("addressee")
    COMPLAINED_OF = "complained_of", _("body complained of")


class Loss(TextChoices):
    """Why a rule of competence did not decide."""

    FEWER = "fewer", _("it has fewer conditions")
    FARTHER = "farther", _("it is for a wider area")
    EQUAL = "equal", _("it fits just as well")
    GUARDED = "guarded", _("it leads to the body complained of, or to one below it")
    UNHEARING = "unhearing", _("it leads to a body that hears no complaints")
    NOBODY = "nobody", _("it leads to nobody")
    NOT_IN_FORCE = "not_in_force", _("it was not in force on that day")
    NO_DISTRICT = "no_district", _("it is only for where a district is named")
    OTHER_KIND = "other_kind", _("it is for another kind of appeal")
    OTHER_TYPE = "other_type", _("it is for another special type")
    OTHER_ADDRESSEE = "other_addressee", _("it is for appeals addressed to another body")
    OTHER_COMPLAINED_OF = "other_complained_of", _("it is for complaints about another body")
    OTHER_PLACE = "other_place", _("it is for another place")
