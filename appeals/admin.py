"""A window on the cases: everything is read, only the law is written: dated terms, special types, the ladder."""

from datetime import date
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import display_for_field
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import PermissionDenied
from django.db.models import Field
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.admin import ByName
from agencies.models import User
from appeals.domain import amending, wording
from appeals.domain.amending import Amendment
from appeals.enums import Danger
from appeals.errors import InvalidTerm
from appeals.models import (
    AccessRecord,
    Appeal,
    Breach,
    BreachAnnulment,
    BreachExplanation,
    BreachMeasure,
    BreachReview,
    Clock,
    Event,
    Helpline,
    LadderStep,
    Notice,
    SpecialType,
    Term,
    UrgentPhrase,
)


class Window(admin.ModelAdmin):
    """Seen, never touched: what happens to a case happens by an act, on the desk or by the API."""

    show_full_result_count = False
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Appeal)
class AppealAdmin(Window):
    list_display = ("number", "kind", "status", "agency", "officer", "registered_on", "next_due_on", "hops")
    list_select_related = ("agency", "officer__user", "officer__agency")
    list_filter = ("status", "kind", "form", "agency__level")
    search_fields = ("number",)


@admin.register(Event)
class EventAdmin(Window):
    list_display = ("appeal", "seq", "kind", "at", "by")
    list_select_related = ("appeal", "by__user", "by__agency")
    list_filter = ("kind",)
    search_fields = ("appeal__number",)
    ordering = ("-pk",)


@admin.register(Clock)
class ClockAdmin(Window):
    list_display = (
        "appeal",
        "kind",
        "agency",
        "starts_on",
        "due_on",
        "met_on",
        "cancelled_on",
        "breached_on",
        "is_official",
    )
    list_select_related = ("appeal", "agency", "term")
    list_filter = ("kind", "is_official")
    search_fields = ("appeal__number",)
    ordering = ("-pk",)


@admin.register(Breach)
class BreachAdmin(Window):
    list_display = (
        "appeal",
        "kind",
        "agency",
        "officer",
        "due_on",
        "detected_on",
        "is_official",
        "cause",
        "annulled_on",
    )
    list_select_related = ("appeal", "agency", "officer__user", "officer__agency")
    list_filter = ("kind", "is_official", "cause", "agency__level")
    search_fields = ("appeal__number",)


class AfterABreach(Window):
    """What was put on record about a breach, never changed again."""

    list_select_related = ("breach__appeal", "breach__agency", "by__user", "by__agency")
    search_fields = ("breach__appeal__number",)
    ordering = ("-pk",)


@admin.register(BreachExplanation)
class BreachExplanationAdmin(AfterABreach):
    list_display = ("breach__appeal", "breach__agency", "cause", "by", "at")
    list_filter = ("cause",)


@admin.register(BreachReview)
class BreachReviewAdmin(AfterABreach):
    list_display = ("breach__appeal", "breach__agency", "verdict", "by", "at")
    list_filter = ("verdict",)


@admin.register(BreachMeasure)
class BreachMeasureAdmin(AfterABreach):
    list_display = ("breach__appeal", "breach__agency", "kind", "officer", "taken_on", "order_number", "by", "at")
    list_select_related = (*AfterABreach.list_select_related, "officer__user", "officer__agency")
    list_filter = ("kind",)


@admin.register(BreachAnnulment)
class BreachAnnulmentAdmin(AfterABreach):
    list_display = ("breach__appeal", "breach__agency", "reason", "by", "at")


@admin.register(Notice)
class NoticeAdmin(Window):
    list_display = (
        "appeal",
        "kind",
        "medium",
        "officer",
        "owed_at",
        "attempts",
        "delivered_at",
        "bounced_at",
        "failure",
    )
    list_select_related = ("appeal", "officer__user", "officer__agency")
    list_filter = ("kind", "medium")
    search_fields = ("appeal__number",)


@admin.register(AccessRecord)
class AccessRecordAdmin(Window):
    list_display = ("appeal", "officer", "what", "purpose", "at")
    list_select_related = ("appeal", "officer__user", "officer__agency")
    list_filter = ("what",)
    search_fields = ("appeal__number",)


class LawForm(forms.ModelForm):
    """Asks the verb for what the change would mean; what cannot be stands at its field."""

    by: User
    told: Amendment

    def _post_clean(self) -> None:
        """The row that is shown stays as it is; the register is asked in `clean`."""

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                self.told = self.foreseen(on=timezone.localdate())
            except InvalidTerm as refusal:
                self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))
        return given

    def foreseen(self, *, on: date) -> Amendment:
        raise NotImplementedError

    def act(self, *, on: date) -> Amendment:
        raise NotImplementedError


class WordingForm(LawForm):
    """The wording of a term from a day ahead."""

    valid_from = forms.DateField(label=_("valid from"), widget=AdminDateWidget, help_text=_("A day after today."))

    class Meta:
        model = Term
        fields: tuple[str, ...] = ("valid_from", *amending.WORDING)

    def foreseen(self, *, on: date) -> Amendment:
        return amending.amendment(self.instance, on=on, **self.cleaned_data)

    def act(self, *, on: date) -> Amendment:
        return amending.amend(self.instance, by=self.by, on=on, **self.cleaned_data)


class NewTermForm(WordingForm):
    """A term of its own for a kind or a special type."""

    special_type = forms.ModelChoiceField(
        label=_("special type"), queryset=SpecialType.objects.all(), to_field_name="code", required=False
    )

    class Meta(WordingForm.Meta):
        fields = ("clock", "kind", "special_type", *WordingForm.Meta.fields)

    def clean_special_type(self) -> str:
        chosen = self.cleaned_data["special_type"]
        return chosen.code if chosen else ""

    def foreseen(self, *, on: date) -> Amendment:
        return amending.introduction(on=on, **self.cleaned_data)

    def act(self, *, on: date) -> Amendment:
        return amending.introduce(by=self.by, on=on, **self.cleaned_data)


