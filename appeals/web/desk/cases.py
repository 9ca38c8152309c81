"""What the pages of the desk share: who gets in, which case, how an act is asked for and answered."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from appeals.domain import numbering
from appeals.errors import InvalidIntake
from appeals.models import Appeal

View = Callable[..., HttpResponseBase]
KEY = re.compile(r"[0-9]{1,18}")


def desk(view: View) -> View:
    """Only for who holds a post; nothing of the page stays in a cache."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.officer is None:
            raise PermissionDenied(
                _("This page is for officials. You are signed in, but no post is entered for you, or it has ended.")
            )
        return view(request, *args, **kwargs)

    return never_cache(guarded)


def visible(request: HttpRequest, slug: str, *along: str) -> Appeal:
    """The appeal at this address, with what stands `along` it, if the officer may know of it; else it is not there."""
    told = ("agency", "complained_of__superior", "content", *along)
    appeals = Appeal.objects.visible_to(request.officer).select_related(*told)
    return get_object_or_404(appeals, number=numbering.parsed(slug))


def key_in(typed: str) -> int | None:
    """The key of a row that stands in an address or a hidden field; none where something else does."""
    return int(typed) if KEY.fullmatch(typed) else None


def sent(request: HttpRequest) -> QueryDict | None:
    """What came with a POST, be it nothing."""
    return request.POST if request.method == "POST" else None


def act_page(request: HttpRequest, appeal: Appeal, form: forms.Form, template: str, **more: Any) -> HttpResponse:
    """The page that asks for an act; with what was typed and 422 when it cannot be taken."""
    context = {"appeal": appeal, "slug": numbering.slug(appeal.number), "form": form, **more}
    return render(request, f"desk/{template}.html", context, status=422 if form.errors else 200)


def taken(form: forms.Form, act: Callable[[], object]) -> bool:
    """Whether `act` could be done with what the form says; what it cannot take is named at its field."""
    try:
        act()
    except InvalidIntake as fault:
        form.add_error(fault.field or None, str(fault))
        return False
    return True


def done(request: HttpRequest, appeal: Appeal, what: str) -> HttpResponse:
    messages.success(request, what)
    return redirect("desk:case", numbering.slug(appeal.number))
