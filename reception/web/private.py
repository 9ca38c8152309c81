"""Pages that belong to one person."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import add_never_cache_headers

from reception.web import languages

View = Callable[..., HttpResponseBase]


def private(view: View) -> View:
    """Open without an account; kept by no cache, no history of the browser and no search engine.

    Its form may be sent by the button of a language: then it is answered in that language.
    """

    @login_not_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        languages.speak(request)
        response = view(request, *args, **kwargs)
        languages.remember(request, response)
        add_never_cache_headers(response)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return guarded
