"""Which of her posts a user acts in: chosen once a session, asked of the database at every request."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from agencies.models import Officer

SESSION_KEY = "post"


class PostMiddleware:
    """Sets `request.posts`, the living posts of who is signed in, and `request.officer`, the one she acts in.

    The officer is the only post, or the one chosen in this session, or None. One query a request
    for who is signed in, none for others; a post that ended is gone with the next request.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.posts = _living_posts(request)
        request.officer = _chosen(request.posts, request.session.get(SESSION_KEY))
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Who holds several posts is asked which, before the first page that needs a sign-in."""
        match = request.resolver_match
        needs_post = getattr(view, "login_required", True) and match.app_name != "admin"
        elsewhere = match.url_name == "choose_post" or (match.url_name or "").startswith("account_")
        if request.method == "GET" and request.posts and not request.officer and needs_post and not elsewhere:
            return redirect(f"{reverse('choose_post')}?{urlencode({'next': request.get_full_path()})}")
        return None


class PostForm(forms.Form):
    post = forms.TypedChoiceField(
        label=_("In which post do you act?"),
        widget=forms.RadioSelect,
        coerce=int,
        error_messages={"required": _("Choose a post."), "invalid_choice": _("Choose one of your posts.")},
    )

    def __init__(self, *args: Any, posts: list[Officer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = [
            (officer.pk, f"{officer.post or officer.get_role_display()}, {officer.agency}")
            for officer in posts
        ]


@require_http_methods(["GET", "HEAD", "POST"])
def choose_post(request: HttpRequest) -> HttpResponse:
    chosen = {"post": request.officer.pk} if request.officer else None
    sent = request.POST if request.method == "POST" else None
    form = PostForm(sent, posts=request.posts, initial=chosen)
    if form.is_valid():
        request.session[SESSION_KEY] = form.cleaned_data["post"]
        return redirect(_next_page(request))
    context = {"form": form, "next": request.POST.get("next") or request.GET.get("next", "")}
    return render(request, "agencies/choose_post.html", context, status=422 if form.errors else 200)


def _living_posts(request: HttpRequest) -> list[Officer]:
    if not request.user.is_authenticated:
        return []
    living = Officer.objects.in_office(timezone.localdate()).filter(user=request.user)
    return list(living.select_related("user", "agency", "unit"))


def _chosen(posts: list[Officer], pk: int | None) -> Officer | None:
    if len(posts) == 1:
        return posts[0]
    return next((officer for officer in posts if officer.pk == pk), None)


def _next_page(request: HttpRequest) -> str:
    target = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        return target
    return resolve_url(settings.LOGIN_REDIRECT_URL)
