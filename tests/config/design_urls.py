"""The addresses that the frame of every page needs."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from config.gallery import gallery

urlpatterns = [
    path("", gallery, name="home"),
    path("i18n/", login_not_required(set_language), name="set_language"),
    path(
        "",
        include(([path("write/", gallery, name="write"), path("follow/", gallery, name="follow")], "reception")),
    ),
    path("desk/", include(([path("", gallery, name="queue")], "desk"))),
    path("oversight/", include(([path("", gallery, name="breaches")], "oversight"))),
    path("admin/", include(([path("", gallery, name="index")], "admin"))),
    path("accounts/", include("agencies.web.account_urls")),
]
