"""Where do I write? Before the form: from own words, or topic by topic, to the body that answers.

What is typed here travels in the body of a POST only and is kept nowhere until it is written into a draft.
"""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.domain.wording import alphabetical
from agencies.models import Region, Topic
from appeals.domain import helplines
from appeals.domain.registration import LONGEST_TEXT
from appeals.domain.wording import explained
from appeals.enums import Danger, Kind
from reception.domain import finder
from reception.domain.door import WHERE
from reception.domain.drafts import OF_THE_MATTER, Answers
from reception.domain.emergency import Emergency
from reception.domain.finder import Asked
from reception.web import languages, session, worded
from reception.web.asking import onward
from reception.web.doors import locked_until, try_later
from reception.web.inputs import PlainText
from reception.web.kind import EXPLANATIONS
from reception.web.private import private


class PlaceForm(forms.Form):
    region = forms.ChoiceField(
        label=gettext_lazy("In which region?"),
        help_text=gettext_lazy("The region decides which body answers you."),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose a region of the list.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        regions = Region.objects.first_level().alive(timezone.localdate())
        self.regions = {region.code: region for region in sorted(regions, key=lambda one: alphabetical(one.name))}
        named = [(code, region.name) for code, region in self.regions.items()]
        self.fields["region"].choices = [("", _("Not stated")), *named]

    def clean_region(self) -> Region | None:
        return self.regions.get(self.cleaned_data["region"])


class WhereForm(PlaceForm):
    """`topic` and `kind` are there where the citizen has chosen them herself; the text may tell of others."""

    text = PlainText(
        label=gettext_lazy("Tell in your own words what happened"),
        help_text=gettext_lazy(
            "Two or three sentences are enough, in Kazakh or Russian. If you then write, they stand in your appeal, "
            "and you can change them before you send it."
        ),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": gettext_lazy("Write what happened, or choose a heading below.")},
    )
    topic = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        choices=Kind.choices,
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": gettext_lazy("Choose what you want to send.")},
    )
    field_order = ("text", "region")

    def clean_topic(self) -> Topic | None:
        code = self.cleaned_data["topic"]
        if not code:
            return None
        alive = Topic.objects.alive(timezone.localdate()).exclude(group=None).select_related("group")
        if topic := alive.filter(code=code).first():
            return topic
        raise ValidationError(_("There is no such topic any more. Choose another."))

    def asked(self) -> Asked:
        told = self.cleaned_data
        return Asked(told["text"], told["region"], Kind(told["kind"]) if told["kind"] else None, told["topic"])


class WriteForm(WhereForm):
    """What goes into a draft: from the topics there is no text yet, and the kind is asked for later."""

    text = PlainText(required=False, max_length=LONGEST_TEXT)

    def given(self) -> Answers:
        """Only what is known: the rest is asked. A topic left empty is the Office's to find, one left out is asked."""
        told, topic = self.cleaned_data, self.cleaned_data["topic"]
        given = {name: told[name] for name in ("text", "kind") if told[name]}
        if told["region"]:
            given["region"] = told["region"].code
        if topic:
            given |= {"heading": topic.group.code, "topic": topic.code}
        elif "topic" in self.data:
            given["heading"] = ""
        return given


@private
@require_http_methods(["GET", "POST"])
def where(request: HttpRequest) -> HttpResponse:
    """The question, or who answers; nothing is kept."""
    if languages.chosen(request):
        return _question(request, languages.as_typed(WhereForm(), request))
    if request.method != "POST":
        return _question(request, WhereForm(initial=_begun(request)))
    form = WhereForm(request.POST)
    if not form.is_valid():
        return _question(request, form)
    until = locked_until(request, WHERE)
    return _later(request, form, until) if until else _answer(request, form, form.asked())


@private
@require_safe
def topic(request: HttpRequest, code: str) -> HttpResponse:
    """The topics of a heading; or who answers for a topic, and where that depends on the region, in `region`."""
    rows = Topic.objects.alive(timezone.localdate()).select_related("group")
    chosen = rows.filter(code=code).first() if code.isprintable() else None
    if chosen is None:
        raise Http404
    if chosen.group is None:
        return render(request, "reception/where_topics.html", {"heading": chosen, "topics": _listed(rows, chosen)})
    form = PlaceForm(request.GET)
    if not form.is_valid():
        return _answer(request, form, Asked(topic=chosen), status=422)
    return _answer(request, form, Asked(region=form.cleaned_data["region"], topic=chosen))


@private
@require_POST
def write(request: HttpRequest) -> HttpResponse:
    """Begin the appeal with what was told: nothing of it is typed again, only what is missing is asked."""
    form = WriteForm(request.POST)
    if not form.is_valid():
        return _question(request, form)
    return onward(session.answer(request, form.given(), instead_of=OF_THE_MATTER).unseal())


def _question(request: HttpRequest, form: WhereForm) -> HttpResponse:
    context = {"form": form, "headings": _headings(), "form_id": languages.FORM_ID}
    return render(request, "reception/where.html", context, status=422 if form.is_bound else 200)


def _later(request: HttpRequest, form: WhereForm, until: datetime) -> HttpResponse:
    """What she typed again, whom to call if it cannot wait, and when to ask again; the topics stay open to her."""
    danger = finder.danger_in(form.cleaned_data["text"], at=timezone.now())
    lines = helplines.lines(danger.danger if danger else Danger.LIFE)
    told = {"lines": lines, "emergency": Emergency(danger.danger, lines) if danger else None}
    told["form_id"] = languages.FORM_ID
    return try_later(request, "reception/where.html", until, form=form, headings=_headings(), **told)


def _headings() -> QuerySet[Topic]:
    return Topic.objects.alive(timezone.localdate()).filter(group=None)


def _answer(request: HttpRequest, form: PlaceForm, asked: Asked, status: int = 200) -> HttpResponse:
    found = finder.find(asked, at=timezone.now())
    coming = found.coming
    context = {
        "form": form,
        "found": found,
        "asked": asked,
        "region_code": asked.region.code if asked.region else "",
        "is_place_missing": found.topic is not None and coming.proposal.is_triage and not asked.region,
        "is_from_text": bool(asked.text),
        "kind_explained": EXPLANATIONS[found.matter.kind],
        "agency": coming.proposal.agency,
        "why": explained(coming.proposal.explanation, coming.proposal.names),
        "due_on": coming.clock.due_on,
        "promise": worded.promise(coming.clock),
        "steps": worded.foreseen(coming),
        "record": worded.record(found.record) if found.record else "",
        "has_draft": session.draft_id(request) is not None,
        "form_id": languages.FORM_ID,
    }
    return render(request, "reception/where_answer.html", context, status=status)


def _begun(request: HttpRequest) -> Answers:
    """What the citizen has already said in an appeal she has begun; with a text of its own, its kind is its own too."""
    draft = session.draft(request)
    answers = draft.unseal() if draft else {}
    told = ("text", "region") if "text" in answers else ("region", "kind")
    return {name: answers[name] for name in told if name in answers}


def _listed(rows: Any, heading: Topic) -> list[dict[str, str]]:
    """The topics under `heading`, each with examples in the reader's language."""
    description = f"description_{(get_language() or 'kk')[:2]}"
    return [
        {"code": row.code, "name": row.name, "examples": getattr(row, description)}
        for row in rows.filter(group=heading)
    ]
