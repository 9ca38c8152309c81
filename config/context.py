"""What the frame of every page needs: languages, areas, the officer who is signed in."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agencies.enums import Role

NATIVE_NAMES = {"kk": "Қазақша", "ru": "Русский", "en": "English"}

CITIZENS = (("reception:write", _("Write an appeal")), ("reception:follow", _("Follow an appeal")))
OFFICIALS = (("desk:queue", _("Queue")),)
OVERSIGHT = (("oversight:breaches", _("Oversight")),)
ADMINISTRATION = (("admin:index", _("Administration")),)
FOOTER = (
    ("about", _("About the service")),
    ("accessibility", _("Accessibility")),
    ("api-docs", _("For programs (API)")),
    ("demonstration:mailbox", _("Letters of the demonstration")),
)


@dataclass(frozen=True)
class Language:
    code: str
    name: str
    is_current: bool


@dataclass(frozen=True)
class Link:
    label: str | Promise
    url: str
    is_current: bool


def site(request: HttpRequest) -> dict[str, Any]:
    """The frame's inputs; touches no database beyond what the middleware has already read."""
    officer = getattr(request, "officer", None)
    places = CITIZENS + (OFFICIALS if officer else ())
    if officer and officer.role == Role.OVERSIGHT:
        places += OVERSIGHT
    if officer and officer.user.is_staff:
        places += ADMINISTRATION
    return {
        "home_url": settings.FORCE_SCRIPT_NAME or "/",
        "language_url": reverse("set_language"),
        "languages": [Language(code, NATIVE_NAMES[code], code == get_language()) for code, _name in settings.LANGUAGES],
        "areas": list(_links(places, request.path)),
        "footer_links": list(_links(FOOTER, request.path)),
        "officer": officer,
        "is_demonstration": settings.DEMONSTRATION,
    }


def _links(places: tuple[tuple[str, Any], ...], path: str) -> Iterator[Link]:
    for name, label in places:
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        yield Link(label, url, path == url or (url != "/" and path.startswith(url)))
