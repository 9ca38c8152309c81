"""Where a text would go, for operators; nothing is registered and nothing is kept."""

import json
import sys
from collections.abc import Collection, Iterator
from difflib import get_close_matches
from typing import Any, TextIO

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from agencies.domain.wording import long_day
from agencies.errors import AgenciesError
from agencies.models import Region
from appeals.enums import Kind
from appeals.errors import AppealError
from reception.domain import finder
from reception.domain.finder import Asked, Found

INPUT = "-"
MOST_NAMED = 5


class Command(BaseCommand):
    help = "Rank the topics of a text, and name the body that would answer, with the reason."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--text", required=True, help="what happened; - reads it from the standard input")
        parser.add_argument("--region", default="", metavar="CODE", help="like KZ-79")
        parser.add_argument("--district", default="", metavar="CODE", help="like KZ-75.alatau, of that region")
        parser.add_argument("--kind", default="", help=", ".join(Kind.values) + "; guessed where it is left out")
        parser.add_argument("--lang", default=settings.LANGUAGE_CODE, help=", ".join(dict(settings.LANGUAGES)))
        parser.add_argument("--json", action="store_true", help="codes, numbers and ISO dates, for machines")

    def handle(self, *, text: str, region: str, district: str, kind: str, lang: str, **options: Any) -> None:
        known = dict(settings.LANGUAGES)
        with override(lang if lang in known else settings.LANGUAGE_CODE):
            _insist(lang, known, _("There is no language “%(given)s”. Known are: %(known)s."))
            if kind:
                _insist(kind, Kind.values, _("There is no kind “%(given)s”. Known are: %(known)s."))
            words = _read(sys.stdin) if text == INPUT else text
            within, place = _places(region, district)
            asked = Asked(words, within, Kind(kind) if kind else None, district=place)
            try:
                found = finder.find(asked, at=timezone.now())
            except (AppealError, AgenciesError) as error:
                raise CommandError(str(error)) from error
            told = _as_json(found) if options["json"] else "\n".join(_lines(found))
            self.stdout.write(told)


def _as_json(found: Found) -> str:
    told = finder.facts(found)
    emergency = told.pop("emergency")
    told["danger"] = emergency and emergency.danger
    return json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)


def _lines(found: Found) -> Iterator[str]:
    told = finder.facts(found)
    if not told["topics"]:
        yield _("The words do not tell what it is about: no topic is suggested.")
    for topic in told["topics"]:
        words = f" ({', '.join(topic['words'])})" if topic["words"] else ""
        yield f"{topic['confidence']:.2f}  {topic['code']}  {topic['name']}{words}"
    yield ""
    yield _("Kind: %(kind)s") % {"kind": found.matter.kind.label}
    yield _("Body: %(body)s (%(code)s)") % {"body": told["agency"]["name"], "code": told["agency"]["code"]}
    yield _("Why: %(reason)s") % {"reason": told["reason"]}
    yield _("Last day: %(day)s") % {"day": long_day(told["due_on"])}


def _read(stream: TextIO) -> str:
    """Everything in `stream`; what is no UTF-8 in it is no word either."""
    return stream.buffer.read().decode(errors="replace")


def _places(region: str, district: str) -> tuple[Region | None, Region | None]:
    """The region and the district with these codes; a district alone brings its region."""
    rows = Region.objects.alive(timezone.localdate()).select_related("superior")
    first, within = rows.filter(superior=None), rows.exclude(superior=None)
    place = _place(
        within, district, _("There is no district “%(given)s” in the directory. Codes most like it: %(known)s.")
    )
    if place is None or region:
        found = _place(
            first, region, _("There is no region “%(given)s” in the directory. Codes most like it: %(known)s.")
        )
        if place is not None and place.superior != found:
            raise CommandError(_("This district does not lie in the region chosen."))
        return found, place
    return place.superior, place


def _place(rows: QuerySet[Region], code: str, sentence: str) -> Region | None:
    if not code:
        return None
    places = {place.code: place for place in rows}
    folded = {known.casefold(): known for known in places}
    told = code.strip().casefold()
    if told not in folded:
        alike = get_close_matches(told, folded, n=MOST_NAMED, cutoff=0)
        raise CommandError(sentence % {"given": code, "known": ", ".join(folded[known] for known in alike)})
    return places[folded[told]]


def _insist(given: str, known: Collection[str], sentence: str) -> None:
    if given not in known:
        raise CommandError(sentence % {"given": given, "known": ", ".join(known)})
