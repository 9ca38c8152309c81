"""What only the demonstration has: the letters its own mail server received. Included where settings.DEMONSTRATION."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_safe

app_name = "demonstration"
PAGE = 50
DELIVERED = re.compile(r"(?P<second>\d+)\.(?:M(?P<micro>\d+))?.*?(?:Q(?P<serial>\d+))?\.")
FOLDERS = ("new", "cur")


class MailboxFilter(forms.Form):
    """Whose letters."""

    to = forms.CharField(label=gettext_lazy("E-mail address or a part of it"), required=False, max_length=254)


@dataclass(frozen=True)
class Received:
    """A letter on the disk, known by its name in the Maildir; larger `order` is newer."""

    key: str
    file: Path
    order: tuple[int, int, int]

    @property
    def at(self) -> datetime:
        return datetime.fromtimestamp(self.order[0], UTC)

    def read(self, *, headers_only: bool) -> EmailMessage | None:
        """The letter; none when it was removed meanwhile."""
        try:
            with self.file.open("rb") as file:
                return BytesParser(policy=policy.default).parse(file, headersonly=headers_only)
        except FileNotFoundError:
            return None


@login_not_required
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """Letters, newest first, a page of 50 before the letter `before`."""
    form = MailboxFilter(request.GET)
    to = form.cleaned_data["to"].strip() if form.is_valid() else ""
    before = request.GET.get("before", "")
    found = list(_shown(to, before, PAGE + 1))
    following = urlencode({"to": to, "before": found[PAGE - 1][0].key}) if len(found) > PAGE else ""
    here = reverse("demonstration:mailbox")
    return render(
        request,
        "demonstration/mailbox.html",
        {
            "filter_form": form,
            "to": to,
            "clear_url": here,
            "rows": [_row(received, message) for received, message in found[:PAGE]],
            "next_url": f"{here}?{following}" if following else "",
            "first_url": f"{here}?{urlencode({'to': to})}" if before else "",
        },
    )


@login_not_required
@require_safe
def letter(request: HttpRequest, key: str) -> HttpResponse:
    """One letter, as text."""
    received = next((one for one in _all() if one.key == key), None)
    message = received.read(headers_only=False) if received else None
    if received is None or message is None:
        raise Http404
    body = message.get_body(preferencelist=("plain", "html"))
    return render(
        request,
        "demonstration/letter.html",
        {
            "subject": message["subject"] or _("No subject"),
            "summary": [
                {"name": pgettext("recipient", "To"), "value": message["to"] or "", "url": ""},
                {"name": pgettext("sender", "From"), "value": message["from"] or "", "url": ""},
                {"name": _("Received"), "value": _moment(received), "url": ""},
            ],
            "body": body.get_content() if body else "",
            "back_url": reverse("demonstration:mailbox"),
        },
    )


def _all() -> list[Received]:
    """Every letter, newest first; by names alone, nothing is opened."""
    folder = settings.VAR_DIR / "mail"
    files = (file for name in FOLDERS if (folder / name).is_dir() for file in (folder / name).iterdir())
    return sorted((_received(file) for file in files), key=lambda one: one.order, reverse=True)


def _received(file: Path) -> Received:
    named = DELIVERED.match(file.name)
    parts = named.groupdict() if named else {}
    order = tuple(int(parts.get(part) or 0) for part in ("second", "micro", "serial"))
    return Received(file.name.partition(":")[0], file, order)


def _shown(to: str, before: str, limit: int) -> Iterator[tuple[Received, EmailMessage]]:
    """At most `limit` letters to an address with `to` in it, older than the one named `before`."""
    letters = _all()
    position = next((n for n, one in enumerate(letters, start=1) if one.key == before), 0)
    for received in letters[position:]:
        message = received.read(headers_only=True)
        if message is None or to.casefold() not in str(message["to"]).casefold():
            continue
        yield received, message
        limit -= 1
        if not limit:
            return


def _row(received: Received, message: EmailMessage) -> list[dict[str, object]]:
    url = reverse("demonstration:letter", args=[received.key])
    cells = (
        (_("Subject"), message["subject"] or _("No subject"), url),
        (pgettext("recipient", "To"), message["to"] or "", ""),
    )
    return [
        {"label": label, "text": text, "url": link, "is_number": False}
        for label, text, link in (*cells, (_("Received"), _moment(received), ""))
    ]


def _moment(received: Received) -> str:
    return f"{timezone.localtime(received.at):%Y-%m-%d %H:%M}"


urlpatterns = [
    path("mailbox/", mailbox, name="mailbox"),
    path("mailbox/<str:key>/", letter, name="letter"),
]
