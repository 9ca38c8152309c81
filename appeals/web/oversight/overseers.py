"""Who gets in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponseBase
from django.views.decorators.cache import never_cache

from agencies.web.posts import PostRequest
from appeals.rules import insist, refusal_to_oversee

View = Callable[..., HttpResponseBase]


def overseers_only(view: View) -> View:
    """Refused to everybody else; nothing of the page stays in a cache."""

    @wraps(view)
    def guarded(request: PostRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        insist(refusal_to_oversee(request.officer))
        return view(request, *args, **kwargs)

    return never_cache(guarded)
