"""The addresses of the desk."""

from django.urls import path

from appeals.web.desk.accept import accept
from appeals.web.desk.applicant import applicant
from appeals.web.desk.assign import assign
from appeals.web.desk.begin_review import begin_review
from appeals.web.desk.case import case
from appeals.web.desk.coupon import coupon
from appeals.web.desk.export import export
from appeals.web.desk.extend import ask_extension, extend, refuse_extension
from appeals.web.desk.files import download
from appeals.web.desk.forward import forward
from appeals.web.desk.hold import hold, resume
from appeals.web.desk.prepare_reply import prepare_reply
from appeals.web.desk.queue import queue
from appeals.web.desk.register import register_appeal
from appeals.web.desk.reply import reply
from appeals.web.desk.returning import return_without_review
from appeals.web.desk.terminate import terminate

app_name = "desk"

urlpatterns = [
    path("", queue, name="queue"),
    path("export/", export, name="export"),
    path("register/", register_appeal, name="register"),
    path("<slug:slug>/", case, name="case"),
    path("<slug:slug>/applicant/", applicant, name="applicant"),
    path("<slug:slug>/files/<int:pk>/", download, name="file"),
    path("<slug:slug>/coupon/", coupon, name="coupon"),
    path("<slug:slug>/accept/", accept, name="accept"),
    path("<slug:slug>/assign/", assign, name="assign"),
    path("<slug:slug>/begin-review/", begin_review, name="begin_review"),
    path("<slug:slug>/forward/", forward, name="forward"),
    path("<slug:slug>/prepare-reply/", prepare_reply, name="prepare_reply"),
    path("<slug:slug>/reply/", reply, name="reply"),
    path("<slug:slug>/ask-extension/", ask_extension, name="ask_extension"),
    path("<slug:slug>/extend/", extend, name="extend"),
    path("<slug:slug>/refuse-extension/", refuse_extension, name="refuse_extension"),
    path("<slug:slug>/hold/", hold, name="hold"),
    path("<slug:slug>/resume/", resume, name="resume"),
    path("<slug:slug>/return/", return_without_review, name="return"),
    path("<slug:slug>/terminate/", terminate, name="terminate"),
]
