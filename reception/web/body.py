"""Which body is complained of, found by its name."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from agencies.domain.wording import alphabetical
from agencies.models import Agency
from reception.domain.drafts import Answers
from reception.enums import Step
from reception.web.asking import Question, ask
from reception.web.private import private

MOST_SHOWN = 20
LONGEST_SEARCH = 200


class BodyQuestion(Question):
    """The bodies whose names contain every word of `words`, else those of the region; any living one is taken."""

    complained_of = forms.ChoiceField(
        label=_("Choose the body"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose the body you complain of."),
            "invalid_choice": _("Choose the body you complain of."),
        },
    )

    def __init__(self, data: Any = None, *, answers: Answers, words: str) -> None:
        super().__init__(data, answers=answers)
        chosen = (data or answers).get("complained_of")
        living = list(Agency.objects.alive(timezone.localdate()).select_related("region"))
        found = _named(living, words) if words else [agency for agency in living if _is_near(agency, answers)]
        self.found = len(found)
        shown = sorted(found, key=lambda agency: (_distance(agency, answers), alphabetical(agency.name)))[:MOST_SHOWN]
        kept = [agency for agency in living if agency.code == chosen and agency not in shown]
        self.offer("complained_of", [(agency.code, agency.name) for agency in [*kept, *shown]])


@private
@require_http_methods(["GET", "POST"])
def body(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").replace("\x00", "")[:LONGEST_SEARCH].strip()

    def question(data: Any = None, *, answers: Answers) -> BodyQuestion:
        return BodyQuestion(data, answers=answers, words=words)

    return ask(request, Step.BODY, question, "reception/body.html", words=words, most_shown=MOST_SHOWN, form_id="")


def _named(agencies: list[Agency], words: str) -> list[Agency]:
    wanted = words.casefold().split()
    return [agency for agency in agencies if all(word in _all_names(agency) for word in wanted)]


def _all_names(agency: Agency) -> str:
    return f"{agency.name_kk} {agency.name_ru} {agency.name_en}".casefold()


def _is_near(agency: Agency, answers: Answers) -> bool:
    """Whether it stands in the region or the district of the matter."""
    return agency.region is not None and agency.region.code in (answers.get("region"), answers.get("district"))


def _distance(agency: Agency, answers: Answers) -> int:
    """Bodies of the region and district first, then those of the whole country, then the rest."""
    if agency.region is None:
        return 1
    return 0 if _is_near(agency, answers) else 2
