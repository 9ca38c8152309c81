"""Which of her posts a user acts in: chosen once a session, asked of the database at every request."""

from collections.abc import Callable
from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import ResolverMatch, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from agencies.models import Officer, User

SESSION_KEY = "post"


class PostRequest(HttpRequest):
    """A request as it leaves `PostMiddleware`."""

    user: User
    posts: list[Officer]
    officer: Officer | None


class PostMiddleware:
    """Sets `request.posts`, the living posts of who is signed in, and `request.officer`, the one she acts in.

    The officer is the only post, or the one chosen in this session, or None. One query a request
    for who is signed in, none for others; a post that ended is gone with the next request.
    """

    def __init__(self, get_response: Callable[[PostRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: PostRequest) -> HttpResponse:
        request.posts = _living_posts(request)
        request.officer = _chosen(request)
        return self.get_response(request)

    def process_view(self, request: PostRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Who holds several posts is asked which, before the first page that needs one."""
        undecided = request.method == "GET" and request.posts and not request.officer
        if undecided and getattr(view, "login_required", True) and _needs_post(request.resolver_match):
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
        choices = [(o.pk, f"{o.post or o.get_role_display()}, {o.agency}") for o in posts]
        cast(forms.ChoiceField, self.fields["post"]).choices = choices


@require_http_methods(["GET", "HEAD", "POST"])
def choose_post(request: PostRequest) -> HttpResponse:
    chosen = {"post": request.officer.pk} if request.officer else None
    sent = request.POST if request.method == "POST" else None
    form = PostForm(sent, posts=request.posts, initial=chosen)
    if form.is_valid():
        request.session[SESSION_KEY] = form.cleaned_data["post"]
        return redirect(_next_page(request))
    context = {"form": form, "next": request.POST.get("next") or request.GET.get("next", "")}
    return render(request, "agencies/choose_post.html", context, status=422 if form.errors else 200)


def _needs_post(match: ResolverMatch | None) -> bool:
    """Neither the administration nor the pages of the account, nor the choice itself."""
    name = (match.url_name if match else None) or ""
    elsewhere = name == "choose_post" or name.startswith("account_")
    return match is not None and match.app_name != "admin" and not elsewhere


def _living_posts(request: PostRequest) -> list[Officer]:
    """Who brings no session is asked nothing, so that what she reads may be kept by shared caches."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
        return []
    living = Officer.objects.in_office(timezone.localdate()).filter(user=request.user)
    return list(living.select_related("user", "agency", "unit"))


def _chosen(request: PostRequest) -> Officer | None:
    if len(request.posts) <= 1:
        return next(iter(request.posts), None)
    chosen = request.session.get(SESSION_KEY)
    return next((officer for officer in request.posts if officer.pk == chosen), None)


def _next_page(request: HttpRequest) -> str:
    target = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        return target
    return resolve_url(settings.LOGIN_REDIRECT_URL)