class EndForm(LawForm):
    """The last day of a term that has a more general one to take over, or that may be absent."""

    valid_to = forms.DateField(label=_("valid to"), widget=AdminDateWidget, help_text=_("Today or later."))

    class Meta:
        model = Term
        fields = ("valid_to",)

    def foreseen(self, *, on: date) -> Amendment:
        return amending.ending(self.instance, last_day=self.cleaned_data["valid_to"], on=on)

    def act(self, *, on: date) -> Amendment:
        return amending.end_term(self.instance, last_day=self.cleaned_data["valid_to"], by=self.by, on=on)


@admin.register(Term)
class TermAdmin(Window):
    """The law as dated rows, read here; changed only ahead of time, after a look at what that would mean."""

    list_display = ("clock", "kind", "special_type", "length", "unit", "valid_from", "valid_to", "article", "verified")
    list_filter = ("clock", "unit", "verified")
    change_form_template = "admin/appeals/term/change_form.html"

    @admin.display(description=_("legal basis"))
    def article(self, term: Term) -> str:
        return wording.basis_of(term)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("appeals.change_term")

    def get_urls(self) -> list[URLPattern]:
        acts = [
            path("<int:pk>/amend/", self.admin_site.admin_view(self.amend_view), name="appeals_term_amend"),
            path("<int:pk>/end/", self.admin_site.admin_view(self.end_view), name="appeals_term_end"),
        ]
        return [*acts, *super().get_urls()]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        return self._change(request, NewTermForm, Term(), _("Enter a term"))

    def amend_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._change(request, WordingForm, get_object_or_404(Term, pk=pk), _("Amend the term"))

    def end_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._change(request, EndForm, get_object_or_404(Term, pk=pk), _("End the term"))

    def _change(self, request: HttpRequest, sort: type[LawForm], term: Term, title: str | Promise) -> HttpResponse:
        """The form, then what it would mean, then the act: only what was looked at is done."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = sort(request.POST or None, instance=term, initial={"valid_from": None, "valid_to": None})
        form.by = cast(User, request.user)
        is_sound = form.is_valid()
        if is_sound and "confirmed" in request.POST:
            return self._done(request, form.act(on=timezone.localdate()))
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "subtitle": str(term) if term.pk else None,
            "term": term,
            "opts": self.opts,
            "form": form,
            "changes": _changes(term, form.told.begun) if is_sound and term.pk else [],
            "media": self.media + form.media,
            "told": form.told if is_sound and "again" not in request.POST else None,
        }
        return TemplateResponse(request, "admin/appeals/term/amend.html", context, status=422 if form.errors else 200)

    def _done(self, request: HttpRequest, told: Amendment) -> HttpResponse:
        if told.ended:
            self.log_change(request, told.ended, f"ends on {told.ended.valid_to}")
        if told.begun:
            self.log_addition(request, told.begun, f"begins on {told.begun.valid_from}")
        self.message_user(request, _("The register of terms was changed."))
        return redirect("admin:appeals_term_changelist")


def _changes(term: Term, begun: Term | None) -> list[tuple[str, str, str]]:
    """What of the wording changes: its name, what it was, what it becomes."""
    if begun is None:
        return []
    columns = [Term._meta.get_field(name) for name in amending.differences(term, begun)]
    return [(str(column.verbose_name), _shown(term, column), _shown(begun, column)) for column in columns]


def _shown(term: Term, column: Field) -> str:
    return str(display_for_field(getattr(term, column.name), column, "–"))


@admin.register(SpecialType)
class SpecialTypeAdmin(ByName):
    """Sorts of appeals with a term of their own; the term itself is entered among the terms."""

    list_display = ("code", "kind", "called", "position")
    list_filter = ("kind",)
    search_fields = ("code", "name_kk", "name_ru", "name_en")

    def get_readonly_fields(self, request: HttpRequest, obj: SpecialType | None = None) -> tuple[str, ...]:
        return ("code", "kind") if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: SpecialType | None = None) -> bool:
        return False


class HelplineForm(forms.ModelForm):
    dangers = forms.MultipleChoiceField(
        label=_("Shown in"),
        choices=Danger.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None: in every danger."),
    )

    class Meta:
        model = Helpline
        fields = ("number", "name_kk", "name_ru", "name_en", "dangers", "is_active", "position", "verified", "note")


@admin.register(Helpline)
class HelplineAdmin(ByName):
    """What is not to be shown is taken out of use; deleted, it would come back with the next loading."""

    form = HelplineForm
    list_display = ("number", "called", "dangers", "is_active", "position", "verified")
    list_filter = ("is_active", "verified")

    def get_readonly_fields(self, request: HttpRequest, obj: Helpline | None = None) -> tuple[str, ...]:
        return ("number",) if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Helpline | None = None) -> bool:
        return False


@admin.register(UrgentPhrase)
class UrgentPhraseAdmin(admin.ModelAdmin):
    """Words that match too much are taken out of use; deleted, they would come back with the next loading."""

    list_display = ("phrase", "language", "danger", "is_exception", "is_active")
    list_filter = ("danger", "language", "is_exception", "is_active")
    search_fields = ("phrase",)

    def get_readonly_fields(self, request: HttpRequest, obj: UrgentPhrase | None = None) -> tuple[str, ...]:
        return ("language", "phrase") if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: UrgentPhrase | None = None) -> bool:
        return False


@admin.register(LadderStep)
class LadderStepAdmin(admin.ModelAdmin):
    list_display = ("clock", "working_days", "recipient")
    list_filter = ("clock", "recipient")
