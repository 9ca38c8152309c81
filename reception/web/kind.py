"""What the citizen wants of the state."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from appeals.enums import Kind
from reception.enums import Step
from reception.web.asking import Question, ask
from reception.web.inputs import ExplainedRadios
from reception.web.private import private

EXPLANATIONS = {
    Kind.APPLICATION: _("You ask for help in realising your rights, or those of somebody else."),
    Kind.COMPLAINT: _("An official or a body broke your rights by an act, or by doing nothing."),
    Kind.REPORT: _("You tell of a breach of the law, or of shortcomings in the work of a body."),
    Kind.PROPOSAL: _("You suggest how a law, or the life of people, can be made better."),
    Kind.OPINION: _("You say what you think of the policy of the state or of public events."),
    Kind.INQUIRY: _("You ask for information, about yourself or of public interest."),
}


class KindQuestion(Question):
    kind = forms.ChoiceField(
        label=_("What do you want to send?"),
        choices=Kind.choices,
        widget=ExplainedRadios(EXPLANATIONS),
        error_messages={"required": _("Choose what you want to send.")},
    )


@private
@require_http_methods(["GET", "POST"])
def kind(request: HttpRequest) -> HttpResponse:
    return ask(request, Step.KIND, KindQuestion)
