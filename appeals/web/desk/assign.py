"""Give an appeal to an officer of one's own body."""

from datetime import date

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from agencies.models import Agency, Officer
from appeals.domain import assignment, clocks
from appeals.domain.terms import local_date
from appeals.enums import Status
from appeals.rules import WORKING, insist, refusal_to_assign
from appeals.web.desk.cases import act_page, desk, done, sent, visible


class OfficerChoice(forms.ModelChoiceField):
    def label_from_instance(self, officer: Officer) -> str:
        return f"{officer.user}, {officer.post or officer.get_role_display()}"


class AssignForm(forms.Form):
    to = OfficerChoice(
        label=gettext_lazy("Officer"),
        queryset=Officer.objects.none(),
        empty_label=gettext_lazy("Choose an officer"),
        error_messages={
            "required": gettext_lazy("Choose an officer."),
            "invalid_choice": gettext_lazy("This person does not work on appeals in your body now. Choose another."),
        },
    )

    def __init__(self, *args: object, agency: Agency, on: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        working = Officer.objects.in_office(on).filter(agency=agency, role__in=WORKING)
        self.fields["to"].queryset = working.select_related("user").order_by("user__full_name")


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: HttpRequest, slug: str) -> HttpResponse:
    appeal, at = visible(request, slug), timezone.now()
    on, reply = local_date(at, appeal.agency), clocks.reply_clock(appeal)
    insist(refusal_to_assign(request.officer, appeal, reply=reply))
    goes_on = {"to": appeal.officer_id} if appeal.status == Status.ON_HOLD else None
    form = AssignForm(sent(request), agency=appeal.agency, on=on, initial=goes_on)
    if form.is_valid():
        to = form.cleaned_data["to"]
        refusal = refusal_to_assign(request.officer, appeal, to, on=on, reply=reply)
        if not refusal:
            assignment.assign(appeal, to, by=request.officer, at=at)
            return done(request, appeal, _("The appeal is assigned to: %(officer)s.") % {"officer": to.user})
        form.add_error("to", refusal)
    return act_page(request, appeal, form, "assign")
