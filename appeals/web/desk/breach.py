"""One breach on one page: the term, what followed from it, and what its reader may still do."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from agencies.domain.calendar import calendar
from agencies.domain.wording import long_date
from agencies.enums import Role
from appeals.domain import breach_register
from appeals.domain.accountability import annul_breach, explain_breach, review_breach, take_measure
from appeals.domain.breach_register import Explained, OnRecord, Reviewed, Taken
from appeals.domain.numbering import slug
from appeals.domain.terms import local_date
from appeals.domain.wording import Entry, basis_of
from appeals.errors import InvalidIntake
from appeals.models import Breach
from appeals.rules import insist
from appeals.web.actions import Action, allowed_first
from appeals.web.desk.breach_forms import AnnulForm, BreachForm, ExplainForm, MeasureForm, ReviewForm
from appeals.web.desk.cases import desk


@dataclass(frozen=True)
class Act:
    """What can be done about a breach: its name, its form, its verb, its button, and what is said when it is done."""

    label: str | Promise
    form: type[BreachForm]
    verb: Callable[..., Breach]
    button: str | Promise
    done: str | Promise


ACTS = {
    "explain": Act(
        gettext_lazy("Explain the breach"),
        ExplainForm,
        explain_breach,
        gettext_lazy("Send the explanation"),
        gettext_lazy("The explanation is on record."),
    ),
    "measure": Act(
        gettext_lazy("Enter a measure"),
        MeasureForm,
        take_measure,
        gettext_lazy("Enter the measure"),
        gettext_lazy("The measure is on record."),
    ),
    "review": Act(
        gettext_lazy("Review the explanation"),
        ReviewForm,
        review_breach,
        gettext_lazy("Put the review on record"),
        gettext_lazy("The review is on record."),
    ),
    "annul": Act(
        gettext_lazy("Annul the breach"),
        AnnulForm,
        annul_breach,
        gettext_lazy("Annul"),
        gettext_lazy("The breach is annulled. It stays in the register, marked."),
    ),
}


@desk
@require_safe
def breach(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _visible(request, pk))


@desk
@require_POST
def answer(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Do `act`, one of `ACTS`; what cannot be taken comes back as it was typed."""
    broken, done = _visible(request, pk), ACTS[act]
    insist(breach_register.refusals(request.officer, broken)[act])
    form = done.form(request.POST, breach=broken)
    if not form.is_valid():
        return _page(request, broken, form)
    try:
        done.verb(broken, **form.cleaned_data, by=request.officer, at=timezone.now())
    except InvalidIntake as flaw:
        form.add_error(flaw.field, str(flaw))
        return _page(request, broken, form)
    messages.success(request, str(done.done))
    return redirect("desk:breach", pk)


def _visible(request: HttpRequest, pk: int) -> Breach:
    """The breach at this address, if the officer may know of it; else it is not there."""
    return get_object_or_404(breach_register.rows(Breach.objects.visible_to(request.officer)), pk=pk)


def _page(request: HttpRequest, broken: Breach, refused: BreachForm | None = None) -> HttpResponse:
    on = local_date(timezone.now(), broken.agency)
    seen = breach_register.on_record(broken, on=on, days=calendar())
    refusals = breach_register.refusals(request.officer, broken)
    forms = []
    for name, act in ACTS.items():
        if not refusals[name]:
            form = refused if isinstance(refused, act.form) else act.form(breach=broken)
            url = reverse(f"desk:breach_{name}", args=[broken.pk])
            forms.append({"name": name, "label": act.label, "button": act.button, "form": form, "url": url})
    context: dict[str, Any] = {
        "breach": broken,
        "number": broken.appeal.number,
        "case_url": reverse("desk:case", args=[slug(broken.appeal.number)]),
        "back_url": reverse("oversight:register" if request.officer.role == Role.OVERSIGHT else "desk:breaches"),
        "facts": _facts(seen),
        "annulment": seen.annulment,
        "explanations": [_said(line) for line in seen.explanations],
        "reviews": [_judged(line) for line in seen.reviews],
        "measures": [_taken(line) for line in seen.measures],
        "actions": allowed_first(Action(str(act.label), f"#{name}", refusals[name]) for name, act in ACTS.items()),
        "forms": forms,
    }
    if refused:
        context["form"] = refused
    return render(request, "desk/breach.html", context, status=422 if refused else 200)


def _facts(seen: OnRecord) -> list[dict[str, str]]:
    broken, clock = seen.breach, seen.breach.clock
    told = {
        _("Body"): broken.agency,
        _("Officer"): broken.officer.user if broken.officer else _("Nobody"),
        _("Term"): f"{broken.get_kind_display()} ({basis_of(clock.term)})",
        _("Began"): long_date(clock.starts_on),
        _("Last day"): long_date(broken.due_on),
        _("Done on"): _ended(seen),
        _("Working days late"): seen.days_late,
        _("Noted"): long_date(broken.detected_on),
        _("Counted"): _("Officially") if broken.is_official else _("As an internal term"),
        _("Region"): broken.appeal.region or _("Not stated"),
        _("Status of the appeal"): broken.appeal.get_status_display(),
        _("Held by"): broken.appeal.agency,
    }
    return [{"name": name, "value": str(value), "url": ""} for name, value in told.items()]


def _ended(seen: OnRecord) -> str:
    clock = seen.breach.clock
    if clock.met_on:
        return long_date(clock.met_on)
    if clock.cancelled_on:
        return _("No longer owed since %(day)s") % {"day": long_date(clock.cancelled_on)}
    return _("Not yet")


def _said(line: Explained) -> Entry:
    return Entry(line.at, str(line.cause.label), _signed(line.text, line.by, line.post))


def _judged(line: Reviewed) -> Entry:
    return Entry(line.at, str(line.verdict.label), _signed(line.text, line.by, line.post))


def _taken(line: Taken) -> Entry:
    order = day = long_date(line.taken_on)
    if line.order_number:
        order = _("Order %(number)s of %(day)s") % {"number": line.order_number, "day": day}
    told = ". ".join(part for part in (line.officer, order) if part)
    return Entry(line.at, str(line.kind.label), _signed(told, line.by, line.post))


def _signed(text: str, name: str, post: str) -> str:
    who = f"{name}, {post}" if post else name
    return f"{text} ({who})" if text else who
