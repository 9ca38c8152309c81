"""Sign the prepared reply and send it."""

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from appeals.domain import hearings, replies
from appeals.domain.terms import local_date
from appeals.models import Reply
from appeals.rules import insist, refusal_to_reply
from appeals.web.desk.cases import act_page, desk, done, sent, visible

UNREAD = gettext_lazy("Read the reply on this page before you sign it.")


class SignForm(forms.Form):
    """`seen` says which wording of the reply was on the page: nobody signs what she did not read."""

    seen = forms.DateTimeField(widget=forms.HiddenInput, error_messages={"required": UNREAD, "invalid": UNREAD})


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, slug: str) -> HttpResponse:
    appeal, at = visible(request, slug), timezone.now()
    prepared = Reply.objects.filter(appeal=appeal).select_related("prepared_by__user", "superior").first()
    on = local_date(at, appeal.agency)
    refusal = partial(refusal_to_reply, request.officer, appeal, prepared, on=on, hearing=hearings.owed(appeal, on=on))
    insist(refusal())
    shown = {"seen": prepared.prepared_at.isoformat()}
    form = SignForm(sent(request), initial=shown)
    if form.is_valid():
        seen = form.cleaned_data["seen"]
        changed = refusal(seen=seen)
        if not changed:
            replies.reply(appeal, by=request.officer, at=at, seen=seen)
            return done(request, appeal, _("The reply is signed and on its way. The appeal is answered."))
        form.add_error("seen", changed)
    form.data = shown
    return act_page(request, appeal, form, "reply", reply=prepared)
