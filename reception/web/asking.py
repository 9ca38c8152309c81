"""One question a page: shown, answered, and on to the first one that is still open."""

from collections.abc import Callable, Iterable
from typing import Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from reception.domain import drafts, emergency
from reception.domain.drafts import Answers
from reception.enums import Step
from reception.web import languages, session


class Question(forms.Form):
    """The form of one page; `answers` are those given so far."""

    def __init__(self, data: Any = None, *, answers: Answers) -> None:
        known = {name: answers[name] for name in self.base_fields if name in answers}
        super().__init__(data, initial=known)

    def offer(self, name: str, choices: Iterable[tuple[str, Any]]) -> None:
        """What can be chosen at the field `name`."""
        cast(forms.ChoiceField, self.fields[name]).choices = list(choices)

    def given(self) -> Answers:
        """What goes into the draft."""
        return dict(self.cleaned_data)


def ask(
    request: HttpRequest,
    step: Step,
    question: Callable[..., Question],
    template: str = "reception/question.html",
    **context: Any,
) -> HttpResponse:
    """Show the question, or take its answer: what is wrong comes back as it was typed, with 422.

    So does whatever stands there when another language is chosen, with 200 and nothing kept.
    """
    draft = session.draft(request)
    answers = draft.unseal() if draft else {}
    if languages.chosen(request):
        form = languages.as_typed(question(answers=answers), request)
    elif request.method == "POST":
        form = question(request.POST, answers=answers)
        if form.is_valid():
            return onward(session.answer(request, form.given()).unseal())
    elif not drafts.is_reachable(step, answers):
        return onward(answers)
    else:
        form = question(answers=answers)
    context = {"form_id": languages.FORM_ID} | context
    context |= {"form": form, "back_url": back_url(step, answers), "has_draft": draft is not None}
    context["emergency"] = emergency.of_draft(answers, draft.helplines) if draft and step == Step.TYPE else None
    return render(request, template, context, status=422 if form.is_bound else 200)


def onward(answers: Answers) -> HttpResponse:
    """To the first question without an answer, or to the last page."""
    return redirect(page_of(drafts.first_missing(answers)))


def page_of(step: Step | None) -> str:
    return reverse(f"reception:write_{step}" if step else "reception:check")


def back_url(step: Step, answers: Answers) -> str:
    before = drafts.step_before(step, answers)
    return page_of(before) if before else reverse("home")
