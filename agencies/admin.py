"""The administration's window on the directory; posts are given and ended by the verbs only."""

from typing import Any, cast

from allauth.account.models import EmailAddress
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as BaseUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agencies.domain.staffing import appoint, dismiss, entrust_calendar, keeps_calendar, take_calendar
from agencies.enums import Origin
from agencies.errors import Refused
from agencies.models import (
    Agency,
    CalendarDay,
    CalendarYear,
    Channel,
    Competence,
    Function,
    Officer,
    Population,
    Region,
    RegionName,
    Topic,
    Unit,
    User,
)
from agencies.rules import refusal_to_appoint, refusal_to_declare, refusal_to_entrust_calendar

NAMES = ("name_kk", "name_ru", "name_en")
DATES = ("valid_from", "valid_to")

# Rights follow from posts, addresses stand with the users: nothing here reads these tables.
admin.site.unregister([Group, EmailAddress])


class ByName(admin.ModelAdmin):
    """Rows called by their name in the reader's language."""

    @admin.display(description=_("Name"))
    def called(self, row: Any) -> str:
        return getattr(row, f"name_{(get_language() or 'kk')[:2]}") or row.name_kk


class Lasting(ByName):
    """Rows that history refers to: they are ended by a date, never deleted."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class NewUserForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ("email", "full_name", "language")


class UserForm(UserChangeForm):
    """What is known of a user, and whether the working calendar is given to her."""

    by: User
    keeps_calendar = forms.BooleanField(
        label=_("Keeps the working calendar"),
        help_text=_("May enter decrees and confirm years in this administration, and nothing else in it."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["keeps_calendar"].initial = keeps_calendar(self.instance)

    def clean_keeps_calendar(self) -> bool:
        wanted = self.cleaned_data["keeps_calendar"]
        if wanted and "keeps_calendar" in self.changed_data:
            refusal = refusal_to_entrust_calendar(self.by, self.instance, on=timezone.localdate())
            if refusal:
                raise ValidationError(refusal)
        return wanted


@admin.register(User)
class UserAdmin(BaseUserAdmin):
    form = UserForm
    add_form = NewUserForm
    list_display = ("email", "full_name", "language", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff", "language")
    search_fields = ("email", "full_name")
    ordering = ("email",)
    filter_horizontal = ()
    readonly_fields = ("is_staff", "is_superuser", "last_login", "created_at")
    fieldsets = (
        (None, {"fields": ("email", "password")}),
        (_("Person"), {"fields": ("full_name", "language")}),
        (_("Access"), {"fields": ("is_active", "is_staff", "is_superuser", "keeps_calendar")}),
        (_("Dates"), {"fields": ("last_login", "created_at")}),
    )
    add_fieldsets = (
        (None, {"fields": ("email", "full_name", "language", "usable_password", "password1", "password2")}),
    )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_form(
        self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        return _signed(super().get_form(request, obj, change=change, **kwargs), request)

    def save_model(self, request: HttpRequest, obj: User, form: forms.ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if "keeps_calendar" in form.changed_data:
            settle = entrust_calendar if form.cleaned_data["keeps_calendar"] else take_calendar
            settle(obj, by=cast(User, request.user), on=timezone.localdate())


class AppointmentForm(forms.ModelForm):
    """Asks the rule of the verb before the verb is called, so that a refusal stands on the form."""

    by: User

    class Meta:
        model = Officer
        fields = ("user", "agency", "unit", "role", "post")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if self.instance.pk is None and {"user", "agency", "role"} <= given.keys():
            on, unit = timezone.localdate(), given.get("unit")
            refusal = refusal_to_appoint(self.by, given["user"], given["agency"], given["role"], on=on, unit=unit)
            if refusal:
                raise ValidationError(refusal)
        return given


@admin.register(Officer)
class OfficerAdmin(Lasting):
    form = AppointmentForm
    fields = ("user", "agency", "unit", "role", "post", *DATES)
    list_display = ("user", "role", "agency", "unit", "post", *DATES)
    list_select_related = ("user", "agency", "unit")
    list_filter = ("role", "agency__level", "agency__region")
    search_fields = ("user__email", "user__full_name", "agency__code", *(f"agency__{name}" for name in NAMES))
    autocomplete_fields = ("user", "agency", "unit")
    date_hierarchy = "valid_from"
    actions = ("dismiss_today",)

    def get_readonly_fields(self, request: HttpRequest, obj: Officer | None = None) -> tuple[str, ...]:
        return DATES if obj is None else ("user", "agency", "unit", "role", *DATES)

    def get_form(
        self, request: HttpRequest, obj: Officer | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        return _signed(super().get_form(request, obj, change, **kwargs), request)

    def save_model(self, request: HttpRequest, obj: Officer, form: forms.ModelForm, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
            return
        by, on = cast(User, request.user), timezone.localdate()
        given = appoint(obj.user, obj.agency, obj.role, by=by, on=on, unit=obj.unit, post=obj.post)
        obj.pk, obj.valid_from = given.pk, given.valid_from

    @admin.action(description=_("Dismiss: today is the last day"), permissions=["change"])
    def dismiss_today(self, request: HttpRequest, chosen: QuerySet[Officer]) -> None:
        for officer in chosen.select_related("user", "agency"):
            try:
                dismiss(officer, by=cast(User, request.user), on=timezone.localdate())
            except Refused as refusal:
                self.message_user(request, f"{officer}: {refusal}", messages.ERROR)
            else:
                self.message_user(request, _("%(officer)s: dismissed.") % {"officer": officer})
                self.log_change(request, officer, "dismissed")


class RegionNameInline(admin.TabularInline):
    model = RegionName
    extra = 0


class PopulationInline(admin.TabularInline):
    model = Population
    extra = 0


@admin.register(Region)
class RegionAdmin(Lasting):
    list_display = ("code", "called", "kato", "zone", "predecessor", *DATES, "verified")
    list_select_related = ("predecessor",)
    list_filter = ("verified", "zone")
    search_fields = ("code", "kato", *NAMES, *(f"names__{name}" for name in NAMES))
    autocomplete_fields = ("superior", "predecessor")
    inlines = (RegionNameInline, PopulationInline)


@admin.register(Function)
class FunctionAdmin(Lasting):
    list_display = ("code", "called")
    search_fields = ("code", *NAMES)


class UnitInline(admin.TabularInline):
    model = Unit
    extra = 0


@admin.register(Agency)
class AgencyAdmin(Lasting):
    list_display = ("code", "called", "level", "function", "region", "superior", *DATES, "verified")
    list_select_related = ("function", "region", "superior")
    list_filter = ("level", "verified", "region", "function")
    search_fields = ("code", *NAMES)
    autocomplete_fields = ("function", "superior", "successor", "region")
    inlines = (UnitInline,)


@admin.register(Unit)
class UnitAdmin(Lasting):
    list_display = ("called", "agency")
    list_select_related = ("agency",)
    list_filter = ("agency__level", "agency__region")
    search_fields = (*NAMES, "agency__code")
    autocomplete_fields = ("agency",)


@admin.register(Topic)
class TopicAdmin(Lasting):
    list_display = ("code", "called", "group", "position", *DATES, "verified")
    list_select_related = ("group",)
    list_filter = ("verified", ("group", admin.RelatedOnlyFieldListFilter))
    search_fields = ("code", *NAMES, "description_kk", "description_ru", "description_en")
    autocomplete_fields = ("group",)


@admin.register(Competence)
class CompetenceAdmin(Lasting):
    list_display = (
        "topic",
        "region",
        "kind",
        "special_type",
        "addressee",
        "agency",
        "function",
        *DATES,
        "verified",
    )
    list_select_related = ("topic", "region", "addressee", "agency", "function")
    list_filter = ("verified", "kind", "region", "function")
    search_fields = (
        "topic__code",
        *(f"topic__{name}" for name in NAMES),
        "agency__code",
        "function__code",
        "basis",
    )
    autocomplete_fields = ("topic", "region", "addressee", "agency", "function")


@admin.register(Channel)
class ChannelAdmin(Lasting):
    list_display = ("code", "called", "form", "at_president", "at_central", "at_local", "position")
    list_filter = ("form", "at_president", "at_central", "at_local")
    search_fields = ("code", *NAMES)


class YearForm(forms.ModelForm):
    class Meta:
        help_texts = {
            "confirmed": _("The year's transfers of days off are known and entered."),
            "act": _("The act on transfers of days off, or the letter that there are none."),
        }

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("confirmed") and "act" in given and not given["act"]:
            self.add_error("act", _("Name the act by which the year is confirmed."))
        return given


@admin.register(CalendarYear)
class CalendarYearAdmin(Lasting):
    """Years are entered by the housekeeping, with their computed days, and confirmed here."""

    form = YearForm
    list_display = ("plain_year", "confirmed", "act")
    list_filter = ("confirmed",)
    search_fields = ("act",)
    fields = ("plain_year", "confirmed", "act")
    readonly_fields = ("plain_year",)

    @admin.display(description=_("year"), ordering="year")
    def plain_year(self, year: CalendarYear) -> str:
        return str(year)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


class DecreeForm(forms.ModelForm):
    class Meta:
        help_texts = {
            "is_working": _("Marked: a day of the weekend is worked. Not marked: a weekday is off."),
            "act": _("Its kind, number and date."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.fields.keys() & {*NAMES, "act"}:
            self.fields[name].required = True

    def clean_act(self) -> str:
        act = self.cleaned_data["act"]
        if not any(char.isdigit() for char in act):
            raise ValidationError(_("Name the act with its number."))
        return act

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if "day" in given:
            refusal = refusal_to_declare(given["day"], is_working=given["is_working"], row=self.instance.pk)
            if refusal:
                self.add_error("day", refusal)
        return given


@admin.register(CalendarDay)
class CalendarDayAdmin(ByName):
    """A computed day stays as it was seeded; a decree's row for the same date is entered beside it."""

    form = DecreeForm
    list_display = ("day", "is_working", "called", "origin", "act")
    list_filter = ("origin", "is_working")
    search_fields = (*NAMES, "act")
    date_hierarchy = "day"
    readonly_fields = ("origin",)

    def save_model(self, request: HttpRequest, obj: CalendarDay, form: forms.ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        self._remind(request)

    def delete_model(self, request: HttpRequest, obj: CalendarDay) -> None:
        super().delete_model(request, obj)
        self._remind(request)

    def _remind(self, request: HttpRequest) -> None:
        said = _(
            "The terms that run already do not move by themselves. `manage.py recompute --dry-run` "
            "shows which would move; without `--dry-run` it moves them."
        )
        self.message_user(request, said, messages.WARNING)

    def has_change_permission(self, request: HttpRequest, obj: CalendarDay | None = None) -> bool:
        return super().has_change_permission(request, obj) and not _is_seeded(obj)

    def has_delete_permission(self, request: HttpRequest, obj: CalendarDay | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not _is_seeded(obj)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Without "delete selected", which would not ask row by row."""
        return {name: act for name, act in super().get_actions(request).items() if name != "delete_selected"}


def _is_seeded(day: CalendarDay | None) -> bool:
    return day is not None and day.origin == Origin.SEEDED


def _signed(form: type[forms.ModelForm], request: HttpRequest) -> type[forms.ModelForm]:
    """The form knows who fills it in."""
    return type(form.__name__, (form,), {"by": request.user})
