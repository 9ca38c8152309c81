"""A half-filled page in another language: it comes back as it was typed, unchecked and unsaved."""

from typing import TypeVar

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation

FORM_ID = "answer"  # of the form that the buttons of the languages send along, on a page that tells it to the header
AnyForm = TypeVar("AnyForm", bound=forms.Form)


def chosen(request: HttpRequest) -> str:
    """The language whose button sent the form of the page; empty where its own button did."""
    code = request.POST.get("language", "") if request.method == "POST" else ""
    return code if code in dict(settings.LANGUAGES) else ""


def speak(request: HttpRequest) -> None:
    """From here on the request is answered in the language chosen."""
    if code := chosen(request):
        translation.activate(code)


def remember(request: HttpRequest, response: HttpResponseBase) -> None:
    """The next pages come in the language chosen, too."""
    if code := chosen(request):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            path=settings.LANGUAGE_COOKIE_PATH,
            domain=settings.LANGUAGE_COOKIE_DOMAIN,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        )


def filled(request: HttpRequest, form: type[AnyForm]) -> AnyForm:
    """`form` with what was sent, if anything was; where only the language changes, with what is typed."""
    if chosen(request):
        return as_typed(form(), request)
    return form(request.POST if request.method == "POST" else None)


def as_typed(form: AnyForm, request: HttpRequest) -> AnyForm:
    """The unbound `form` with what stands in the boxes of the page."""
    for name, field in form.fields.items():
        form.initial[name] = field.widget.value_from_datadict(request.POST, request.FILES, form.add_prefix(name))
    return form
