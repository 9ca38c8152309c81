"""Who the applicant is, shown once to an official who says what for; journalled."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from appeals.domain import access
from appeals.enums import ApplicantType
from appeals.web.desk.cases import act_page, desk, visible


class PurposeForm(forms.Form):
    purpose = forms.CharField(
        label=gettext_lazy("What do you need the personal data for?"),
        help_text=gettext_lazy("Your name, the time and this purpose are recorded."),
        max_length=255,
        error_messages={"required": gettext_lazy("Say what you need the personal data for.")},
    )


@desk
@require_POST
def applicant(request: HttpRequest, slug: str) -> HttpResponse:
    appeal = visible(request, slug)
    form = PurposeForm(request.POST)
    if not form.is_valid():
        return act_page(request, appeal, form, "applicant", details=[])
    purpose = form.cleaned_data["purpose"]
    person = access.read_applicant(appeal, by=request.officer, at=timezone.now(), purpose=purpose)
    return act_page(request, appeal, form, "applicant", details=details(person, appeal.applicant.type))


def details(person: dict[str, str], applicant_type: str) -> list[dict[str, str]]:
    """The applicant's own words about who she is, for a summary list; nothing for what she left out."""
    is_firm = applicant_type == ApplicantType.FIRM
    names = {
        "name": _("Name of the firm") if is_firm else _("Full name"),
        "idn": _("BIN") if is_firm else _("IIN"),
        "phone": _("Phone"),
        "email": _("E-mail"),
        "address": _("Address"),
    }
    return [{"name": label, "value": person[field], "url": ""} for field, label in names.items() if person.get(field)]
