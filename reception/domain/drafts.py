"""What a citizen has begun: asked question by question, kept sealed, gone after 30 days."""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from appeals.domain import helplines
from appeals.domain.uploads import MOST_FILES, CheckedFile
from appeals.enums import Kind
from appeals.errors import UnfitFile
from reception.domain import emergency
from reception.enums import Step
from reception.errors import Gone
from reception.models import Draft, DraftFile

SHELF_LIFE = timedelta(days=30)

Answers = dict[str, Any]

ANSWERED_BY = {
    Step.KIND: "kind",
    Step.PLACE: "region",
    Step.DISTRICT: "district",
    Step.HEADING: "heading",
    Step.TOPIC: "topic",
    Step.BODY: "complained_of",
    Step.TEXT: "text",
    Step.FILES: "files",
    Step.TYPE: "applicant_type",
    Step.NAME: "idn",
    Step.CONTACTS: "address",
}
OF_THE_MATTER = ("kind", "region", "district", "heading", "topic", "complained_of", "previous", "text")
ASKED_AGAIN = {"region": "district", "heading": "topic", "applicant_type": "idn"}  # when the one changes


def steps(answers: Answers) -> Iterator[Step]:
    """The questions these answers lead to, in order: only a complaint names a body, only a heading has topics.

    Who gives no name is asked for none.
    """
    for step in Step:
        if step == Step.DISTRICT and not answers.get("region", True):
            continue
        if step == Step.TOPIC and not answers.get("heading", True):
            continue
        if step == Step.BODY and answers.get("kind") != Kind.COMPLAINT:
            continue
        if step in (Step.NAME, Step.CONTACTS) and answers.get(emergency.ANONYMOUS):
            continue
        yield step


def first_missing(answers: Answers) -> Step | None:
    """The first question without an answer; none when the appeal can be sent."""
    return next((step for step in steps(answers) if ANSWERED_BY[step] not in answers), None)


def is_reachable(step: Step, answers: Answers) -> bool:
    """Whether every question before `step` has its answer, and `step` is asked at all."""
    order, missing = list(steps(answers)), first_missing(answers)
    return step in order and (missing is None or order.index(step) <= order.index(missing))


def step_before(step: Step, answers: Answers) -> Step | None:
    order = list(steps(answers))
    return order[order.index(step) - 1] if step in order[1:] else None


def unsent(draft_id: UUID | None) -> Draft | None:
    """The draft with its files `listed` and the `helplines` told, unless it was sent or is no more."""
    drafts = Draft.objects.with_files().annotate(helplines=helplines.told())
    return drafts.filter(pk=draft_id, appeal=None).first() if draft_id else None


@transaction.atomic
def answer(
    draft_id: UUID | None, given: Answers, *, instead_of: Collection[str] = (), language: str, at: datetime
) -> Draft:
    """Put the answers `given` into the draft; where there is none to write in, a new one is begun.

    The answers `instead_of` which they stand are taken out first.
    """
    draft = _locked(draft_id) or Draft(id=uuid4())
    answers = draft.unseal() if draft.blob else {}
    answers = {name: value for name, value in answers.items() if name not in instead_of}
    for changed, asked in ASKED_AGAIN.items():
        if changed in given and answers.get(changed) != given[changed]:
            answers.pop(asked, None)
    answers |= given
    if answers.get("kind") != Kind.COMPLAINT:
        for of_a_complaint in ("complained_of", "previous"):
            answers.pop(of_a_complaint, None)
    answers = emergency.settled(answers, given)
    draft.seal(answers)
    draft.language, draft.updated_at = language, at
    draft.save()
    return draft


@transaction.atomic
def add_file(draft_id: UUID | None, file: CheckedFile, *, at: datetime) -> None:
    """Add `file` to the draft; the same content twice is one file. Raises `UnfitFile` past the limit, `Gone`."""
    draft = _locked(draft_id)
    if draft is None:
        raise Gone
    known = list(draft.files.values_list("sha256", flat=True))
    if file.sha256 in known:
        return
    if len(known) >= MOST_FILES:
        raise UnfitFile(_("You can add up to %(n)s files. Remove one first.") % {"n": MOST_FILES})
    DraftFile.objects.create(
        draft=draft,
        name=file.name,
        content_type=file.content_type,
        size=len(file.content),
        sha256=file.sha256,
        file=ContentFile(file.content, name=uuid4().hex),
    )
    draft.updated_at = at
    draft.save(update_fields=["updated_at"])


@transaction.atomic
def remove_file(draft_id: UUID | None, file_id: int) -> None:
    """Take the file out of the draft; one that is not there stays away."""
    draft = _locked(draft_id)
    if draft is not None:
        drop_files(draft.files.filter(pk=file_id))


@transaction.atomic
def discard(draft_id: UUID | None) -> None:
    """Throw the unsent draft away, with its files."""
    draft = _locked(draft_id)
    if draft is not None:
        drop_files(draft.files.all())
        draft.delete()


@transaction.atomic
def purge(*, at: datetime, limit: int) -> int:
    """Throw away at most `limit` drafts nobody touched for `SHELF_LIFE`; how many there were."""
    stale = Draft.objects.stale(at - SHELF_LIFE).select_for_update(skip_locked=True).order_by("updated_at")
    batch = [draft.pk for draft in stale[:limit]]
    drop_files(DraftFile.objects.filter(draft__in=batch))
    Draft.objects.filter(pk__in=batch).delete()
    return len(batch)


def drop_files(files: Any) -> None:
    """Delete the rows now, what lies on the disk when that is certain."""
    stored = [file.file for file in files]
    files.delete()
    transaction.on_commit(lambda: [file.storage.delete(file.name) for file in stored])


def _locked(draft_id: UUID | None) -> Draft | None:
    return Draft.objects.select_for_update().filter(pk=draft_id, appeal=None).first() if draft_id else None
