"""The applicant says what she thinks of the preliminary decision."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from appeals.domain import hearings
from appeals.domain.registration import LONGEST_TEXT
from appeals.rules import insist, refusal_to_object
from reception.domain import tracking
from reception.web import languages, session
from reception.web.private import private


class ObjectionForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Your objection"),
        help_text=gettext_lazy("What you do not agree with, and why. You can name papers that prove it."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 8}),
        error_messages={"required": gettext_lazy("Write the objection.")},
    )


@private
@require_http_methods(["GET", "HEAD", "POST"])
def object_(request: HttpRequest) -> HttpResponse:
    appeal_id = session.opened_case(request)
    opened = tracking.case(appeal_id, on=timezone.localdate()) if appeal_id else None
    if opened is None:
        return redirect("reception:follow")
    insist(refusal_to_object(None, opened.appeal, is_awaited=hearings.can_be_objected_to(opened.hearing)))
    form = languages.filled(request, ObjectionForm)
    if form.is_valid():
        hearings.object_(opened.appeal, **form.cleaned_data, at=timezone.now())
        messages.success(request, _("Your objection is with the body, which has to weigh it before it decides."))
        return redirect("reception:case")
    context = {"case": opened, "form": form, "form_id": languages.FORM_ID}
    return render(request, "reception/object.html", context, status=422 if form.errors else 200)
