from django.urls import path

from agencies.api.directory import Agencies, Channels, Regions, Topics

urlpatterns = [
    path("regions/", Regions.as_view(), name="api-regions"),
    path("topics/", Topics.as_view(), name="api-topics"),
    path("channels/", Channels.as_view(), name="api-channels"),
    path("agencies/", Agencies.as_view(), name="api-agencies"),
]
