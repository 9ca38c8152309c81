"""Where it happened: the region, then the district or city in it."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from agencies.domain.wording import alphabetical
from agencies.models import Region
from agencies.models.region import RegionQuerySet
from reception.domain.drafts import Answers
from reception.enums import Step
from reception.web.asking import Question, ask
from reception.web.private import private

NOT_STATED = "none"


class PlaceQuestion(Question):
    region = forms.ChoiceField(
        label=_("Which region is it about?"),
        help_text=_("The region decides which body answers you."),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a region, or the last line.")},
    )

    def __init__(self, data: Any = None, *, answers: Answers) -> None:
        super().__init__(data, answers=answers)
        offer(self, "region", Region.objects.first_level(), _("Abroad, or I would rather not say"))

    def given(self) -> Answers:
        return stated(self, "region")


class DistrictQuestion(Question):
    district = forms.ChoiceField(
        label=_("Which district or city is it about?"),
        help_text=_("Streets, yards and land are often a matter of the district."),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a district or city, or the last line."),
            "invalid_choice": _("Choose a district or city of the list."),
        },
    )

    def __init__(self, data: Any = None, *, answers: Answers) -> None:
        super().__init__(data, answers=answers)
        within = Region.objects.filter(superior__code=answers.get("region", ""))
        offer(self, "district", within, _("The whole region, or I would rather not say"))

    def given(self) -> Answers:
        return stated(self, "district")


def offer(question: Question, field: str, places: RegionQuerySet, otherwise: Any) -> None:
    """The `places` of today by name, and a last line for none of them."""
    rows = sorted(places.alive(timezone.localdate()), key=lambda place: alphabetical(place.name))
    question.offer(field, [*((row.code, row.name) for row in rows), (NOT_STATED, otherwise)])
    if question.initial.get(field) == "":
        question.initial[field] = NOT_STATED


def stated(question: Question, field: str) -> Answers:
    chosen = question.cleaned_data[field]
    return {field: "" if chosen == NOT_STATED else chosen}


@private
@require_http_methods(["GET", "POST"])
def place(request: HttpRequest) -> HttpResponse:
    return ask(request, Step.PLACE, PlaceQuestion)


@private
@require_http_methods(["GET", "POST"])
def district(request: HttpRequest) -> HttpResponse:
    return ask(request, Step.DISTRICT, DistrictQuestion)
