"""The case: one narrow row from registration to archive."""

from datetime import date
from typing import Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from agencies.enums import AppealForm, Level, Role
from agencies.models import Agency, Channel, Officer, Region, Topic
from appeals.enums import FINAL, OPEN, OWED_AFTERWARDS, Kind, Status
from appeals.models.applicant import Applicant

NOTHING_DUE = date.max  # `next_due_on` while no clock of the holder runs: last in every queue


class AppealQuerySet(models.QuerySet["Appeal"]):
    def locked(self, appeal: "Appeal") -> "Appeal":
        """`appeal` as it stands now, until the end of the transaction nobody else's to change.

        Without joins: a joined row is not read again when the lock was waited for.
        """
        return self.select_for_update(no_key=True).get(pk=appeal.pk)

    def open(self) -> Self:
        return self.filter(status__in=OPEN)

    def closed(self) -> Self:
        return self.filter(status__in=FINAL)

    def held_by(self, agency: Agency) -> Self:
        return self.filter(agency=agency)

    def overdue(self, on: date) -> Self:
        """Open, with a running term of the holder past its last day on the local date `on`."""
        return self.open().filter(next_due_on__lt=on)

    def visible_to(self, officer: Officer | None) -> Self:
        """What `officer` may know of at all: what her body holds, once held, or was asked about; oversight, everything.

        And where her body still owes something, for one that it succeeded. Whoever administers the software has none.
        """
        if officer is None or officer.role == Role.ADMINISTRATOR:
            return self.none()
        if officer.role == Role.OVERSIGHT:
            return self
        passed_on = Forwarding.objects.filter(appeal=OuterRef("pk"), left=officer.agency_id)
        asked = Appeal.objects.filter(pk=OuterRef("pk"), disputes__above=officer.agency_id)
        owed = Q(clocks__agency=officer.agency_id, clocks__met_on=None, clocks__cancelled_on=None)
        owing = Appeal.objects.filter(owed, pk=OuterRef("pk"), clocks__kind__in=OWED_AFTERWARDS)
        seen = Q(is_urgent=True) if officer.role == Role.DUTY and officer.agency.level == Level.PRESIDENT else Q()
        return self.filter(seen | Q(agency=officer.agency_id) | Exists(passed_on) | Exists(asked) | Exists(owing))

    def worst_first(self) -> Self:
        return self.order_by("next_due_on", "pk")


