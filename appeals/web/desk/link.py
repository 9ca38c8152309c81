"""Tie a repeat or an addition to the earlier appeal, or take the tie back."""

from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from agencies.models import Officer
from appeals.domain import linking, numbering
from appeals.domain.dossier import dossier
from appeals.models import Appeal
from appeals.rules import insist, refusal_to_link, refusal_to_unlink
from appeals.web.desk.cases import act_page, desk, done, sent, taken, visible


class WhyForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Only officials read it."),
        max_length=3000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": gettext_lazy("Give the reason.")},
    )


class LinkForm(WhyForm):
    to = forms.CharField(
        label=gettext_lazy("Number of the earlier appeal"),
        max_length=60,
        widget=forms.TextInput({"class": "govuk-input--width-20", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Write the number of the earlier appeal.")},
    )
    field_order = ("to", "reason")

    def __init__(self, *args: Any, officer: Officer, appeal: Appeal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.officer, self.appeal = officer, appeal

    def clean_to(self) -> Appeal:
        number = numbering.parsed(self.cleaned_data["to"])
        found = Appeal.objects.visible_to(self.officer).filter(number=number).first()
        if found is None:
            raise ValidationError(_("Your body has no appeal with this number."))
        if refusal := refusal_to_link(self.officer, self.appeal, found):
            raise ValidationError(refusal)
        return found


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, slug: str) -> HttpResponse:
    appeal, at = visible(request, slug), timezone.now()
    insist(refusal_to_link(request.officer, appeal))
    form = LinkForm(
        sent(request), officer=request.officer, appeal=appeal, initial={"to": request.GET.get("to", "")[:60]}
    )
    act = partial(linking.link, appeal, by=request.officer, at=at)
    if form.is_valid() and taken(form, partial(act, **form.cleaned_data)):
        return done(request, appeal, _("The appeal is linked to the earlier one. It is considered like any other."))
    seen = dossier(request.officer, appeal.number, at=at)
    return act_page(request, appeal, form, "link", earlier=seen.earlier if seen else ())


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def unlink(request: HttpRequest, slug: str) -> HttpResponse:
    appeal = visible(request, slug, "previous")
    insist(refusal_to_unlink(request.officer, appeal))
    form = WhyForm(sent(request))
    act = partial(linking.unlink, appeal, by=request.officer, at=timezone.now())
    if form.is_valid() and taken(form, partial(act, **form.cleaned_data)):
        return done(request, appeal, _("The link to the earlier appeal is removed."))
    return act_page(request, appeal, form, "unlink")
