"""Send an appeal back without review."""

from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from agencies.models import Officer
from appeals.domain import closing, holds
from appeals.enums import ReturnGround
from appeals.models import Appeal
from appeals.rules import insist, refusal_to_return
from appeals.web.desk.cases import act_page, desk, done, sent, visible
from appeals.web.desk.earlier import NamesEarlierForm


class ReturnForm(NamesEarlierForm):
    """Offers the grounds that this case can have."""

    ground = forms.TypedChoiceField(
        label=gettext_lazy("Ground"),
        coerce=ReturnGround,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the ground.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("The applicant will read it: name the earlier answer, or the words in question."),
        max_length=3000,
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": gettext_lazy("Give the reason; the applicant will read it.")},
    )

    def __init__(self, *args: Any, officer: Officer, appeal: Appeal, **kwargs: Any) -> None:
        super().__init__(*args, officer=officer, appeal=appeal, **kwargs)
        may_not = partial(refusal_to_return, officer, appeal, is_lapsed=holds.is_lapsed(appeal))
        self.fields["ground"].choices = [(ground.value, ground.label) for ground in ReturnGround if not may_not(ground)]


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def return_without_review(request: HttpRequest, slug: str) -> HttpResponse:
    appeal, at = visible(request, slug), timezone.now()
    insist(refusal_to_return(request.officer, appeal))
    form = ReturnForm(sent(request), officer=request.officer, appeal=appeal, at=at)
    if form.is_valid():
        closing.return_without_review(appeal, **form.cleaned_data, by=request.officer, at=at)
        return done(request, appeal, _("The appeal is returned. The applicant will be told why."))
    return act_page(request, appeal, form, "return")
