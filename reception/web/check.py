"""The last page: everything once more, who will answer, why, and by when; then it is sent."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from appeals.domain.wording import explained
from appeals.enums import ApplicantType
from appeals.errors import InvalidIntake
from reception.domain import drafts, emergency, finder, intake
from reception.domain.drafts import Answers
from reception.domain.intake import Matter
from reception.enums import Step
from reception.errors import Gone, Unfinished
from reception.models import Draft
from reception.web import repeats, session, worded
from reception.web.asking import onward, page_of
from reception.web.private import private

STEP_OF = {"text": Step.TEXT, "name": Step.NAME, "complained_of": Step.BODY, "district": Step.DISTRICT}


@private
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    return _send(request) if request.method == "POST" else _show(request)


def _send(request: HttpRequest) -> HttpResponse:
    draft_id = session.draft_id(request)
    if draft_id is None:
        return onward({})
    if refused := _ask_about_repeats(request):
        return refused
    try:
        appeal = intake.send(draft_id, language=get_language() or "kk", at=timezone.now())
    except Gone:
        return onward({})
    except Unfinished as unfinished:
        return redirect(page_of(Step(unfinished.step)))
    except InvalidIntake as invalid:
        messages.error(request, str(invalid))
        return redirect(page_of(STEP_OF.get(invalid.field, Step.KIND)))
    session.keep_receipt(request, appeal.pk)
    return redirect("reception:receipt")


def _ask_about_repeats(request: HttpRequest) -> HttpResponse | None:
    """Keep what was said of an earlier appeal; the page again, where that cannot be taken."""
    draft = session.draft(request)
    answers = draft.unseal() if draft else {}
    if draft is None or drafts.first_missing(answers):
        return None
    form = repeats.asked(request, answers)
    if not form.is_valid():
        return _page(request, draft, answers, form)
    if any(answers.get(name, "") != said for name, said in form.given.items()):
        session.answer(request, form.given)
    return None


def _show(request: HttpRequest) -> HttpResponse:
    draft = session.draft(request)
    answers = draft.unseal() if draft else {}
    if draft is None and session.receipt(request):
        return redirect("reception:receipt")
    if draft is None or drafts.first_missing(answers):
        return onward(answers)
    return _page(request, draft, answers)


def _page(request: HttpRequest, draft: Draft, answers: Answers, form: Form | None = None) -> HttpResponse:
    matter, at = intake.matter(answers, suggested=finder.instead(answers)), timezone.now()
    coming = intake.foreseen(matter, at=at)
    context = {
        "rows": _rows(answers, matter, draft),
        "agency": coming.proposal.agency,
        "is_triage": coming.proposal.is_triage,
        "why": explained(coming.proposal.explanation, coming.proposal.names),
        "due_on": coming.clock.due_on,
        "promise": worded.promise(coming.clock, is_unheard=coming.proposal.is_unheard),
        "steps": worded.foreseen(coming),
        "back_url": page_of(list(drafts.steps(answers))[-1]),
        "has_draft": True,
        "form": form or repeats.asked(request, answers, matter),
        "emergency": emergency.of_draft(answers, draft.helplines),
        "topic": matter.topic,
        "suggested": matter.suggested,
    }
    return render(request, "reception/check.html", context, status=422 if form else 200)


def _rows(answers: Answers, matter: Matter, draft: Draft) -> list[dict[str, Any]]:
    is_firm = answers["applicant_type"] == ApplicantType.FIRM
    files = "\n".join(f"{file['name']} ({filesizeformat(file['size'])})" for file in draft.listed)
    told: dict[Step, list[tuple[str, Any]]] = {
        Step.KIND: [(_("What you send"), matter.kind.label)],
        Step.PLACE: [(_("Where"), matter.region or _("Abroad or not stated"))],
        Step.DISTRICT: [(_("District or city"), matter.district or _("Not stated"))],
        Step.HEADING: [(_("Heading"), matter.topic.group if matter.topic else _("Not chosen"))],
        Step.TOPIC: [(_("Topic"), matter.topic or _("Not chosen"))],
        Step.BODY: [(_("Body you complain of"), matter.complained_of)],
        Step.TEXT: [(_("Text"), answers["text"])],
        Step.FILES: [(_("Files"), files or _("None"))],
        Step.TYPE: [(_("For whom"), _for_whom(answers))],
        Step.NAME: [
            (_("Name"), answers.get("name", "")),
            (_("BIN") if is_firm else _("IIN"), answers.get("idn") or _("Not given")),
        ],
        Step.CONTACTS: [
            (_("E-mail"), answers.get("email") or _("Not given")),
            (_("Telephone"), answers.get("phone") or _("Not given")),
            (_("Postal address"), answers.get("address") or _("Not given")),
        ],
    }
    return [
        {"name": name, "value": str(value), "url": page_of(step)}
        for step in drafts.steps(answers)
        for name, value in told[step]
    ]


def _for_whom(answers: Answers) -> str:
    if answers.get(emergency.ANONYMOUS):
        return _("Without a name")
    return str(ApplicantType(answers["applicant_type"]).label)
