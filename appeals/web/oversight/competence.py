"""A changed table of competence tried on the appeals of the last year; nothing is kept."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from agencies.domain.atlas import Atlas
from agencies.errors import DirectoryError
from appeals.domain.trial import MOST_MOVES, Trial, a_year_before, try_rules
from appeals.web.oversight.overseers import overseers_only
from appeals.web.rows import table_row

LARGEST = 2 * 1024 * 1024  # bytes


class TableForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Changed table of competence"),
        help_text=gettext_lazy("A CSV file in UTF-8, of at most 2 MB, with the columns of competences.csv."),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "invalid": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("The file is empty."),
        },
        max_length=255,
        widget=forms.FileInput({"accept": ".csv,text/csv"}),
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(_("The file is larger than %(size)s.") % {"size": filesizeformat(LARGEST)})
        return file


@overseers_only
@require_http_methods(["GET", "HEAD", "POST"])
def competence(request: HttpRequest) -> HttpResponse:
    is_sent = request.method == "POST"
    form = TableForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    standing = Atlas.read() if form.is_valid() else None
    trial = _tried(form, standing) if standing else None
    rows = _rows(trial, standing) if trial and standing else []
    context = {"form": form, "trial": trial, "rows": rows, "most": MOST_MOVES}
    return render(request, "oversight/competence.html", context, status=422 if form.errors else 200)


def _tried(form: TableForm, standing: Atlas) -> Trial | None:
    """What the file would have changed; what it cannot be read by is said at the field."""
    file, on = form.cleaned_data["file"], timezone.localdate()
    try:
        changed = standing.with_rules_of(file.name, file.file)
    except DirectoryError as fault:
        form.add_error("file", str(fault))
        return None
    return try_rules(standing, changed, since=a_year_before(on), on=on)


def _rows(trial: Trial, standing: Atlas) -> list[list[dict[str, Any]]]:
    names = {topic.code: topic.name for topic in standing.topics.values()}
    return [
        table_row(
            {
                _("From"): move.was.name,
                _("To"): move.becomes.name,
                _("Appeals"): move.appeals,
                _("By topic"): _topics(move.by_topic.most_common(), names),
            }
        )
        for move in trial.moves[:MOST_MOVES]
    ]


def _topics(counted: list[tuple[str, int]], names: dict[str, str]) -> str:
    return "; ".join(f"{names.get(topic) or _('Not stated')}: {n}" for topic, n in counted)
