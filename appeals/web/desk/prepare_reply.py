"""Write the answer and lay it before the head."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from appeals.domain import replies
from appeals.domain.registration import LONGEST_TEXT
from appeals.domain.routing import superior_instance
from appeals.domain.terms import local_date
from appeals.domain.wording import standard_remedy
from appeals.enums import Outcome
from appeals.models import Appeal, Reply
from appeals.rules import insist, refusal_to_prepare_reply
from appeals.web.desk.cases import act_page, desk, done, sent, visible


class ReplyForm(forms.Form):
    outcome = forms.TypedChoiceField(
        label=gettext_lazy("Outcome"),
        choices=Outcome.choices,
        coerce=Outcome,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the outcome.")},
    )
    text = forms.CharField(
        label=gettext_lazy("Answer and reasons"),
        help_text=gettext_lazy("What was found, what is decided and why; in the language of the appeal."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 12}),
        error_messages={"required": gettext_lazy("Write the answer and its reasons.")},
    )
    law = forms.CharField(
        label=gettext_lazy("Law relied on"),
        max_length=3000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": gettext_lazy("Name the law the answer relies on.")},
    )
    remedy = forms.CharField(
        label=gettext_lazy("How to complain further"),
        help_text=gettext_lazy("Without it the applicant has six months instead of three."),
        max_length=3000,
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": gettext_lazy("Say how the applicant can complain further.")},
    )


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def prepare_reply(request: HttpRequest, slug: str) -> HttpResponse:
    appeal, at = visible(request, slug), timezone.now()
    insist(refusal_to_prepare_reply(request.officer, appeal))
    form = ReplyForm(sent(request), initial=None if request.method == "POST" else _prefilled(appeal))
    if form.is_valid():
        replies.prepare_reply(appeal, replies.Answer(**form.cleaned_data), by=request.officer, at=at)
        return done(request, appeal, _("The reply is prepared and waits for the signature."))
    return act_page(request, appeal, form, "prepare_reply")


def _prefilled(appeal: Appeal) -> dict[str, str]:
    written = Reply.objects.filter(appeal=appeal).values("outcome", "text", "law", "remedy").first()
    if written:
        return written
    superior = superior_instance(appeal.agency, local_date(timezone.now(), appeal.agency))
    return {"remedy": standard_remedy(appeal.agency, superior, appeal.language)}