class Appeal(models.Model):
    """A citizen's matter once it has a number; held by exactly one body at a time."""

    number = models.CharField(_("number"), max_length=32, unique=True)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    special_type = models.CharField(_("special type"), max_length=40, blank=True)
    status = models.CharField(_("status"), max_length=16, choices=Status.choices, default=Status.REGISTERED)
    form = models.CharField(_("form"), max_length=16, choices=AppealForm.choices)
    channel = models.ForeignKey(Channel, verbose_name=_("channel"), on_delete=models.PROTECT)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    topic = models.ForeignKey(Topic, verbose_name=_("topic"), on_delete=models.PROTECT, null=True, blank=True)
    region = models.ForeignKey(Region, verbose_name=_("region"), on_delete=models.PROTECT, null=True, blank=True)
    district = models.ForeignKey(
        Region,
        verbose_name=_("district"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    applicant = models.ForeignKey(Applicant, verbose_name=_("applicant"), on_delete=models.PROTECT)
    agency = models.ForeignKey(
        Agency, verbose_name=_("held by"), on_delete=models.PROTECT, related_name="appeals", db_index=False
    )
    officer = models.ForeignKey(
        Officer,
        verbose_name=_("officer"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="appeals",
    )
    addressee = models.ForeignKey(
        Agency,
        verbose_name=_("addressed to"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    complained_of = models.ForeignKey(
        Agency,
        verbose_name=_("complained of"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
    )
    previous = models.ForeignKey(
        "self",
        verbose_name=_("follows on"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    group = models.ForeignKey(
        "appeals.Group",
        verbose_name=_("group of like appeals"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="appeals",
    )
    is_urgent = models.BooleanField(_("urgent"), default=False)
    received_at = models.DateTimeField(_("received"))
    registered_on = models.DateField(_("registered"))
    next_due_on = models.DateField(_("next due"), default=NOTHING_DUE)
    closed_on = models.DateField(_("closed"), null=True, blank=True)
    hops = models.PositiveSmallIntegerField(_("times forwarded"), default=0)
    intake_key = models.CharField(max_length=80, unique=True, editable=False)
    intake_digest = models.BinaryField(max_length=32, editable=False)

    objects = AppealQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        indexes = [
            models.Index("agency", "next_due_on", "id", name="appeal_queue", condition=Q(status__in=OPEN)),
            models.Index("officer", "next_due_on", "id", name="appeal_officer_queue", condition=Q(status__in=OPEN)),
            models.Index("next_due_on", "id", name="appeal_open_due", condition=Q(status__in=OPEN)),
            models.Index(fields=["agency", "-id"], name="appeal_agency_newest"),
            models.Index("agency", "id", name="appeal_urgent", condition=Q(status__in=OPEN, is_urgent=True)),
            # read by the finder: how a body has answered appeals about a topic of late
            models.Index("agency", "topic", "closed_on", name="appeal_answered", condition=Q(status=Status.ANSWERED)),
        ]
        constraints = [
            models.CheckConstraint(
                name="appeal_closed_iff_dated",
                condition=Q(status__in=FINAL, closed_on__isnull=False) | Q(status__in=OPEN, closed_on__isnull=True),
                violation_error_message=_("A closed appeal has the date of its closing, an open one has none."),
            ),
            models.CheckConstraint(
                name="appeal_with_officer_when_worked_on",
                condition=~Q(status__in=[Status.ASSIGNED, Status.IN_REVIEW]) | Q(officer__isnull=False),
                violation_error_message=_("An appeal in work has an officer."),
            ),
            models.CheckConstraint(
                name="appeal_complaint_names_no_body_otherwise",
                condition=Q(kind=Kind.COMPLAINT) | Q(complained_of__isnull=True),
                violation_error_message=_("Only a complaint names a body complained of."),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        return self.status in OPEN


class AppealText(models.Model):
    """What the applicant wrote, apart from the narrow row; searchable, and therefore not sealed."""

    appeal = models.OneToOneField(Appeal, on_delete=models.CASCADE, primary_key=True, related_name="content")
    text = models.TextField(_("text"))
    search = models.GeneratedField(
        expression=SearchVector("text", config="russian") + SearchVector("text", config="simple"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("text of an appeal")
        verbose_name_plural = _("texts of appeals")
        indexes = [GinIndex(fields=["search"], name="appeal_text_search")]

    def __str__(self) -> str:
        return self.text[:60]


class Routing(models.Model):
    """Why the appeal went first to whom it went: codes and ids, worded when read."""

    appeal = models.OneToOneField(Appeal, on_delete=models.CASCADE, primary_key=True, related_name="routing")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("body"))
    explanation = models.JSONField(_("explanation"))

    class Meta:
        verbose_name = _("routing")
        verbose_name_plural = _("routings")

    def __str__(self) -> str:
        return f"{self.appeal_id} → {self.agency_id}"


class Forwarding(models.Model):
    """One hop; whoever let the appeal go keeps sight of it."""

    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="forwardings")
    left = models.ForeignKey(Agency, verbose_name=_("from"), on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey(Agency, verbose_name=_("to"), on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Officer, verbose_name=_("by"), on_delete=models.PROTECT, null=True, related_name="+")
    on = models.DateField(_("on"))
    is_return = models.BooleanField(_("to a body that had it before"), default=False)
    on_last_day = models.BooleanField(_("on the last day of the term"), default=False)

    class Meta:
        ordering = ["appeal_id", "pk"]
        verbose_name = _("forwarding")
        verbose_name_plural = _("forwardings")
        constraints = [
            models.CheckConstraint(
                name="forwarding_to_another_body",
                condition=~Q(left=models.F("to")),
                violation_error_message=_("An appeal is forwarded to another body."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.left} → {self.to}"
