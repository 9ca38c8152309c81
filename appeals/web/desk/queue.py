"""The queue of one's own body: what is open, worst clock first."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies.enums import Role
from appeals.domain import access, queues, urgent_queue
from appeals.domain.numbering import slug
from appeals.enums import Status
from appeals.filters import MINE, NOBODY, OVERDUE, SOON, AppealFilter
from appeals.models import Appeal
from appeals.rules import refusal_to_watch
from appeals.web.actions import actions_at_desk
from appeals.web.desk.cases import desk

PAGE = 25
TONES = {
    Status.REGISTERED: "plain",
    Status.ASSIGNED: "busy",
    Status.IN_REVIEW: "busy",
    Status.ON_HOLD: "waiting",
    Status.ANSWERED: "good",
}


@dataclass(frozen=True)
class Tab:
    """A ready-made filter with its count."""

    label: str
    count: int
    url: str
    is_current: bool


@dataclass(frozen=True)
class Row:
    appeal: Appeal
    excerpt: str
    url: str
    tone: str
    clock: queues.Countdown | None


@desk
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    if request.officer.role == Role.OVERSIGHT:
        return redirect("oversight:breaches")
    asked = AppealFilter(request.GET, queues.rows(Appeal.objects.visible_to(request.officer)), request=request)
    is_good = asked.form.is_valid()
    status = asked.asked_status
    found = queues.after(asked.qs, request.GET.get("after", ""), status)
    page = list(found[: PAGE + 1]) if is_good else []
    access.journal_search(page[:PAGE], by=request.officer, at=timezone.now())
    counts = queues.counts(request.officer, on=asked.on, soon_until=asked.soon_until)
    context = {
        "urgent": _urgent(request, counts),
        "may_watch": not refusal_to_watch(request.officer),
        "rows": [_row(appeal, asked) for appeal in page[:PAGE]],
        "tabs": _tabs(request, counts),
        "filter_form": asked.form,
        "is_filtered": asked.is_set,
        "next_url": _url(request, after=queues.key_of(page[PAGE - 1], status)) if len(page) > PAGE else "",
        "first_url": _url(request) if "after" in request.GET else "",
        "export_url": reverse("desk:export") + _url(request),
        "clear_url": reverse("desk:queue"),
        "actions": actions_at_desk(request.officer, unexplained=counts["unexplained"], disputed=counts["disputed"]),
    }
    return render(request, "desk/queue.html", context, status=200 if is_good else 422)


def _urgent(request: HttpRequest, counts: dict[str, int]) -> Sequence[urgent_queue.UrgentLine]:
    """What cannot wait, above the list; asked for only where there is something."""
    if not counts["urgent"] and not urgent_queue.watches_all(request.officer):
        return []
    return urgent_queue.lines(request.officer, at=timezone.now(), most=urgent_queue.ON_TOP)


def _row(appeal: Appeal, asked: AppealFilter) -> Row:
    is_due = appeal.is_open or asked.asked_status == queues.STILL_OWED
    clock = queues.countdown(appeal.next_due_on, asked.on, asked.calendar) if is_due else None
    url = reverse("desk:case", args=[slug(appeal.number)])
    return Row(appeal, queues.shortened(appeal.excerpt), url, TONES.get(appeal.status, "ended"), clock)


def _tabs(request: HttpRequest, counts: dict[str, int]) -> list[Tab]:
    presets = (
        (_("All open"), "all", {}),
        (_("With me"), "mine", {"officer": MINE}),
        (_("With nobody yet"), "nobody", {"officer": NOBODY}),
        (_("Overdue"), "overdue", {"term": OVERDUE}),
        (_("Due within 3 working days"), "soon", {"term": SOON}),
    )
    chosen = {name: value for name, value in request.GET.items() if value and name != "after"}
    return [
        Tab(label, counts[name], f"?{urlencode(preset)}" if preset else reverse("desk:queue"), chosen == preset)
        for label, name, preset in presets
    ]


def _url(request: HttpRequest, **more: str) -> str:
    """The list as it is filtered, from its beginning or after a key."""
    asked = request.GET.copy()
    asked.pop("after", None)
    asked.update(more)
    return f"?{asked.urlencode()}"
