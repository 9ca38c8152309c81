"""The machines' door: every app's addresses under one root, their description, and an answer for the rest."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView


@extend_schema(exclude=True)
class Nowhere(APIView):
    """An address that is none, answered as everything here is."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    def initial(self, request: Request, *args: object, **kwargs: object) -> Response:
        raise NotFound


class Docs(SpectacularSwaggerSplitView):
    authentication_classes = ()
    template_name = "api/docs.html"
    url_name = "api-schema"


class Schema(SpectacularAPIView):
    authentication_classes = ()


urlpatterns = [
    path("", login_not_required(RedirectView.as_view(pattern_name="api-docs"))),
    path("", include("agencies.api.urls")),
    path("", include("reception.api.urls")),
    path("", include("appeals.api.urls")),
    path("schema/", Schema.as_view(), name="api-schema"),
    path("docs/", Docs.as_view(), name="api-docs"),
    re_path(r"^.*/$", Nowhere.as_view()),
]
