"""One case on one page."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from agencies.domain.wording import long_date, moment
from appeals.domain import access, numbering, queues, wording
from appeals.domain.arrays import PartLine
from appeals.domain.dossier import Dossier, dossier
from appeals.domain.explanations import afterwards
from appeals.domain.reasons import explained, weighed
from appeals.domain.telling import said
from appeals.domain.terms import local_date
from appeals.enums import ClockKind, EventKind, Outcome
from appeals.models import Appeal
from appeals.rules import refusal_to_decide, refusal_to_link, refusal_unless_heard
from appeals.web.actions import actions_on
from appeals.web.desk import suggested
from appeals.web.desk.applicant import PurposeForm, details
from appeals.web.desk.cases import desk
from appeals.web.desk.posting import messages
from appeals.web.desk.queue import TONES
from appeals.web.rows import table_row


@desk
@require_safe
def case(request: HttpRequest, slug: str) -> HttpResponse:
    at = timezone.now()
    seen = dossier(request.officer, numbering.parsed(slug), at=at)
    if seen is None:
        raise Http404
    appeal, officer = seen.appeal, request.officer
    names = wording.names_in([*(event.data for event in seen.events), *suggested.codes(appeal)])
    is_own = appeal.officer_id == officer.pk
    context = {
        "appeal": appeal,
        "urgency": seen.urgency,
        "found_before": wording.told_to_officials(filter(None, [seen.found_before]), names),
        "slug": numbering.slug(appeal.number),
        "tone": TONES.get(appeal.status, "ended"),
        "clocks": _clocks(seen, at),
        "asked": seen.extension,
        "ended": _ended(seen),
        "previous_url": _url(appeal.previous.number) if appeal.is_previous_visible else "",
        "parent_url": _url(appeal.parent.number) if appeal.is_parent_visible else "",
        "earlier": seen.earlier,
        "link_url": "" if refusal_to_link(officer, appeal) else reverse("desk:link", args=[slug]),
        "group": _group(seen),
        "parts": [_part(line) for line in seen.parts],
        "facts": _facts(appeal, names),
        "why": _why(seen, names),
        "suggested": suggested.shown(appeal, names),
        **_handed_on(seen),
        "details": details(access.read_applicant(appeal, by=officer, at=at), appeal.applicant.type) if is_own else [],
        "purpose_form": None if is_own else PurposeForm(),
        "files": seen.attachments,
        "breaches": _breaches(seen),
        "reply": seen.reply,
        "errata": seen.errata,
        "hearings": seen.hearings,
        "unheard": _unheard(seen),
        "co_executions": seen.co_executions,
        "messages_owed": messages(seen),
        "entries": wording.told_to_officials(seen.events, names),
        "actions": actions_on(seen),
    }
    return render(request, "desk/case.html", context)


def _clocks(seen: Dossier, at: datetime) -> list[dict[str, Any]]:
    """Those that run, worst first, each in its holder's own local time."""
    running = sorted((clock for clock in seen.explained_clocks if clock.is_running), key=lambda clock: clock.due_on)
    return [
        {
            "label": clock.get_kind_display(),
            "basis": wording.basis_of(clock.term),
            "is_official": clock.is_official,
            "countdown": queues.countdown_of(clock, local_date(at, clock.agency), seen.calendar),
            "steps": [said(step) for step in clock.steps],
        }
        for clock in running
    ]


def _ended(seen: Dossier) -> list[dict[str, Any]]:
    """What came of the others, in the order they were started."""
    return [
        {
            "label": clock.get_kind_display(),
            "body": clock.agency,
            "due_on": clock.due_on,
            "told": " ".join(said(step) for step in afterwards(clock)),
        }
        for clock in seen.clocks
        if not clock.is_running
    ]


def _group(seen: Dossier) -> dict[str, Any]:
    """The like appeals that are decided together with this one."""
    group, size = seen.group, seen.appeal.grouped
    if group is None:
        return {}
    told = _("One of %(n)s like appeals:") % {"n": size}
    return {"told": told, "name": group.name, "url": reverse("desk:one_group", args=[group.pk])}


def _unheard(seen: Dossier) -> str:
    """What the law asks for before the prepared answer, or the one made known, can be signed."""
    outcome = seen.reply.outcome if seen.reply else Outcome.REFUSED if seen.hearing else ""
    return refusal_unless_heard(outcome, seen.hearing_owed, on=seen.on)


def _facts(appeal: Appeal, names: wording.Names) -> list[dict[str, Any]]:
    told = {
        _("Held by"): appeal.agency,
        _("Officer"): appeal.officer.user if appeal.officer else _("Nobody yet"),
        _("Kind"): appeal.get_kind_display(),
        _("Topic"): appeal.topic or _("Not stated"),
        _("Region"): appeal.region or _("Not stated"),
        **({_("District or city"): appeal.district} if appeal.district else {}),
        _("Channel"): appeal.channel,
        _("Language"): appeal.get_language_display(),
        _("Received"): moment(appeal.received_at),
        _("Registered"): long_date(appeal.registered_on),
    }
    if appeal.special_type:
        told[_("Special type")] = wording.special_type(appeal, names)
    if appeal.addressee:
        told[_("Addressed to")] = appeal.addressee
    if appeal.complained_of:
        told[_("Complained of")] = appeal.complained_of
    if appeal.closed_on:
        told[_("Closed")] = long_date(appeal.closed_on)
    return [{"name": name, "value": str(value), "url": ""} for name, value in told.items()]


def _url(number: str) -> str:
    return reverse("desk:case", args=[numbering.slug(number)])


def _part(line: PartLine) -> list[dict[str, Any]]:
    """What another body answers, and by when; a link where the reader may open it."""
    cells = {
        _("Part"): line.number,
        _("Held by"): line.body,
        _("State"): line.status_in_words,
        _("Due"): long_date(line.due_on) if line.due_on else "",
    }
    return table_row(cells, _url(line.number) if line.is_open_to_reader else "")


def _why(seen: Dossier, names: wording.Names) -> dict[str, Any]:
    """The body that got the appeal first, the reason, and the rules behind it."""
    for event in seen.events:
        if event.kind == EventKind.ROUTED:
            body = names.get(("body", event.data["agency"]), event.data["agency"])
            told = {"reason": explained(event.data, names), "weighing": weighed(event.data, names)}
            return {"body": body, **told}
    return {"body": "", "reason": "", "weighing": None}


def _handed_on(seen: Dossier) -> dict[str, Any]:
    """How the case came to its holder, and who decides whose it is."""
    n, last = seen.appeal.hops, next(reversed(seen.disputes), None)
    is_asked = last is not None and not refusal_to_decide(seen.reader, last, on=seen.on, instead_of=last.to)
    return {
        "hops": seen.forwardings,
        "times": ngettext("Forwarded %(n)s time.", "Forwarded %(n)s times.", n) % {"n": n} if n else "",
        "last_days": sum(hop.on_last_day for hop in seen.forwardings),
        "dispute": last,
        "decide_url": reverse("desk:decide", args=[last.pk]) if last and is_asked else "",
    }


def _breaches(seen: Dossier) -> list[dict[str, Any]]:
    return [
        {
            "label": ClockKind(breach.kind).label,
            "agency": breach.body,
            "officer": breach.officer,
            "due_on": breach.due_on,
            "detected_on": breach.detected_on,
            "annulled_on": breach.annulled_on,
            "is_official": breach.is_official,
            "url": reverse("desk:breach", args=[breach.pk]) if breach.is_open_to_reader else "",
        }
        for breach in seen.breaches
    ]
