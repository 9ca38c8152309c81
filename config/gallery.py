"""Every part of the design in every state, on one page; for the demonstration and the tests."""

from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from agencies.web.inputs import DayMonthYearInput
from appeals.domain.explanations import Code, Step
from appeals.domain.telling import said

REGIONS = [("79", _("Shymkent")), ("75", _("Almaty")), ("", _("Not stated"))]


class GalleryForm(forms.Form):
    """One field of each sort."""

    name = forms.CharField(label=_("Full name"), max_length=80, help_text=_("As it stands in your identity card."))
    iin = forms.CharField(
        label=_("IIN"),
        max_length=12,
        widget=forms.TextInput({"class": "govuk-input--width-10", "inputmode": "numeric"}),
    )
    email = forms.EmailField(label=_("E-mail"), required=False)
    region = forms.ChoiceField(label=_("Region"), choices=REGIONS)
    form_of_answer = forms.ChoiceField(
        label=_("How do you want the answer?"),
        choices=[("electronic", _("Electronic")), ("paper", _("Paper"))],
        widget=forms.RadioSelect,
        help_text=_("The answer has the same force either way."),
    )
    topics = forms.MultipleChoiceField(
        label=_("What is it about?"), choices=REGIONS, widget=forms.CheckboxSelectMultiple, required=False
    )
    text = forms.CharField(label=_("What has happened?"), max_length=1500, widget=forms.Textarea({"rows": 6}))
    letter_on = forms.DateField(
        label=_("Date of the letter"), widget=DayMonthYearInput, help_text=_("For example, 21 11 2026.")
    )
    file = forms.FileField(label=_("Attachment"), required=False)
    consent = forms.BooleanField(label=_("I know that a false report is an offence"))


class GalleryFilter(forms.Form):
    """The fields of a filter panel."""

    number = forms.CharField(label=_("Number"), required=False)
    place = forms.ChoiceField(label=_("Region"), choices=REGIONS, required=False)


def _bars() -> list[dict[str, Any]]:
    rows = ((_("Shymkent"), 1240, 100), (_("Almaty"), 620, 50), (_("Not stated"), 7, 1))
    return [{"label": label, "value": value, "share": share, "url": "#bars"} for label, value, share in rows]


def _rows() -> list[list[dict[str, Any]]]:
    table = ((_("Shymkent"), 1240, 12), (_("Almaty"), 620, 3))
    return [
        [
            {"label": _("Region"), "text": region, "url": "#table", "is_number": False},
            {"label": _("Appeals"), "text": appeals, "url": "", "is_number": True},
            {"label": _("Breaches"), "text": breaches, "url": "#table", "is_number": True},
        ]
        for region, appeals, breaches in table
    ]


def _entries() -> list[dict[str, Any]]:
    return [
        {"at": datetime(2026, 12, 11, 13, 41, tzinfo=UTC), "title": _("Received"), "text": ""},
        {
            "at": datetime(2026, 12, 14, 4, 2, tzinfo=UTC),
            "title": _("Registered"),
            "text": "ЖТ-2026-00000001",
        },
    ]


def _context() -> dict[str, Any]:
    return {
        "filter_form": GalleryFilter(),
        "clocks": [
            ("calm", 9),
            ("near", 3),
            ("near", 1),
            ("today", 0),
            ("overdue", 2),
            ("excused", 0),
            ("held", 0),
            ("met", 0),
            ("cancelled", 0),
        ],
        "due_on": date(2027, 1, 8),
        "steps": [said(Step(Code.DUE, {"day": date(2027, 1, 8)}))],
        "entries": _entries(),
        "rows": _rows(),
        "bars": _bars(),
        "summary": [
            {"name": _("Number"), "value": "ЖТ-2026-00000001", "url": ""},
            {"name": _("Full name"), "value": "Әйгерім Үсенқызы Ғаниева", "url": "#summary"},
        ],
        "tags": ["plain", "busy", "waiting", "good", "ended"],
        "actions": [
            {"label": _("Accept"), "url": "#actions", "refusal": ""},
            {"label": _("Forward"), "url": "#actions", "refusal": ""},
            {"label": _("Answer"), "url": "", "refusal": _("Only the agency holding the appeal may answer it.")},
        ],
    }


@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    """The parts; with `?errors` the form comes back as if it had been sent empty."""
    if not settings.DEMONSTRATION:
        raise Http404
    typed = {
        "text": "Жылу жоқ. " * 200,
        "letter_on_day": "31",
        "letter_on_month": "2",
        "letter_on_year": "2026",
    }
    form = GalleryForm(typed) if "errors" in request.GET else GalleryForm()
    return render(request, "gallery.html", {"form": form, **_context()})
