"""Sign the prepared reply and send it."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from appeals.domain import replies
from appeals.models import Reply
from appeals.rules import insist, refusal_to_reply
from appeals.web.desk.cases import act_page, desk, done, sent, visible


class SignForm(forms.Form):
    """`seen` says which wording of the reply was on the page: nobody signs what she did not read."""

    seen = forms.CharField(
        widget=forms.HiddenInput,
        error_messages={"required": gettext_lazy("Read the reply on this page before you sign it.")},
    )

    def __init__(self, *args: object, wording: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.wording = wording
        self.initial["seen"] = wording

    def clean_seen(self) -> str:
        if self.cleaned_data["seen"] != self.wording:
            self.data = self.data.copy()
            self.data["seen"] = self.wording
            raise forms.ValidationError(
                _("The reply was changed after you opened this page. Read it again before you sign it.")
            )
        return self.wording


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, slug: str) -> HttpResponse:
    appeal = visible(request, slug)
    prepared = Reply.objects.filter(appeal=appeal).select_related("prepared_by__user", "superior").first()
    insist(refusal_to_reply(request.officer, appeal, prepared=prepared is not None))
    form = SignForm(sent(request), wording=prepared.prepared_at.isoformat())
    if form.is_valid():
        replies.reply(appeal, by=request.officer, at=timezone.now())
        return done(request, appeal, _("The reply is signed and on its way. The appeal is answered."))
    return act_page(request, appeal, form, "reply", reply=prepared)
