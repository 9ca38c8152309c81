"""The addresses of the desk."""

from django.urls import path

from appeals.web.desk.accept import accept
from appeals.web.desk.after import correct_reply, report_execution
from appeals.web.desk.alike import alike
from appeals.web.desk.applicant import applicant
from appeals.web.desk.assign import assign
from appeals.web.desk.begin_review import begin_review
from appeals.web.desk.breach import ACTS, answer, breach
from appeals.web.desk.breaches import breaches
from appeals.web.desk.breaches_export import export as breaches_export
from appeals.web.desk.case import case
from appeals.web.desk.co_execution import answer_as_co_executor, ask_co_executor
from appeals.web.desk.contacts import correct_contacts
from appeals.web.desk.coupon import coupon
from appeals.web.desk.dispute import dispute
from appeals.web.desk.disputes import decide, disputes_left
from appeals.web.desk.export import export
from appeals.web.desk.extend import ask_extension, extend, refuse_extension
from appeals.web.desk.file_access import ask_for_file, show_file
from appeals.web.desk.files import download
from appeals.web.desk.forward import forward
from appeals.web.desk.forward_part import forward_part
from appeals.web.desk.group import group, ungroup
from appeals.web.desk.hearing import notify_hearing, object_, record_hearing, waive_hearing
from appeals.web.desk.hold import hold, resume
from appeals.web.desk.link import link, unlink
from appeals.web.desk.one_group import one_group, prepare_for_group, sign_for_group
from appeals.web.desk.posting import post_notice
from appeals.web.desk.prepare_reply import prepare_reply
from appeals.web.desk.queue import queue
from appeals.web.desk.reclassify import reclassify
from appeals.web.desk.register import register_appeal
from appeals.web.desk.reply import reply
from appeals.web.desk.returning import return_without_review
from appeals.web.desk.satisfy import satisfy
from appeals.web.desk.send_back import send_back
from appeals.web.desk.strike_off import strike_off
from appeals.web.desk.terminate import terminate
from appeals.web.desk.urgent import mark_urgent, settle_urgency, urgent
from appeals.web.desk.withdraw import withdraw

app_name = "desk"

urlpatterns = [
    path("", queue, name="queue"),
    path("export/", export, name="export"),
    path("urgent/", urgent, name="urgent"),
    path("register/", register_appeal, name="register"),
    path("breaches/", breaches, name="breaches"),
    path("breaches/export/", breaches_export, name="breaches_export"),
    path("breaches/<int:pk>/", breach, name="breach"),
    *(path(f"breaches/<int:pk>/{act}/", answer, {"act": act}, name=f"breach_{act}") for act in ACTS),
    path("disputes/", disputes_left, name="disputes"),
    path("disputes/<int:pk>/", decide, name="decide"),
    path("alike/", alike, name="alike"),
    path("groups/<int:pk>/", one_group, name="one_group"),
    path("groups/<int:pk>/prepare-reply/", prepare_for_group, name="prepare_for_group"),
    path("groups/<int:pk>/reply/", sign_for_group, name="sign_for_group"),
    path("<slug:slug>/", case, name="case"),
    path("<slug:slug>/applicant/", applicant, name="applicant"),
    path("<slug:slug>/files/<int:pk>/", download, name="file"),
    path("<slug:slug>/notices/<int:pk>/post/", post_notice, name="post_notice"),
    path("<slug:slug>/coupon/", coupon, name="coupon"),
    path("<slug:slug>/mark-urgent/", mark_urgent, name="mark_urgent"),
    path("<slug:slug>/settle-urgency/", settle_urgency, name="settle_urgency"),
    path("<slug:slug>/accept/", accept, name="accept"),
    path("<slug:slug>/assign/", assign, name="assign"),
    path("<slug:slug>/begin-review/", begin_review, name="begin_review"),
    path("<slug:slug>/forward/", forward, name="forward"),
    path("<slug:slug>/prepare-reply/", prepare_reply, name="prepare_reply"),
    path("<slug:slug>/ask-co-executor/", ask_co_executor, name="ask_co_executor"),
    path("<slug:slug>/answer-as-co-executor/", answer_as_co_executor, name="answer_as_co_executor"),
    path("<slug:slug>/notify-hearing/", notify_hearing, name="notify_hearing"),
    path("<slug:slug>/object/", object_, name="object"),
    path("<slug:slug>/record-hearing/", record_hearing, name="record_hearing"),
    path("<slug:slug>/waive-hearing/", waive_hearing, name="waive_hearing"),
    path("<slug:slug>/reply/", reply, name="reply"),
    path("<slug:slug>/forward-part/", forward_part, name="forward_part"),
    path("<slug:slug>/send-back/", send_back, name="send_back"),
    path("<slug:slug>/dispute/", dispute, name="dispute"),
    path("<slug:slug>/satisfy/", satisfy, name="satisfy"),
    path("<slug:slug>/link/", link, name="link"),
    path("<slug:slug>/unlink/", unlink, name="unlink"),
    path("<slug:slug>/group/", group, name="group"),
    path("<slug:slug>/ungroup/", ungroup, name="ungroup"),
    path("<slug:slug>/reclassify/", reclassify, name="reclassify"),
    path("<slug:slug>/correct-contacts/", correct_contacts, name="correct_contacts"),
    path("<slug:slug>/ask-extension/", ask_extension, name="ask_extension"),
    path("<slug:slug>/extend/", extend, name="extend"),
    path("<slug:slug>/refuse-extension/", refuse_extension, name="refuse_extension"),
    path("<slug:slug>/hold/", hold, name="hold"),
    path("<slug:slug>/resume/", resume, name="resume"),
    path("<slug:slug>/return/", return_without_review, name="return"),
    path("<slug:slug>/terminate/", terminate, name="terminate"),
    path("<slug:slug>/withdraw/", withdraw, name="withdraw"),
    path("<slug:slug>/strike-off/", strike_off, name="strike_off"),
    path("<slug:slug>/report-execution/", report_execution, name="report_execution"),
    path("<slug:slug>/correct-reply/", correct_reply, name="correct_reply"),
    path("<slug:slug>/ask-for-file/", ask_for_file, name="ask_for_file"),
    path("<slug:slug>/show-file/", show_file, name="show_file"),
]
