"""Competences that other bodies left to this one: the list, and the decision."""

from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from agencies.domain.calendar import calendar
from agencies.domain.wording import long_date
from agencies.domain.working_days import WorkingCalendar
from agencies.models import Agency, Officer
from appeals.domain import disputes
from appeals.domain.numbering import slug
from appeals.domain.queues import countdown
from appeals.domain.terms import local_date
from appeals.models import Dispute
from appeals.rules import insist, refusal_to_decide, refusal_to_hear_disputes
from appeals.web.desk.bodies import BodyField
from appeals.web.desk.cases import desk, key_in, sent, taken
from appeals.web.rows import table_row

PAGE = 50
EXCERPT = 200  # characters
NOTHING = "–"
ANOTHER = "another"


@desk
@require_safe
def disputes_left(request: HttpRequest) -> HttpResponse:
    """What the body of the officer is to decide, the longest asked first; then what it decided of late."""
    insist(refusal_to_hear_disputes(request.officer))
    on, days = local_date(timezone.now(), request.officer.agency), calendar()
    heard = disputes.heard_by(request.officer)
    undecided, key = heard.filter(decided_on=None), key_in(request.GET.get("after", ""))
    page = list((undecided.filter(pk__gt=key) if key else undecided)[: PAGE + 1])
    context = {
        "rows": [_linked(_row(dispute, on, days), dispute, request.officer, on) for dispute in page[:PAGE]],
        "decided": [
            _linked(_decided(dispute), dispute, request.officer, on)
            for dispute in heard.exclude(decided_on=None).order_by("-pk")[:PAGE]
        ],
        "next_url": f"?after={page[PAGE - 1].pk}" if len(page) > PAGE else "",
        "first_url": reverse("desk:disputes") if key else "",
    }
    return render(request, "desk/disputes.html", context)


class DecideForm(forms.Form):
    """`instead_of` is the body that the decision on the page names, so that nobody overrules what she did not see."""

    conditional = ("another",)
    instead_of = forms.ModelChoiceField(queryset=Agency.objects.all(), widget=forms.HiddenInput, required=False)
    to = forms.ChoiceField(
        label=gettext_lazy("Who answers the appeal?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the body.")},
    )
    another = BodyField(
        label=gettext_lazy("Which other body"),
        help_text=gettext_lazy("Only if you chose “Another body”: its code, or words of its name."),
        max_length=200,
        required=False,
    )
    grounds = forms.CharField(
        label=gettext_lazy("Grounds"),
        help_text=gettext_lazy("The applicant will read them: why this body is competent."),
        max_length=3000,
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": gettext_lazy("Give the grounds of the decision; the applicant will read them.")},
    )

    def __init__(self, *args: Any, offered: list[Agency], holder: Agency, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {str(body.pk): body for body in offered}
        named = [(key, _told(body, holder)) for key, body in self.offered.items()]
        self.fields["to"].choices = [*named, (ANOTHER, _("Another body"))]
        self.fields["another"].bodies = Agency.objects.alive(on)

    def clean(self) -> dict[str, Any]:
        """What is left in the box of another body says nothing while one of those offered is chosen."""
        cleaned = super().clean()
        chosen = cleaned.get("to")
        if chosen in self.offered:
            self.errors.pop("another", None)
            return cleaned | {"to": self.offered[chosen], "another": None}
        if chosen == ANOTHER and "another" in cleaned:
            cleaned["to"] = cleaned["another"]
            if cleaned["to"] is None:
                self.add_error("another", _("Name the body."))
        return cleaned


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    asked = Dispute.objects.filter(above=request.officer.agency_id).select_related(
        "agency", "above", "proposed", "to", "asked_by__user", "appeal__agency", "appeal__content"
    )
    dispute, at = get_object_or_404(asked, pk=pk), timezone.now()
    may_not = partial(refusal_to_decide, request.officer, dispute, on=local_date(at, dispute.above))
    insist(may_not(instead_of=dispute.to))
    hops = list(dispute.appeal.forwardings.select_related("left", "to"))
    involved = [
        dispute.appeal.agency,
        dispute.proposed,
        *(body for hop in reversed(hops) for body in (hop.left, hop.to)),
    ]
    offered = [body for body in dict.fromkeys(filter(None, involved)) if not may_not(body, instead_of=dispute.to)]
    form = DecideForm(
        sent(request),
        offered=offered,
        holder=dispute.appeal.agency,
        on=local_date(at, dispute.above),
        initial={"instead_of": dispute.to},
    )
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("to", "grounds", "instead_of")}
        refusal = may_not(given["to"], instead_of=given["instead_of"])
        if refusal:
            form.add_error("another" if form.cleaned_data["another"] else "to", refusal)
        elif taken(form, lambda: disputes.decide(dispute, **given, by=request.officer, at=at)):
            messages.success(request, _("It is decided who answers: %(body)s.") % {"body": given["to"]})
            return redirect("desk:disputes")
    context = {"dispute": dispute, "form": form, "hops": hops, "slug": slug(dispute.appeal.number)}
    return render(request, "desk/decide.html", context, status=422 if form.errors else 200)


def _told(body: Agency, holder: Agency) -> str:
    return _("%(body)s (has the appeal now)") % {"body": body} if body == holder else str(body)


def _row(dispute: Dispute, on: date, days: WorkingCalendar) -> dict[str, Any]:
    appeal = dispute.appeal
    due = countdown(appeal.next_due_on, on, days)
    left: Any = NOTHING if due is None else _("overdue") if due.state == "overdue" else due.days
    return {
        _("Number"): appeal.number,
        _("Held by"): appeal.agency,
        _("Proposed by it"): dispute.proposed or NOTHING,
        _("Why it is not for that body"): Truncator(dispute.reason).chars(EXCERPT),
        _("Asked on"): long_date(dispute.asked_on),
        _("Working days left"): left,
    }


def _decided(dispute: Dispute) -> dict[str, Any]:
    return {
        _("Number"): dispute.appeal.number,
        _("Asked by"): dispute.agency,
        _("Who answers"): dispute.to,
        _("Decided on"): long_date(dispute.decided_on),
    }


def _linked(cells: dict[str, Any], dispute: Dispute, officer: Officer, on: date) -> list[dict[str, Any]]:
    """`cells` as a row; the number leads to the decision, where `officer` may decide it now."""
    refusal = refusal_to_decide(officer, dispute, on=on, instead_of=dispute.to)
    return table_row(cells, "" if refusal else reverse("desk:decide", args=[dispute.pk]))
