"""The portal's addresses with those of the demonstration."""

from django.urls import include, path

from config.urls import urlpatterns as portal

urlpatterns = [*portal, path("demonstration/", include("config.demonstration"))]
