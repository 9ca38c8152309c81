"""Through which door an appeal should go: what the text suggested, how urgent it is, whose competence it is."""

from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Officer, Topic
from agencies.models.names import Named, Verified
from appeals.enums import Danger
from appeals.models.appeal import Appeal


class Suggestion(models.Model):
    """What the text suggested when the appeal was sent, and what the applicant chose.

    The topic it turned out to be is the appeal's own.
    """

    appeal = models.OneToOneField(Appeal, on_delete=models.CASCADE, primary_key=True, related_name="suggestion")
    model = models.CharField(_("version of the model"), max_length=16)
    language = models.CharField(_("language of the text"), max_length=2, choices=settings.LANGUAGES)
    ranked = models.JSONField(_("ranked topics"))  # [[code, confidence], ...], best first; empty when silent
    words = models.JSONField(_("deciding words"))
    chosen = models.ForeignKey(
        Topic, verbose_name=_("chosen"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    on = models.DateField(_("on"))

    class Meta:
        verbose_name = _("suggested topic")
        verbose_name_plural = _("suggested topics")
        indexes = [models.Index(fields=["on"], name="suggestion_on")]  # read by the page on accuracy

    def __str__(self) -> str:
        return f"{self.appeal_id}: {self.ranked}"


class UrgentPhrase(models.Model):
    """Words that make an appeal urgent, matched at the start of words; the lexicon is data."""

    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    phrase = models.CharField(_("words"), max_length=120)
    danger = models.CharField(_("danger"), max_length=16, choices=Danger.choices)
    is_exception = models.BooleanField(
        _("not urgent"), default=False, help_text=_("Where these words stand, those they contain do not count.")
    )
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["danger", "language", "phrase"]
        verbose_name = _("urgent words")
        verbose_name_plural = _("urgent words")
        constraints = [
            models.UniqueConstraint(
                fields=["language", "phrase"],
                name="urgent_phrase_once",
                violation_error_message=_("These words are already listed."),
            )
        ]

    def __str__(self) -> str:
        return self.phrase


class Helpline(Named, Verified):
    """A number to call when waiting for an answer is too long."""

    number = models.CharField(_("number"), max_length=20, unique=True)
    dangers = ArrayField(
        models.CharField(max_length=16, choices=Danger.choices),
        verbose_name=_("shown in"),
        default=list,
        blank=True,
        help_text=_("None: in every danger."),
    )
    is_active = models.BooleanField(_("in use"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["position", "number"]
        verbose_name = _("helpline")
        verbose_name_plural = _("helplines")


class Urgency(models.Model):
    """Why an appeal is held urgent, and what the duty officer found."""

    appeal = models.OneToOneField(Appeal, on_delete=models.CASCADE, primary_key=True, related_name="urgency")
    danger = models.CharField(_("danger"), max_length=16, choices=Danger.choices)
    words = models.JSONField(_("deciding words"), default=list)  # none where an officer marked it
    is_denied = models.BooleanField(_("the applicant says that nobody is in danger"), default=False)
    raised_at = models.DateTimeField(_("raised"))
    raised_by = models.ForeignKey(
        Officer, verbose_name=_("raised by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_by = models.ForeignKey(
        Officer, verbose_name=_("settled by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    is_real = models.BooleanField(_("confirmed"), null=True, blank=True)

    class Meta:
        verbose_name = _("urgency")
        verbose_name_plural = _("urgencies")
        constraints = [
            models.CheckConstraint(
                name="urgency_settled_with_a_finding",
                condition=Q(settled_at=None, is_real=None) | Q(settled_at__isnull=False, is_real__isnull=False),
                violation_error_message=_("Who settles an urgency says whether it is real."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.appeal_id}: {self.danger}"


class DisputeQuerySet(models.QuerySet["Dispute"]):
    def undecided(self) -> Self:
        return self.filter(decided_on=None, ended_on=None)


class Dispute(models.Model):
    """A competence that bodies could not settle between them; the body above decides (ping-pong guard).

    Ended, it was not decided: the appeal had to be moved before.
    """

    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="disputes")
    agency = models.ForeignKey(Agency, verbose_name=_("asked by the body"), on_delete=models.PROTECT, related_name="+")
    above = models.ForeignKey(Agency, verbose_name=_("body above"), on_delete=models.PROTECT, related_name="disputes")
    proposed = models.ForeignKey(
        Agency, verbose_name=_("proposed body"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.TextField(_("reason"))
    asked_by = models.ForeignKey(Officer, verbose_name=_("asked by"), on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField(_("asked on"))
    decided_by = models.ForeignKey(
        Officer, verbose_name=_("decided by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    to = models.ForeignKey(
        Agency, verbose_name=_("competent body"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    grounds = models.TextField(_("grounds"), blank=True)
    ended_on = models.DateField(_("ended undecided on"), null=True, blank=True)

    objects = DisputeQuerySet.as_manager()

    class Meta:
        ordering = ["appeal_id", "pk"]
        verbose_name = _("dispute over competence")
        verbose_name_plural = _("disputes over competence")
        indexes = [models.Index("above", "asked_on", name="dispute_open", condition=Q(decided_on=None, ended_on=None))]
        constraints = [
            models.UniqueConstraint(
                fields=["appeal"],
                condition=Q(decided_on=None, ended_on=None),
                name="dispute_one_open",
                violation_error_message=_("The body above is already asked to decide."),
            ),
            models.CheckConstraint(
                name="dispute_decided_for_a_body",
                condition=Q(decided_on=None, to=None) | Q(decided_on__isnull=False, to__isnull=False),
                violation_error_message=_("A decided dispute names the competent body."),
            ),
            models.CheckConstraint(
                name="dispute_decided_or_ended",
                condition=Q(decided_on=None) | Q(ended_on=None),
                violation_error_message=_("What was decided did not end undecided."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.appeal_id}: {self.agency} → {self.above}"

    @property
    def is_undecided(self) -> bool:
        return self.decided_on is None and self.ended_on is None
