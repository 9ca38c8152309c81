"""The limits of the doors that stand open to everybody, at the pages."""

from datetime import datetime
from typing import Any

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from reception.domain.door import Door


def locked_until(request: HttpRequest, door: Door) -> datetime | None:
    """Count one try of whoever asks; until when `door` is closed to her address, none while it is open."""
    return door.locked_until(get_adapter().get_client_ip(request), at=timezone.now())


def try_later(request: HttpRequest, template: str, until: datetime, **more: Any) -> HttpResponse:
    """The page that says when to come back, to a browser and to a program."""
    response = render(request, template, {"until": until, **more}, status=429)
    response["Retry-After"] = str(max(1, int((until - timezone.now()).total_seconds())))
    return response
