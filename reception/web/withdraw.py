"""The applicant takes the appeal back, asked once more before it is done."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from appeals.domain import withdrawal
from appeals.models import Appeal
from appeals.rules import insist, refusal_to_withdraw
from reception.web import languages, session
from reception.web.private import private


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why you take it back"),
        help_text=gettext_lazy("You need not say it."),
        max_length=3000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )


@private
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest) -> HttpResponse:
    appeal = Appeal.objects.select_related("agency").filter(pk=session.opened_case(request) or 0).first()
    if appeal is None:
        return redirect("reception:follow")
    insist(refusal_to_withdraw(None, appeal))
    form = languages.filled(request, WithdrawForm)
    if form.is_valid():
        withdrawal.withdraw(appeal, **form.cleaned_data, at=timezone.now())
        messages.success(request, _("The appeal is withdrawn."))
        return redirect("reception:case")
    context = {"appeal": appeal, "form": form, "form_id": languages.FORM_ID}
    context["has_parts"] = appeal.parts.open().exists()
    return render(request, "reception/withdraw.html", context, status=422 if form.errors else 200)
