"""What the citizen writes."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from appeals.domain.registration import LONGEST_TEXT
from reception.enums import Step
from reception.web.asking import Question, ask
from reception.web.inputs import PlainText
from reception.web.private import private


class TextQuestion(Question):
    text = PlainText(
        label=_("What happened, and what do you ask for?"),
        help_text=_(
            "Say when and where it happened, who was involved, and what should be done. Write in any language."
        ),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 12}),
        error_messages={"required": _("Write what your appeal is about.")},
    )


@private
@require_http_methods(["GET", "POST"])
def text(request: HttpRequest) -> HttpResponse:
    return ask(request, Step.TEXT, TextQuestion, is_long=True)
