"""The map of addresses: three areas, the machines' door, the operators' doors."""

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from config.gallery import gallery

urlpatterns = [
    path("", include("reception.web.urls")),
    path("desk/", include("appeals.web.desk.urls")),
    path("oversight/", include("appeals.web.oversight.urls")),
    path("api/v1/", include("config.api")),
    path("accounts/", include("agencies.web.account_urls")),
    path("", include("agencies.web.urls")),
    path("language/", login_not_required(set_language), name="set_language"),
    path("admin/", admin.site.urls),
    path("", include("config.operations")),
]

if settings.DEMONSTRATION:
    urlpatterns += [path("demonstration/", include("config.demonstration")), path("gallery/", gallery)]
