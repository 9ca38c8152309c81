"""Files of a draft, and of the appeal it becomes."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from appeals.models import Appeal, Attachment
from reception.models import DraftFile
from tests.appeals.domain.test_uploads import PDF
from tests.reception.journey import answer, write
from tests.reception.test_bad_input import add

pytestmark = pytest.mark.django_db


def test_file_goes_with_the_appeal_and_leaves_the_draft(client: Client, django_capture_on_commit_callbacks):
    write(client, upto="files")
    add(client, PDF, name="Хат.pdf")
    stored = DraftFile.objects.get().file.name
    for step in ("files", "applicant", "name", "contacts"):
        answer(client, step)
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/write/check/")

    attachment = Attachment.objects.get()
    assert (attachment.name, attachment.content_type) == ("Хат.pdf", "application/pdf")
    with attachment.file.open("rb") as kept:
        assert kept.read() == PDF
    assert not DraftFile.objects.exists()
    assert not default_storage.exists(stored)


def test_file_chosen_when_going_on_goes_along(client: Client):
    write(client, upto="files")

    response = client.post("/write/files/", {"file": SimpleUploadedFile("letter.pdf", PDF)})

    assert DraftFile.objects.count() == 1
    assert response.headers["Location"] == "/write/applicant/"


def test_removed_file_is_gone_from_the_disk(client: Client, django_capture_on_commit_callbacks):
    write(client, upto="files")
    add(client, PDF)
    file = DraftFile.objects.get()

    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/write/files/{file.pk}/remove/")

    assert not DraftFile.objects.exists()
    assert not default_storage.exists(file.file.name)


def test_file_of_another_draft_cannot_be_removed(client: Client):
    write(client, upto="files")
    add(client, PDF)
    stranger = Client()
    write(stranger, upto="files")

    stranger.post(f"/write/files/{DraftFile.objects.get().pk}/remove/")

    assert DraftFile.objects.exists()


def test_attachment_is_served_to_the_holder_of_the_key_only(client: Client):
    write(client, upto="files")
    add(client, PDF)
    for step in ("files", "applicant", "name", "contacts"):
        answer(client, step)
    page = client.post("/write/check/", follow=True)
    url = f"/follow/files/{Attachment.objects.get().pk}/"

    client.post("/follow/leave/")
    assert client.get(url).status_code == 404
    client.post("/follow/", {"number": Appeal.objects.get().number, "key": page.context["key"]})
    served = client.get(url)

    assert b"".join(served) == PDF
    assert served.headers["Content-Disposition"] == 'attachment; filename="letter.pdf"'
    assert Client().get(url).status_code == 404
