"""A window on the cases: everything is read, only the dated terms of the law are written."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from appeals.models import AccessRecord, Appeal, Breach, Clock, Event, Notice, Term


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
    list_display = ("appeal", "kind", "agency", "officer", "due_on", "detected_on", "is_official")
    list_select_related = ("appeal", "agency", "officer__user", "officer__agency")
    list_filter = ("kind", "is_official", "agency__level")
    search_fields = ("appeal__number",)


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


@admin.register(Term)
class TermAdmin(admin.ModelAdmin):
    """The law as dated rows. A row that is in use is ended by a date and followed by another, never deleted."""

    list_display = ("clock", "kind", "special_type", "length", "unit", "valid_from", "valid_to", "basis", "verified")
    list_filter = ("clock", "unit", "verified")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
