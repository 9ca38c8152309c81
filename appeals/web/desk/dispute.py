"""Ask the body above who answers an appeal."""

from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from agencies.models import Agency
from appeals.domain import disputes
from appeals.domain.forwarding import journey_of
from appeals.domain.terms import local_date
from appeals.rules import insist, refusal_to_dispute
from appeals.web.desk.bodies import BodyField
from appeals.web.desk.cases import act_page, desk, done, sent, visible


class DisputeForm(forms.Form):
    proposed = BodyField(
        label=gettext_lazy("Which body do you think answers this?"),
        help_text=gettext_lazy("Its code, or words of its name. Leave it empty if you do not know."),
        max_length=200,
        required=False,
    )
    reason = forms.CharField(
        label=gettext_lazy("Why it is not your body"),
        help_text=gettext_lazy("The body above reads it, the applicant does not."),
        max_length=3000,
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": gettext_lazy("Say why your body is not the one to answer.")},
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proposed"].bodies = Agency.objects.alive(on)


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def dispute(request: HttpRequest, slug: str) -> HttpResponse:
    appeal, at = visible(request, slug), timezone.now()
    on = local_date(at, appeal.agency)
    may_not = partial(refusal_to_dispute, request.officer, appeal, on=on, journey=journey_of(appeal, on))
    insist(may_not())
    form = DisputeForm(sent(request), on=on)
    if form.is_valid():
        refusal = may_not(form.cleaned_data["proposed"])
        if not refusal:
            asked = disputes.dispute(appeal, **form.cleaned_data, by=request.officer, at=at)
            return done(request, appeal, _("Asked to decide who answers: %(body)s.") % {"body": asked.above})
        form.add_error("proposed", refusal)
    return act_page(request, appeal, form, "dispute", above=disputes.body_above(appeal, on))
