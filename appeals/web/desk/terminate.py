"""End the review without a decision."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from agencies.models import Officer
from appeals.domain import closing
from appeals.enums import TerminationGround
from appeals.models import Appeal
from appeals.rules import insist, refusal_to_terminate
from appeals.web.desk.cases import act_page, desk, done, sent, visible
from appeals.web.desk.earlier import NamesEarlierForm


class TerminateForm(NamesEarlierForm):
    """Offers the grounds that this case can have."""

    ground = forms.TypedChoiceField(
        label=gettext_lazy("Ground"),
        coerce=TerminationGround,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the ground.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("The applicant will read it: name the act, the decision or what is missing."),
        max_length=3000,
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": gettext_lazy("Give the reason; the applicant will read it.")},
    )

    def __init__(self, *args: Any, officer: Officer, appeal: Appeal, **kwargs: Any) -> None:
        super().__init__(*args, officer=officer, appeal=appeal, **kwargs)
        possible = [ground for ground in TerminationGround if not refusal_to_terminate(officer, appeal, ground)]
        self.fields["ground"].choices = [(ground.value, ground.label) for ground in possible]


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def terminate(request: HttpRequest, slug: str) -> HttpResponse:
    appeal, at = visible(request, slug), timezone.now()
    insist(refusal_to_terminate(request.officer, appeal))
    form = TerminateForm(sent(request), officer=request.officer, appeal=appeal, at=at)
    if form.is_valid():
        closing.terminate(appeal, **form.cleaned_data, by=request.officer, at=at)
        return done(request, appeal, _("The review is terminated. The applicant will be told why."))
    return act_page(request, appeal, form, "terminate")
