"""History and routing in words: codes are stored, sentences are made when somebody reads."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db.models import CharField, F, QuerySet, TextChoices, Value
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone
from django.utils.translation import get_language, gettext_noop, override
from django.utils.translation import gettext as _

from agencies.domain.wording import long_date
from agencies.models import Agency, Competence, Officer, Region, Topic
from appeals.domain import differences
from appeals.domain.reasons import explained
from appeals.domain.titles import DAYS, FOR_OFFICIALS, LABELLED, PLAIN, TITLES, UNDECIDED, WHY_TRIAGED, title_of
from appeals.enums import ClockKind, EventKind
from appeals.models import Appeal, Event, SpecialType, Term

# which fields of an event's data are codes or ids of what
BODIES = (
    "agency", "left", "to", "decider", "successor", "complained_of", "complained_of_was", "above", "proposed",
    "undecided",
)  # fmt: skip
OFFICERS = ("officer",)
TOPICS = ("topic", "topic_was")
REGIONS = ("region", "region_was", "district", "district_was")
SPECIAL_TYPES = ("special_type", "special_type_was")
RULES = {"rule": "answerer", "basis": "basis", "verified": "verified"}  # what is told of a rule of competence
NAMED: Mapping[str, tuple[str, ...]] = {
    "body": BODIES,
    "officer": OFFICERS,
    "topic": TOPICS,
    "region": REGIONS,
    "special_type": SPECIAL_TYPES,
}

# what the applicant does not read at all, and what everybody reads with its free text
INTERNAL = (
    EventKind.REPLY_PREPARED,
    EventKind.EXTENSION_ASKED,
    EventKind.EXTENSION_REFUSED,
    EventKind.CO_EXECUTOR_ASKED,
    EventKind.CO_EXECUTOR_ANSWERED,
    EventKind.BREACH_EXPLAINED,
    EventKind.BREACH_REVIEWED,
    EventKind.MEASURE_TAKEN,
    EventKind.LINKED,
    EventKind.UNLINKED,
    EventKind.GROUPED,
    EventKind.UNGROUPED,
    EventKind.URGENCY_SETTLED,
)
TOLD_WITH_REASON = (
    EventKind.FORWARDED,
    EventKind.SENT_BACK,
    EventKind.COMPETENCE_DECIDED,
    EventKind.RETURNED,
    EventKind.TERMINATED,
    EventKind.EXTENDED,
    EventKind.HELD,
    EventKind.RESUMED,
    EventKind.HEARING_WAIVED,
    EventKind.OBJECTED,
    EventKind.REPLY_CORRECTED,
    EventKind.EXECUTED,
    EventKind.FILE_SHOWN,
    EventKind.BREACH_ANNULLED,
    EventKind.WITHDRAWN,
    EventKind.FORWARDED_IN_PART,
    EventKind.RECLASSIFIED,
    EventKind.CONTACTS_CORRECTED,
)
# what only officials read with its free text
TOLD_TO_OFFICIALS = (
    EventKind.EXTENSION_ASKED, EventKind.EXTENSION_REFUSED, EventKind.COMPETENCE_DISPUTED,
    EventKind.MARKED_URGENT, EventKind.URGENCY_SETTLED, EventKind.LINKED, EventKind.UNLINKED, EventKind.UNGROUPED,
)  # fmt: skip

Names = Mapping[tuple[str, str], str]

# what the shipped terms of law name as their basis
BASES = (
    gettext_noop("Law of 2007 on appeals"),
    gettext_noop("Law of 2007 on appeals, Art. 8"),
    gettext_noop("Code, Art. 64(3)"),
    gettext_noop("Code, Art. 64(6)"),
    gettext_noop("Code, Art. 64(7)"),
    gettext_noop("Code, Art. 65(1)"),
    gettext_noop("Code, Art. 70(3)"),
    gettext_noop("Code, Art. 73(1)"),
    gettext_noop("Code, Art. 73(3)"),
    gettext_noop("Code, Art. 75"),
    gettext_noop("Code, Art. 76 (wording until December 2025)"),
    gettext_noop("Code, Art. 76(1)-(2)"),
    gettext_noop("Code, Art. 76(3)"),
    gettext_noop("Code, Art. 86(3)"),
    gettext_noop("Code, Art. 91(4)"),
    gettext_noop("Code, Art. 99"),
    gettext_noop("Code, Art. 99 (wording until December 2025)"),
    gettext_noop("Internal term; Code, Art. 46(3)"),
    gettext_noop("Law 401-V on access to information"),
    gettext_noop("Law on enforcement proceedings"),
    gettext_noop("Law on mass media"),
    gettext_noop("Law on notaries"),
    gettext_noop("Law on public services, Art. 25"),
    gettext_noop("Law on rehabilitation of victims of mass political repression"),
    gettext_noop("Law on state secrets"),
    gettext_noop("Law on the activity of advocates"),
    gettext_noop("Tax Code, complaints of taxpayers"),
)


@dataclass(frozen=True)
class Entry:
    """One line of a history for reading."""

    at: datetime
    title: str
    text: str = ""


def history_of(appeal: Appeal) -> list[Event]:
    """The lines of `appeal`, oldest first, with their free texts and who acted; one query."""
    return list(appeal.events.select_related("words", "by__user").order_by("seq"))


def names_in(data: Iterable[Mapping[str, Any]]) -> Names:
    """The reader's names of everything that `data` holds codes of, by (what, code); one query."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for codes in data:
        for sort, fields in NAMED.items():
            wanted[sort] |= {str(codes[what]) for what in fields if codes.get(what) is not None}
        wanted["rule"] |= {str(rule) for rule in (codes.get("rule"), *codes.get("beat", ())) if rule is not None}
    name = f"name_{(get_language() or 'kk')[:2]}"
    rules = Competence.objects.filter(pk__in=wanted["rule"])
    rules = rules.annotate(answerer=Coalesce(f"agency__{name}", f"function__{name}"))
    rows = named("body", Agency.objects.filter(code__in=wanted["body"]), "code", name).union(
        named("topic", Topic.objects.filter(code__in=wanted["topic"]), "code", name),
        named("region", Region.objects.filter(code__in=wanted["region"]), "code", name),
        named("officer", Officer.objects.filter(pk__in=wanted["officer"]), "pk", "user__full_name"),
        named("special_type", SpecialType.objects.filter(code__in=wanted["special_type"]), "code", name),
        *(named(sort, rules, "pk", told) for sort, told in RULES.items()),
        all=True,
    )
    return {(sort, code): called for sort, code, called in rows}


