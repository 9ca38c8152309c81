"""Drafts are kept, and thrown away in time."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage

from appeals.domain import uploads
from appeals.errors import UnfitFile
from reception.domain import drafts
from reception.domain.drafts import SHELF_LIFE
from reception.enums import Step
from reception.errors import Gone
from reception.models import Draft, DraftFile
from tests.appeals.domain.test_uploads import PDF

NOW = datetime(2026, 2, 2, 5, tzinfo=UTC)


def begun(at: datetime = NOW, **answers: str) -> Draft:
    return drafts.answer(None, answers or {"kind": "report"}, language="kk", at=at)


def test_steps_of_a_complaint_ask_for_the_body():
    assert Step.BODY in drafts.steps({"kind": "complaint"})
    assert Step.BODY not in drafts.steps({"kind": "report"})


def test_first_missing_of_nothing_is_the_kind():
    assert drafts.first_missing({}) == Step.KIND


@pytest.mark.django_db
def test_answer_to_a_draft_that_is_gone_begins_another():
    draft = drafts.answer(uuid4(), {"kind": "report"}, language="kk", at=NOW)

    assert Draft.objects.get() == draft


@pytest.mark.django_db
def test_answer_adds_to_what_was_said():
    draft = begun()

    drafts.answer(draft.pk, {"region": "KZ-79"}, language="ru", at=NOW + timedelta(hours=1))

    draft.refresh_from_db()
    assert draft.unseal() == {"kind": "report", "region": "KZ-79"}
    assert (draft.language, draft.updated_at) == ("ru", NOW + timedelta(hours=1))


@pytest.mark.django_db
def test_add_file_to_a_draft_that_is_gone_is_refused():
    with pytest.raises(Gone):
        drafts.add_file(uuid4(), uploads.checked("a.pdf", PDF), at=NOW)


@pytest.mark.django_db
def test_add_file_past_the_limit_is_refused():
    draft = begun()
    for n in range(uploads.MOST_FILES):
        drafts.add_file(draft.pk, uploads.checked("a.pdf", PDF + bytes([65 + n])), at=NOW)

    with pytest.raises(UnfitFile, match="up to 5"):
        drafts.add_file(draft.pk, uploads.checked("a.pdf", PDF), at=NOW)


@pytest.mark.django_db
def test_purge_throws_away_what_nobody_touched_for_thirty_days_with_its_files(django_capture_on_commit_callbacks):
    old, new = begun(NOW - SHELF_LIFE - timedelta(seconds=1)), begun(NOW - SHELF_LIFE)
    drafts.add_file(old.pk, uploads.checked("a.pdf", PDF), at=NOW - SHELF_LIFE - timedelta(seconds=1))
    stored = DraftFile.objects.get().file.name

    with django_capture_on_commit_callbacks(execute=True):
        thrown_away = [drafts.purge(at=NOW, limit=10), drafts.purge(at=NOW, limit=10)]

    assert thrown_away == [1, 0]
    assert Draft.objects.get() == new
    assert not default_storage.exists(stored)


@pytest.mark.django_db
def test_purge_takes_no_more_than_its_limit():
    for _ in range(3):
        begun(NOW - 2 * SHELF_LIFE)

    assert [drafts.purge(at=NOW, limit=2), drafts.purge(at=NOW, limit=2)] == [2, 1]
