"""Enter a written statement by which the applicant takes the appeal back."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from appeals.domain import withdrawal
from appeals.rules import insist, refusal_to_withdraw
from appeals.web.desk.cases import act_page, desk, done, sent, visible


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Statement of the applicant"),
        help_text=gettext_lazy("Its date, its number if it has one, and how it came in. The applicant will read it."),
        max_length=3000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={
            "required": gettext_lazy("Name the written statement: its date, and its number if it has one.")
        },
    )


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    appeal = visible(request, slug)
    insist(refusal_to_withdraw(request.officer, appeal))
    form = WithdrawForm(sent(request))
    if form.is_valid():
        withdrawal.withdraw(appeal, **form.cleaned_data, by=request.officer, at=timezone.now())
        return done(request, appeal, _("The appeal is withdrawn. The applicant will be told."))
    return act_page(request, appeal, form, "withdraw")
