"""Where it happened."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from agencies.domain.wording import alphabetical
from agencies.models import Region
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
        regions = sorted(
            Region.objects.first_level().alive(timezone.localdate()), key=lambda region: alphabetical(region.name)
        )
        named = [(region.code, region.name) for region in regions]
        self.offer("region", [*named, (NOT_STATED, _("Abroad, or I would rather not say"))])
        if self.initial.get("region") == "":
            self.initial["region"] = NOT_STATED

    def given(self) -> Answers:
        region = self.cleaned_data["region"]
        return {"region": "" if region == NOT_STATED else region}


@private
@require_http_methods(["GET", "POST"])
def place(request: HttpRequest) -> HttpResponse:
    return ask(request, Step.PLACE, PlaceQuestion)
