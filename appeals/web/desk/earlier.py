"""Ended as a repeat: which earlier appeal of the same applicant was considered."""

from datetime import datetime
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.domain.wording import long_date
from agencies.models import Officer
from appeals.domain.dossier import dossier
from appeals.domain.earlier import EarlierLine
from appeals.enums import ReturnGround, TerminationGround
from appeals.models import Appeal

OTHER = "other"
REPEATING = (ReturnGround.IDENTICAL, TerminationGround.REPEATED, TerminationGround.DECIDED)


class NamesEarlierForm(forms.Form):
    """Where the applicant has closed appeals that `officer` may know of, one is named, or another in the reason."""

    earlier = forms.ChoiceField(
        label=gettext_lazy("Earlier appeal that was considered"),
        help_text=gettext_lazy("Where this one is ended because it repeats another."),
        widget=forms.RadioSelect,
        required=False,
    )
    field_order = ("ground", "earlier", "reason")

    def __init__(self, *args: Any, officer: Officer, appeal: Appeal, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = dossier(officer, appeal.number, at=at)
        closed = [line for line in (seen.earlier if seen else ()) if line.is_closed]
        if not closed:
            del self.fields["earlier"]
            return
        named = [(str(line.pk), _told(line)) for line in closed]
        cast(forms.ChoiceField, self.fields["earlier"]).choices = [
            *named,
            (OTHER, _("Another one: the reason names it")),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen = cleaned.get("earlier", OTHER)
        if not chosen and cleaned.get("ground") in REPEATING:
            self.add_error("earlier", _("Choose the earlier appeal, or say that the reason names it."))
        is_one = chosen not in ("", OTHER) and cleaned.get("ground") in REPEATING
        cleaned["earlier"] = Appeal.objects.get(pk=int(chosen)) if is_one else None
        return cleaned


def _told(line: EarlierLine) -> str:
    alike = _("The text is alike.") if line.is_alike else ""
    about = f"{line.topic}. " if line.topic else ""
    return f"{line.number}, {long_date(line.registered_on)}: {about}{line.status_in_words}. {alike}".strip()
