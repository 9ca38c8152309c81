"""The applicant asks to see the file of the case, and is shown it."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from appeals.domain import file_access
from appeals.rules import insist, refusal_to_ask_for_file, refusal_to_show_file
from appeals.web.desk.cases import act_page, desk, done, sent, visible


class ShowingForm(forms.Form):
    how = forms.CharField(
        label=gettext_lazy("Where and how"),
        help_text=gettext_lazy(
            "The applicant will read it: where the file can be seen, on which day, or how copies were sent."
        ),
        max_length=3000,
        widget=forms.Textarea({"rows": 5}),
        error_messages={
            "required": gettext_lazy("Say where and how the file can be seen; the applicant will read it.")
        },
    )


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_file(request: HttpRequest, slug: str) -> HttpResponse:
    appeal = visible(request, slug)
    if request.method == "POST":
        file_access.ask_for_file(appeal, by=request.officer, at=timezone.now())
        return done(request, appeal, _("It is entered that the applicant asks to see the file."))
    insist(refusal_to_ask_for_file(request.officer, appeal, file_access.asked_for(appeal, appeal.agency)))
    return act_page(request, appeal, forms.Form(), "ask_for_file")


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def show_file(request: HttpRequest, slug: str) -> HttpResponse:
    appeal = visible(request, slug)
    asked = file_access.asked_for(appeal, request.officer.agency)
    insist(refusal_to_show_file(request.officer, asked))
    form = ShowingForm(sent(request))
    if form.is_valid():
        file_access.show_file(appeal, **form.cleaned_data, by=request.officer, at=timezone.now())
        return done(request, appeal, _("The applicant will be told how to see the file."))
    return act_page(request, appeal, form, "show_file", clock=asked)
