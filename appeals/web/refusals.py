"""The pages' translator of refusals: a person or a moment 403, a move the table does not know 409."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from agencies.errors import OutsideCalendar
from appeals.errors import AppealError, IllegalMove, Refused

STATUS_FOR: dict[type[Exception], int] = {Refused: 403, IllegalMove: 409}


class RefusalMiddleware:
    """Turns a refusal that a view let pass into a page that says why."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, AppealError | OutsideCalendar):
            return None
        return render(request, "refused.html", {"reason": str(error)}, status=STATUS_FOR.get(type(error), 400))
