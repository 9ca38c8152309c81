"""What the citizen adds to the text."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from appeals.domain import uploads
from appeals.domain.uploads import EXTENSIONS, LARGEST
from appeals.errors import UnfitFile
from reception.domain import drafts, emergency
from reception.enums import Step
from reception.errors import Gone
from reception.web import session
from reception.web.asking import back_url, onward
from reception.web.private import private

ADD = "add"


class FileQuestion(forms.Form):
    file = forms.FileField(
        label=_("Choose a file"),
        required=False,
        max_length=255,
        allow_empty_file=True,
        help_text=_("PDF, DOCX, XLSX, ODT, JPG, PNG or TXT, up to 10 MB."),
        widget=forms.FileInput({"accept": ",".join(one for some in EXTENSIONS.values() for one in some)}),
        error_messages={"max_length": _("The name of the file is too long. Give it a shorter one.")},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file is None and ADD in self.data:
            raise ValidationError(_("Choose a file first."))
        if file and file.size > LARGEST:
            raise ValidationError(uploads.too_large())
        return file


@private
@require_http_methods(["GET", "POST"])
def files(request: HttpRequest) -> HttpResponse:
    """Add a file and see it in the list, or go on; a file chosen and not yet added goes along."""
    draft = session.draft(request)
    answers = draft.unseal() if draft else {}
    if draft is None or not drafts.is_reachable(Step.FILES, answers):
        return onward(answers)
    form = FileQuestion(request.POST, request.FILES) if request.method == "POST" else FileQuestion()
    if form.is_bound and form.is_valid():
        try:
            _take(draft.pk, form.cleaned_data["file"])
        except UnfitFile as unfit:
            form.add_error("file", str(unfit))
        except Gone:
            return onward({})
        else:
            if ADD in request.POST:
                return redirect("reception:write_files")
            return onward(session.answer(request, {"files": "seen"}).unseal())
    context = {
        "form": form,
        "files": draft.listed,
        "most": uploads.MOST_FILES,
        "back_url": back_url(Step.FILES, answers),
        "has_draft": True,
        "emergency": emergency.of_draft(answers, draft.helplines),
    }
    return render(request, "reception/files.html", context, status=422 if form.is_bound else 200)


@private
@require_http_methods(["GET", "POST"])
def remove_file(request: HttpRequest, file_id: int) -> HttpResponse:
    if request.method == "POST":
        drafts.remove_file(session.draft_id(request), file_id)
    return redirect("reception:write_files")


def _take(draft_id: Any, file: Any) -> None:
    if file:
        drafts.add_file(draft_id, uploads.checked(file.name, file.read()), at=timezone.now())
