"""The limits of the doors that pages and programs share."""

from allauth.account.adapter import get_adapter
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from reception.domain import door


class AtDoor(BaseThrottle):
    """The limit of a page, counted together with it."""

    door: door.Door

    def allow_request(self, request: Request, view: APIView) -> bool:
        self.until = self.door.locked_until(get_adapter().get_client_ip(request), at=timezone.now())
        return self.until is None

    def wait(self) -> float | None:
        return (self.until - timezone.now()).total_seconds() if self.until else None


class Following(AtDoor):
    door = door.FOLLOW


class Asking(AtDoor):
    door = door.WHERE
