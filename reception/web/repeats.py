"""Before it is sent: is it about what was written before?"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appeals.domain import numbering
from appeals.models import Appeal
from reception.domain import intake, repeats
from reception.domain.drafts import Answers
from reception.domain.intake import Matter
from reception.web import session

REPEAT, ANOTHER = "repeat", "another"


class RepeatForm(forms.Form):
    """Asked of whoever has opened the earlier appeal; `known` is its number."""

    repeat = forms.ChoiceField(
        label=gettext_lazy("Is this about the same matter?"),
        choices=[
            (REPEAT, gettext_lazy("Yes: it repeats the earlier appeal or adds to it")),
            (ANOTHER, gettext_lazy("No, it is another matter")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose whether it is about the same matter.")},
    )

    def __init__(self, *args: Any, known: Appeal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known

    @property
    def given(self) -> Answers:
        """What goes into the draft."""
        return {"follows": self.known.number if self.cleaned_data["repeat"] == REPEAT else "", "said_earlier": ""}


class EarlierForm(forms.Form):
    """Asked of everybody else. Whether there is such an appeal, and whose it is, nobody is told."""

    earlier = forms.CharField(
        label=gettext_lazy("Have you written about this before? Number of that appeal"),
        help_text=gettext_lazy("You can leave this empty. Your appeal will be considered in any case."),
        max_length=60,
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "class": "govuk-input--width-20"}),
    )

    def clean_earlier(self) -> str:
        told = self.cleaned_data["earlier"]
        number = numbering.parsed(told)
        if told and not number:
            raise ValidationError(_("Write the number like this: ЖТ-2026-00000001. Or leave this empty."))
        return number

    @property
    def given(self) -> Answers:
        """What goes into the draft."""
        return {"follows": "", "said_earlier": self.cleaned_data["earlier"]}


def asked(request: HttpRequest, answers: Answers, matter: Matter | None = None) -> RepeatForm | EarlierForm:
    """The question for this browser, with what it sent."""
    opened = session.opened_case(request)
    known = None
    if opened is not None:
        told = matter or intake.matter(answers)
        known = repeats.repeated(opened, answers, told, on=timezone.localdate())
    sent = request.POST if request.method == "POST" else None
    return RepeatForm(sent, known=known) if known else EarlierForm(sent)
