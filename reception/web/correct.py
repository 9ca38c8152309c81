"""The applicant supplies what the body asked for."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from appeals.domain import holds
from appeals.domain.registration import LONGEST_TEXT
from appeals.rules import insist, refusal_to_resume
from reception.domain import tracking
from reception.web import languages, session
from reception.web.private import private


class CorrectionForm(forms.Form):
    correction = forms.CharField(
        label=gettext_lazy("Your answer"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 8}),
        error_messages={"required": gettext_lazy("Write what was missing.")},
    )


@private
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest) -> HttpResponse:
    appeal_id = session.opened_case(request)
    opened = tracking.case(appeal_id, on=timezone.localdate()) if appeal_id else None
    if opened is None:
        return redirect("reception:follow")
    insist(refusal_to_resume(None, opened.appeal, is_awaited=opened.correction is not None))
    form = languages.filled(request, CorrectionForm)
    if form.is_valid():
        holds.resume(opened.appeal, **form.cleaned_data, at=timezone.now())
        messages.success(request, _("Your answer is with the body; the term for its reply goes on."))
        return redirect("reception:case")
    context = {"case": opened, "form": form, "form_id": languages.FORM_ID}
    return render(request, "reception/correct.html", context, status=422 if form.errors else 200)
