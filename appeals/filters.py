"""The one way to narrow a list, of appeals or of breaches: for its page, its export and the API."""

from datetime import date, datetime, time
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agencies.domain.calendar import calendar
from agencies.domain.working_days import WorkingCalendar
from agencies.enums import Level, Role
from agencies.models import Agency, Officer, Region
from agencies.web.inputs import DayMonthYearInput
from appeals.domain import numbering, queues
from appeals.domain.terms import local_date
from appeals.enums import FINAL, OPEN, BreachCause, ClockKind, Kind, Status
from appeals.models import Appeal, Breach, BreachMeasure, BreachReview, Forwarding
from appeals.models.appeal import AppealQuerySet
from appeals.models.breach import BreachQuerySet
from appeals.rules import MOST_FORWARDINGS

MINE, NOBODY, NOT_STATED = "mine", "nobody", "not_stated"
OVERDUE, SOON = "overdue", "soon"
TWICE, BACK, LAST_DAY = "twice", "back", "last_day"
UNEXPLAINED = "unexplained"
YES, NO = "yes", "no"


class DateBoxes(DayMonthYearInput):
    """Three boxes for people; programs, and links, name the date in one."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        return data.get(name) or super().value_from_datadict(data, files, name)


def _labelled(statuses: tuple[Status, ...]) -> list[tuple[str, Any]]:
    return [(status.value, status.label) for status in statuses]


class AppealFilter(django_filters.FilterSet):
    """Narrows what `request.officer` may see to what her body holds open.

    `status` asks for more; a number finds its case wherever it stands.
    """

    q = django_filters.CharFilter(
        label=_("Search"),
        method="about",
        max_length=200,
        help_text=_("Number, words of the text; or the exact IIN, BIN, e-mail, phone or full name"),
    )
    status = django_filters.ChoiceFilter(
        label=_("Status"),
        method="standing",
        empty_label=_("All open"),
        choices=[
            (_("Open"), [*_labelled(OPEN), (queues.ASKED_OF_ME, _("A part of the answer is asked of me"))]),
            (
                _("Closed"),
                [
                    (queues.CLOSED, _("All closed")),
                    (queues.STILL_OWED, _("Something is still to be carried out or shown")),
                    *_labelled(FINAL),
                ],
            ),
            (_("Elsewhere"), [(queues.PASSED_ON, _("Forwarded to another body"))]),
        ],
    )
    term = django_filters.ChoiceFilter(
        label=_("Term"),
        method="in_term",
        empty_label=_("Any"),
        choices=[(OVERDUE, _("Overdue")), (SOON, _("Due within 3 working days"))],
    )
    officer = django_filters.ChoiceFilter(label=_("Officer"), method="with_officer", empty_label=_("Any"))
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Kind.choices, empty_label=_("Any"))
    topic = django_filters.ChoiceFilter(label=_("Topic"), field_name="topic__code", empty_label=_("Any"))
    region = django_filters.ChoiceFilter(label=_("Region"), method="in_region", empty_label=_("Any"))
    channel = django_filters.ChoiceFilter(label=_("Channel"), field_name="channel__code", empty_label=_("Any"))
    handed_on = django_filters.ChoiceFilter(
        label=_("Handed on"),
        method="passed",
        choices=[
            (TWICE, _("Forwarded twice or more")),
            (BACK, _("Returned to a body that had it before")),
            (LAST_DAY, _("On the last day for it, or later")),
        ],
        empty_label=_("Any"),
    )
    urgent = django_filters.ChoiceFilter(
        label=_("Urgent"), method="that_cannot_wait", choices=[(YES, _("Only urgent ones"))], empty_label=_("Any")
    )
    received_from = django_filters.DateFilter(label=_("Received from"), method="received", widget=DateBoxes)
    received_to = django_filters.DateFilter(label=_("Received to"), method="received", widget=DateBoxes)

    class Meta:
        model = Appeal
        fields: list[str] = []

    def __init__(
        self,
        data: QueryDict | None = None,
        queryset: AppealQuerySet | None = None,
        *,
        request: HttpRequest,
        prefix: str | None = None,
    ) -> None:
        super().__init__(QueryDict() if data is None else data, queryset, request=request, prefix=prefix)
        names = queues.choices(self.reader, on=self.on)
        self.filters["topic"].extra["choices"] = names["topic"]
        self.filters["region"].extra["choices"] = [(NOT_STATED, _("Not stated")), *names["region"]]
        self.filters["channel"].extra["choices"] = names["channel"]
        self.filters["officer"].extra["choices"] = [
            (MINE, _("With me")),
            (NOBODY, _("With nobody yet")),
            *names["officer"],
        ]

    @property
    def reader(self) -> Officer:
        return self.request.officer

    @cached_property
    def on(self) -> date:
        """Today where the officer's body stands."""
        return local_date(timezone.now(), self.reader.agency)

    @cached_property
    def calendar(self) -> WorkingCalendar:
        return calendar()

    @cached_property
    def soon_until(self) -> date:
        return self.calendar.after(self.on, queues.SOON)

    @property
    def asked_status(self) -> str:
        """The status asked for; empty for whatever is open."""
        return self.form.cleaned_data.get("status") or ""

    @property
    def asked_number(self) -> str:
        """The number searched for; empty where other words are."""
        return numbering.parsed(self.form.cleaned_data.get("q") or "")

    @property
    def is_set(self) -> bool:
        """Whether anything narrows the list."""
        return any(value not in (None, "") for value in self.form.cleaned_data.values())

    def filter_queryset(self, queryset: AppealQuerySet) -> AppealQuerySet:
        if not self.asked_status and not self.asked_number:
            queryset = queues.standing(queryset, self.reader)
        return queues.ordered(super().filter_queryset(queryset), self.asked_status)

    def standing(self, queryset: AppealQuerySet, name: str, value: str) -> AppealQuerySet:
        return queues.standing(queryset, self.reader, value)

    def about(self, queryset: AppealQuerySet, name: str, value: str) -> AppealQuerySet:
        return queues.about(queryset, value)

    def in_term(self, queryset: AppealQuerySet, name: str, value: str) -> AppealQuerySet:
        if value == OVERDUE:
            return queryset.overdue(self.on)
        return queryset.open().filter(next_due_on__range=(self.on, self.soon_until))

    def with_officer(self, queryset: AppealQuerySet, name: str, value: str) -> AppealQuerySet:
        if value == NOBODY:
            return queryset.filter(officer=None)
        return queryset.filter(officer=self.reader.pk if value == MINE else int(value))

    def in_region(self, queryset: AppealQuerySet, name: str, value: str) -> AppealQuerySet:
        return queryset.filter(region=None) if value == NOT_STATED else queryset.filter(region__code=value)

    def passed(self, queryset: AppealQuerySet, name: str, value: str) -> AppealQuerySet:
        if value == TWICE:
            return queryset.filter(hops__gte=MOST_FORWARDINGS)
        hops = Forwarding.objects.filter(appeal=OuterRef("pk"))
        return queryset.filter(Exists(hops.filter(is_return=True) if value == BACK else hops.filter(on_last_day=True)))

    def that_cannot_wait(self, queryset: AppealQuerySet, name: str, value: str) -> AppealQuerySet:
        return queryset.filter(is_urgent=True)

    def received(self, queryset: AppealQuerySet, name: str, value: date) -> AppealQuerySet:
        """From the first minute of a day, or to the last of it, where the officer's body stands."""
        zone = ZoneInfo(self.reader.agency.zone)
        if name == "received_from":
            return queryset.filter(received_at__gte=datetime.combine(value, time.min, zone))
        # the second of two such hours, where the clocks went back at midnight
        return queryset.filter(received_at__lte=datetime.combine(value, time.max.replace(fold=1), zone))

    def get_form_class(self) -> type[forms.Form]:
        return _with_period(super().get_form_class(), "received_from", "received_to")


