"""The door to a case: its number and the key on the coupon."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from appeals.domain import coupons
from reception.domain.door import FOLLOW
from reception.web import session
from reception.web.doors import locked_until, try_later
from reception.web.private import private


class FollowForm(forms.Form):
    number = forms.CharField(
        label=_("Number of the appeal"),
        help_text=_("For example, ЖТ-2026-00000001. Latin letters will do: ZHT-2026-00000001."),
        max_length=60,
        widget=forms.TextInput({"autocomplete": "off", "class": "govuk-input--width-20"}),
        error_messages={"required": _("Write the number of the appeal.")},
    )
    key = forms.CharField(
        label=_("Key"),
        help_text=_("12 letters and digits from your receipt or from our letter."),
        max_length=60,
        widget=forms.TextInput({"autocomplete": "off", "class": "govuk-input--width-20", "spellcheck": "false"}),
        error_messages={"required": _("Write the key.")},
    )


@private
@require_http_methods(["GET", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """Right, the case is opened; wrong, the answer is the same whether there is such a number or not."""
    form = FollowForm(request.POST) if request.method == "POST" else FollowForm()
    if form.is_bound and form.is_valid():
        until = locked_until(request, FOLLOW)
        if until:
            return try_later(request, "reception/try_later.html", until)
        appeal = coupons.opened(form.cleaned_data["number"], form.cleaned_data["key"])
        if appeal:
            session.open_case(request, appeal.pk)
            return redirect("reception:case")
        form.add_error(None, _("No appeal has this number and this key together. Check both and try again."))
    context = {"form": form, "is_open": session.opened_case(request) is not None}
    return render(request, "reception/follow.html", context, status=422 if form.is_bound else 200)


@private
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Nothing of the case stays in this browser."""
    if request.method != "POST":
        return redirect("reception:case")
    session.close_case(request)
    return redirect("home")
