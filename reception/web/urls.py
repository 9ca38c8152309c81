from django.urls import include, path

from reception.web import (
    applicant,
    body,
    case,
    check,
    correct,
    files,
    follow,
    hearing,
    home,
    kind,
    place,
    receipt,
    text,
    topic,
)

counter = [
    path("write/", home.write, name="write"),
    path("write/kind/", kind.kind, name="write_kind"),
    path("write/place/", place.place, name="write_place"),
    path("write/heading/", topic.heading, name="write_heading"),
    path("write/topic/", topic.topic, name="write_topic"),
    path("write/body/", body.body, name="write_body"),
    path("write/text/", text.text, name="write_text"),
    path("write/files/", files.files, name="write_files"),
    path("write/files/<int:file_id>/remove/", files.remove_file, name="remove_file"),
    path("write/applicant/", applicant.applicant, name="write_applicant"),
    path("write/name/", applicant.name, name="write_name"),
    path("write/contacts/", applicant.contacts, name="write_contacts"),
    path("write/check/", check.check, name="check"),
    path("write/discard/", home.discard, name="discard"),
    path("receipt/", receipt.receipt, name="receipt"),
    path("follow/", follow.follow, name="follow"),
    path("follow/appeal/", case.case, name="case"),
    path("follow/files/<int:file_id>/", case.attachment, name="attachment"),
    path("follow/complain/", case.complain, name="complain"),
    path("follow/correct/", correct.correct, name="correct"),
    path("follow/object/", hearing.object_, name="object"),
    path("follow/ask-for-file/", case.ask_for_file, name="ask_for_file"),
    path("follow/leave/", follow.leave, name="leave"),
]

urlpatterns = [
    path("", home.home, name="home"),
    path("about/", home.about, name="about"),
    path("accessibility/", home.accessibility, name="accessibility"),
    path("", include((counter, "reception"))),
]
