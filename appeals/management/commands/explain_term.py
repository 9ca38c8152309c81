"""How a last day comes about, for lawyers and operators; no appeal is touched."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from difflib import get_close_matches
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _
from django.utils.translation import override

from agencies.domain.calendar import calendar
from agencies.domain.working_days import WorkingCalendar
from agencies.errors import AgenciesError
from agencies.models import Agency
from appeals.domain.clocks import due_clocks
from appeals.domain.explanations import Code, to_due
from appeals.domain.telling import row
from appeals.domain.terms import counted_as_received_on
from appeals.enums import ClockKind, Kind
from appeals.errors import AppealError
from appeals.models import Appeal, Clock, SpecialType

CLOCKS = (ClockKind.REPLY, ClockKind.FORWARDING, ClockKind.PASSING_UP)
ALIKE = (Code.RECEIVED, Code.REGISTERED)  # the first steps of every clock


class Command(BaseCommand):
    help = "Explain when an appeal received at an instant counts as registered, and when its terms end."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--kind", required=True, help=", ".join(Kind.values))
        parser.add_argument("--special", default="", metavar="TYPE", help="code of a special type of that kind")
        parser.add_argument(
            "--received", required=True, metavar="WHEN", help="like 2026-03-06T10:00, by the body's time"
        )
        parser.add_argument("--agency", default="", metavar="CODE", help="the body; without it, an ordinary one")
        parser.add_argument("--lang", default=settings.LANGUAGE_CODE, help=", ".join(dict(settings.LANGUAGES)))
        parser.add_argument("--json", action="store_true", help="codes, numbers and ISO dates, for machines")

    def handle(self, *, kind: str, special: str, received: str, agency: str, lang: str, **options: Any) -> None:
        known = dict(settings.LANGUAGES)
        with override(lang if lang in known else settings.LANGUAGE_CODE):
            _insist(lang, known, _("There is no language “%(given)s”. Known are: %(known)s."))
            _insist(kind, Kind.values, _("There is no kind “%(given)s”. Known are: %(known)s."))
            _insist_special(special, kind)
            try:
                appeal, clocks, days = _foreseen(kind, special, received, _body(agency))
                told = _told(appeal, clocks, days)
            except (AppealError, AgenciesError) as error:
                raise CommandError(str(error)) from error
            as_json = json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
            self.stdout.write(as_json if options["json"] else "\n".join(_lines(told)))


def _foreseen(kind: str, special: str, received: str, body: Agency) -> tuple[Appeal, list[Clock], WorkingCalendar]:
    """An appeal that is never saved, and the clocks it would start on its day of registration."""
    at, days = _instant(received, body), calendar()
    days.is_working(at.date())
    appeal = Appeal(kind=kind, special_type=special, agency=body, received_at=at)
    appeal.registered_on = counted_as_received_on(at, body, days)
    if not body.bound_by_code:
        kinds = [ClockKind.FORWARDING]
    else:
        kinds = [clock for clock in CLOCKS if clock != ClockKind.PASSING_UP or kind == Kind.COMPLAINT]
    return appeal, due_clocks(appeal, kinds, appeal.registered_on, days), days


def _told(appeal: Appeal, clocks: list[Clock], days: WorkingCalendar) -> dict[str, Any]:
    told: dict[str, Any] = dict.fromkeys(CLOCKS)
    for clock in clocks:
        steps = [row(step) for step in to_due(clock, entered_by=appeal.agency, calendar=days)]
        by_code = {step["code"]: step for step in steps}
        told[ClockKind(clock.kind)] = {
            "due_on": clock.due_on,
            "length": clock.term.length,
            "unit": clock.term.unit,
            "basis": clock.term.basis,
            "verified": clock.term.verified,
            "is_official": clock.is_official,
            "counted_from": by_code[Code.COUNTED_FROM]["day"],
            "days_off": by_code.get(Code.DAYS_OFF, {}).get("days", []),
            "steps": steps,
        }
    return {
        "kind": appeal.kind,
        "special_type": appeal.special_type or None,
        "agency": appeal.agency.code or None,
        "received_at": appeal.received_at,
        "registered_on": appeal.registered_on,
        "clocks": {kind.value: facts for kind, facts in told.items()},
        "steps": (told[ClockKind.REPLY] or told[ClockKind.FORWARDING])["steps"],
        "notes": list(_notes(appeal)),
    }


def _notes(appeal: Appeal) -> Iterator[dict[str, str]]:
    if not appeal.agency.bound_by_code:
        yield {
            "code": "not_bound_by_code",
            "text": _(
                "%(body)s is not bound by the Code (Art. 3(4)): its term to forward is an internal one, and no term "
                "for a reply runs until the appeal is with a body that is bound."
            )
            % {"body": appeal.agency},
        }
    elif appeal.kind == Kind.COMPLAINT:
        yield {
            "code": "decided_above",
            "text": _(
                "The body complained of passes the complaint up; the days for the reply run at the body above it, from "
                "the day the complaint arrives there. Here that is taken to be the day of registration."
            ),
        }


def _lines(told: dict[str, Any]) -> Iterator[str]:
    yield from (step["text"] for step in told["steps"] if step["code"] in ALIKE)
    for kind, facts in told["clocks"].items():
        if facts:
            yield f"\n{ClockKind(kind).label}"
            yield from (f"- {step['text']}" for step in facts["steps"] if step["code"] not in ALIKE)
    yield from (f"\n{note['text']}" for note in told["notes"])


def _instant(given: str, body: Agency) -> datetime:
    """What is `given`, by the time of `body`, in which it counts where it names no other."""
    zone = ZoneInfo(body.zone)
    try:
        at = datetime.fromisoformat(given)
        return at.replace(tzinfo=zone) if at.tzinfo is None else at.astimezone(zone)
    except (ValueError, OverflowError) as error:
        sentence = _("“%(given)s” is no date with a time. Write it like 2026-03-06T10:00.")
        raise CommandError(sentence % {"given": given}) from error


def _body(code: str) -> Agency:
    """The body with `code`; without one, a body as the law takes it to be, with the usual hours."""
    if not code:
        return Agency()
    body = Agency.objects.filter(code=code).first()
    if body is None:
        alike = get_close_matches(code, Agency.objects.values_list("code", flat=True), n=5, cutoff=0)
        sentence = _("There is no body “%(given)s” in the directory. Codes most like it: %(known)s.")
        raise CommandError(sentence % {"given": code, "known": ", ".join(alike)})
    return body


def _insist_special(code: str, kind: str) -> None:
    if not code:
        return
    kinds = dict(SpecialType.objects.values_list("code", "kind"))
    _insist(code, kinds, _("There is no special type “%(given)s”. Known are: %(known)s."))
    if kinds[code] != kind:
        sentence = _(
            "The special type “%(given)s” is one of the kind “%(kind)s”. Of the kind asked for there are: %(known)s."
        )
        known = ", ".join(special for special, its in kinds.items() if its == kind) or "–"
        raise CommandError(sentence % {"given": code, "kind": kinds[code], "known": known})


def _insist(given: str, known: Iterable[str], sentence: str) -> None:
    if given not in known:
        raise CommandError(sentence % {"given": given, "known": ", ".join(known)})