def named(sort: str, found: QuerySet[Any], code: str, name: str) -> QuerySet[Any]:
    """Rows of (`sort`, code, name), alike for all sorts, so that one query can unite them."""
    return found.order_by().values_list(
        Value(sort, output_field=CharField()), Cast(F(code), CharField()), Cast(F(name), CharField())
    )


def told_to_officials(events: Iterable[Event], names: Names) -> list[Entry]:
    """Everything, with who acted."""
    return [
        Entry(
            event.at,
            _title(event, names, with_officers=True),
            _signed(_reason(event, names, with_inner=True), event),
        )
        for event in events
    ]


def concerns_applicant(event: Event) -> bool:
    """Whether the applicant reads the line; what becomes of a colleague's inner term is no concern of hers."""
    if event.kind == EventKind.DUE_MOVED:
        return bool(_moves(event, with_inner=False))
    return event.kind not in INTERNAL and event.get("clock") != ClockKind.CO_EXECUTOR


def told_to_applicant(events: Iterable[Event], names: Names) -> list[Entry]:
    """What concerns the applicant; no official by name, no answer before it is signed."""
    return [
        Entry(event.at, _title(event, names, with_officers=False), _reason(event, names, with_inner=False))
        for event in events
        if concerns_applicant(event)
    ]


def special_type(appeal: Appeal, names: Names) -> str:
    """The name of the special type of `appeal`, of which its history tells; empty where it has none."""
    return _name(names, {"special_type": appeal.special_type or None}, "special_type")


def _title(event: Event, names: Names, *, with_officers: bool) -> str:
    """What happened, with what its codes stand for; an official by name only among officials."""
    data = event.data
    told = {what: _name(names, data, what) for what in (*BODIES, *TOPICS, *REGIONS, *OFFICERS)}
    told |= {what: _label_in(choices, data.get(what)) for what, choices in LABELLED.items()}
    told |= {what: long_date(date.fromisoformat(data[what])) for what in DAYS if what in data}
    told |= {what: data[what] for what in PLAIN if what in data}
    told |= {"body": told["to"] or told["agency"], "term": told["clock"].lower()}
    if event.kind not in TITLES or (event.kind in FOR_OFFICIALS and not with_officers):
        return _label(EventKind, event.kind)
    return title_of(event) % told


def _reason(event: Event, names: Names, *, with_inner: bool) -> str:
    """What is told below the title; and of a question who answers, that the act did not wait for its answer."""
    said = _said(event, names, with_inner=with_inner)
    above = _name(names, event.data, "undecided")
    return _joined(said, UNDECIDED % {"above": above}) if above else said


