"""The applicant corrects how she is reached. What was given before is not shown: a coupon may be in other hands."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from appeals.domain import contacts
from appeals.domain.contacts import CONTACTS
from appeals.errors import InvalidIntake
from appeals.models import Appeal
from reception.web import languages, session
from reception.web.private import private


class ContactsForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("New e-mail"),
        required=False,
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={"invalid": gettext_lazy("Write the e-mail like this: name@example.kz.")},
    )
    phone = forms.CharField(
        label=gettext_lazy("New telephone"),
        help_text=gettext_lazy("For example, +7 701 000 00 00."),
        required=False,
        max_length=40,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "tel", "class": "govuk-input--width-20"}),
    )
    address = forms.CharField(
        label=gettext_lazy("New postal address"),
        help_text=gettext_lazy("Postcode, region, town or village, street, house, flat."),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 3, "autocomplete": "street-address"}),
    )
    consent = forms.BooleanField(
        label=gettext_lazy("I agree that messages sent to this e-mail or telephone count as delivered to me"),
        required=False,
    )

    def changes(self) -> dict[str, str]:
        """What was filled in; the rest stays."""
        return {name: self.cleaned_data[name] for name in CONTACTS if self.cleaned_data[name]}


@private
@require_http_methods(["GET", "HEAD", "POST"])
def correct_contacts(request: HttpRequest) -> HttpResponse:
    appeal = Appeal.objects.filter(pk=session.opened_case(request) or 0).first()
    if appeal is None:
        return redirect("reception:follow")
    form = languages.filled(request, ContactsForm)
    if form.is_valid() and _is_taken(form, appeal):
        messages.success(request, _("Your contacts are corrected."))
        return redirect("reception:case")
    context = {"appeal": appeal, "form": form, "form_id": languages.FORM_ID}
    return render(request, "reception/contacts.html", context, status=422 if form.errors else 200)


def _is_taken(form: ContactsForm, appeal: Appeal) -> bool:
    if not form.changes():
        form.add_error("email", _("Write the new e-mail, telephone or postal address."))
        return False
    try:
        contacts.correct_contacts(appeal, form.changes(), consent=form.cleaned_data["consent"], at=timezone.now())
    except InvalidIntake as fault:
        form.add_error(fault.field or None, str(fault))
        return False
    return True
