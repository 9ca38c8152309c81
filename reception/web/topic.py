"""What it is about: first the heading, then the topic under it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies.models import Topic
from reception.domain.drafts import Answers
from reception.enums import Step
from reception.web import session
from reception.web.asking import Question, ask, onward, page_of
from reception.web.inputs import ExplainedRadios
from reception.web.private import private

UNSURE = "unsure"


class HeadingQuestion(Question):
    heading = forms.ChoiceField(
        label=_("What is it about?"), error_messages={"required": _("Choose what it is about, or the last line.")}
    )

    def __init__(self, data: Any = None, *, answers: Answers) -> None:
        super().__init__(data, answers=answers)
        topics = list(Topic.objects.alive(timezone.localdate()))
        headings = [topic for topic in topics if topic.group_id is None]
        within = {
            heading.code: "; ".join(topic.name for topic in topics if topic.group_id == heading.pk)
            for heading in headings
        }
        _offer(self, "heading", headings, within, _("Something else, or I am not sure"))

    def given(self) -> Answers:
        return {"heading": _code(self.cleaned_data["heading"])}


class TopicQuestion(Question):
    topic = forms.ChoiceField(
        label=_("What exactly is it about?"), error_messages={"required": _("Choose a topic, or the last line.")}
    )

    def __init__(self, data: Any = None, *, answers: Answers) -> None:
        super().__init__(data, answers=answers)
        topics = list(Topic.objects.alive(timezone.localdate()).filter(group__code=answers.get("heading", "")))
        language = (get_language() or "kk")[:2]
        examples = {topic.code: getattr(topic, f"description_{language}") for topic in topics}
        _offer(self, "topic", topics, examples, _("None of these"))

    def given(self) -> Answers:
        return {"topic": _code(self.cleaned_data["topic"])}


@private
@require_http_methods(["GET", "POST"])
def heading(request: HttpRequest) -> HttpResponse:
    return ask(request, Step.HEADING, HeadingQuestion, "reception/heading.html")


@private
@require_http_methods(["GET", "POST"])
def topic(request: HttpRequest) -> HttpResponse:
    return ask(request, Step.TOPIC, TopicQuestion)


@private
@require_POST
def take_topic(request: HttpRequest) -> HttpResponse:
    """Put the suggested topic, with its heading, in the place of the chosen one."""
    draft, code = session.draft(request), request.POST.get("topic", "")
    alive = Topic.objects.alive(timezone.localdate()).exclude(group=None).select_related("group")
    topic = alive.filter(code=code).first() if code.isprintable() else None
    if draft is None:
        return onward({})
    if topic is None or topic.group is None:
        messages.error(request, gettext("There is no such topic any more. Choose another."))
        return redirect(page_of(Step.HEADING))
    return onward(session.answer(request, {"heading": topic.group.code, "topic": topic.code}).unseal())


def _offer(form: Question, name: str, topics: list[Topic], explanations: dict[str, Any], otherwise: Any) -> None:
    explanations |= {UNSURE: _("The President's Office finds the body that answers.")}
    form.fields[name].widget = ExplainedRadios(explanations)
    form.offer(name, [*((topic.code, topic.name) for topic in topics), (UNSURE, otherwise)])
    if form.initial.get(name) == "":
        form.initial[name] = UNSURE


def _code(chosen: str) -> str:
    return "" if chosen == UNSURE else chosen
