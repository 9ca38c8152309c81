"""Correct how the applicant is reached."""

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from appeals.domain import access, contacts
from appeals.domain.contacts import CONTACTS, PURPOSE
from appeals.rules import insist, refusal_to_correct_contacts
from appeals.web.desk.cases import act_page, desk, done, sent, taken, visible


class ContactsForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        required=False,
        max_length=254,
        error_messages={"invalid": gettext_lazy("Enter an e-mail address, such as name@example.kz.")},
    )
    phone = forms.CharField(
        label=gettext_lazy("Phone"),
        required=False,
        max_length=40,
        widget=forms.TextInput({"class": "govuk-input--width-20", "inputmode": "tel"}),
    )
    address = forms.CharField(label=gettext_lazy("Address"), required=False, max_length=500)
    consent = forms.BooleanField(
        label=gettext_lazy("The applicant agreed that messages sent to the new e-mail or phone count as delivered"),
        required=False,
    )
    reason = forms.CharField(
        label=gettext_lazy("How the correction became known"),
        help_text=gettext_lazy("The applicant will read it. Do not repeat the contacts here."),
        max_length=3000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": gettext_lazy("Say how the correction became known.")},
    )


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def correct_contacts(request: HttpRequest, slug: str) -> HttpResponse:
    """The contacts as they are, ready to be written over; the look at them is journalled."""
    appeal, at = visible(request, slug), timezone.now()
    insist(refusal_to_correct_contacts(request.officer, appeal))
    if request.method != "POST":
        known = access.read_applicant(appeal, by=request.officer, at=at, purpose=PURPOSE)
        return act_page(request, appeal, ContactsForm(initial={name: known.get(name) for name in CONTACTS}), "contacts")
    form = ContactsForm(sent(request))
    if form.is_valid():
        told = form.cleaned_data
        changes = {name: told[name] for name in CONTACTS}
        act = partial(contacts.correct_contacts, appeal, changes, by=request.officer, at=at)
        if taken(form, partial(act, reason=told["reason"], consent=told["consent"])):
            return done(request, appeal, _("The contacts are corrected."))
    return act_page(request, appeal, form, "contacts")
