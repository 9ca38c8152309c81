"""Give an appeal back to the body it came from."""

from typing import cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from agencies.models import Agency
from appeals.domain import clocks, forwarding
from appeals.domain.terms import local_date
from appeals.enums import ClockKind
from appeals.rules import insist, refusal_to_send_back
from appeals.web.desk.cases import act_page, desk, done, sent, visible


class SendBackForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy(
            "The applicant will read it: what makes the other body competent. Write about the matter, not about "
            "who erred."
        ),
        max_length=3000,
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": gettext_lazy("Say why the appeal is not for your body.")},
    )


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def send_back(request: HttpRequest, slug: str) -> HttpResponse:
    appeal, at = visible(request, slug), timezone.now()
    on = local_date(at, appeal.agency)
    journey, running = forwarding.journey_of(appeal, on), clocks.running_one(appeal, ClockKind.FORWARDING)
    insist(refusal_to_send_back(request.officer, appeal, running, on=on, journey=journey))
    to = cast(Agency, journey.came_from)
    form = SendBackForm(sent(request))
    if form.is_valid():
        forwarding.send_back(appeal, by=request.officer, at=at, reason=form.cleaned_data["reason"])
        return done(request, appeal, _("The appeal is sent back to: %(body)s.") % {"body": to})
    return act_page(request, appeal, form, "send_back", to=to)
