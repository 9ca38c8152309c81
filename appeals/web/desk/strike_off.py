"""End an appeal that was registered by mistake."""

from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from agencies.models import Officer
from appeals.domain import closing, numbering
from appeals.domain.terms import local_date
from appeals.models import Appeal
from appeals.rules import insist, refusal_to_strike_off
from appeals.web.desk.cases import act_page, desk, done, sent, taken, visible


class StrikeOffForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("What the mistake was"),
        help_text=gettext_lazy("The applicant will read it."),
        max_length=3000,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": gettext_lazy("Give the reason; the applicant will read it.")},
    )
    duplicate_of = forms.CharField(
        label=gettext_lazy("Number of the true appeal"),
        help_text=gettext_lazy("Where the same appeal was registered twice: the one that goes on."),
        max_length=60,
        required=False,
        widget=forms.TextInput({"class": "govuk-input--width-20", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.officer = officer

    def clean_duplicate_of(self) -> Appeal | None:
        told = self.cleaned_data["duplicate_of"]
        if not told:
            return None
        found = Appeal.objects.visible_to(self.officer).filter(number=numbering.parsed(told)).first()
        if found is None:
            raise ValidationError(_("Your body has no appeal with this number."))
        return found


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def strike_off(request: HttpRequest, slug: str) -> HttpResponse:
    appeal, at = visible(request, slug), timezone.now()
    entered_on, on = closing.entered_on(appeal), local_date(at, appeal.agency)
    insist(refusal_to_strike_off(request.officer, appeal, entered_on=entered_on, on=on))
    form = StrikeOffForm(sent(request), officer=request.officer)
    act = partial(closing.strike_off, appeal, by=request.officer, at=at)
    if form.is_valid() and taken(form, partial(act, **form.cleaned_data)):
        return done(request, appeal, _("The appeal is struck off. The applicant will be told why."))
    return act_page(request, appeal, form, "strike_off")
