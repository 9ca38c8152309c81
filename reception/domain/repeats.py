"""Whether a draft repeats an appeal that its writer is known to have sent.

Known is only what the browser has opened with its coupon, or has just sent. That the same IIN or e-mail wrote
before is told to nobody who merely types it; nor is it asked here whether what was typed fits the appeal opened,
since the answer would tell the holder of a coupon whose it is.
"""

from datetime import date

from django.db.models import OuterRef, Subquery

from appeals.domain import minhash
from appeals.domain.likeness import REPEAT_FOR
from appeals.enums import ClockKind
from appeals.models import Appeal, Clock
from reception.domain.drafts import Answers
from reception.domain.intake import Matter


def repeated(appeal_id: int | None, answers: Answers, matter: Matter, *, on: date) -> Appeal | None:
    """The appeal, where the draft is like it in text, or about the same topic in the same place, within a year.

    With `answer_by`, the day by which its holder has to answer. A complaint about its handling repeats nothing.
    """
    if appeal_id is None or answers.get("previous"):
        return None
    recent = Appeal.objects.filter(pk=appeal_id, registered_on__gte=on - REPEAT_FOR)
    due = Clock.objects.running().filter(appeal=OuterRef("pk"), kind=ClockKind.REPLY).order_by("-pk")
    known = recent.annotate(answer_by=Subquery(due.values("due_on")[:1]))
    appeal = known.select_related("agency", "signature").first()
    return appeal if appeal and (_is_there(appeal, matter) or _is_alike(appeal, answers["text"])) else None


def _is_there(appeal: Appeal, matter: Matter) -> bool:
    topic, region = (row.pk if row else None for row in (matter.topic, matter.region))
    return topic is not None and (topic, region) == (appeal.topic_id, appeal.region_id)


def _is_alike(appeal: Appeal, text: str) -> bool:
    signed = getattr(appeal, "signature", None)
    return signed is not None and minhash.likeness(minhash.hashes(text), signed.hashes) >= minhash.ALIKE
