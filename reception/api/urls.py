from django.urls import path

from reception.api import acts
from reception.api.follow import Follow
from reception.api.submit import Submit
from reception.api.where import Where

urlpatterns = [
    path("where/", Where.as_view(), name="api-where"),
    path("appeals/", Submit.as_view(), name="api-submit"),
    path("follow/", Follow.as_view(), name="api-follow"),
    path("follow/correct/", acts.Correct.as_view(), name="api-follow-correct"),
    path("follow/object/", acts.Object.as_view(), name="api-follow-object"),
    path("follow/ask-for-file/", acts.AskForFile.as_view(), name="api-follow-ask-for-file"),
    path("follow/withdraw/", acts.Withdraw.as_view(), name="api-follow-withdraw"),
    path("follow/contacts/", acts.CorrectContacts.as_view(), name="api-follow-contacts"),
]
