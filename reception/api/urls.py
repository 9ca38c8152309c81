from django.urls import path

from reception.api.follow import Follow
from reception.api.submit import Submit, Where

urlpatterns = [
    path("where/", Where.as_view(), name="api-where"),
    path("appeals/", Submit.as_view(), name="api-submit"),
    path("follow/", Follow.as_view(), name="api-follow"),
]