def _said(event: Event, names: Names, *, with_inner: bool) -> str:
    if event.kind == EventKind.REGISTERED:
        return _joined(_counted(event.data), _follows(event.data), _said_earlier(event.data) if with_inner else "")
    words = getattr(event, "words", None)
    if event.kind == EventKind.ROUTED:
        return _joined(explained(event.data, names), words.text if words else "")
    if event.kind == EventKind.BREACHED:
        due = long_date(date.fromisoformat(event.data["due_on"]))
        return _("%(body)s. The last day was: %(day)s.") % {"body": _name(names, event.data, "agency"), "day": due}
    if event.kind == EventKind.SUCCEEDED:
        return str(WHY_TRIAGED.get(event.get("why"), ""))
    if event.kind == EventKind.DUE_MOVED:
        return _moved(_moves(event, with_inner=with_inner))
    told = TOLD_WITH_REASON + (TOLD_TO_OFFICIALS if with_inner else ())
    said = words.text if words and event.kind in told else ""
    if with_inner and event.data.get("on_last_day"):
        return _joined(said, _("This was done on the last day for it, or later."))
    if event.kind == EventKind.RECLASSIFIED:
        return _joined(*differences.of_classes(event.data, partial(_name, names, event.data)), said)
    if event.kind == EventKind.CONTACTS_CORRECTED:
        return _joined(differences.of_contacts(event.data), said)
    if event.get("duplicate_of"):
        return _joined(
            said, _("The appeal goes on under the number %(number)s.") % {"number": event.get("duplicate_of")}
        )
    return _joined(_("It came after its time and was taken all the same."), said) if event.data.get("is_late") else said


def _counted(registered: Mapping[str, Any]) -> str:
    """The day the appeal counts as received, where it is not the one it came on (Art. 64(3))."""
    received_on = timezone.localdate(datetime.fromisoformat(registered["received_at"]))
    counted_on = date.fromisoformat(registered["registered_on"])
    return "" if counted_on == received_on else _("Counts as received: %(day)s.") % {"day": long_date(counted_on)}


def _follows(registered: Mapping[str, Any]) -> str:
    """The appeal that this one repeats, adds to or complains of: it was opened by whoever sent this one."""
    number = registered.get("previous")
    return _("It follows on the appeal %(number)s.") % {"number": number} if number else ""


def _said_earlier(registered: Mapping[str, Any]) -> str:
    """What the applicant says came before; nobody has checked whether it is hers."""
    number = registered.get("said_earlier")
    return _("The applicant says that it follows on the appeal %(number)s.") % {"number": number} if number else ""


def _moves(event: Event, *, with_inner: bool) -> list[dict[str, str]]:
    """The terms that the calendar moved; a colleague's inner one only among officials."""
    return [move for move in event.data["moves"] if with_inner or move["clock"] != ClockKind.CO_EXECUTOR]


def _moved(moves: Iterable[Mapping[str, str]]) -> str:
    """Which terms the calendar moved, and from what day to what."""
    lines = [
        _("%(term)s: %(was)s → %(became)s.")
        % {
            "term": _label(ClockKind, move["clock"]),
            "was": long_date(date.fromisoformat(move["was"])),
            "became": long_date(date.fromisoformat(move["became"])),
        }
        for move in moves
    ]
    return _joined(_("The calendar of working days was changed."), *lines)


def _signed(reason: str, event: Event) -> str:
    """`reason`, and whose it is; who acted where none was given."""
    if event.by is None:
        return reason
    actor = f"{event.by.user}, {event.by.post or event.by.get_role_display()}"
    return f"{reason} ({actor})" if reason else actor


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _label(choices: Any, code: Any) -> str:
    return str(choices(code).label) if code in choices.values else str(code or "")


def _label_in(lists: tuple[type[TextChoices], ...], code: Any) -> str:
    return next((_label(choices, code) for choices in lists if code in choices.values), str(code or ""))


def _name(names: Names, data: Mapping[str, Any], what: str) -> str:
    code = data.get(what)
    return "" if code is None else names.get((_sort_of(what), str(code)), str(code))


def _sort_of(what: str) -> str:
    return next((sort for sort, fields in NAMED.items() if what in fields), what)


def basis_of(term: Term) -> str:
    """The article behind `term` in the reader's language; one the catalogues do not know, as it was entered."""
    return in_words(term.basis)


def in_words(basis: str) -> str:
    """The same of the `basis` alone."""
    return _(basis) if basis in BASES else basis


def standard_remedy(agency: Agency, superior: Agency | None, language: str) -> str:
    """How to complain about an answer of `agency`, in the applicant's `language` (Art. 80(5), 91, 92).

    Leaving it out would double the applicant's term to six months (Art. 92(1-1)).
    """
    with override(language):
        if superior is None:
            return _(
                "There is no body above %(agency)s that hears complaints (Article 91(3) of the Administrative "
                "Procedural and Process-Related Code). You can challenge this answer in court."
            ) % {"agency": agency.named(language)}
        return _(
            "If you do not agree with this answer, you can complain to %(superior)s within three months of the day "
            "you learned of it. Hand the complaint in at %(agency)s, which passes it up within three working days "
            "(Articles 91 and 92 of the Administrative Procedural and Process-Related Code)."
        ) % {"superior": superior.named(language), "agency": agency.named(language)}