class BreachFilter(django_filters.FilterSet):
    """Narrows the breaches that `request.officer` may see; bodies are chosen by who sees more than one."""

    agency = django_filters.CharFilter(
        label=_("Body"), method="of_body", max_length=200, help_text=_("Its code, or words of its name")
    )
    level = django_filters.ChoiceFilter(
        label=_("Level"), field_name="agency__level", choices=Level.choices, empty_label=_("Any")
    )
    region = django_filters.ChoiceFilter(label=_("Region"), method="in_region", empty_label=_("Any"))
    kind = django_filters.ChoiceFilter(label=_("Term"), choices=ClockKind.choices, empty_label=_("Any"))
    cause = django_filters.ChoiceFilter(
        label=_("Cause"),
        method="because",
        choices=[(UNEXPLAINED, _("Not explained yet")), *BreachCause.choices],
        empty_label=_("Any"),
    )
    reviewed = django_filters.ChoiceFilter(
        label=_("Review"),
        method="followed",
        choices=[(YES, _("Reviewed")), (NO, _("Not reviewed yet"))],
        empty_label=_("Any"),
    )
    measures = django_filters.ChoiceFilter(
        label=_("Measures"), method="followed", choices=[(YES, _("Taken")), (NO, _("None"))], empty_label=_("Any")
    )
    official = django_filters.ChoiceFilter(
        label=_("Counted"),
        method="counted",
        choices=[(YES, _("Officially")), (NO, _("As an internal term"))],
        empty_label=_("Any"),
    )
    annulled = django_filters.ChoiceFilter(
        label=_("Annulled ones"),
        method="standing",
        choices=[(NO, _("Left out")), (YES, _("Only these"))],
        empty_label=_("Shown, marked"),
    )
    noted_from = django_filters.DateFilter(
        label=_("Noted from"), field_name="detected_on", lookup_expr="gte", widget=DateBoxes
    )
    noted_to = django_filters.DateFilter(
        label=_("Noted to"), field_name="detected_on", lookup_expr="lte", widget=DateBoxes
    )

    class Meta:
        model = Breach
        fields: list[str] = []

    def __init__(
        self,
        data: QueryDict | None = None,
        queryset: BreachQuerySet | None = None,
        *,
        request: HttpRequest,
        prefix: str | None = None,
    ) -> None:
        super().__init__(QueryDict() if data is None else data, queryset, request=request, prefix=prefix)
        name = f"name_{(get_language() or 'kk')[:2]}"
        regions = sorted(
            Region.objects.first_level().values_list("code", name), key=lambda region: region[1].casefold()
        )
        self.filters["region"].extra["choices"] = [(NOT_STATED, _("Not stated")), *regions]
        if request.officer.role != Role.OVERSIGHT:
            del self.filters["agency"], self.filters["level"]

    @cached_property
    def on(self) -> date:
        """Today where the reader's body stands."""
        return local_date(timezone.now(), self.request.officer.agency)

    @property
    def is_set(self) -> bool:
        """Whether anything narrows the list."""
        return any(value not in (None, "") for value in self.form.cleaned_data.values())

    def of_body(self, queryset: BreachQuerySet, name: str, value: str) -> BreachQuerySet:
        """The body with this code, else those with each of the words in their name, in any of the languages."""
        called = Q()
        for word in value.split():
            called &= Q(name_kk__icontains=word) | Q(name_ru__icontains=word) | Q(name_en__icontains=word)
        return queryset.filter(agency__in=Agency.objects.filter(called | Q(code__iexact=value.strip())))

    def in_region(self, queryset: BreachQuerySet, name: str, value: str) -> BreachQuerySet:
        stated = {"appeal__region": None} if value == NOT_STATED else {"appeal__region__code": value}
        return queryset.filter(**stated)

    def because(self, queryset: BreachQuerySet, name: str, value: str) -> BreachQuerySet:
        return queryset.unexplained() if value == UNEXPLAINED else queryset.filter(cause=value)

    def followed(self, queryset: BreachQuerySet, name: str, value: str) -> BreachQuerySet:
        rows = (BreachReview if name == "reviewed" else BreachMeasure).objects.filter(breach=OuterRef("pk"))
        return queryset.filter(Exists(rows) if value == YES else ~Exists(rows))

    def counted(self, queryset: BreachQuerySet, name: str, value: str) -> BreachQuerySet:
        return queryset.filter(is_official=value == YES)

    def standing(self, queryset: BreachQuerySet, name: str, value: str) -> BreachQuerySet:
        return queryset.filter(annulled_on__isnull=value == NO)

    def get_form_class(self) -> type[forms.Form]:
        return _with_period(super().get_form_class(), "noted_from", "noted_to")


def _with_period(form: type[forms.Form], first_name: str, last_name: str) -> type[forms.Form]:
    """The inverted period is said at its field, not by an empty list."""

    class PeriodForm(form):  # type: ignore[misc, valid-type]
        def clean(self) -> dict[str, Any]:
            cleaned = super().clean()
            first, last = cleaned.get(first_name), cleaned.get(last_name)
            if first and last and last < first:
                self.add_error(last_name, _("The period ends before it begins."))
            return cleaned

    return PeriodForm
